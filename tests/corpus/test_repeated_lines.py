from __future__ import annotations

import random

from qa.corpus.repeated_lines import may_repeat, repeated

TOPICS = ("banjir sungai tanggul perahu", "pemilu suara partai kotak", "konser musik panggung lagu", "padi sawah pupuk petani",
          "kapal pelabuhan dermaga laut", "sekolah murid guru kelas", "bola gol kiper stadion", "rumah sakit dokter obat")  # fmt: skip
FOOTER = "Dapatkan kabar pilihan redaksi kami setiap pagi di ponsel"
ABOUT = "Harian Pagi adalah surat kabar yang terbit setiap hari sejak lama untuk pembaca di seluruh negeri."
BACKGROUND = "Kasus itu bermula ketika tanggul sungai di hulu jebol setelah hujan turun tiga hari berturut-turut."


def story(number, topic, *lines):
    dice = random.Random(number)
    words = [f"{word}{dice.choice(['nya', 'an', ''])}" for word in TOPICS[topic].split() for _ in range(4)]
    dice.shuffle(words)
    own = " ".join(f"kata{number}{place}" for place in range(8))
    return "\n".join([f"Laporan {' '.join(words[:8])} tiba.", f"Warga {' '.join(words[8:])} {own} pulang.", *lines])


def archive(footer=(), background=()):
    return [
        story(number, number % 8, *(footer if number % 3 else ()), *(background if number % 8 == 0 else ()))
        for number in range(160)
    ]


def test_planted_furniture_is_found_and_background_of_one_matter_stays():
    found = repeated(archive(footer=(FOOTER, ABOUT), background=(BACKGROUND,)))
    assert found == {FOOTER.lower(), ABOUT.lower()}


def test_twenty_articles_of_one_matter_keep_their_background():
    assert repeated(archive(background=(BACKGROUND,))) == frozenset()


def test_a_sentence_in_few_articles_of_a_small_outlet_stays():
    assert repeated([story(number, number % 8, *([ABOUT] if number < 5 else [])) for number in range(12)]) == frozenset()


def test_a_line_in_two_articles_stays():
    assert repeated([story(number, number % 8, *([FOOTER] if number < 2 else [])) for number in range(8)]) == frozenset()


def test_speech_and_the_rest_of_a_sentence_are_never_furniture():
    assert not may_repeat('"Kami siap," ujarnya')
    assert not may_repeat('" kata dia.')
    assert not may_repeat("dan kemudian pergi")
    assert not may_repeat("Rabu (18/9/2019).")
    assert may_repeat("ANTARA")


def test_the_same_lines_come_every_time():
    texts = archive(footer=(FOOTER,), background=(BACKGROUND,))
    assert repeated(texts) == repeated(texts)
