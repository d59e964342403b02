"""The gate finds what got worse, is not alarmed by nothing, and says when it cannot tell."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest

from qa.errors import SuiteError
from qa.evaluation.gate import baseline
from qa.evaluation.gate.gate import compare, status
from qa.evaluation.metrics.registry import BY_NAME
from qa.evaluation.run.results import CaseResult, Provenance, Report
from qa.evaluation.run.run import run
from qa.evaluation.suite.eval_case import EvalCase


@pytest.fixture
def report(suite, archive, answers, scripted):
    return run(scripted(answers), suite, archive)


def synthetic(right, *, name="contains", outcome=("wrong", "right")):
    """A report with one 0/1 metric."""
    results = tuple(
        CaseResult(
            case=EvalCase(id=str(i), question=f"{i}?"), outcome=outcome[int(value)], scores={name: float(value)}, text=str(value)
        )
        for i, value in enumerate(right)
    )
    return Report(suite="s", suite_sha256="x", corpus="c", index="i", settings="s", models=(), results=results)


def state(before, after, name="contains", margin=0.02, **more):
    verdict = compare(baseline.of(synthetic(before, name=name, **more)), synthetic(after, name=name, **more), margin=margin)
    (change,) = [change for change in verdict.changes if change.metric.name == name]
    return change.state, verdict.status


def test_the_same_run_twice_is_the_same(report):
    verdict = compare(baseline.of(report), report)
    assert {change.state for change in verdict.changes} == {"same"}
    assert (verdict.status, verdict.notes, verdict.moved) == (0, (), ())
    assert status(report, verdict) == 0


def test_a_score_that_has_no_short_decimal_form_is_still_the_same_after_it_was_written(tmp_path):
    report = synthetic([1] * 30)
    report = replace(report, results=tuple(replace(result, scores={"contains": 1 / 3}) for result in report.results))
    baseline.save(report, tmp_path / "b.json")
    verdict = compare(baseline.load(tmp_path / "b.json"), report)
    assert {(change.change, change.low, change.high) for change in verdict.changes} == {(0.0, 0.0, 0.0)}
    assert verdict.slices == ()


def test_a_clear_fall_is_worse():
    assert state([1] * 100, [1] * 90 + [0] * 10) == ("worse", 1)


def test_a_fall_within_the_margin_is_the_same():
    assert state([1] * 100, [1] * 99 + [0]) == ("same", 0)


def test_a_fall_that_the_suite_is_too_small_to_judge_is_unclear():
    assert state([1] * 20, [1] * 18 + [0] * 2) == ("unclear", 3)


def test_a_clear_rise_is_better_and_passes():
    assert state([0] * 30 + [1] * 70, [1] * 100) == ("better", 0)


def test_a_rise_of_what_should_be_low_is_worse():
    assert BY_NAME["withheld"].better == "lower"
    assert state([0] * 100, [0] * 80 + [1] * 20, name="withheld", outcome=("right", "withheld")) == ("worse", 1)
    assert state([1] * 100, [0] * 80 + [1] * 20, name="withheld", outcome=("right", "withheld")) == ("better", 0)


def test_a_metric_that_is_not_gated_is_reported_and_does_not_fail():
    assert not BY_NAME["em"].gated
    before, after = synthetic([1] * 100, name="em"), synthetic([0] * 100, name="em", outcome=("right", "right"))
    verdict = compare(baseline.of(before), after)
    assert ([change.state for change in verdict.changes if change.metric.name == "em"], verdict.status) == (["worse"], 0)


def test_the_law_has_no_margin():
    assert state([1] * 1000, [1] * 999 + [0], name="law") == ("worse", 1)


def test_a_new_crash_fails_and_is_named(suite, archive, answers, scripted, report):
    after = run(scripted({**answers, "next?": ValueError("no")}), suite, archive)
    verdict = compare(baseline.of(report), after)
    assert verdict.crashed == ("next",)
    assert status(after, verdict) == 1


def test_a_crash_or_a_broken_law_fails_even_without_a_baseline(suite, archive, answers, scripted, report):
    assert status(report, None) == 0
    assert status(run(scripted({**answers, "next?": ValueError("no")}), suite, archive), None) == 1
    moved = replace(answers["fall?"].citations[0], start=1)
    assert status(run(scripted({**answers, "fall?": replace(answers["fall?"], citations=(moved,))}), suite, archive), None) == 1


def test_cases_whose_gold_changed_are_left_out_and_reported(report):
    first = report.results[0]
    changed = replace(
        report,
        suite_sha256="new",
        results=(replace(first, case=replace(first.case, answers=("x",)), scores={"contains": 0.0}), *report.results[1:]),
    )
    verdict = compare(baseline.of(report), changed)
    assert next(change for change in verdict.changes if change.metric.name == "contains").n == 1
    assert verdict.notes == (
        "the suite changed since the baseline: 3 of 4 cases are the same and are compared",
        "1 with other words or gold, not compared: fall",
    )


def test_cases_that_came_and_went_are_reported_by_name_and_outcome(report):
    first, second, third, fourth = report.results
    new = replace(first, case=replace(first.case, id="new"), outcome="wrong")
    verdict = compare(baseline.of(report), replace(report, results=(new, second, third, fourth)))
    assert verdict.compared == 3
    assert verdict.notes == (
        "the suite changed since the baseline: 3 of 4 cases are the same and are compared",
        "1 added, not compared (1 wrong): new",
        "1 removed (they were 1 right): fall",
    )


def test_a_suite_that_shares_no_case_cannot_be_compared():
    verdict = compare(baseline.of(synthetic([1] * 5)), replace(synthetic([1]), results=()))
    assert (verdict.changes, verdict.compared, verdict.status) == ((), 0, 3)
    assert "nothing can be compared" in verdict.notes[-1]


def test_what_made_the_two_runs_is_compared(report):
    before = replace(report, made=Provenance(corpus="a", index="b", settings={"retrieve.depth": 100, "answer.threshold": 0.5}))
    after = replace(report, made=Provenance(corpus="a", index="c", settings={"retrieve.depth": 20, "answer.threshold": 0.5}))
    assert compare(baseline.of(before), after).notes == (
        "index changed since the baseline: other articles, encoder, passage size or store",
        "settings changed since the baseline: retrieve.depth 100 -> 20",
    )


@pytest.mark.parametrize("good", [280, 200])
def test_planted_falls_of_the_printed_size_are_found_in_four_of_five_runs(good):
    n, draw = 280, np.random.default_rng(11)
    before = np.array([1] * good + [0] * (n - good))
    fall = compare(baseline.of(synthetic(before)), synthetic(before)).changes[0].detectable
    found = 0
    for seed in range(60):
        after = before * (draw.random(n) >= fall * n / good)
        verdict = compare(baseline.of(synthetic(before)), synthetic(after), seed=seed, resamples=1000)
        found += verdict.changes[0].state == "worse"
    assert 0.7 <= found / 60 <= 0.98  # 0.8, and two standard errors of 60 draws; the bar is guessed before anything broke


def test_equal_programs_that_waver_raise_few_alarms():
    draw = random.Random(12)
    chances = [0.97] * 150 + [0.5] * 20 + [0.03] * 30  # of being right, question by question, the same before and after
    alarms = 0
    for seed in range(100):
        before, after = ([int(draw.random() < p) for p in chances] for _ in range(2))
        alarms += compare(baseline.of(synthetic(before)), synthetic(after), seed=seed, resamples=1000).status == 1
    assert alarms / 100 <= 0.05 + 0.045


def test_the_same_comparison_twice_is_the_same_to_the_last_digit():
    before, after = synthetic([1] * 150 + [0] * 50), synthetic([0] * 9 + [1] * 145 + [0] * 46)
    first, second = (compare(baseline.of(before), after) for _ in range(2))
    assert first == second


def test_a_baseline_comes_back_as_it_was_written(report, tmp_path):
    path = tmp_path / "deep" / "baseline.json"
    baseline.save(report, path)
    assert baseline.load(path) == baseline.of(report)
    assert [p.name for p in path.parent.iterdir()] == ["baseline.json"]


def test_two_equal_runs_write_the_same_bytes(suite, archive, answers, scripted):
    first, second = (baseline.dumps(baseline.of(run(scripted(answers), suite, archive))) for _ in range(2))
    assert first == second
    assert sum(line.startswith('    {"id"') for line in first.splitlines()) == 4  # one case a line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not JSON"),
        ("[]", "not a baseline of format 2"),
        ('{"format": 9}', "not a baseline of format 2"),
        ('{"format": 2}', "a field is missing"),
        ('{"format": 1}', "a field is missing"),
    ],
)
def test_a_baseline_that_cannot_be_used_names_the_cure(tmp_path, text, told):
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(SuiteError, match=told) as caught:
        baseline.load(path)
    assert "--update-baseline" in str(caught.value)


def test_a_missing_baseline_names_the_cure(tmp_path):
    with pytest.raises(SuiteError, match="cannot be read"):
        baseline.load(tmp_path / "none.json")


def test_a_baseline_of_the_first_format_is_read_and_says_nothing_of_what_it_did_not_record(tmp_path):
    case = {"id": "0", "sha256": "x", "outcome": "right", "scores": {"contains": 1}, "answer": "", "short": "", "cited": []}
    old = {"format": 1, "suite": "s", "suite_sha256": "x", "corpus": "c", "index": "gone", "settings": "gone", "models": []}
    path = tmp_path / "b.json"
    path.write_text(json.dumps({**old, "figures": {"contains": 1}, "cases": [case]}))
    assert baseline.load(path).made == Provenance(corpus="c")
    assert baseline.load(path).cases["0"].outcome == "right"


def test_an_unclear_fall_says_how_many_cases_more_would_tell():
    before, after = [1] * 20, [1] * 18 + [0] * 2
    change = compare(baseline.of(synthetic(before)), synthetic(after)).changes[0]
    # spread = 0.3, fall = 0.1, and two figures that are copies count as one test: ((1.960 + 0.842) x 0.3 / 0.1)^2 = 70.6
    assert (change.state, change.more) == ("unclear", 51)


def test_a_broken_citation_is_seen_however_large_the_suite():
    change = compare(baseline.of(synthetic([1] * 1000, name="law")), synthetic([1] * 1000, name="law")).changes[-1]
    assert change.detectable == pytest.approx(1.609 / 1000, abs=1e-4)  # 1 - (1 - x)^1000 = 0.8


def tagged(right, tags):
    report = synthetic(right)
    results = tuple(
        replace(result, case=replace(result.case, tags=(tag,))) for result, tag in zip(report.results, tags, strict=True)
    )
    return replace(report, results=results)


def test_a_slice_that_falls_fails_though_the_whole_hardly_moves():
    tags = ["slang"] * 30 + ["plain"] * 970
    verdict = compare(baseline.of(tagged([1] * 1000, tags)), tagged([0] * 15 + [1] * 985, tags))
    assert {change.state for change in verdict.changes} == {"same"}
    (fallen,) = [each for each in verdict.slices if each.worse]
    assert (fallen.name, fallen.metric.name, fallen.n, fallen.after, fallen.state) == ("tag: slang", "correct", 30, 0.5, "worse")
    assert fallen.low < -0.5 < fallen.high < 0
    assert 0 < fallen.detectable < 0.5
    assert verdict.status == 1


def test_a_few_losses_in_one_of_many_slices_are_chance_and_are_reported_as_unclear():
    tags = [f"t{i % 50}" for i in range(1000)]
    after = [0 if i in (0, 50, 100) else 1 for i in range(1000)]  # three of the twenty of one tag
    verdict = compare(baseline.of(tagged([1] * 1000, tags)), tagged(after, tags))
    assert (verdict.slices[0].name, verdict.slices[0].p, verdict.slices[0].state) == ("tag: t0", 1.0, "unclear")
    assert verdict.slices[0].more > 0
    assert verdict.status == 0


def test_slices_of_the_same_cases_are_one_look_and_the_whole_suite_is_none():
    report = tagged([1] * 10, ["a"] * 4 + ["b"] * 6)
    results = tuple(
        replace(result, case=replace(result.case, kind="who" if result.case.tags == ("a",) else "when"))
        for result in report.results
    )
    report = replace(report, results=results)
    verdict = compare(baseline.of(report), report)
    assert [each.name for each in verdict.all_slices] == ["kind: when = tag: b", "kind: who = tag: a"]


def test_the_outlets_of_the_articles_that_answer_are_slices():
    report = synthetic([1] * 30)
    results = tuple(
        replace(result, outlets=("Kompas",) if place < 20 else ("Antara",)) for place, result in enumerate(report.results)
    )
    report = replace(report, results=results)
    fallen = tuple(
        replace(result, outcome="wrong", scores={"contains": 0.0}) if place < 12 else result
        for place, result in enumerate(results)
    )
    verdict = compare(baseline.of(report), replace(report, results=fallen))
    assert verdict.slices[0].name == "outlet: Kompas"
    assert verdict.slices[0].worse
