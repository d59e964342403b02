"""Words, over the index's own files and over Milvus: the formula, computed row by row."""

from __future__ import annotations

import math

import pytest

from qa.assistant import Assistant
from qa.store import ranked as ranking

pytestmark = pytest.mark.filterwarnings("ignore")
QUESTIONS = (
    "Kapan pasar Melati dibuka?",
    "Siapa yang membangun jembatan Kenanga?",
    "berapa pengunjung museum",
    "Radio Kota pelabuhan",
)


def bm25(generation, tokens, rows):
    """The formula of qa/index/lexical.py, row by row."""
    every = [generation.lexical.terms(row) for row in range(generation.n_passages)]
    n, mean = len(every), sum(map(len, every)) / len(every)
    scores = {}
    for row in rows:
        words, total = every[row], 0.0
        for token in dict.fromkeys(tokens):
            df, tf = sum(token in other for other in every), words.count(token)
            total += math.log(1 + (n - df + 0.5) / (df + 0.5)) * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(words) / mean))
        if total > 0:
            scores[row] = total
    return scores


def asked(generation, question):
    from qa.language.text import question_terms

    return question_terms(question, lambda term: generation.lexical.document_frequency(term) > 0)


@pytest.mark.parametrize("named", [1000, 3])
@pytest.mark.parametrize("question", QUESTIONS)
def test_words_are_scored_by_the_formula_under_every_filter(built, question, named, monkeypatch, every_filter):
    monkeypatch.setattr(ranking, "_NAMED", named)  # above so many rows the results are filtered and not the search
    generation = built.generation
    tokens = asked(generation, question)
    for allowed, rows in every_filter(generation):
        right = bm25(generation, tokens, rows)
        found = generation.lexical.search(tokens, 10, allowed)
        assert len(found) == min(10, len(right))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        for row, score in found:
            assert score == pytest.approx(right[row], rel=0.1)  # tantivy keeps a passage's length in one byte
        best = sorted(right.values(), reverse=True)[: len(found)]
        assert [score for _, score in found] == pytest.approx(best, rel=0.1)


def test_equal_passages_come_in_the_order_of_their_rows(own, make_article, make_records):
    assistant = own([1])
    same = [make_article(1) | {"id": f"b{number}", "outlet": f"Koran {number}"} for number in range(30)]
    settings = assistant.settings
    path = make_records(settings.indexes.parent / "same.jsonl", same)
    built = Assistant.build([path], settings.index, settings=settings)
    found = built.generation.lexical.search(["pasar", "jembatan"], 7)
    rows = [row for row, score in found if score == pytest.approx(found[0][1], rel=1e-6)]
    assert rows == sorted(rows)


def test_terms_and_their_frequency_are_those_of_the_passages(built):
    generation = built.generation
    every = [generation.lexical.terms(row) for row in range(generation.n_passages)]
    assert all(every)
    for term in {term for terms in every[:6] for term in terms}:
        assert generation.lexical.document_frequency(term) == sum(term in terms for terms in every)
    assert generation.lexical.document_frequency("tidak-ada-kata-ini") == 0
    with pytest.raises(IndexError):
        generation.lexical.terms(generation.n_passages)


@pytest.mark.parametrize("word", ["' or zq == zq --", '"', "\\", "pasar' and 'a", "\ud800", "", "  ", "字", "%"])
def test_a_hostile_word_is_a_word_and_never_syntax(built, word):
    assert built.generation.lexical.search([word], 5) == []
    assert built.generation.lexical.document_frequency(word) == 0
