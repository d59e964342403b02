"""Files that mean harm, beside a good one: each is read within bounds or reported by name, and the rest is still read."""

from __future__ import annotations

import json
import os
import resource
import time
import zipfile

import pytest

from qa.corpus.reading import apart
from qa.corpus.reading.read import read
from qa.errors import ReadError

GOOD = "Presiden bertemu Kim di Vostochny pada Rabu 13 September 2023."
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

pytestmark = pytest.mark.integration


def run(*paths, **more):
    skipped, notes = {}, {}
    articles = list(
        read(
            paths,
            max_bytes=20_000_000,
            on_skip=lambda one: skipped.update({one.source: one.why}),
            on_note=lambda one: notes.update({one.source: one.what}),
            **more,
        )
    )
    return {article.source: article for article in articles}, skipped, notes


def docx(path, body, before=b"", whole=None):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        )
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
        )
        document = b"<w:document " + W + b"><w:body>" + body + b"</w:body></w:document>"
        out.writestr("word/document.xml", before + document if whole is None else whole)
    return path


def paragraph(text):
    return b"<w:p><w:r><w:t>" + text + b"</w:t></w:r></w:p>"


def cell(properties):
    return b"<w:tbl><w:tr><w:tc><w:tcPr>" + properties + b"</w:tcPr>" + paragraph(b"Halo.") + b"</w:tc></w:tr></w:tbl>"


ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
BOMB = b'<!DOCTYPE w [<!ENTITY a0 "Halo dunia. ">' + ENTITIES + b"]>"
WORD = {
    "broken XML": {"body": b"", "whole": b"<w:document " + W + b"><w:body><w:p>"},
    "another root": {"body": b"", "whole": b"<html/>"},
    "no body": {"body": b"", "whole": b"<w:document " + W + b"/>"},
    "entities": {"body": paragraph(b"&a9;"), "before": BOMB},
    "nested": {"body": b"<w:tbl><w:tr><w:tc>" * 50_000 + b"</w:tc></w:tr></w:tbl>" * 50_000},
    "a wide cell": {"body": cell(b'<w:gridSpan w:val="100000000"/>')},
    "nonsense width": {"body": cell(b'<w:gridSpan w:val="x"/><w:vMerge w:val="continue"/>')},
    "unfolds": {"body": paragraph(b"a" * 70_000_000)},
}


@pytest.mark.parametrize("name", WORD)
def test_a_word_file_that_means_harm_is_named_and_the_rest_is_still_done(tmp_path, name):
    docx(tmp_path / "a.docx", **WORD[name])
    docx(tmp_path / "b.docx", paragraph(GOOD.encode()))
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["b.docx"]
    assert list(skipped) == ["a.docx"]
    assert time.process_time() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB, of this process


@pytest.mark.parametrize(
    "attributes", [" ".join(f'a{n}="{n}"' for n in range(30_000)), " ".join(f"a{n}" for n in range(30_000))], ids=["set", "bare"]
)
def test_a_page_with_thousands_of_attributes_is_named(tmp_path, attributes):
    (tmp_path / "a.html").write_text(f"<html><body><p {attributes}>{GOOD}</p></body></html>")
    (tmp_path / "b.txt").write_text(GOOD)
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["b.txt"]
    assert "attributes" in skipped["a.html"]


def test_a_word_without_end_is_named(tmp_path):
    (tmp_path / "a.txt").write_text("a" * 3_000_000)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "a" * 3_000_000}) + "\n" + json.dumps({"id": "c", "text": GOOD}))
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["c"]
    assert "white space" in skipped["a.txt"]
    assert "white space" in skipped["b.jsonl:1"]


WORKER = "import time, qa.corpus.reading.apart as a; a.SECONDS = 0; a.MEMORY = 300 << 20; a.FORMATS['.html'] = lambda data, source: {}; a._work()"
BUSY = "any(iter(int, 1))"  # for ever, and without taking memory
LARGE = "bytearray(400 << 20)"
DEAD = "__import__('os').abort()"


