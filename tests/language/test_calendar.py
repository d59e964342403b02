"""One calendar: what the parser of dates reads, every other reader of months and weekdays reads too."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.verify.figures import wrong_figure
from qa.corpus.lines import rule
from qa.corpus.reading.layout import describe
from qa.evaluation.review import expressions
from qa.evaluation.text.normalise import indonesian
from qa.language import calendar
from qa.language.annotate.names import names
from qa.language.conversation.mentions import TurnSummary
from qa.language.conversation.substitution import exchanged
from qa.language.text.sentences import sentences
from qa.language.time import dates

MONTHS = sorted(calendar.months().items())
WRITTEN_OUT = sorted(calendar.months(*calendar.PRINTED).items())
WEEKDAYS = sorted(calendar.weekdays(*calendar.PRINTED).items())
FULL = {number: name for name, number in calendar.months("full", language="id").items()}


def test_there_are_twelve_months_and_seven_days_in_both_languages():
    for language in ("id", "en"):
        assert sorted(calendar.months("full", language=language).values()) == list(range(1, 13))
        assert sorted(calendar.weekdays("full", language=language).values()) == list(range(7))


@pytest.mark.parametrize(("spelling", "number"), MONTHS)
def test_each_spelling_of_a_month_is_read_by_the_parser_of_dates(spelling, number):
    for written in (spelling, spelling.capitalize(), spelling.upper()):
        [found] = dates.find(f"Ia lahir 5 {written} 2020 di Bogor.")
        assert found.first == found.last == date(2020, number, 5)


@pytest.mark.parametrize(("spelling", "number"), MONTHS)
def test_what_the_parser_of_dates_reads_the_verifier_accepts(spelling, number):
    said, printed = f"Ia lahir 5 {FULL[number].capitalize()} 2020.", f"Ia lahir 5 {spelling.capitalize()} 2020."
    assert wrong_figure(said, printed) == ""
    assert wrong_figure(printed, said) == ""
    other = FULL[number % 12 + 1].capitalize()
    assert wrong_figure(f"Ia lahir 5 {other} 2020.", printed) != ""


@pytest.mark.parametrize(("spelling", "number"), MONTHS)
def test_two_spellings_of_a_day_are_one_answer_to_the_metrics(spelling, number):
    assert indonesian(f"5 {spelling} 2020") == indonesian(f"5 {FULL[number]} 2020") == indonesian(f"5/{number}/2020")


@pytest.mark.parametrize(("spelling", "number"), WRITTEN_OUT)
def test_a_month_written_out_is_a_time_and_no_name(spelling, number):
    sentence = f"Ia datang {spelling.capitalize()} lalu di sana."
    assert names(sentence) == []
    if spelling not in calendar.also("month", "auxiliary"):
        assert [sentence[start:end] for start, end in expressions.times(sentence)] == [f"{spelling.capitalize()} lalu"]
    assert (
        exchanged(TurnSummary(f"Berapa orang datang pada {FULL[number % 12 + 1]}?", "who", (), (), ()), spelling)
        == f"Berapa orang datang pada {spelling}?"
    )


@pytest.mark.parametrize("spelling", sorted(calendar.months("short", besides=False)))
def test_a_stop_after_a_shortened_month_ends_no_sentence(spelling):
    assert len(sentences(f"Ia tiba 5 {spelling.capitalize()}. Kim pergi.")) == 1
    assert names(f"Ia tiba pada {spelling.capitalize()}") == []


@pytest.mark.parametrize(("spelling", "number"), WEEKDAYS)
def test_each_spelling_of_a_weekday_is_read_by_every_reader(spelling, number):
    written = spelling.capitalize()
    [found] = dates.find(f"Ia datang {written} lalu.", date(2020, 1, 15))
    assert found.first.weekday() == number
    full = next(name for name, other in calendar.weekdays("full", language="id").items() if other == number)
    other = next(name for name, other in calendar.weekdays("full", language="id").items() if other == (number + 1) % 7)
    assert wrong_figure(f"Ia datang {written}.", f"Ia datang {full.capitalize()}.") == ""
    if spelling not in calendar.ambiguous("weekday"):
        assert wrong_figure(f"Ia datang {written}.", f"Ia datang {other.capitalize()}.") != ""
    sentence = f"Mereka bertemu {written} di sana."
    assert [sentence[start:end] for start, end in expressions.times(sentence)] == [written]
    assert names(sentence) == []
    assert exchanged(TurnSummary(f"Siapa datang hari {other}?", "who", (), (), ()), spelling) == f"Siapa datang {spelling}?"


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘"])
def test_a_friday_with_any_apostrophe_is_friday(apostrophe):
    friday = f"Jum{apostrophe}at"
    [found] = dates.find(f"Ia datang {friday} lalu.", date(2020, 1, 15))
    assert found.first == date(2020, 1, 10)
    assert wrong_figure(f"Ia datang {friday}.", "Ia datang Jumat.") == ""
    assert wrong_figure(f"Ia datang {friday}.", "Ia datang Sabtu.") != ""


@pytest.mark.parametrize("spelling", [name.spelling for name in calendar.names() if name.also != "abbreviation"])
def test_a_line_that_is_a_day_and_an_hour_is_no_reporting(spelling):
    line = f"{spelling.capitalize()} 5, 2020 | 10:30 WIB"
    assert rule(line) == rule("Senin, 5 Januari 2020 | 10:30 WIB") != ""


@pytest.mark.parametrize(("spelling", "number"), WEEKDAYS)
def test_the_day_of_the_news_is_found_behind_its_weekday(spelling, number):
    text = f"JAKARTA - Menteri itu tiba di Bandung pada {spelling.capitalize()} (15/1/2020) bersama sejumlah pejabat lain."
    assert describe(text).published == date(2020, 1, 15)


@pytest.mark.parametrize(("language", "first", "last"), [("id", "Januari", "Desember"), ("en", "January", "December")])
def test_months_are_printed_in_full_and_in_order(language, first, last):
    names = calendar.printed(language)
    assert (len(set(names)), names[0], names[-1]) == (12, first, last)
    assert [calendar.months("full", language=language)[name.lower()] for name in names] == list(range(1, 13))
