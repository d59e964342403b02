"""Who said what, against hand-checked quotations: python evals/bench/quotations.py [--wrong]

Reads evals/quotations/articles.jsonl and quotations.jsonl (see the README there). A quotation is found where one of the same kind
covers half of its words; its speaker is right where one name holds all words of the other ("Rita" and "Rita Elsy", not "Rita"
and "Rina"). Prints one JSON object:

    right            share of the quotations that were found and given to who said them
    wrong_person     share that was given to somebody else
    open, missed     found without a speaker; not found
    spurious         direct quotations that were found and that nobody marked (the marking of direct ones is complete)
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from qa.language.speech.attribution import Quotation, quotations

HERE = Path(__file__).resolve().parent.parent / "quotations"


def read() -> tuple[dict[str, tuple[str, str]], list[dict[str, Any]]]:
    """(article id -> title and text, quotations)."""
    articles = [json.loads(line) for line in (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = [json.loads(line) for line in (HERE / "quotations.jsonl").read_text(encoding="utf-8").splitlines()]
    return {article["id"]: (article["title"], article["text"]) for article in articles}, gold


def same(name: str, wanted: list[str]) -> bool:
    """Whether a name is one of the wanted ones, in full or in short."""
    words = set(name.casefold().replace(".", "").split())
    return bool(words) and any(
        words <= (other := set(each.casefold().replace(".", "").split())) or other <= words for each in wanted
    )


def overlap(one: Quotation, start: int, end: int) -> float:
    """Share of text[start:end] that a quotation covers."""
    return max(0, min(one.end, end) - max(one.start, start)) / (end - start)


def measured() -> dict[str, Any]:
    """The counts, the shares, and what went wrong."""
    whole_articles, gold = read()
    texts = {id_: text for id_, (_, text) in whole_articles.items()}
    found = {id_: quotations(text, title=title) for id_, (title, text) in whole_articles.items()}
    counts: Counter[str] = Counter()
    wrong, taken = [], set()
    for case in gold:
        start, end = case["start"], case["start"] + len(case["quote"])
        if texts[case["article"]][start:end] != case["quote"]:
            raise ValueError(f"{case['article']}: the quotation {case['quote'][:40]!r} is not at {start}")
        near = [
            (overlap(one, start, end), one)
            for one in found[case["article"]]
            if one.direct == case["direct"] and overlap(one, start, end) >= 0.5
        ]
        best = max(near, key=lambda each: each[0])[1] if near else None
        if best is not None:
            taken.add((case["article"], best.start))
        said = (
            "missed"
            if best is None
            else "open"
            if not best.speaker
            else "right"
            if same(best.speaker, case["speaker"])
            else "wrong"
        )
        counts[said] += 1
        counts[f"half {case['half']} {said}"] += 1
        counts[f"{'direct' if case['direct'] else 'reported'} {said}"] += 1
        if said != "right":
            wrong.append(
                f"{said} {case['article']} {case['quote'][:50]!r}: {best.speaker if best else ''!r} for {case['speaker']}"
            )
    extra = [
        f"spurious {id_} {texts[id_][one.start : one.end][:50]!r}: {one.speaker!r}"
        for id_, ones in found.items()
        for one in ones
        if one.direct and (id_, one.start) not in taken
    ]
    whole = sum(counts[kind] for kind in ("right", "wrong", "open", "missed"))
    return {
        "articles": len(texts),
        "quotations": whole,
        "right": round(counts["right"] / whole, 4),
        "wrong_person": round(counts["wrong"] / whole, 4),
        "open": counts["open"],
        "missed": counts["missed"],
        "spurious": len(extra),
        "by_kind": {kind: n for kind, n in sorted(counts.items()) if " " in kind},
        "faults": wrong + extra,
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