@pytest.mark.parametrize(
    ("does", "said"),
    [(BUSY, "seconds of processor time"), (LARGE, "MB of memory"), (DEAD, "ended the process")],
    ids=["busy", "large", "dead"],
)
def test_a_reader_that_breaks_its_bounds_costs_that_file_alone(does, said):
    with apart.Apart(10**7, ("-c", WORKER.format(does))) as reader:
        with pytest.raises(ReadError, match=said):
            reader.read(".html", b"x", "a.html")
        with pytest.raises(ReadError, match="no PDF"):
            reader.read(".pdf", b"x", "b.pdf")  # by the next worker, or the same where it lives


def test_links_out_of_a_folder_are_named_and_followed_only_when_asked(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    (folder / "below").mkdir(parents=True)
    (outside / "rahasia.txt").write_text("Kata sandi gudang adalah merpati hitam.")
    (folder / "a.txt").write_text(GOOD)
    (folder / "link.txt").symlink_to(outside / "rahasia.txt")
    (folder / "below/all").symlink_to(outside)
    articles, skipped, _ = run(folder)
    assert list(articles) == ["a.txt"]
    assert set(skipped) == {"link.txt", "below/all"}
    assert all("--follow-links" in why and str(outside) in why for why in skipped.values())
    assert set(run(folder, follow_links=True)[0]) == {"a.txt", "link.txt", "below/all/rahasia.txt"}


def test_a_link_that_stays_in_the_folder_is_read(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b/satu.txt").write_text(GOOD)
    (tmp_path / "a.txt").symlink_to(tmp_path / "b/satu.txt")
    assert set(run(tmp_path)[0]) == {"a.txt", "b/satu.txt"}


@pytest.mark.parametrize("follow", [False, True])
def test_pipes_and_devices_are_never_opened(tmp_path, follow):
    os.mkfifo(tmp_path / "pipa.txt")
    os.mkfifo(tmp_path / "pipa.jsonl")
    (tmp_path / "nol.txt").symlink_to("/dev/zero")
    (tmp_path / "z.txt").write_text(GOOD)
    articles, skipped, _ = run(tmp_path, tmp_path / "pipa.txt", "/dev/zero", follow_links=follow)
    assert list(articles) == ["z.txt"]
    assert {"pipa.txt", "pipa.jsonl", "nol.txt", "/dev/zero", str(tmp_path / "pipa.txt")} == set(skipped)


def test_names_that_are_no_utf8_are_reported_visibly(tmp_path):
    (tmp_path / os.fsdecode(b"buruk\xff.txt")).write_text(GOOD)
    (tmp_path / os.fsdecode(b"map\xe9")).mkdir()
    (tmp_path / os.fsdecode(b"map\xe9") / "a.txt").write_text(GOOD)
    (tmp_path / "z.txt").write_text(GOOD)
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["z.txt"]
    assert skipped == dict.fromkeys(["buruk\\udcff.txt", "map\\udce9"], "has a name that is no UTF-8; rename it")


def test_folders_deeper_than_pythons_stack_are_read(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here)
    os.write(file, GOOD.encode())
    os.close(file)
    os.close(here)
    try:
        articles, skipped, _ = run(tmp_path)
    finally:  # pytest, which removes the folders of earlier runs when it ends, cannot remove these: shutil goes down by calling itself
        (tmp_path / ("d/" * 1200) / "a.txt").unlink()
        for depth in range(1200, 0, -1):
            (tmp_path / ("d/" * depth)).rmdir()
    assert list(articles) == ["d/" * 1200 + "a.txt"]
    assert not skipped


@pytest.mark.parametrize("field", ["title", "id", "outlet", "url", "author", "text"])
def test_half_a_character_in_any_field_is_that_records_alone(tmp_path, field):
    rows = [{"text": GOOD, field: "\ud800"}, {"id": "baik", "text": GOOD}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["baik"]
    assert f"'{field}' holds half of a surrogate pair" in skipped["a.jsonl:1"]


def test_a_byte_that_the_encoding_lacks_is_its_records_alone(tmp_path):
    good = '{"id": "%d", "text": "Café nomor %d di Jakarta."}\n'
    lines = [(good % (n, n)).encode() for n in range(40)]
    (tmp_path / "utf8.jsonl").write_bytes(b"".join([*lines[:30], b'{"text": "caf\xe9 \x81"}\n', *lines[30:]]))
    articles, skipped, notes = run(tmp_path)
    assert len(articles) == 40
    assert all("Café" in article.text for article in articles.values())
    assert list(skipped) == ["utf8.jsonl:31"]
    assert "a byte that utf-8 lacks" in skipped["utf8.jsonl:31"]
    assert not notes


def test_records_in_another_alphabet_are_judged_by_their_letters_and_it_is_said(tmp_path):
    text = "Президент России встретился с лидером Северной Кореи на космодроме Восточный в среду утром. Переговоры длились пять часов."
    (tmp_path / "r.csv").write_bytes(f"id,text\n1,{text}\n2,{text[::-1]} Да.\n".encode("cp1251"))
    articles, _, notes = run(tmp_path)
    assert articles["1"].text == text
    assert "save it as UTF-8" in notes["r.csv"]


def test_western_letters_that_could_be_others_are_read_and_it_is_said(tmp_path):
    (tmp_path / "sure.txt").write_bytes(("“Kami senang,” kata José Ramos-Horta – di Dili pada hari Selasa." * 3).encode("cp1252"))
    (tmp_path / "unsure.csv").write_bytes("id,text\n1,Presiden bertemu Jean-François Hérault à Paris kemarin.\n".encode("cp1252"))
    articles, _, notes = run(tmp_path)
    assert "Hérault à Paris" in articles["1"].text
    assert list(notes) == ["unsure.csv"]


def test_words_just_short_enough_are_read_in_linear_time(tmp_path):
    (tmp_path / "a.txt").write_text(("a" * 99_999 + " ") * 20)
    began = time.process_time()
    articles, skipped, _ = run(tmp_path)
    assert (list(articles), skipped) == (["a.txt"], {})
    assert time.process_time() - began < 10  # a pattern that counts takes minutes


@pytest.mark.parametrize("field", ["title", "id", "outlet", "url", "author"])
def test_a_field_without_end_is_that_records_alone(tmp_path, field):
    rows = [{"text": GOOD, field: "panjang " * 1000}, {"id": "baik", "text": GOOD}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    articles, skipped, _ = run(tmp_path)
    assert list(articles) == ["baik"]
    assert f"'{field}' has 7,999 characters" in skipped["a.jsonl:1"]


def test_a_first_sentence_without_end_is_not_repeated_before_every_passage():
    from qa.corpus.reading.read import article_of
    from qa.index.prepare import prepare

    text = "Presiden bertemu Kim " * 5_000 + ".\n" + f"{GOOD}\n" * 1_000
    made = prepare(article_of(text, "a.txt"), 700)
    assert len(made.passages) > 50
    assert sum(map(len, made.contexts)) < 3 * len(text)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_swapped_for_a_link_while_it_is_read_is_named_and_not_followed(tmp_path, monkeypatch, what):
    secret = tmp_path / "private"
    secret.mkdir()
    (secret / "a.txt").write_text("Kata sandi gudang adalah merpati hitam.")
    folder = tmp_path / "news"
    (folder / "b").mkdir(parents=True)
    file = folder / "b/a.txt"
    file.write_text(GOOD)
    opening = os.open

    def swapped(path, flags, *more, **rest):
        moved, elsewhere = (file, secret / "a.txt") if what == "file" else (file.parent, secret)
        if str(path) == str(file) and not moved.is_symlink():
            moved.rename(tmp_path / "away")
            moved.symlink_to(elsewhere)
        return opening(path, flags, *more, **rest)

    monkeypatch.setattr(os, "open", swapped)
    articles, skipped, _ = run(folder)
    assert not articles
    assert list(skipped) == ["b/a.txt"]
