"""How well names are kept together and apart: python evals/bench/names.py [--wrong]

Over evals/names/pairs.jsonl: two mentions, each a form in an article, and whether they are one person, place or thing. The articles are
those of evals/names, evals/quotations and evals/written, indexed together, so that one article's names can be taken for another's.
Wrong is a pair of two that has one entity; missed is a pair of one that has two or none.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qa.corpus.clean import masked
from qa.index.entities.name_tables import name_rows
from qa.index.store.articles import Articles, ArticleWriter
from qa.schema import Article

EVALS = Path(__file__).resolve().parents[1]
ROOMS = ("names", "quotations", "written")


@dataclass(frozen=True)
class Score:
    """Pairs of one entity found and missed, and pairs of two kept apart and taken for one."""

    found: int
    missed: tuple[dict[str, Any], ...]
    apart: int
    wrong: tuple[dict[str, Any], ...]

    @property
    def precision(self) -> float:
        """Of the pairs taken for one, those that are one."""
        return self.found / (self.found + len(self.wrong))

    @property
    def recall(self) -> float:
        """Of the pairs that are one, those taken for one."""
        return self.found / (self.found + len(self.missed))


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles() -> list[Article]:
    """The articles of all sets, each once, with their masks."""
    found: dict[str, Article] = {}
    for room in ROOMS:
        for row in rows(EVALS / room / "articles.jsonl"):
            found.setdefault(
                row["id"],
                Article(
                    id=row["id"],
                    text=row["text"],
                    source=row["id"],
                    sha256=hashlib.sha256(row["text"].encode()).hexdigest(),
                    title=row["title"],
                    outlet=row["outlet"],
                    published=date.fromisoformat(row["published"]) if row.get("published") else None,
                ),
            )
    return masked(found.values())


def indexed(folder: Path, given: Sequence[Article]) -> Articles:
    """The articles with their names in a file of their own; no passage and no vector is needed."""
    with ArticleWriter(folder) as writer:
        for article in given:
            writer.add(article, (), names=name_rows(article.text, article.masks))
    return Articles(folder)


def score(read: Articles, pairs: Sequence[dict[str, Any]]) -> Score:
    """What becomes of the pairs."""
    found, apart, missed, wrong = 0, 0, [], []
    for pair in pairs:
        one, other = (read.entities.named_in(*pair[side]) for side in "ab")
        taken = one is not None and other is not None and one.id == other.id
        if pair["same"]:
            found += taken
            missed += [] if taken else [pair]
        else:
            apart += not taken
            wrong += [pair] if taken else []
    return Score(found, tuple(missed), apart, tuple(wrong))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print the pairs that are wrong and missed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, indexed(Path(folder), articles()) as read:
        result = score(read, rows(EVALS / "names" / "pairs.jsonl"))
    print(
        f"one: {result.found} found, {len(result.missed)} missed; two: {result.apart} apart, {len(result.wrong)} taken for one; "
        f"precision {result.precision:.3f}, recall {result.recall:.3f}"
    )
    if arguments.wrong:
        for name, pairs in (("taken for one", result.wrong), ("missed", result.missed)):
            for pair in pairs:
                print(f"{name}: {pair['a']} {pair['b']}")


if __name__ == "__main__":
    main()
