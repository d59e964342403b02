"""EM and F1 against the SQuAD 2.0 script, over 200 recorded answers: 186 of our own suite's questions, 14 spellings that are tricky.

`squad_outputs.json` has each prediction with the scores that the script gave it. What was predicted does not matter here and is
never recorded again: only the arithmetic is compared.
"""

import json
from pathlib import Path

import pytest

from qa.evaluation.benchmarks.running import squad_line
from qa.evaluation.metrics.answer import exact_match, f1
from qa.evaluation.run.results import CaseResult, Report
from qa.evaluation.suite.eval_case import EvalCase

RECORDED = json.loads((Path(__file__).parent / "squad_outputs.json").read_text(encoding="utf-8"))
OUTPUTS = RECORDED["outputs"]


def test_the_record_has_both_kinds_of_question_and_every_kind_of_score():
    assert len(OUTPUTS) == RECORDED["figures"]["total"] == 200
    assert sum(not one["answers"] for one in OUTPUTS) >= 40
    assert sum(0 < one["f1"] < 1 for one in OUTPUTS) >= 40
    assert {one["exact"] for one in OUTPUTS} == {0, 1}


@pytest.mark.parametrize("one", [one for one in OUTPUTS if one["answers"]], ids=lambda one: one["id"])
def test_each_answer_scores_as_the_script_scores_it(one):
    assert exact_match(one["prediction"], one["answers"]) == one["exact"]
    assert f1(one["prediction"], one["answers"]) == pytest.approx(one["f1"], abs=1e-8)


def test_the_totals_over_all_questions_are_those_of_the_script():
    def result(one):
        case = EvalCase(id=one["id"], question="?", answers=tuple(one["answers"]))
        if one["answers"]:
            scores = {name: score(one["prediction"], one["answers"]) for name, score in (("em", exact_match), ("f1", f1))}
            return CaseResult(case=case, outcome="wrong", scores=scores)
        # The script compares with nothing after normalising, so that a bare "the" counts as nothing; whoever says it has answered.
        silent = exact_match(one["prediction"], [""])
        return CaseResult(case=case, outcome="declined" if silent else "overreached", scores={"declined": silent})

    results = tuple(result(one) for one in OUTPUTS)
    report = Report(suite="s", suite_sha256="", corpus="", index="", settings="", models=(), results=results)
    figures = RECORDED["figures"]
    assert squad_line(report) == (
        f"as the SQuAD script counts: exact {figures['exact']:.2f}, f1 {figures['f1']:.2f} over {figures['total']} questions"
    )
