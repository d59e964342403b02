"""Masks: what is no reporting is marked with its rule, and no reporting is marked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.clean import mask, masked
from qa.corpus.lines import rule
from qa.corpus.passages import cut
from qa.corpus.reading.read import article_of, read
from qa.schema import Article

SEEDS = Path(__file__).parents[2] / "seeds"
SEED_FILES = sorted(SEEDS.glob("*.txt"))


def seed(path):
    (article,) = masked(read([path], max_bytes=10**6, on_skip=pytest.fail))
    return article


def kept(text, title=""):
    """The lines of a text that no mask touches, and the rest of those that one does."""
    out, at = [], 0
    for one in mask(text, title):
        out.append(text[at : one.start])
        at = one.end
    out.append(text[at:])
    return [line.strip() for line in "".join(out).splitlines() if line.strip()]


def rules(text, title=""):
    return {text[one.start : one.end]: one.rule for one in mask(text, title)}


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.stem[:3])
def test_each_seed_has_the_masks_of_its_golden_file(path, golden):
    article = seed(path)
    golden(
        path.stem,
        {
            "title": article.title,
            "outlet": article.outlet,
            "author": article.author,
            "published": str(article.published) if article.published else None,
            "masks": [{"rule": one.rule, "start": one.start, "text": article.text[one.start : one.end]} for one in article.masks],
            "passages": [article.text[one.start : one.end] for one in cut(article, passage_chars=700)],
        },
    )


FURNITURE = (
    "Baca Juga",
    "Baca juga",
    "WhatsApp",
    "Video Pilihan",
    "Video Terkini",
    "POPULER",
    "Berita Terkini",
    "Berita Populer",
    "Lanjutkan Membaca",
    "AFP PHOTO",
    "AP PHOTO",
    "(kanan)",
    "Editor:",
    "Redaktur:",
    "Diterbitkan",
    "Text Sizes",
    "Super Skor",
    "TRIBUNNEWS.COM",
    "KONTAN.CO.ID",
    "WahanaNews.co",
    "Krisis Kelahiran di Korut",
    "Fakta atau Hoaks",
)


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.stem[:3])
def test_no_passage_of_a_seed_holds_furniture(path):
    for passage in cut(seed(path), passage_chars=700):
        for words in FURNITURE:
            assert words not in passage.text


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.stem[:3])
def test_every_line_of_a_seed_that_ends_in_a_full_stop_is_kept_unless_it_invites_to_follow(path):
    article = seed(path)
    shown = " ".join(passage.text for passage in cut(article, passage_chars=700))
    for line in map(str.strip, article.text.splitlines()):
        if line.endswith((".", '."', ".”")) and not line.startswith("*"):
            assert line[-60:] in shown


KOMPAS = """Banjir Rendam Tiga Kecamatan di Demak, Ratusan Warga Mengungsi
Kompas.com - 08/02/2024, 19:05 WIB
Penulis Nur Zaidi | Editor Teuku Muhammad
DEMAK, KOMPAS.com - Banjir merendam tiga kecamatan di Kabupaten Demak, Jawa Tengah, pada Kamis (8/2/2024).
Ketinggian air mencapai 1,5 meter di Desa Ketanjung.
Baca juga: Jalur Pantura Demak-Kudus Lumpuh Total akibat Banjir
"Kami butuh perahu karet. Warga lansia harus didahulukan," kata Kepala Desa Ketanjung, Sulaiman.
Dapatkan update berita pilihan setiap hari dari Kompas.com. Mari bergabung di kanal WhatsApp kami, caranya klik link ini.
Halaman Selanjutnya
Tag: #banjir #demak
Terpopuler Lainnya
Video Pilihan
"""


def test_a_page_of_another_outlet_keeps_its_reporting_alone():
    title = "Banjir Rendam Tiga Kecamatan di Demak, Ratusan Warga Mengungsi"
    assert kept(KOMPAS, title)[-3:] == [
        "Banjir merendam tiga kecamatan di Kabupaten Demak, Jawa Tengah, pada Kamis (8/2/2024).",
        "Ketinggian air mencapai 1,5 meter di Desa Ketanjung.",
        '"Kami butuh perahu karet. Warga lansia harus didahulukan," kata Kepala Desa Ketanjung, Sulaiman.',
    ]


ENGLISH = """Home
World
Politics
Business
Dam in northern valley bursts after three days of rain
By Sarah Whitfield, Correspondent
Updated March 3, 2021, 10:15 AM GMT
Rescue workers walk past a flooded street in Aldermoor (Reuters/Tom Hale)
ALDERMOOR (Reuters) - A dam burst in the northern valley on Tuesday after three days of rain, officials said.
Read more: Five things to know about the Aldermoor dam
Some 1,500 people left their homes, the mayor said.
Advertisement
"We had ten minutes," said Ann Lowe, 61. "Nobody told us anything."
Related: How dams fail
Share this article
Sign up for our daily newsletter
Most Read
"""


def test_an_english_page_keeps_its_reporting_alone():
    assert kept(ENGLISH, "Dam in northern valley bursts after three days of rain") == [
        "A dam burst in the northern valley on Tuesday after three days of rain, officials said.",
        "Some 1,500 people left their homes, the mayor said.",
        '"We had ten minutes," said Ann Lowe, 61. "Nobody told us anything."',
    ]


PLAIN = (
    "Danau Toba adalah danau alami berukuran besar di Indonesia yang berada di kaldera gunung supervulkan. Danau ini memiliki panjang 100 km.",
    'Penulis itu menutup pidatonya dengan pesan, "Baca juga buku ini sebelum kalian menulis," kata Pramudya di Jakarta.',
    "Baca juga buku ini, pesan sang guru kepada murid-muridnya setiap pagi.",
    "Warga diminta mengikuti kanal WhatsApp resmi pemerintah kota untuk mendapat kabar banjir, kata Wali Kota.",
    "Video pilihan juri itu ditonton dua juta orang dalam sehari.",
    "Editor senior majalah itu, Ratna Dewi, mengundurkan diri pada Senin (4/3/2024).",
    "Foto kedua pemimpin itu (kiri dan kanan) dimuat di halaman depan koran pada 1955.",
    "Berita terkini menyebutkan bahwa 12 orang selamat.",
    "Ikuti saja aturannya, ujar Menteri Dalam Negeri kepada para gubernur di Istana.",
    "Related documents were found in the archive, the police said on Monday.",
    "By Monday evening the water had fallen by two metres, officials said.",
    "Share prices fell by 3 percent after the announcement (Reuters).",
    "Oleh karena itu, rapat ditunda hingga pekan depan.",
    "Populer di kalangan remaja, aplikasi itu diunduh 5 juta kali.",
    "Menteri Keuangan (Menkeu) menyebut anggaran itu naik 5,5 persen menjadi Rp 12,3 triliun (13/9/2023).",
    "Dapatkan hak Anda, kata pengacara itu, sebelum batas waktu lewat.",
    "Sumber: api yang menghanguskan pasar itu belum diketahui, kata polisi.",
    "Medium sized farms were hit hardest.",
    "Presiden Republik Korea (kiri) dan tamunya berjabat tangan sebelum rapat dimulai.",
)


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_sentence_of_reporting_is_never_masked(sentence):
    text = f"Rapat itu berlangsung dua jam di kantor gubernur.\n{sentence}\nSetelah itu para tamu pulang ke rumah masing-masing."
    assert mask(text) == ()


def test_a_text_of_plain_paragraphs_has_no_masks():
    assert mask("\n\n".join(PLAIN)) == ()


FURNITURE_LINES = {
    "Baca Juga: Harga Beras Naik Lagi Jelang Puasa": "read-also",
    "SIMAK JUGA: Harga Beras Naik Lagi": "read-also",
    "(Baca: Harga Beras Naik Lagi)": "read-also",
    "Read also: Rice prices rise again": "read-also",
    "Related: Rice prices rise again": "read-also",
    "Penulis: Rina Ayu": "byline",
    "Reporter: Rina Ayu | Editor: Budi": "byline",
    "[Redaktur: Rina Ayu]": "byline",
    "oleh Rina Ayu diperbarui 3 Mar 2021, 10:00 WIB": "byline",
    "By Rina Ayu": "byline",
    "Laporan Wartawan Tribunnews.com, Rina Ayu": "byline",
    "(ab/cd)": "byline",
    "Rabu, 3 Maret 2021 | 10:00 WIB": "timestamp",
    "Published 3 March 2021, 10:00 GMT": "timestamp",
    "Warga mengungsi ke balai desa (ANTARA FOTO/Rina Ayu)": "caption",
    "Foto: Rina Ayu/detikcom": "caption",
    "Gubernur (tengah) meninjau lokasi banjir di Demak": "caption",
    "Ilustrasi banjir. (Shutterstock)": "caption",
    "Ikuti kami di Instagram dan Facebook": "share",
    "Gabung saluran WhatsApp kami sekarang": "share",
    "Sign up for our newsletter": "share",
    "Share this": "share",
    "Bagikan artikel ini": "share",
    "Video Pilihan": "video",
    "Saksikan Video Pilihan di Bawah Ini:": "video",
    "[Gambas:Video 20detik]": "video",
    "TERPOPULER": "popular",
    "Berita Terkait": "popular",
    "Most Popular": "popular",
    "Advertisement": "advert",
    "SCROLL TO CONTINUE WITH CONTENT": "advert",
    "Text Sizes": "text-size",
    "Lanjutkan Membaca ↓": "menu",
    "Halaman Selanjutnya": "menu",
    "* * *": "separator",
    "* Fakta atau Hoaks? Kirim ke nomor WhatsApp Cek Fakta 0811 1111 111": "fact-check",
    "Artikel ini telah tayang di Kompas.com dengan judul Banjir Demak": "syndicated",
}


@pytest.mark.parametrize("line", FURNITURE_LINES)
def test_a_line_of_furniture_is_masked_by_its_rule(line):
    text = f"Rapat itu berlangsung dua jam di kantor gubernur.\n{line}\nSetelah itu para tamu pulang ke rumah masing-masing."
    assert rules(text) == {line: FURNITURE_LINES[line]}


def test_the_headline_after_a_bare_read_also_is_masked_with_it():
    text = "Rapat berlangsung dua jam di kantor.\nBaca Juga:\nHarga Beras Naik Lagi\nPara tamu pulang setelah rapat usai."
    assert rules(text) == {"Baca Juga:": "read-also", "Harga Beras Naik Lagi": "read-also"}


def test_reporting_after_a_bare_read_also_is_kept():
    text = "Rapat berlangsung dua jam di kantor.\nBaca Juga:\nPara tamu pulang setelah rapat usai."
    assert rules(text) == {"Baca Juga:": "read-also"}


def test_reporting_glued_to_a_read_also_is_kept_and_the_call_masked():
    text = "Baca juga:, Kendati demikian, penjaga gawang itu menilai gol pertama disepak dengan sangat tepat oleh lawannya."
    assert rules(text) == {"Baca juga:,": "read-also"}


def test_the_second_of_two_equal_lines_is_masked():
    line = "Peluncuran roket itu dijadwalkan ulang pada bulan depan oleh badan antariksa."
    masks = mask(f"{line}\nPara insinyur masih memeriksa tangki bahan bakar.\n{line}")
    assert [one.rule for one in masks] == ["repeat"]
    assert masks[0].start > len(line)


def test_a_subhead_between_paragraphs_is_masked_and_a_numbered_item_is_not():
    text = "Rapat itu berlangsung dua jam di kantor gubernur.\n{}\nSetelah itu para tamu pulang ke rumah masing-masing."
    assert rules(text.format("Tamu Pulang")) == {"Tamu Pulang": "subhead"}
    assert rules(text.format("1. Kurang minum air putih")) == {}


def test_the_rest_of_a_broken_sentence_is_kept():
    text = "Banjir itu merendam tiga kecamatan di Kabupaten Demak sejak hari pertama hujan turun pada\nKamis (8/2/2024)\nAir surut esoknya."
    assert rules(text) == {}


@pytest.mark.parametrize(
    "dateline",
    [
        "KONTAN.CO.ID - MOSKOW.",
        "TRIBUNNEWS.COM --",
        "WahanaNews.co, Moskow -",
        "JAKARTA, KOMPAS.com -",
        "TEMPO.CO, Jakarta -",
        "Jakarta (ANTARA) -",
        "Jakarta, CNN Indonesia --",
        "WASHINGTON, Sept 13 (Reuters) -",
        "MOSKOW –",
    ],
)
def test_a_dateline_is_masked_and_its_sentence_kept(dateline):
    text = f"{dateline} Pemerintah mengumumkan anggaran baru untuk pelabuhan pada Senin."
    assert rules(text) == {dateline: "dateline"}


@pytest.mark.parametrize("opening", ["Kim - yang tiba kemarin -", "Jakarta-Bandung kini", "Putin–Kim", "PBB"])
def test_an_opening_that_is_no_dateline_is_kept(opening):
    assert rules(f"{opening} menjadi perhatian dunia setelah pertemuan kedua pemimpin itu pada Senin.") == {}


def outlet(count, furniture, of=10):
    return [
        article_of(
            f"Laporan nomor {n} membahas hal yang berbeda sama sekali.\n{furniture if n < count else f'Baris lain {n}'}\nIsi kedua nomor {n}.",
            f"{n}.txt",
            article_id=str(n),
        )
        for n in range(of)
    ]


def named(articles, name):
    from dataclasses import replace

    return [replace(one, outlet=name) for one in articles]


def repeats(articles):
    return sum(one.rule == "repeated" for article in masked(articles) for one in article.masks)


def test_a_line_that_recurs_in_an_outlet_is_masked_there():
    assert repeats(named(outlet(3, "Kabar dari kami untuk kamu semua"), "A")) == 3


def test_a_line_in_two_articles_or_under_a_fifth_of_them_is_kept():
    assert repeats(named(outlet(2, "Kabar dari kami untuk kamu semua"), "A")) == 0
    assert repeats(named(outlet(3, "Kabar dari kami untuk kamu semua", of=20), "A")) == 0


def test_articles_without_an_outlet_share_no_furniture():
    assert repeats(outlet(5, "Kabar dari kami untuk kamu semua")) == 0


def test_masking_twice_changes_nothing():
    once = masked(read([SEEDS], max_bytes=10**6, on_skip=pytest.fail))
    assert masked(once) == once


LINES = st.one_of(
    st.sampled_from(
        [
            *FURNITURE_LINES,
            *PLAIN,
            "News",
            "Bisnis",
            "",
            "\xa0",
            "Baca Juga:",
            "Barat Khawatir",
            "TRIBUNNEWS.COM -- Ia datang ke kota itu.",
        ]
    ),
    st.text(max_size=60),
)


@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
def test_masks_are_sorted_apart_trimmed_and_inside_the_text(rows, newline):
    text = newline.join(rows)
    at = 0
    for one in mask(text, rows[0] if rows else ""):
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert one.rule
        at = one.end


@given(st.lists(LINES, max_size=25))
def test_every_character_is_masked_or_in_a_passage_or_white_space(rows):
    text = "\n".join(rows)
    article = Article(id="a", text=text, source="a", sha256="", masks=mask(text))
    free = list(text)
    for one in (*article.masks, *cut(article, passage_chars=300)):
        assert None not in free[one.start : one.end]
        free[one.start : one.end] = [None] * (one.end - one.start)
    assert "".join(character for character in free if character is not None).strip() == ""


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "(a/",
        "A.",
        "Baca juga: ",
        "foto ",
        "A-",
        ", ",
        "Oleh A ",
        "1/",
        "A B ",
        "\u0301",
        "\U0001f600",
        "[",
        "* ",
        "AFP/",
        "www.",
        "video ",
    ],
)
def test_a_hostile_line_of_a_hundred_thousand_characters_takes_no_time(piece):
    line = (piece * 100_000)[:100_000]
    started = time.process_time()
    mask(line)
    rule(line[:320])
    rule(line[:80])
    assert time.process_time() - started < 2
