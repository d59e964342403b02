from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path

import pytest

from qa.answer.timeline import events, timeline
from qa.answer.timeline_tables import COLUMNS, as_csv, as_markdown, shown_day
from qa.cli import main
from qa.index import generation
from qa.schema import Article
from qa.testing import HashEncoder

ROOT = Path(__file__).resolve().parents[2]
GOLD = [json.loads(line) for line in (ROOT / "evals" / "timeline.jsonl").read_text(encoding="utf-8").splitlines()]


def article(id_, text, *, day=date(2023, 5, 4), outlet=""):
    return Article(id=id_, text=text, source=f"{id_}.txt", sha256=id_, published=day, outlet=outlet)


def told(text, name, **more):
    return [(event.first.isoformat(), event.precision) for event in events([article("a", text, **more)], name)]


def fits(case, event, cited):
    days = (event.first.isoformat(), event.last.isoformat(), event.precision)
    return (
        days == (case["first"], case["last"], case["precision"])
        and cited.source == case["source"]
        and case["quote"] in cited.quote
    )


def test_the_history_of_the_cosmodrome_falls_out_of_the_seeds(assistant):
    found = timeline(assistant.generation, "Vostochny")
    cited = [(event, one) for event in found for one in event.citations]
    wanted = [case for case in GOLD if case["must"]]
    missed = [case["quote"] for case in wanted if not any(fits(case, *each) for each in cited)]
    wrong = [(event.first, one.quote) for event, one in cited if not any(fits(case, event, one) for case in GOLD)]
    assert len(wanted) == 10
    assert len(missed) <= 1, missed
    assert wrong == []


def test_events_are_in_order_and_each_citation_is_letter_for_letter_in_its_article(assistant):
    found = timeline(assistant.generation, "Vostochny")
    assert [event.first for event in found] == sorted(event.first for event in found)
    assert [event.n for event in found] == list(range(1, len(found) + 1))
    for event in found:
        for one in event.citations:
            assert assistant.article(one.article_id).text[one.start : one.end] == one.quote
        assert event.independent + event.copies == len({one.article_id for one in event.citations})


def test_sources_that_give_another_year_for_the_same_are_side_by_side(assistant):
    found = {event.n: event for event in timeline(assistant.generation, "Vostochny")}
    pairs = {
        (event.first.year, found[other].first.year)
        for event in found.values()
        for other in event.differs
        if event.first < found[other].first
    }
    assert pairs == {(2012, 2016)}


def test_the_day_on_which_somebody_spoke_is_no_event_of_what_was_spoken_of():
    text = '"Jembatan Suramadu aman," kata Rina Handoko, Rabu (3/5/2023). Jembatan Suramadu diresmikan pada 10 Juni 2009.'
    assert told(text, "Suramadu") == [("2009-06-10", "day")]


def test_a_year_in_a_name_and_the_date_of_another_thing_in_a_clause_are_no_events():
    text = (
        "Jembatan Suramadu dipamerkan di Expo 2019 oleh dinas. "
        "Jembatan Suramadu mengganti feri dari Kamal, yang dibuka setelah perang pada tahun 1949."
    )
    assert told(text, "Suramadu") == []


def test_a_sentence_that_points_back_continues_about_the_name_and_one_about_another_does_not():
    text = (
        "Jembatan Suramadu membentang di Selat Madura. Jembatan tersebut dibuka pada tahun 2009. "
        "Bandara Juanda diperluas pada tahun 2014."
    )
    assert told(text, "Suramadu") == [("2009-01-01", "year")]


def test_what_is_counted_back_from_today_is_a_stretch_and_no_event():
    assert told("Jembatan Suramadu ramai dalam tiga bulan terakhir.", "Suramadu") == []


def test_copies_of_one_article_are_one_source():
    text = "Jembatan Suramadu diresmikan Presiden pada 10 Juni 2009 setelah enam tahun dibangun."
    articles = [article("a", text, outlet="A"), article("b", text, outlet="B"), article("c", text, outlet="C")]
    (event,) = events(articles, "Suramadu", {"a": "a", "b": "a"})
    assert (event.independent, event.copies, len(event.citations)) == (2, 1, 3)


