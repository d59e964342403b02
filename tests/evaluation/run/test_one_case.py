"""One case asked: its result has the answer, its scores, its outlets and its seconds; what an assistant raises is a crash."""

from dataclasses import replace

from qa.evaluation.run.one_case import ask, outlets_of


def test_a_case_is_asked_with_its_turns_and_scored(suite, archive, answers, scripted):
    assistant = scripted(answers)
    result, trace = ask(assistant, suite.cases[0], archive)
    assert assistant.asked == [("fall?", suite.cases[0].history)]
    assert (result.outcome, result.case, result.error) == ("right", suite.cases[0], "")
    assert result.scores["contains"] == 1.0
    assert (result.text, result.citations) == (answers["fall?"].text, answers["fall?"].citations)
    assert trace is answers["fall?"].trace
    assert result.seconds > 0


def test_what_an_assistant_raises_is_a_crash_without_scores(suite, archive, answers, scripted):
    result, trace = ask(scripted({**answers, "fall?": ValueError("boom")}), suite.cases[0], archive)
    assert (result.outcome, result.error, dict(result.scores), trace) == ("crash", "ValueError: boom", {}, None)


def test_the_outlets_are_those_of_the_articles_that_answer_each_once(suite, archive):
    outlets = {"moon.txt": "Antara", "ship.txt": "Antara"}
    named = replace(archive, by_source={name: replace(one, outlet=outlets[name]) for name, one in archive.by_source.items()})
    assert outlets_of(suite.cases[0], named) == ("Antara",)
    assert outlets_of(suite.cases[0], archive) == ()  # articles without an outlet
    assert outlets_of(suite.cases[2], named) == ()  # no article answers
