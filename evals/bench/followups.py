"""Follow-ups against the same questions asked standalone: how much of what the second get do the first get?

    python evals/bench/followups.py            # index "seeds" must be built

answer-contains of the 60-odd conversations of evals/followups.jsonl over that of their twins in evals/followups_standalone.jsonl.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.cases import load
from qa.language.followup import standalone
from qa.settings import load as settings

EVALS = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print each pair that differs, then the two shares and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default="seeds")
    parser.add_argument("--indexes", default="indexes")
    arguments = parser.parse_args()
    assistant = Assistant.open(arguments.index, settings=settings({"indexes": arguments.indexes}))
    articles = {row.source: assistant.article(row.id) for row in assistant.articles()}
    leaning, alone = (load(EVALS / name, articles).cases for name in ("followups.jsonl", "followups_standalone.jsonl"))
    right = [0, 0]
    for case, twin in zip(leaning, alone, strict=True):
        answers = assistant.ask(case.question, case.history), assistant.ask(twin.question)
        good = [any(gold.casefold() in answer.text.casefold() for gold in case.answers) for answer in answers]
        right = [count + one for count, one in zip(right, good, strict=True)]
        if good[0] != good[1]:
            print(f"{case.id}  {'+' if good[0] else '-'}  {standalone(case.question, case.history)!r}  twin: {twin.question!r}")
    shares = [count / len(leaning) for count in right]
    print(
        f"{len(leaning)} conversations: follow-ups {shares[0]:.1%}, standalone {shares[1]:.1%}, ratio {shares[0] / shares[1] if shares[1] else 0:.1%}"
    )


if __name__ == "__main__":
    main()
