"""Libraries that could take the place of code of ours, measured beside it: python evals/bench/libraries.py

dates     dateparser.search and our expressions of time, over the days of evals/dates.jsonl, each given the day of publication
names     countries that CLDR (Babel) spells differently in Indonesian and English, and how many of them data/exonyms.tsv has
json      orjson and json, on the contract of an answer and on lines of an archive
import    seconds until argparse, typer and rich are imported, and until `qa --help` has printed
Prints one JSON object. A library that is not installed is left out; none of them is a dependency of ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qa.language import lists
from qa.language.time.moments import moments

HOME = Path(__file__).resolve().parents[2]
DATES = HOME / "evals" / "dates.jsonl"
ARTICLES = HOME / "evals" / "written" / "articles.jsonl"


def dates() -> dict[str, Any]:
    """Of the expressions that mean one day: share with the right day, and milliseconds a text."""
    rows = [json.loads(line) for line in DATES.read_text(encoding="utf-8").splitlines()]
    days = [row for row in rows if row["precision"] == "day" and row["first"] == row["last"]]

    def ours(row: dict[str, Any]) -> set[date]:
        end = row["start"] + len(row["expression"])
        found = moments(row["text"], date.fromisoformat(row["published"]))
        return {one.first for one in found if one.start < end and row["start"] < one.end and one.first == one.last}

    def theirs(row: dict[str, Any]) -> set[date]:
        from dateparser.search import search_dates

        base = datetime.fromisoformat(row["published"])
        found = search_dates(row["text"], languages=["id", "en"], settings={"RELATIVE_BASE": base}) or []
        return {when.date() for said, when in found if said in row["expression"] or row["expression"] in said}

    report: dict[str, Any] = {"days": len(days), "ours": _days(days, ours)}
    if find_spec("dateparser"):
        report["dateparser"] = _days(days, theirs)
    return report


def _days(rows: list[dict[str, Any]], read: Callable[[dict[str, Any]], set[date]]) -> dict[str, float]:
    read(rows[0])  # what is loaded once is not a text's
    began = time.perf_counter()
    right = sum(read(row) == {date.fromisoformat(row["first"])} for row in rows)
    seconds = time.perf_counter() - began
    return {"right": round(right / len(rows), 4), "milliseconds": round(1000 * seconds / len(rows), 2)}


def names() -> dict[str, Any]:
    """Countries whose names differ between the languages."""
    rows = lists.table("exonyms").rows
    ours = {row[1].upper() for row in rows if row[0] == "country" and row[1] != "-"}
    report: dict[str, Any] = {"rows": len(rows), "countries": len(ours), "other kinds": sum(row[0] != "country" for row in rows)}
    if find_spec("babel"):
        from babel import Locale

        english, indonesian = Locale("en").territories, Locale("id").territories
        differ = {
            code for code, name in english.items() if len(code) == 2 and code.isalpha() and indonesian.get(code, name) != name
        }
        forms = {form for row in rows for side in row[2:4] for form in side.split("|")}
        cldr = {english[code].lower() for code in ours if code in english} | {
            indonesian[code].lower() for code in ours if code in english
        }
        report |= {
            "cldr": len(differ),
            "of cldr in ours": len(differ & ours),
            "forms": len(forms),
            "of our forms in cldr": len(forms & cldr),
        }
    return report


def written_as_json() -> dict[str, Any]:
    """Microseconds to write the contract of an answer of six citations and twenty passages, and to read a line of an archive."""
    citation = {
        "n": 1,
        "article_id": "a" * 24,
        "source": "berita.jsonl",
        "title": "Jembatan dibuka",
        "start": 10,
        "end": 150,
        "quote": "x" * 140,
    }
    contract = {
        "question": "Kapan?",
        "citations": [citation] * 6,
        "passages": [{"rank": 1, "article_id": "a" * 24, "score": 0.5}] * 20,
    }
    lines = ARTICLES.read_bytes().splitlines()
    report: dict[str, Any] = {}
    ways: list[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = [("json", json.dumps, json.loads)]
    if find_spec("orjson"):
        import orjson

        ways.append(("orjson", orjson.dumps, orjson.loads))
    for name, dumps, loads in ways:
        began = time.perf_counter()
        for _ in range(2000):
            dumps(contract)
        middle = time.perf_counter()
        for _ in range(50):
            for line in lines:
                loads(line)
        ended = time.perf_counter()
        report[name] = {
            "answer": round(1e6 * (middle - began) / 2000, 1),
            "article": round(1e6 * (ended - middle) / 50 / len(lines), 1),
        }
    return report


def imports() -> dict[str, float]:
    """Milliseconds of a process of Python, least of five, less those of one that imports nothing."""

    def least(*arguments: str) -> float:
        seconds = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=HOME)
            seconds.append(time.perf_counter() - began)
        return 1000 * min(seconds)

    nothing = least("-c", "pass")
    found = {
        name: least("-c", f"import {name}") - nothing
        for name in ("argparse", "typer", "rich.table")
        if find_spec(name.split(".")[0])
    }
    return {name: round(spent) for name, spent in (found | {"qa --help": least("-m", "qa.cli", "--help") - nothing}).items()}


def main() -> None:
    """Measure and print."""
    print(json.dumps({"dates": dates(), "names": names(), "json": written_as_json(), "import": imports()}, indent=1))


if __name__ == "__main__":
    main()
