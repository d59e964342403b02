"""Pasted and fetched articles are read as files are."""

from __future__ import annotations

from datetime import date

import pytest

from qa.errors import CorpusError
from qa.web.archive.fetched import Fetched
from qa.web.archive.pasted import fetched, pasted
from qa.web.http.uploads import folder

TEXT = "Pasar Minggu Dibuka Lagi Setelah Kebakaran\n\nSUARA TIMUR, Bima - Wali Kota membuka Pasar Minggu pada Senin (4/3/2024) pagi di Bima.\n"


def test_what_the_text_says_of_itself_is_read_and_what_the_reader_says_goes_first():
    (one,) = pasted(TEXT, {"title": "", "outlet": "", "published": "", "url": ""}, 10**6)
    assert one.text == TEXT
    assert (one.title, one.outlet, one.published) == (
        "Pasar Minggu Dibuka Lagi Setelah Kebakaran",
        "SUARA TIMUR",
        date(2024, 3, 4),
    )
    assert one.id.startswith("pasar-minggu-dibuka-lagi")
    (one,) = pasted(TEXT, {"title": "Judul lain", "outlet": "Kabar Uji", "published": "2024-03-05"}, 10**6)
    assert (one.title, one.outlet, one.published) == ("Judul lain", "Kabar Uji", date(2024, 3, 5))


@pytest.mark.parametrize(
    ("text", "facts", "why"),
    [
        ("  ", {}, "empty"),
        ("x" * 200_000, {}, "no text"),
        (TEXT, {"published": "kapan-kapan"}, "published"),
        (TEXT * 90, {}, "too large"),
    ],
)
def test_what_cannot_be_read_says_why_and_leaves_nothing_behind(text, facts, why):
    before = set(folder().iterdir())
    with pytest.raises(CorpusError, match=f"{why}.*Cure"):
        pasted(text, facts, 10_000 if why == "too large" else 10**6)
    assert set(folder().iterdir()) == before


def test_a_fetched_page_keeps_its_address():
    html = f"<html><head><title>Pasar</title></head><body><article><h1>Pasar Minggu Dibuka Lagi</h1><p>{TEXT.splitlines()[2]}</p><p>Pasar itu memiliki 320 kios dan buka setiap hari sampai malam.</p></article></body></html>"
    (one,) = fetched(Fetched(url="https://kabar.example/pasar", data=html.encode(), ending=".html"), 10**6)
    assert one.url == "https://kabar.example/pasar"
    assert "320 kios" in one.text
    assert one.source.startswith("kabar.example/")
