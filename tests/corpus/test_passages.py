"""Passages: whole sentences, spans exact, never across a mask."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.clean import mask
from qa.corpus.passages import context, cut, heading, lead
from qa.corpus.reading.read import article_of
from qa.language.text import sentences
from qa.schema import Article, Mask

TEXT = (
    "Kapal feri itu tenggelam di Selat Sunda. Empat puluh penumpang selamat.\n\n"
    "Baca juga: Cuaca Buruk di Selat Sunda\n\n"
    "Menurut Dr. Budi, ombak setinggi 2,5 meter. “Kami terlambat. Kapal sudah miring,” kata nakhoda.\n"
    "Pencarian dilanjutkan esok."
)


def article(text=TEXT, masks=None, title=""):
    return Article(id="a", text=text, source="a.txt", sha256="", title=title, masks=mask(text, title) if masks is None else masks)


def pieces(text, size, masks=None):
    return [passage.text for passage in cut(article(text, masks), passage_chars=size)]


def test_neighbouring_sentences_are_joined_up_to_the_limit():
    assert pieces(TEXT, 700) == [
        "Kapal feri itu tenggelam di Selat Sunda. Empat puluh penumpang selamat.",
        "Menurut Dr. Budi, ombak setinggi 2,5 meter. “Kami terlambat. Kapal sudah miring,” kata nakhoda.\nPencarian dilanjutkan esok.",
    ]


def test_a_small_limit_gives_a_sentence_each_and_never_cuts_one():
    assert pieces(TEXT, 10) == [
        "Kapal feri itu tenggelam di Selat Sunda.",
        "Empat puluh penumpang selamat.",
        "Menurut Dr. Budi, ombak setinggi 2,5 meter.",
        "“Kami terlambat. Kapal sudah miring,” kata nakhoda.",
        "Pencarian dilanjutkan esok.",
    ]


def test_a_passage_has_its_place_and_carries_title_and_day():
    source = article_of(TEXT, "a.txt", article_id="x")
    for passage in cut(source, passage_chars=100):
        assert passage.id == f"x:{passage.start}-{passage.end}"
        assert source.text[passage.start : passage.end] == passage.text
    dated = Article(id="x", text="Halo.", source="a", sha256="", title="T", published=date(2024, 1, 1))
    (passage,) = cut(dated, passage_chars=100)
    assert (passage.title, passage.published, passage.article_id) == ("T", date(2024, 1, 1), "x")


def test_an_article_that_is_masked_whole_or_empty_has_no_passages():
    assert pieces("Baca juga: Cuaca Buruk", 700) == []
    assert pieces("", 700) == []
    assert pieces(" \n\xa0\n", 700) == []


def test_the_context_puts_the_title_or_else_the_first_sentence_before_the_words():
    first, second = cut(article(), passage_chars=700)
    opening = lead((first, second))
    assert opening == "Kapal feri itu tenggelam di Selat Sunda."
    assert context(second, opening) == f"{opening} — {second.text}"
    assert context(first, opening) == first.text  # it holds the lead already
    (titled, _) = cut(article(title="Feri Tenggelam"), passage_chars=700)
    assert context(titled, opening) == f"Feri Tenggelam — {titled.text}"
    assert lead(()) == ""
    assert context(first) == first.text


PARTS = st.sampled_from(
    [
        "Ia datang. ",
        "Dr. Budi ",
        '"Satu. Dua," kata X. ',
        "“",
        "” ",
        "1.500 ",
        "\n",
        "\r\n",
        " ",
        "Baca juga: A\n",
        "\u0301",
        "\U0001f680",
        "العربية. ",
        "a" * 90,
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(PARTS, max_size=40).map("".join)), st.integers(1, 300), st.data())
def test_passages_hold_every_unmasked_sentence_once_in_order(text, size, data):
    marks = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    masks = tuple(
        Mask(start=start, end=end, rule="x") for start, end in zip(marks[::2], marks[1::2], strict=False) if start < end
    )
    masks = tuple(one for n, one in enumerate(masks) if n == 0 or one.start >= masks[n - 1].end)
    passages = cut(article(text, masks), passage_chars=size)
    covered = []
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert all(passage.end <= one.start or one.end <= passage.start for one in masks)
        assert not covered or covered[-1] < passage.start
        covered.extend(range(passage.start, passage.end))
    masked_places = {place for one in masks for place in range(one.start, one.end)}
    missed = "".join(
        character for place, character in enumerate(text) if place not in masked_places and place not in set(covered)
    )
    assert missed.strip() == ""


@given(st.lists(PARTS, max_size=40).map("".join), st.integers(1, 300))
def test_no_passage_is_longer_than_the_limit_unless_it_is_one_sentence(text, size):
    whole = sentences(text)
    for passage in cut(article(text, ()), passage_chars=size):
        own = [span for span in whole if passage.start <= span[0] and span[1] <= passage.end]
        assert (own[0][0], own[-1][1]) == (passage.start, passage.end)
        assert len(passage.text) <= size or len(own) == 1


@pytest.mark.parametrize("line", ["Ia datang. " * 50_000, "a" * 1_000_000, "“Ia. " * 50_000, ("x" * 99 + "\n") * 10_000])
def test_a_megabyte_is_cut_in_seconds(line):
    started = time.process_time()
    passages = cut(article(line, ()), passage_chars=700)
    assert passages
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("title", "outlet", "published", "seen"),
    [
        ("Pasar", "Kontan", date(2019, 9, 12), "Pasar · Kontan · 12 September 2019"),
        ("Pasar", "", date(2020, 1, 1), "Pasar · 1 Januari 2020"),
        ("Pasar", "", None, "Pasar"),
        ("", "Kontan", None, "Kontan"),
        ("", "", date(2020, 12, 31), "31 Desember 2020"),
        ("", "", None, ""),
    ],
)
def test_what_precedes_a_passage_is_what_is_known_of_its_article(title, outlet, published, seen):
    assert heading(title, outlet, published) == seen
