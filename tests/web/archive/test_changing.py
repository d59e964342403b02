"""Correcting and removing articles of a real index."""

from __future__ import annotations

from datetime import date

import pytest

from qa.assistant import Assistant
from qa.web.archive.changing import correct, remove
from qa.web.archive.reader_view import extras_html
from qa.web.wording.languages import words

ID = words("id")
LONG = "Gunung Salak meletus pada Kamis (7/3/2024) pagi. Sebanyak 1.250 warga mengungsi ke Balai Desa Cidahu. Kepala desa Asep Saefudin membuka dapur umum bagi warga."


@pytest.fixture
def own(tmp_path, seeds_settings):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(
        f'Gunung Salak Meletus Lagi\n\nBOGOR - {LONG}\n\n"Kami siap," kata Asep Saefudin.\n', encoding="utf-8"
    )
    (folder / "b.txt").write_text(
        f'Gunung Salak Meletus Lagi\n\nBOGOR - {LONG}\n\n"Kami siap," kata Asep Saefudin kemarin.\n', encoding="utf-8"
    )
    (folder / "c.txt").write_text(
        "Pasar Minggu Dibuka Kembali\n\nPasar Minggu dibuka lagi dan memiliki 320 kios untuk pedagang.\n", encoding="utf-8"
    )
    return Assistant.build([folder], "own", settings=seeds_settings.model_copy(update={"indexes": tmp_path / "indexes"}))


def by_source(assistant, source):
    return next(row for row in assistant.articles() if row.source == source)


def test_facts_are_corrected_and_the_text_and_its_citations_stay(own):
    row = by_source(own, "a.txt")
    told = correct(
        own,
        row.id,
        {"title": "Salak meletus", "outlet": "Kabar Bogor", "published": "2024-03-08", "url": "https://x.example/a"},
        ID,
    )
    assert "diperbaiki" in told
    after = own.article(row.id)
    assert (after.title, after.outlet, after.published, after.url) == (
        "Salak meletus",
        "Kabar Bogor",
        date(2024, 3, 8),
        "https://x.example/a",
    )
    assert len(own.articles()) == 3
    assert own.ask("Berapa warga yang mengungsi ke Balai Desa Cidahu?").short.startswith("1.250")


def test_a_correction_that_changes_nothing_or_is_no_day_writes_nothing(own):
    row, before = by_source(own, "a.txt"), own.generation.id
    assert "Tidak ada yang berubah" in correct(own, row.id, {}, ID)
    assert "tidak dikenal" in correct(own, row.id, {"published": "besok"}, ID)
    assert 'role="alert"' in correct(own, "no-such", {"title": "x"}, ID)
    assert own.generation.id == before


def test_articles_are_removed_but_for_the_last(own):
    for source in ("a.txt", "b.txt"):
        assert "dihapus dari indeks" in remove(own, by_source(own, source).id, ID)
    assert [row.source for row in own.articles()] == ["c.txt"]
    assert "terakhir tidak dapat dihapus" in remove(own, by_source(own, "c.txt").id, ID)
    assert len(own.articles()) == 1


def test_the_reader_sees_who_speaks_and_the_copies_and_the_forms_only_where_they_may_be_used(own):
    row = by_source(own, "a.txt")
    article, copies = own.article(row.id), own.copies(row.id)
    assert [copy.source for copy in copies] == ["b.txt"]
    html = extras_html(article, copies, ID, edit=True)
    assert "Asep Saefudin" in html
    assert f'data-open-article="{copies[0].id}"' in html
    assert f'data-remove="{row.id}"' in html
    at = html.index("data-start=") + len('data-start="')
    start = int(html[at : html.index('"', at)])
    assert article.text[start:].startswith(("Kami siap", '"Kami siap'))
    assert "data-remove" not in extras_html(article, copies, ID, edit=False)
