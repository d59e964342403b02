"""Terms as words that a server leaves whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qa.store.collection import collection_name, quoted, term, whole

TERMS = st.text(st.characters(exclude_categories=("Cs", "Zs", "Cc")), min_size=1)


@given(TERMS)
def test_a_term_is_one_word_of_ascii_and_comes_back(text):
    word = whole(text)
    assert re.fullmatch(r"[a-z0-9]+", word)
    assert term(word) == text


@given(TERMS, TERMS)
def test_different_terms_stay_different(one, other):
    assert (whole(one) == whole(other)) == (one == other)


@given(st.text())
def test_nothing_in_a_text_ends_its_string_in_a_filter(text):
    inside = quoted(text)[1:-1]
    assert not re.search(r'(?<!\\)(?:\\\\)*"', inside)


def test_a_collection_is_named_by_its_index_alone_and_different_indexes_differ():
    names = [collection_name(index) for index in ("berita", "berita-2", "berita.2", "b" * 200, "b" * 201)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,254}", name) for name in names)
    assert collection_name("berita", "abc").startswith(collection_name("berita"))
