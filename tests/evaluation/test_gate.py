"""The gate finds what got worse, is not alarmed by nothing, and says when it cannot tell."""

import random
from dataclasses import replace

import pytest

from qa.errors import SuiteError
from qa.evaluation import baseline
from qa.evaluation.gate import _change, compare, status
from qa.evaluation.metrics import BY_NAME
from qa.evaluation.run import CaseResult, Report, run
from qa.evaluation.statistics import detectable
from qa.schema import EvalCase


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


def state(before, after, name="contains", margin=0.02):
    verdict = compare(baseline.of(synthetic(before, name=name)), synthetic(after, name=name), margin=margin)
    (change,) = verdict.changes
    return change.state, verdict.status


def gated(before, after):
    return _change(BY_NAME["contains"], before, after, 0.02, 0).state


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
    assert [(change.change, change.low, change.high) for change in verdict.changes] == [(0.0, 0.0, 0.0)]
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
    assert state([0] * 100, [0] * 80 + [1] * 20, name="withheld") == ("worse", 1)
    assert state([1] * 100, [0] * 80 + [1] * 20, name="withheld") == ("better", 0)


def test_a_metric_that_is_not_gated_is_told_and_does_not_fail():
    assert not BY_NAME["em"].gated
    assert state([1] * 100, [0] * 100, name="em") == ("worse", 0)


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


def test_cases_whose_gold_changed_are_left_out_and_told(report):
    first = report.results[0]
    changed = replace(
        report,
        suite_sha256="new",
        results=(replace(first, case=replace(first.case, answers=("x",)), scores={"contains": 0.0}), *report.results[1:]),
    )
    verdict = compare(baseline.of(report), changed)
    assert next(change for change in verdict.changes if change.metric.name == "contains").n == 1
    assert verdict.notes == ("the suite changed since the baseline: 3 of 4 cases are the same and are compared",)


def test_what_made_the_two_runs_is_compared(report):
    after = replace(report, corpus="other", settings="other", models=(), index="another generation")
    assert compare(baseline.of(report), after).notes == tuple(
        f"{what} changed since the baseline" for what in ("articles", "settings", "models")
    )


def test_planted_falls_of_the_printed_size_are_found_in_four_of_five_runs():
    n, draw = 200, random.Random(11)
    fall = detectable(n, 0.02, 0.0)
    found = sum(gated([1] * n, [int(draw.random() >= fall) for _ in range(n)]) == "worse" for _ in range(200))
    assert found / 200 >= 0.75  # 0.8 less what 200 draws may miss


def test_equal_programs_that_waver_raise_few_alarms():
    draw = random.Random(12)
    chances = [0.97] * 150 + [0.5] * 20 + [0.03] * 30  # of being right, question by question, the same before and after
    runs = [([int(draw.random() < p) for p in chances], [int(draw.random() < p) for p in chances]) for _ in range(200)]
    assert sum(gated(before, after) == "worse" for before, after in runs) / 200 <= 0.05


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
        ("[]", "not a baseline of format 1"),
        ('{"format": 9}', "not a baseline of format 1"),
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


def test_an_unclear_fall_says_how_many_cases_more_would_tell():
    before, after = [1] * 20, [1] * 18 + [0] * 2
    (change,) = compare(baseline.of(synthetic(before)), synthetic(after)).changes
    # spread = 0.3, fall = 0.1: n = (1.96 x 0.3 / 0.1)^2 = 34.6, so 35 - 20
    assert (change.state, change.more) == ("unclear", 15)


def tagged(right, tags):
    report = synthetic(right)
    results = tuple(
        replace(result, case=replace(result.case, tags=(tag,))) for result, tag in zip(report.results, tags, strict=True)
    )
    return replace(report, results=results)


def test_a_slice_that_falls_fails_though_the_whole_hardly_moves():
    tags = ["slang"] * 30 + ["plain"] * 970
    verdict = compare(baseline.of(tagged([1] * 1000, tags)), tagged([0] * 15 + [1] * 985, tags))
    assert [change.state for change in verdict.changes] == ["same"]
    assert [(each.name, each.n, each.after, each.worse) for each in verdict.slices if each.worse] == [
        ("tag: slang", 30, 0.5, True)
    ]
    assert verdict.status == 1


def test_a_few_losses_in_one_of_many_slices_are_chance():
    tags = [f"t{i % 50}" for i in range(1000)]
    after = [0 if i in (0, 50, 100) else 1 for i in range(1000)]  # three of the twenty of one tag
    verdict = compare(baseline.of(tagged([1] * 1000, tags)), tagged(after, tags))
    assert verdict.slices[0].p > 0.025
    assert verdict.status == 0
