"""The HTML page shows every case with gold and citations marked, and loads nothing."""

import re
import sys
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.gate import baseline
from qa.evaluation.gate.gate import compare
from qa.evaluation.report.excerpts import marked, windows
from qa.evaluation.report.html import page
from qa.evaluation.run.run import run

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: tuple(sorted(pair))), max_size=4)


@pytest.fixture
def html(suite, archive, answers, scripted):
    wrong = replace(answers["fall?"], text="<script>alert(1)</script> [1]")
    return page(run(scripted({**answers, "fall?": wrong}), suite, archive), archive)


def test_every_case_is_there_with_its_outcome_and_its_source(html):
    assert html.count('<details class="case') == 4
    assert "<mark><u>Luna-25 jatuh ke bulan.</u></mark>" in html
    assert "<u>Menurut laporan, Luna-25 jatuh ke bulan.</u>" in html  # gold that was not cited
    assert "ship.txt" in html


def test_nothing_is_loaded_and_nothing_is_run(html):
    assert "<script" not in html
    assert "http" not in html
    assert "&lt;script&gt;" in html


def test_an_unknown_article_is_reported_and_does_not_stop_the_page(suite, archive, answers, scripted):
    lost = replace(answers["fall?"].citations[0], article_id="gone")
    html = page(run(scripted({**answers, "fall?": replace(answers["fall?"], citations=(lost,))}), suite, archive), archive)
    assert "no article &#x27;gone&#x27;" in html


def test_nothing_answered_draws_no_curve(suite, archive, answers, scripted):
    silent = {question: replace(answers["cook?"], question=question) for question in answers}
    assert "Risk and coverage" not in page(run(scripted(silent), suite, archive), archive)


def test_without_matplotlib_the_page_says_how_to_get_the_charts(suite, archive, answers, scripted, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    html = page(run(scripted(answers), suite, archive), archive)
    assert html.count("pip install &#x27;sitasi[report]&#x27;") == 1
    assert "<img" not in html
    assert html.count('<details class="case') == 4


def test_a_case_that_moved_shows_what_the_baseline_said_and_can_be_picked_out(suite, archive, answers, scripted):
    good = run(scripted(answers), suite, archive)
    wrong = replace(answers["fall?"], text="Kapal itu tiba. [1]", short="Kapal")
    bad = run(scripted({**answers, "fall?": wrong}), suite, archive)
    html = page(bad, archive, compare(baseline.of(good), bad))
    assert html.count('class="case wrong moved"') == 1
    assert '<span class="right">right</span> <b>bulan</b> Luna-25 jatuh ke bulan. [1]' in html
    assert 'id="only-moved"' in html
    assert 'id="only-moved"' not in page(good, archive)


def test_a_second_page_of_the_same_run_is_the_same_to_the_byte(suite, archive, answers, scripted):
    report = run(scripted(answers), suite, archive)
    assert page(report, archive) == page(report, archive)


@given(st.text(alphabet="ab<&\n", min_size=31, max_size=31), SPANS, SPANS)
def test_marking_neither_loses_nor_adds_a_letter(text, gold, cited):
    html = marked(text, (0, 31), gold, cited)
    assert unescape(re.sub(r"</?(?:u|mark)>", "", html)) == text


@given(st.text(alphabet="xyz", min_size=31, max_size=31), SPANS, SPANS)
def test_exactly_the_cited_letters_are_coloured(text, gold, cited):
    inside, shown = False, []
    for piece in re.split(r"(</?mark>|</?u>)", marked(text, (0, 31), gold, cited)):
        if piece in ("<mark>", "</mark>"):
            inside = piece == "<mark>"
        elif not piece.startswith(("<u", "</u")):
            shown += [inside] * len(piece)
    assert shown == [any(start <= i < end for start, end in cited) for i in range(31)]


@given(SPANS)
def test_windows_cover_every_span_and_do_not_meet(spans):
    shown = windows(spans, 31, around=2)
    assert all(any(left <= start and end <= right for left, right in shown) for start, end in spans)
    assert all(a[1] < b[0] for a, b in pairwise(shown))
