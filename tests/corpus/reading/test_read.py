"""Reading: every file is an article whose text is what the file holds, or is reported by name; nothing stops the rest."""

from __future__ import annotations

import codecs
import csv
import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.reading.formats import pdf as pdf_text
from qa.corpus.reading.layout import About, describe
from qa.corpus.reading.read import article_of, read
from qa.errors import ReadError

SEEDS = Path(__file__).parents[3] / "seeds"
STORY = "Kapal feri itu tenggelam di Selat Sunda pada Senin malam. Empat puluh penumpang selamat, kata petugas.\n"


def run(*paths, max_bytes=10**6):
    skipped = []
    articles = list(read(paths, max_bytes=max_bytes, on_skip=skipped.append))
    return articles, {one.source: one.why for one in skipped}


def one(path):
    (article,), skipped = run(path)
    assert not skipped
    return article


@pytest.fixture
def write(tmp_path):
    def put(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return put


def pdf(lines, encrypted=False):
    """A page of Helvetica, written by hand: pypdf reads text and does not set it."""
    show = "BT /F1 12 Tf 14 TL 50 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(show)} >>\nstream\n{show}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    if not encrypted:
        return out.encode("latin-1")
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out.encode("latin-1"))))
    writer.encrypt("rahasia", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_the_seeds_are_read_in_order_each_exactly_as_its_file(root):
    articles, skipped = run(root / "seeds")
    assert not skipped
    assert [article.source for article in articles] == sorted(path.name for path in SEEDS.glob("*.txt"))
    for article in articles:
        data = (SEEDS / article.source).read_bytes()
        assert article.text == data.decode()
        assert article.sha256 == sha256(data).hexdigest()
        assert article.masks == ()


def test_what_the_seeds_say_of_themselves_is_found():
    found = {article.source[:3]: (article.outlet, article.author, article.published) for article in run(SEEDS)[0]}
    assert found == {
        "000": ("KONTAN.CO.ID", "", None),  # "Rabu (13/9)": no year is given, none is guessed
        "001": ("TRIBUNNEWS.COM", "", date(2023, 9, 13)),
        "002": ("WahanaNews.co", "Elsya Tri Ahaddini", date(2023, 9, 13)),
        "003": ("Liputan6.com", "Khairisa Ferida", date(2023, 9, 13)),
        "004": ("TRIBUNNEWS.COM", "Hendra Gunawan", date(2023, 9, 13)),
    }


def test_titles_of_the_seeds_are_their_headlines_and_never_a_menu():
    titles = [article.title for article in run(SEEDS)[0]]
    assert titles == [
        "Vladimir Putin dan Kim Jong Un Habiskan Waktu 5 Jam di Pangkalan Luar Angkasa Rusia",
        "",
        "",
        "Kim Jong Un Akhirnya Bertemu Vladimir Putin: Terima Kasih Telah Mengundang di Tengah Jadwal Anda yang Sibuk",
        "Kalimat Kim Jong Un yang Bikin 'Panas Dingin' Negara Barat Saat Temui Vladimir Putin",
    ]


@given(
    st.text(
        st.characters(blacklist_categories=("Cs",), blacklist_characters="".join(map(chr, [*range(9), *range(14, 32), 0xFEFF])))
    )
)
def test_reading_plain_text_loses_nothing(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("plain") / "a.txt"
    path.write_bytes(text.encode())
    articles, skipped = run(path)
    if text.strip():
        assert [article.text for article in articles] == [text]
        assert not skipped
    else:
        assert not articles
        assert "is empty" in skipped["a.txt"]


def test_carriage_returns_stay(write):
    assert one(write("a.txt", "Satu.\r\nDua.\rTiga.\n")).text == "Satu.\r\nDua.\rTiga.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_the_same_in_every_encoding(write, encoding):
    text = "“Kami senang,” kata José Ramos-Horta di Dili – Selasa. Harganya €5.\n" * 3
    assert one(write("a.txt", text.encode(encoding))).text == text


def test_a_byte_order_mark_is_no_part_of_the_text(write):
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        assert one(write("a.txt", mark + STORY.encode(encoding))).text == STORY


def test_cyrillic_in_its_old_encoding_is_read(write):
    text = "Президент России встретился с лидером Северной Кореи на космодроме Восточный. Переговоры длились пять часов.\n" * 5
    assert one(write("a.txt", text.encode("cp1251"))).text == text


def test_ids_come_from_the_name_and_the_text_and_are_stable(write, tmp_path):
    first = one(write("Berita hari ini!.txt", STORY))
    assert first.id == f"Berita-hari-ini-{sha256(STORY.encode()).hexdigest()[:8]}"
    assert one(tmp_path / "Berita hari ini!.txt").id == first.id
    assert one(write("Berita hari ini!.txt", STORY + "!")).id != first.id


def test_folders_of_any_depth_are_read_with_the_path_below(write, tmp_path):
    write("b/c/d/lima.txt", STORY)
    write("a.md", "# Feri Tenggelam di Selat Sunda\n\n" + STORY)
    write("b/e.TXT", STORY + "Lagi.")
    articles, skipped = run(tmp_path)
    assert [article.source for article in articles] == ["a.md", "b/c/d/lima.txt", "b/e.TXT"]
    assert articles[0].title == "Feri Tenggelam di Selat Sunda"
    assert not skipped


def test_hidden_files_are_passed_over_and_unknown_endings_reported(write, tmp_path):
    write(".git/config.txt", STORY)
    write(".a.txt", STORY)
    write("gambar.jpg", b"\xff\xd8")
    write("a.txt", STORY)
    articles, skipped = run(tmp_path)
    assert [article.source for article in articles] == ["a.txt"]
    assert list(skipped) == ["gambar.jpg"]
    assert "'.jpg'" in skipped["gambar.jpg"]
    assert ".txt" in skipped["gambar.jpg"]


def test_each_bad_file_is_reported_by_name_and_the_rest_goes_on(write, tmp_path):
    write("a kosong.txt", "")
    write("b spasi.txt", " \n\n\t")
    write("c biner.txt", b"PK\x03\x04\x00\x00\x01")
    write("d besar.txt", STORY * 30)
    write("e rusak.pdf", b"%PDF-1.4 garbage")
    write("f rusak.docx", b"not a zip")
    write("g rusak.txt", codecs.BOM_UTF8 + b"\xff\xfe\xff")
    write("h kosong.html", "<html><body></body></html>")
    write("i acak.txt", bytes(range(1, 32)) * 40)
    write("j terkunci.pdf", pdf(["Rahasia."], encrypted=True))
    write("z baik.txt", STORY)
    articles, skipped = run(tmp_path, max_bytes=2000)
    assert [article.source for article in articles] == ["z baik.txt"]
    expected = {
        "a kosong.txt": "empty",
        "b spasi.txt": "empty",
        "c biner.txt": "binary",
        "d besar.txt": "corpus.max_bytes",
        "e rusak.pdf": "PDF",
        "f rusak.docx": ".docx",
        "g rusak.txt": "utf-8-sig",
        "h kosong.html": "article",
        "i acak.txt": "binary",
        "j terkunci.pdf": "encrypted",
    }
    assert set(skipped) == set(expected)
    for name, word in expected.items():
        assert word in skipped[name]


def test_a_path_that_does_not_exist_is_reported(tmp_path):
    articles, skipped = run(tmp_path / "tiada")
    assert not articles
    assert "does not exist" in skipped[str(tmp_path / "tiada")]


def test_a_file_that_may_not_be_read_is_reported(write, monkeypatch):
    path = write("a.txt", STORY)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert run(path)[1] == {"a.txt": "cannot be opened: Permission denied"}


def test_links_in_a_loop_and_into_nothing_are_reported(write, tmp_path):
    write("a/b/satu.txt", STORY)
    (tmp_path / "a/b/loop").symlink_to(tmp_path / "a")
    (tmp_path / "patah.txt").symlink_to(tmp_path / "tiada.txt")
    articles, skipped = run(tmp_path)
    assert [article.source for article in articles] == ["a/b/satu.txt"]
    assert skipped == {"a/b/loop": "is a link to a folder that it lies in", "patah.txt": "is a broken link"}


def test_the_same_article_twice_is_reported_the_second_time(write, tmp_path):
    write("a/x.txt", STORY)
    write("b/x.txt", STORY)
    articles, skipped = run(tmp_path)
    assert [article.source for article in articles] == ["a/x.txt"]
    assert "a/x.txt" in skipped["b/x.txt"]


def test_progress_hears_each_file_before_it_is_read(write, tmp_path):
    write("a.txt", STORY)
    write("b.txt", "")
    heard = []
    list(read([tmp_path], max_bytes=10**6, on_skip=lambda skipped: None, progress=heard.append))
    assert heard == ["a.txt", "b.txt"]


def test_a_library_that_asserts_over_a_damaged_file_is_that_files_alone(monkeypatch):
    def asserting(*_, **__):
        raise AssertionError("mypy")

    monkeypatch.setattr("pypdf.PdfReader", asserting)
    with pytest.raises(ReadError, match="is no PDF that can be read"):
        pdf_text(b"%PDF-1.4", "a.pdf")


def test_a_page_gives_its_article_and_its_meta_tags(write):
    paragraphs = "".join(
        f"<p>Paragraf {n} tentang kapal feri yang tenggelam di Selat Sunda pada Senin malam.</p>" for n in range(8)
    )
    page = f"""<html><head><title>Feri Tenggelam</title><meta property="og:title" content="Feri Tenggelam di Selat Sunda">
    <meta property="og:site_name" content="Harian Laut"><meta name="author" content="Rina Ayu">
    <meta property="article:published_time" content="2024-02-08T10:00:00+07:00"></head>
    <body><nav><a href="/">Beranda</a><a href="/bola">Bola</a></nav><article><h1>Feri Tenggelam di Selat Sunda</h1>{paragraphs}</article>
    <footer>Hak cipta</footer></body></html>"""
    article = one(write("a.html", page))
    assert "Paragraf 7 tentang kapal feri" in article.text
    assert "Beranda" not in article.text
    assert (article.title, article.outlet, article.author) == ("Feri Tenggelam di Selat Sunda", "Harian Laut", "Rina Ayu")
    assert article.published == date(2024, 2, 8)


def test_a_printed_page_is_read_with_its_broken_lines_joined(write):
    article = one(
        write(
            "a.pdf",
            pdf(["Kapal feri itu tenggelam di Selat Sunda pada Senin", "malam. Empat puluh penumpang selamat.", "Sekian."]),
        )
    )
    assert article.text == "Kapal feri itu tenggelam di Selat Sunda pada Senin malam. Empat puluh penumpang selamat.\nSekian."


def test_a_word_document_gives_paragraphs_and_tables(write, tmp_path):
    from docx import Document

    document = Document()
    document.core_properties.title = "Feri Tenggelam"
    document.add_paragraph("Kapal feri itu tenggelam.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Selamat", "40"
    document.add_paragraph("Sekian.")
    document.save(str(tmp_path / "a.docx"))
    article = one(tmp_path / "a.docx")
    assert article.text == "Kapal feri itu tenggelam.\nSelamat | 40\nSekian."
    assert article.title == "Feri Tenggelam"


RECORD = {
    "id": "r1",
    "title": "Feri",
    "text": STORY,
    "outlet": "Harian Laut",
    "published": "2024-02-08",
    "url": "https://laut.example/1",
}


def test_a_record_gives_its_fields_and_its_id_is_the_source(write):
    article = one(write("a.jsonl", json.dumps(RECORD) + "\n\n"))
    assert (article.id, article.source, article.title, article.outlet) == ("r1", "r1", "Feri", "Harian Laut")
    assert (article.text, article.published, article.url) == (STORY, date(2024, 2, 8), "https://laut.example/1")


def test_a_record_without_an_id_is_named_by_file_and_line(write):
    articles, _ = run(write("a.jsonl", "\n" + json.dumps({"text": STORY})))
    assert articles[0].source == "a.jsonl:2"
    assert articles[0].id.endswith(sha256(STORY.encode()).hexdigest()[:8])


def test_each_bad_record_is_reported_with_its_line(write):
    lines = [
        json.dumps(RECORD),
        "{broken",
        "[1]",
        json.dumps({"id": "x"}),
        json.dumps({"text": 5}),
        json.dumps({"text": " "}),
        json.dumps({"text": STORY, "published": "kapan-kapan"}),
        json.dumps({"text": STORY, "title": ["a"]}),
        json.dumps({**RECORD, "text": "Lain."}),
        json.dumps({"text": "a\u0000b"}),
        '{"text": "\\ud800"}',
        json.dumps({"text": "x" * 5000}),
        json.dumps({"id": 7, "text": "Terakhir."}),
    ]
    articles, skipped = run(write("a.jsonl", "\n".join(lines)), max_bytes=4000)
    assert [article.id for article in articles] == ["r1", "7"]
    expected = {
        "a.jsonl:2": "no JSON",
        "a.jsonl:3": "list, not an object",
        "a.jsonl:4": "missing",
        "a.jsonl:5": "int, not text",
        "a.jsonl:6": "empty",
        "a.jsonl:7": "kapan-kapan",
        "a.jsonl:8": "'title'",
        "r1": "same id",
        "a.jsonl:10": "NUL",
        "a.jsonl:11": "surrogate",
        "a.jsonl:12": "too large",
    }
    assert set(skipped) == set(expected)
    for place, word in expected.items():
        assert word in skipped[place]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_records_is_read(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        rows = csv.writer(stream, delimiter=delimiter)
        rows.writerow(["ID", "Title", "Text", "Published"])
        rows.writerow(["1", "Feri", 'Baris satu.\nBaris "dua", katanya; begitu.', "8 Februari 2024"])
        rows.writerow(["2", "Kosong", "", ""])
    articles, skipped = run(path)
    assert [(article.id, article.text, article.published) for article in articles] == [
        ("1", 'Baris satu.\nBaris "dua", katanya; begitu.', date(2024, 2, 8))
    ]
    assert list(skipped) == ["a.csv:4"]


def test_a_table_without_a_text_column_is_reported_with_its_columns(write):
    assert "has no column 'text'; its columns are 'id', 'isi'" in run(write("a.csv", "id,isi\n1,halo\n"))[1]["a.csv"]


@pytest.mark.parametrize(
    ("name", "data"), [("a.jsonl", b""), ("a.csv", b"\n"), ("b.jsonl", b"\x00\x01{}"), ("c.csv", b"text\n\x00")]
)
def test_a_record_file_that_is_empty_or_binary_is_reported(write, name, data):
    articles, skipped = run(write(name, data))
    assert not articles
    assert list(skipped) == [name]


def test_records_in_an_old_encoding_are_read(write):
    assert one(write("a.csv", "id,text\n1,“Halo” kata José.\n".encode("cp1252"))).text == "“Halo” kata José."


def test_a_record_file_may_be_larger_than_the_limit_of_one_record(write):
    lines = "".join(json.dumps({"id": str(n), "text": f"Berita {n}. {STORY}"}) + "\n" for n in range(50))
    assert len(run(write("a.jsonl", lines), max_bytes=500)[0]) == 50


@pytest.mark.parametrize(
    ("text", "outlet", "author", "published"),
    [
        ("JAKARTA, KOMPAS.com - Harga beras naik lagi di pasar induk pada awal pekan, kata pedagang.", "KOMPAS.com", "", None),
        (
            "Jakarta (ANTARA) - Harga beras naik lagi di pasar induk, kata pedagang, Senin (4/3/2024).",
            "ANTARA",
            "",
            date(2024, 3, 4),
        ),
        (
            "Harga beras naik lagi di pasar induk pada awal pekan ini, kata pedagang.\nPenulis: Rina Ayu\nEditor: Budi",
            "",
            "Rina Ayu",
            None,
        ),
        (
            "Harga Beras Naik\nSenin, 4 Maret 2024 10:00 WIB\nHarga beras naik lagi di pasar, kata dia, Minggu (3/3/2024).",
            "",
            "",
            date(2024, 3, 4),
        ),
        (
            "Rapat akan digelar pada Senin (11/3/2024) di Solo. Menteri bicara pada Rabu (6/3/2024) di Jakarta.",
            "",
            "",
            date(2024, 3, 6),
        ),
        ("Perang itu pecah pada 1 September 1939 dan berakhir enam tahun kemudian di seluruh dunia.", "", "", None),
    ],
)
def test_the_text_tells_outlet_author_and_day(text, outlet, author, published):
    about = describe(text)
    assert (about.outlet, about.author, about.published) == (outlet, author, published)


def test_what_is_given_wins_over_what_the_text_tells():
    given = About(title="T", outlet="O", author="A", published=date(2020, 1, 1), url="u")
    assert (
        describe("JAKARTA, KOMPAS.com - Harga beras naik lagi, kata pedagang, Senin (4/3/2024).\nPenulis: Rina", given=given)
        == given
    )


def test_an_article_that_opens_with_a_sentence_has_no_title():
    assert article_of(STORY + STORY, "a.txt").title == ""


@given(st.text(max_size=300))
def test_describing_any_text_works(text):
    describe(text)
