"""Where sources disagree, and where they only seem to: python evals/bench/agreement.py [--half read|unseen] [--wrong]

Builds an index over evals/agreement/articles.jsonl and asks the questions of evals/agreement.jsonl (see evals/agreement/README.md). A
disagreement is a verdict `update` or `contradict`. Prints one JSON object for each half and for both:

    precision, recall, f1   of saying that there is a disagreement, over all cases
    exact_f1                the same where the verdict must be the right one of the two
    false_alarms            share of the look-alikes and of what agrees that is called a disagreement
    sides                   share of the found disagreements that show exactly the values of the gold, each cited letter for letter
    told_scope              share of the cases of different scope whose values are kept apart
    added_ms                mean and largest processor time that comparing takes a question, reading aside
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from qa.assistant import Assistant
from qa.schema import Answer
from qa.settings import load

HOME = Path(__file__).resolve().parent.parent
ARTICLES = HOME / "agreement" / "articles.jsonl"
SUITE = HOME / "agreement.jsonl"
DISAGREE = frozenset({"update", "contradict"})


def read() -> list[dict[str, Any]]:
    """The cases in their order."""
    return [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines()]


def said(answer: Answer) -> str:
    """The verdict of an answer, "scope" where values of different things are side by side, "" where nothing is compared."""
    if answer.agreement is None:
        return ""
    apart = answer.agreement.verdict not in DISAGREE and any(one.scope for one in answer.agreement.variants)
    return "scope" if apart else answer.agreement.verdict


def shows(answer: Answer, case: dict[str, Any]) -> bool:
    """Are the values of the answer those of the case, each in a citation of its own?"""
    if answer.agreement is None:
        return False
    found = [one.value.casefold() for one in answer.agreement.variants]
    wanted = [value.casefold() for value in case["values"]]
    cited = {one.n: one for one in answer.citations}
    proved = all(
        one.value in cited[one.citations[0]].quote or one.value in {"Ya", "Tidak", "Yes", "No"}
        for one in answer.agreement.variants
    )
    match = len(found) == len(wanted) and all(any(value in one or one in value for one in found) for value in wanted)
    return proved and match


def figures(outcomes: list[tuple[dict[str, Any], Answer, float]]) -> dict[str, Any]:
    """The figures of (case, answer, processor seconds that comparing took)."""
    verdicts = [(case["verdict"], said(answer)) for case, answer, _ in outcomes]
    hit = sum(gold in DISAGREE and got in DISAGREE for gold, got in verdicts)
    exact = sum(gold in DISAGREE and got == gold for gold, got in verdicts)
    told, wanted = sum(got in DISAGREE for _, got in verdicts), sum(gold in DISAGREE for gold, _ in verdicts)
    calm = len(verdicts) - wanted
    scoped = [got for gold, got in verdicts if gold == "scope"]
    shown = [shows(answer, case) for case, answer, _ in outcomes if case["verdict"] in DISAGREE and said(answer) in DISAGREE]
    spent = [seconds for *_, seconds in outcomes]
    return {
        "cases": len(verdicts),
        "disagreements": wanted,
        "look_alikes": calm,
        "precision": _share(hit, told),
        "recall": _share(hit, wanted),
        "f1": _share(2 * hit, told + wanted),
        "exact_f1": _share(2 * exact, told + wanted),
        "false_alarms": _share(told - hit, calm),
        "sides": _share(sum(shown), len(shown)),
        "told_scope": _share(scoped.count("scope"), len(scoped)),
        "added_ms": {"mean": round(1000 * sum(spent) / len(spent), 2), "most": round(1000 * max(spent), 2)},
    }


def measured(half: str = "") -> dict[str, Any]:
    """The figures by half and of both, and what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.build([ARTICLES], "agreement", settings=load({"indexes": folder}))
        outcomes = [_asked(assistant, case) for case in read() if half in {"", case["half"]}]
    report: dict[str, Any] = {}
    for part in ("read", "unseen", ""):
        mine = [outcome for outcome in outcomes if part in {"", outcome[0]["half"]}]
        if mine and (part or not half):
            report[part or "both"] = figures(mine)
    report["wrong"] = [
        f"{case['id']} {case['verdict']} {case['question']} -> {said(answer)} {answer.short!r}"
        for case, answer, _ in outcomes
        if (case["verdict"] in DISAGREE or said(answer) in DISAGREE) and said(answer) != case["verdict"]
    ]
    return report


def _asked(assistant: Assistant, case: dict[str, Any]) -> tuple[dict[str, Any], Answer, float]:
    """The case with its answer, and the seconds that the reader spent comparing."""
    reader = assistant._pipeline.reader._reader  # type: ignore[attr-defined]  # noqa: SLF001 - what is measured is inside
    spent = [0.0]

    def timed(compare: Any) -> Any:
        def call(*given: Any) -> Any:
            start = time.process_time()
            found = compare(*given)
            spent[0] += time.process_time() - start
            return found

        return call

    compare, sides = reader.compare, reader.compare_sides
    reader.compare, reader.compare_sides = timed(compare), timed(sides)
    try:
        answer = assistant.ask(case["question"])
    finally:
        reader.compare, reader.compare_sides = compare, sides
    return case, answer, spent[0]


def _share(some: int, every: int) -> float:
    return round(some / every, 4) if every else 1.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("read", "unseen"), default="", help="only this half of the cases")
    parser.add_argument("--wrong", action="store_true", help="also list the disagreements that were missed, made up or misnamed")
    arguments = parser.parse_args()
    report = measured(arguments.half)
    wrong = report.pop("wrong")
    if arguments.wrong:
        report["wrong"] = wrong
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
