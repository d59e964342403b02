"""A run asks everything once, in order, and keeps crash, abstention and wrong answer apart."""

from dataclasses import replace

import pytest

from qa.evaluation.run.run import run


def test_a_run_without_a_fault_scores_full(suite, archive, answers, scripted):
    report = run(scripted(answers), suite, archive)
    assert [result.outcome for result in report.results] == ["right", "right", "declined", "declined"]
    figures = report.figures
    for name in (
        "contains",
        "em",
        "f1",
        "em_id",
        "f1_id",
        "article",
        "cited",
        "law",
        "declined",
        "citation_precision",
        "abstention_precision",
    ):
        assert figures[name][0] == 1.0, name
    assert figures["withheld"] == (0.0, 2)
    assert (report.index, report.settings, report.models, report.corpus) == ("i1", "s1", (("reader", "scripted"),), "c0ffee")


def test_retrieval_is_scored_over_the_passages_that_overlap_marked_words(suite, archive, answers, scripted):
    scores = run(scripted(answers), suite, archive).results[0].scores
    # two of the four passages are relevant, found at ranks 2 and 3
    assert (scores["recall@1"], scores["recall@5"], scores["mrr"], scores["success@1"]) == (0.0, 1.0, 0.5, 0.0)
    assert scores["citation_recall"] == 0.5


def test_metrics_are_averaged_over_the_cases_where_they_are_defined(suite, archive, answers, scripted):
    figures = run(scripted(answers), suite, archive).figures
    assert (figures["contains"][1], figures["declined"][1], figures["law"][1], figures["abstention_precision"][1]) == (2, 2, 2, 2)


def test_a_crash_is_counted_apart_and_the_rest_is_still_done(suite, archive, answers, scripted):
    report = run(scripted({**answers, "fall?": RuntimeError("boom")}), suite, archive)
    assert report.results[0].outcome == "crash"
    assert report.results[0].error == "RuntimeError: boom"
    assert report.crashes == 1
    assert report.figures["contains"] == (1.0, 1)  # not averaged as a zero


def test_a_withheld_answer_is_no_wrong_answer(suite, archive, answers, scripted):
    silent = replace(answers["cook?"], question="fall?")
    report = run(scripted({**answers, "fall?": silent}), suite, archive)
    assert report.results[0].outcome == "withheld"
    assert report.figures["withheld"] == (0.5, 2)
    assert report.figures["abstention_precision"] == (pytest.approx(2 / 3), 3)
    assert "citation_precision" not in report.results[0].scores


def test_answering_what_the_articles_do_not_say_is_overreaching(suite, archive, answers, scripted):
    report = run(scripted({**answers, "cook?": replace(answers["fall?"], question="cook?")}), suite, archive)
    assert report.results[2].outcome == "overreached"
    assert report.figures["declined"] == (0.5, 2)
    assert report.figures["law"][1] == 3


def test_a_citation_of_an_unknown_article_breaks_the_law(suite, archive, answers, scripted):
    lost = replace(answers["fall?"].citations[0], article_id="gone")
    report = run(scripted({**answers, "fall?": replace(answers["fall?"], citations=(lost,))}), suite, archive)
    assert report.figures["law"] == (0.5, 2)


def test_the_turns_before_travel_with_the_question(suite, archive, answers, scripted):
    assistant = scripted(answers)
    run(assistant, suite, archive)
    assert [question for question, _ in assistant.asked] == ["fall?", "day?", "cook?", "next?"]
    assert assistant.asked[3][1] == suite.cases[3].history


def test_all_progress_goes_to_standard_error(suite, archive, answers, scripted, capsys):
    run(scripted(answers), suite, archive, progress=True)
    written = capsys.readouterr()
    assert written.out == ""
    assert "4/4" in written.err
