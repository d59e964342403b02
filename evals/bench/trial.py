"""Thirty questions of a reader's own over twelve articles of nobody's: right, wrong and wrongly withheld, one line a question.

    python evals/bench/trial.py [--outlets] [--json FILE]

Articles and questions were written for this trial before it was first run, by one person who knew the engine; none was changed after.
An answer is right when its short answer (or, where it has none, its text) holds one of the accepted forms, and its citation is in
its article. A question without accepted forms must be withheld.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from qa.assistant import Assistant
from qa.schema import Answer, Turn
from qa.settings import load

HERE = Path(__file__).parent / "trial"


def judged(answer: Answer, accepted: list[str]) -> str:
    """One of "right", "wrong", "withheld" (wrongly) and "rightly withheld"."""
    if answer.abstained:
        return "withheld" if accepted else "rightly withheld"
    said = " ".join(f"{answer.short or answer.text}".casefold().split())
    return "right" if any(form.casefold() in said for form in accepted) else "wrong"


def main() -> int:
    """The trial, or with --outlets what was read of each article."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--outlets", action="store_true", help="print what was read of each article's outlet and day, and stop")
    parser.add_argument("--json", type=Path, help="write the rows here too")
    told = parser.parse_args()
    questions = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        settings = load({"indexes": folder})
        assistant = Assistant.build([HERE / "articles"], "trial", settings=settings)
        if told.outlets:
            for row in assistant.articles():
                print(f"{row.source:28} {row.outlet or '-':20} {row.published or '-'}")
            return 0
        rows = []
        for asked in questions:
            turns = tuple(Turn(**turn) for turn in asked.get("history", ()))
            answer = assistant.ask(asked["question"], turns)
            for cited in answer.citations:
                assert assistant.article(cited.article_id).text[cited.start : cited.end] == cited.quote
            rows.append(
                {
                    "id": asked["id"],
                    "verdict": judged(answer, asked["answers"]),
                    "question": asked["question"],
                    "short": answer.short,
                    "text": answer.text,
                    "reason": answer.reason,
                    "confidence": round(answer.confidence, 3),
                }
            )
            row = rows[-1]
            print(
                f"{row['id']}  {row['verdict']:16} {row['confidence']:.2f}  {row['question']}  ->  {row['short'] or row['reason'] or row['text']}"
            )
    counts = {name: sum(row["verdict"] == name for row in rows) for name in ("right", "wrong", "withheld", "rightly withheld")}
    print(", ".join(f"{name} {n}" for name, n in counts.items()), f"of {len(rows)}")
    if told.json:
        told.json.write_text(json.dumps({"counts": counts, "rows": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