@pytest.mark.parametrize(
    ("first", "last", "precision", "shown"),
    [
        (date(2016, 4, 28), date(2016, 4, 28), "day", "2016-04-28"),
        (date(2016, 4, 1), date(2016, 4, 30), "month", "2016-04"),
        (date(2016, 1, 1), date(2016, 12, 31), "year", "2016"),
        (date(1990, 1, 1), date(1999, 12, 31), "decade", "1990s"),
        (date(2012, 1, 1), date(2012, 4, 30), "part", "2012-01-01 to 2012-04-30"),
    ],
)
def test_a_day_is_shown_as_precisely_as_it_was_given(first, last, precision, shown):
    assert shown_day(first, last, precision) == shown


def test_a_spreadsheet_takes_no_cell_for_a_formula_and_markdown_none_for_a_link():
    (event,) = events([article("=a", "=Pabrik [Maju](http://x.example) | dibuka pada 10 Juni 2009.")], "Maju")
    rows = list(csv.reader(io.StringIO(as_csv([event]))))
    assert tuple(rows[0]) == COLUMNS
    assert not any(cell[:1] in "=+-@" for cell in rows[1] if cell)
    shown = as_markdown("Maju", [event])
    assert "\\[Maju\\](http" in shown
    assert "\\| dibuka" in shown


def test_what_an_article_holds_does_not_steer_the_terminal(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Pabrik Maju \x1b[2J\x9b2J dibuka pada 10 Juni 2009 oleh bupati.\n", encoding="utf-8")
    where = ["--index", "mine", "--indexes", str(tmp_path / "indexes")]
    assert main(["build", str(tmp_path / "a.txt"), *where]) == 0
    capsys.readouterr()
    for form in ("text", "markdown", "csv", "json"):
        assert main(["timeline", "Pabrik Maju", "--format", form, *where]) == 0
        shown = capsys.readouterr().out
        assert "2009" in shown
        assert "\x1b" not in shown
    assert main(["quotes", "Maju \x1b[2J", *where]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_the_command_prints_each_format(assistant, seeds_settings, capsys):
    where = ["--indexes", str(seeds_settings.indexes)]
    shown = {}
    for form in ("text", "markdown", "csv", "json"):
        assert main(["timeline", "Vostochny", "--format", form, *where]) == 0
        shown[form] = capsys.readouterr().out
    assert "2016-04-28" in shown["text"]
    assert "differs: 2016" in shown["text"]
    assert "| 2007 (year) |" in shown["markdown"]
    assert len(list(csv.reader(io.StringIO(shown["csv"])))) == 1 + sum(
        len(event["citations"]) for event in json.loads(shown["json"])["events"]
    )
    assert main(["timeline", "Budi Zainuddin", *where]) == 0
    assert "no dated event" in capsys.readouterr().out


def test_events_of_a_short_form_are_those_of_the_name_and_a_namesakes_are_not(tmp_path):
    texts = {
        "a": "Presiden Joko Widodo (Jokowi) lahir di Solo. Jokowi membuka waduk Sangkan pada 4 Maret 2021.",
        "b": "Pengusaha Widodo Makmur tiba. Widodo Makmur membuka pabrik pakan pada 7 Mei 2022.",
        "c": "Jokowi meresmikan jembatan Linden pada 9 Juni 2023.",
    }
    articles = [
        Article(id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest(), published=date(2024, 1, 1))
        for id_, text in texts.items()
    ]
    built = generation.build(tmp_path, "names", articles, HashEncoder(16), workers=0)
    found = timeline(built, "Joko Widodo")
    assert [event.first for event in found] == [date(2021, 3, 4), date(2023, 6, 9)]
    assert [event.first for event in timeline(built, "jembatan Linden")] == [date(2023, 6, 9)]


def test_a_common_noun_with_a_name_is_found_however_articles_join_them(tmp_path):
    texts = {
        "a": "Wali Kota Lembayu meresmikan pasar apung di Lembayu, Senin (6/5/2024).",
        "b": "Tarif pasar apung Lembayu turun pada 9 Mei 2024.",
        "c": "Pasar Apung Lembayu terbakar pada 12 Mei 2024. Pasar Apung Lembayu ditutup.",
        "d": "Jembatan Lembayu dibuka pada 20 Mei 2024.",
    }
    articles = [
        Article(id=id_, text=text, source=id_, sha256=hashlib.sha256(text.encode()).hexdigest(), published=date(2024, 6, 1))
        for id_, text in texts.items()
    ]
    built = generation.build(tmp_path, "nouns", articles, HashEncoder(16), workers=0)
    assert [event.first.day for event in timeline(built, "pasar apung Lembayu")] == [6, 9, 12]
