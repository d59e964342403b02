"""One table of number words: every reader of numbers knows every row of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qa.answer.verify.figures import wrong_figure
from qa.evaluation.review import expressions
from qa.evaluation.text.normalise import indonesian
from qa.language import lists, numbers
from qa.language.time import dates

ROWS = lists.table("numbers").rows
CARDINALS = sorted((word, value) for word, value in numbers.whole("cardinal").items() if value)
ORDINALS = sorted(numbers.whole("ordinal").items())
SCALES = sorted(numbers.values("scale").items())


def found(text, finder):
    return [text[start:end] for start, end in finder(text)]


def test_a_word_is_one_number():
    assert len({word for *_, word in ROWS}) == len(ROWS)
    assert {kind for kind, *_ in ROWS} == {"cardinal", "ordinal", "scale", "one"}


@pytest.mark.parametrize(("word", "value"), CARDINALS)
def test_a_number_in_words_is_read_by_all(word, value):
    assert found(f"Ada {word} kapal di sana.", expressions.numbers) == [f"{word} kapal"]
    assert (
        wrong_figure(f"Ada {value} kapal.", f"Ada {word} kapal.")
        == wrong_figure(f"Ada {word} kapal.", f"Ada {value} kapal.")
        == ""
    )
    assert wrong_figure(f"Ada {value + 1} kapal.", f"Ada {word} kapal.") != ""
    [day] = dates.find(f"Ia tiba {word} hari lalu.", date(2020, 3, 20))
    assert day.first == date(2020, 3, 20) - timedelta(days=value)


@pytest.mark.parametrize(("word", "value"), ORDINALS)
def test_a_place_in_an_order_is_read_by_all(word, value):
    assert wrong_figure(f"Ini gol ke-{value}.", f"Ini gol {word}.") == ""
    assert wrong_figure(f"Ini gol ke-{value + 1}.", f"Ini gol {word}.") != ""


@pytest.mark.parametrize(("word", "value"), SCALES)
def test_a_scale_is_read_by_all_and_equal_to_its_other_spellings(word, value):
    assert found(f"Ada 5 {word} di sana.", expressions.numbers)[0].startswith(f"5 {word}")
    for other, same in SCALES:
        told = wrong_figure(f"Dananya 5 {word} rupiah.", f"Dananya 5 {other} rupiah.")
        assert (told == "") == (same == value), (word, other)


@pytest.mark.parametrize(("word", "value"), sorted((w, v) for w, v in numbers.whole("scale").items() if v >= 1000))
def test_a_scale_is_its_value_to_the_metrics(word, value):
    assert indonesian(f"5 {word}") == [str(5 * value)]


@pytest.mark.parametrize(
    ("word", "value"), sorted(numbers.whole("cardinal", "id").items()) + sorted(numbers.whole("one").items())
)
def test_a_number_in_words_is_its_value_to_the_metrics(word, value):
    assert indonesian(f"{word} orang") == [str(value), "orang"]
