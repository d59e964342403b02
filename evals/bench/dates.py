"""Expressions of time against hand-checked days: python evals/bench/dates.py [--wrong]

Reads evals/dates.jsonl: {"published", "text", "expression", "start", "first", "last", "precision"}. An expression is right where what is
read over most of it has the same first day, last day and precision. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from qa.language.time.moments import Moment, moments

TABLE = Path(__file__).resolve().parent.parent / "dates.jsonl"


def read() -> list[dict[str, Any]]:
    """The table."""
    return [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


def measured() -> dict[str, Any]:
    """How many are right, and what went wrong."""
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    wrong = []
    for row in read():
        start, end = row["start"], row["start"] + len(row["expression"])
        if row["text"][start:end] != row["expression"]:
            raise ValueError(f"{row['expression']!r} is not at {start} of {row['text']!r}")

        def over(one: Moment, start: int = start, end: int = end) -> int:
            return min(one.end, end) - max(one.start, start)

        found = max(moments(row["text"], date.fromisoformat(row["published"])), key=over, default=None)
        got = (found.first.isoformat(), found.last.isoformat(), found.precision) if found and over(found) > 0 else None
        whole[row["precision"]] += 1
        if got == (row["first"], row["last"], row["precision"]):
            right[row["precision"]] += 1
        else:
            wrong.append(f"{row['published']} {row['text']!r}: {got} for {row['first']} to {row['last']}, {row['precision']}")
    return {
        "expressions": whole.total(),
        "right": round(right.total() / whole.total(), 4),
        "by_precision": {kind: f"{right[kind]}/{count}" for kind, count in sorted(whole.items())},
        "faults": wrong,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="also list each fault")
    report = measured()
    faults = report.pop("faults")
    if parser.parse_args().wrong:
        report["faults"] = faults
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
