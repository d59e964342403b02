"""From readings to candidates: exact substrings, whole words, whole sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.extractive.candidates import EACH, LONGEST_QUOTE, candidates, sentences_of, trimmed
from qa.schema import AnswerSpan, Hit, Passage, Reading

BODY = (
    'Novel "Laskar Pelangi" karya Andrea (terbit 2005) laku keras. Suhu turun sampai -5 derajat, kata Joko W. di sana. '
    "“Saya datang,” kata Gubernur-nya. Ia pulang pada Rabu."
)


def hit(text: str, *spans: AnswerSpan, rank: int = 1, start: int = 0) -> Hit:
    passage = Passage(id=f"a:{start}", article_id="a", start=start, end=start + len(text), text=text)
    reading = Reading(relevance=1.0, answerable=1.0, spans=spans)
    return Hit(passage=passage, score=1.0, rank=rank, stage="reranked", reading=reading)


def cut(words: str, body: str = BODY) -> str:
    start = body.index(words)
    start, end = trimmed(body, start, start + len(words))
    return body[start:end]


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        ("drea", "Andrea"),
        ("Andre", "Andrea"),
        (" Andrea ", "Andrea"),
        ("pada Rabu.", "pada Rabu"),
        ("derajat, ", "derajat"),
        ('"Laskar Pelangi"', "Laskar Pelangi"),
        ('"Laskar Pelangi" karya Andrea', '"Laskar Pelangi" karya Andrea'),
        ('Novel "Laskar Pelangi"', 'Novel "Laskar Pelangi"'),
        ('"Laskar', "Laskar"),
        ('Pelangi"', "Pelangi"),
        ("“Saya datang,”", "Saya datang"),
        ("“Saya datang,” kata", "“Saya datang,” kata"),
        ("(terbit", "terbit"),
        ("2005)", "2005"),
        ("(terbit 2005)", "(terbit 2005)"),
        ("Andrea (terbit 2005)", "Andrea (terbit 2005)"),
        ("Andrea (terbit", "Andrea (terbit"),
        ("Andrea (terbit 2005", "Andrea (terbit 2005)"),
        ('Novel "Laskar Pelangi', 'Novel "Laskar Pelangi"'),
        ("-5 derajat", "-5 derajat"),
        ("-nya", "nya"),
        ("Joko W", "Joko W."),
        ("Joko", "Joko"),
    ],
)
def test_a_span_is_trimmed_to_whole_words_and_marks_with_their_partner(span, kept):
    assert cut(span) == kept


def test_a_span_of_punctuation_alone_is_no_candidate():
    at = BODY.index(". Suhu")
    assert candidates([hit(BODY, AnswerSpan(at, at + 2, 5.0))]) == []


def test_a_candidate_is_quoted_with_the_sentences_that_hold_it():
    first, second = sentences_of(hit(BODY))[:2]
    start = BODY.index("laku")
    (over,) = candidates([hit(BODY, AnswerSpan(start, BODY.index(" turun"), 5.0))])
    assert over.answer == "laku keras. Suhu"
    assert (over.first, over.last) == (first.first, second.last)
    (within,) = candidates([hit(BODY, AnswerSpan(start, start + 4, 5.0))])
    assert within.quote == first.quote == BODY[: BODY.index(" Suhu")]


def test_a_span_over_too_many_sentences_is_left_out():
    body = "Satu orang datang. Dua orang pulang. Tiga orang tidur. Empat orang makan."
    assert LONGEST_QUOTE == 3
    assert [one.quote for one in candidates([hit(body, AnswerSpan(0, body.index("tidur") + 5, 5.0))])] == [
        body[: body.index(" Empat")]
    ]
    assert candidates([hit(body, AnswerSpan(0, len(body), 5.0))]) == []


def test_only_the_best_spans_of_each_hit_are_taken_and_hits_keep_their_order():
    words = "satu dua tiga empat lima enam".split()
    body = " ".join(words) + "."
    spans = [AnswerSpan(body.index(word), body.index(word) + len(word), -float(at)) for at, word in enumerate(words)]
    unread = Hit(passage=hit("Kosong.").passage, score=1.0, rank=2, stage="fused")
    found = candidates([hit(body, *spans), unread, hit(body, spans[5], rank=3)])
    assert [(one.hit.rank, one.answer) for one in found] == [*((1, word) for word in words[:EACH]), (3, "enam")]
    assert found[1].score == -1.0


def test_the_key_of_an_answer_forgets_case_and_marks():
    body = 'PT "Angkasa" Pura. Pt angkasa pura!'
    one, other = candidates([hit(body, AnswerSpan(0, 17, 1.0), AnswerSpan(19, 34, 0.0))])
    assert one.answer != other.answer
    assert one.key == other.key == "pt angkasa pura"


TEXTS = st.text(alphabet="abZé1 5.,;!?-–()[]\"'“”«»\n", max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_whatever_the_span_its_words_and_its_quote_are_in_the_passage(body, one, other):
    start, end = sorted((min(one, len(body)), min(other, len(body))))
    made = hit(body, AnswerSpan(start, end, 1.0))
    for found in candidates([made]):
        assert 0 <= found.first <= found.start < found.end <= found.last <= len(body)
        assert found.answer == body[found.start : found.end]
        assert found.answer in found.quote
        assert found.quote == body[found.first : found.last]
        assert found.quote == found.quote.strip()
        assert not found.answer[0].isspace()
        assert not found.answer[-1].isspace()


@given(TEXTS.filter(bool), st.data())
def test_trimming_never_leaves_half_a_word_and_trims_nothing_twice(body, data):
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    first, last = trimmed(body, start, end)
    if first < last:
        assert first == 0 or not (body[first - 1].isalnum() and body[first].isalnum())
        assert last == len(body) or not (body[last - 1].isalnum() and body[last].isalnum())
        assert trimmed(body, first, last) == (first, last)


@given(TEXTS)
def test_sentences_of_a_hit_cover_all_its_words_in_order(body):
    found = sentences_of(hit(body))
    assert [(one.first, one.last) for one in found] == sorted((one.first, one.last) for one in found)
    outside = list(body)
    for one in found:
        outside[one.first : one.last] = " " * (one.last - one.first)
    assert not any(character.isalnum() for character in "".join(outside))
