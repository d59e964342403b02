"""What somebody said: the speaker's words and nobody else's, verbatim and cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.answer.sayings import by, draft_of, placed
from qa.answer.verify.verify import check
from qa.language.speech.attribution import Quotation
from qa.schema import AnswerSpan, Reading

ARTICLES = [
    {
        "id": "jembatan", "title": "Jembatan Keling rusak", "outlet": "Harian A", "published": "2024-05-03",
        "text": 'Jembatan Keling rusak setelah banjir. "Jembatan Keling aman dilalui mobil kecil," kata Bupati Rina Sari. '
        'Warga ragu. "Jembatan Keling sama sekali tidak aman," ujar ahli bangunan Maria Lestari, Kamis. '
        '"Kami akan memperbaikinya bulan depan," kata Rina Sari.',
    },
    {
        "id": "pasar", "title": "Pasar Lembayu dibuka", "outlet": "Harian B", "published": "2024-05-09",
        "text": 'Pasar Lembayu dibuka kembali. "Pedagang tidak membayar sewa selama setahun," kata Rina Sari kepada wartawan. '
        '"Kios kami lebih luas," kata pedagang bernama Tono Subagyo.',
    },
]  # fmt: skip
RINAS = {
    "Jembatan Keling aman dilalui mobil kecil",
    "Kami akan memperbaikinya bulan depan",
    "Pedagang tidak membayar sewa selama setahun",
}


@pytest.fixture(scope="module")
def archive(build_archive):
    return build_archive(ARTICLES)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Apa kata Rina Sari soal keamanan Jembatan Keling?", "Jembatan Keling aman dilalui mobil kecil"),
        ("Apa kata Maria Lestari soal keamanan Jembatan Keling?", "Jembatan Keling sama sekali tidak aman"),
        ("Apa kata Tono Subagyo tentang kios di Pasar Lembayu?", "Kios kami lebih luas"),
    ],
)
def test_the_words_are_the_speakers_verbatim_and_cited(archive, question, words):
    answer = archive.ask(question)
    assert answer.short == words
    assert words in answer.citations[0].quote
    assert check(answer, archive.article) == []


def test_somebody_who_says_nothing_is_given_nobody_elses_words(archive):
    answer = archive.ask("Apa kata Budi Zainuddin soal keamanan Jembatan Keling?")
    assert answer.abstained


def test_all_sayings_of_a_speaker_and_of_nobody_else_in_the_order_of_the_days(archive):
    answer = archive.ask("Apa saja pernyataan Rina Sari?")
    assert not answer.abstained
    assert set(answer.short.split("; ")) == RINAS
    assert answer.short.split("; ")[-1] == "Pedagang tidak membayar sewa selama setahun"
    assert len(answer.citations) == 3
    assert check(answer, archive.article) == []


def test_a_question_for_no_subject_that_no_saying_answers_best_is_answered_with_all(archive):
    answer = archive.ask("Apa kata Rina Sari?")
    assert not answer.abstained
    said = {words for words in RINAS if words in answer.text}
    assert said == RINAS or len(said) == 1  # all of them, or the one that the reader is sure of
    assert "Maria" not in answer.text


def test_of_a_subject_only_what_is_about_it(archive):
    answer = archive.ask("Apa saja pernyataan Rina Sari soal pedagang?")
    assert answer.short == "Pedagang tidak membayar sewa selama setahun"


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ('Siapa yang mengatakan "Jembatan Keling sama sekali tidak aman"?', "Maria Lestari"),
        ("Siapa yang mengatakan bahwa pedagang tidak membayar sewa selama setahun?", "Rina Sari"),
        ("Siapa yang mengatakan kios lebih luas?", "Tono Subagyo"),
    ],
)
def test_who_said_it_is_who_said_it(archive, question, speaker):
    answer = archive.ask(question)
    assert speaker in answer.short
    assert not {"Rina Sari", "Maria Lestari", "Tono Subagyo"} - {speaker} & set(answer.short.split(" dan "))


def test_a_question_for_something_else_and_for_an_office_is_left_to_the_reader(archive):
    for question in ("Kapan Pasar Lembayu dibuka?", "Apa kata bupati soal Jembatan Keling?", "Siapa Maria Lestari?"):
        assert draft_of(archive.query(question), archive.search(question), archive.article) is None


def test_a_quotation_is_placed_in_the_passage_that_holds_it(archive):
    hits = archive.search("Apa kata Rina Sari soal Jembatan Keling?")
    for one in placed(hits, archive.article):
        body = one.hit.passage.text
        assert archive.article(one.hit.passage.article_id).text[one.quotation.start : one.quotation.end].strip(
            '." '
        ) == one.words.strip('." ')
        assert one.first <= one.start < one.end <= one.last <= len(body)


@pytest.mark.parametrize(
    ("speaker", "named", "name", "right"),
    [
        ("Rina Sari", True, "Rina", True),
        ("Rina", True, "Rina Sari", True),
        ("Rina Sari", True, "Bupati Rina Sari", True),
        ("Rina Sari", True, "Rina Dewi", False),
        ("warga", False, "warga Rina", False),
        ("", False, "Rina", False),
    ],
)
def test_a_speaker_is_named_in_full_or_in_short(speaker, named, name, right):
    said = Quotation(start=0, end=1, speaker=speaker, role="", verb="kata", direct=True, named=named)
    assert by(said, name) is right


def test_the_seeds_give_each_his_own_words(assistant):
    assert assistant.ask("Apa yang dikatakan Kim saat berjabat tangan dengan Putin?").short.startswith(
        "Terima kasih telah mengundang kami"
    )
    assert assistant.ask('Siapa yang berkata "Kami akan membahas semua topik"?').short == "Putin"


def test_a_span_that_runs_on_over_who_said_it_is_still_the_speakers_saying(archive):
    question = "Apa kata Tono Subagyo tentang kios di Pasar Lembayu?"
    hit = next(hit for hit in archive.search(question) if "Tono Subagyo" in hit.passage.text)
    body = hit.passage.text
    start, end = body.index("Kios kami"), body.index("Subagyo") + len("Subagyo")
    span = AnswerSpan(start=start, end=end, score=12.0)
    read = replace(hit, reading=Reading(spans=(span,), answerable=5.0, relevance=5.0, polar=0.0))
    draft = draft_of(archive.query(question), [read], archive.article)
    assert draft is not None
    assert draft.short == "Kios kami lebih luas"
    assert draft.confidence >= 0.5
