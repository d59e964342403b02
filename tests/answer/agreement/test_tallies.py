"""Later counts of one tally, where the sentence itself does not name the event, over a small archive with the shipped models."""

from __future__ import annotations

import pytest

from qa.answer.agreement.tallies import counts
from qa.language.question.understand import understand

TALLIES = {
    "a-2024-08-01": ("Kapal Feri Bahtera terbakar", "Kapal Feri Bahtera terbakar di Teluk Sangir, Kamis (1/8). Empat orang tewas dalam kebakaran Kapal Feri Bahtera."),
    "b-2024-08-03": ("Pencarian korban Feri Bahtera dihentikan", "Pencarian korban kebakaran Kapal Feri Bahtera dihentikan, Sabtu (3/8). Sebelas orang dipastikan meninggal. Dua puluh orang luka."),
    "c-2024-08-02": ("Longsor menimbun Dusun Waru", "Longsor menimbun Dusun Waru, Jumat (2/8). Tiga orang tewas akibat longsor di Dusun Waru."),
    "d-2024-08-04": ("Longsor Dusun Waru: warga mengungsi", "Warga Dusun Waru mengungsi setelah longsor. Sembilan orang luka dirawat di puskesmas."),
    "e-2024-08-05": ("Bus Cahaya Timur masuk jurang", "Bus Cahaya Timur masuk jurang, Senin (5/8). Dua orang tewas dalam kecelakaan Bus Cahaya Timur."),
    "f-2024-08-06": ("Kecelakaan Bus Cahaya Timur diselidiki", "Polisi menyelidiki kecelakaan Bus Cahaya Timur. Pada Mei 2019 tujuh belas orang tewas di jalan yang sama."),
    "g-2024-08-07": ("Wabah di Lembah Rawi", "Wabah melanda Lembah Rawi, Rabu (7/8). Lima orang tewas akibat wabah di Lembah Rawi."),
    "h-2024-08-08": ("Kereta anjlok di Kemuning", "Kereta anjlok di Kemuning, Kamis (8/8). Enam belas orang tewas."),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(build_archive):
    rows = [
        {"id": key[0], "published": key[2:], "outlet": f"Harian {key[0]}", "title": title, "text": text}
        for key, (title, text) in TALLIES.items()
    ]
    return build_archive(rows)


@pytest.mark.parametrize(
    "question",
    [
        "Berapa orang tewas dalam kebakaran Kapal Feri Bahtera?",
        "Berapa korban jiwa dalam kebakaran Kapal Feri Bahtera?",
    ],
)
def test_a_later_count_updates_though_its_own_sentence_does_not_name_the_event(archive, question):
    answer = archive.ask(question)
    assert (answer.agreement.verdict, answer.short) == ("update", "Sebelas orang")


@pytest.mark.parametrize(
    "question",
    [
        "Berapa orang tewas akibat longsor di Dusun Waru?",  # the other count is of the injured
        "Berapa orang tewas dalam kecelakaan Bus Cahaya Timur?",  # of another year
        "Berapa orang tewas akibat wabah di Lembah Rawi?",  # of another event
    ],
)
def test_a_count_of_something_else_is_no_update(archive, question):
    answer = archive.ask(question)
    assert answer.agreement.verdict == "single"


def test_without_a_tally_nothing_is_counted():
    assert list(counts(understand("Siapa nakhoda Kapal Feri Bahtera?", vocabulary=None), [])) == []
