"""A corpus of any size out of a smaller one: its articles again and again, each time with seeded changes.

The first round is the corpus itself. In each later round an article keeps its place, title and outlet; of its sentences half
are replaced by sentences of other articles, and all digits are drawn again. So copies differ in words, numbers and vectors,
a search cannot take one for another, and no near-copies of which there are none in news arise.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.benchmarks.compressed import objects, text_of
from qa.schema import Article

EXCHANGED = 0.5
"""Of the sentences of a repeated article."""

FIRST_DAY = date(2020, 1, 1)
DAYS = 1_500
"""An article that tells no day of publication is given one of so many from FIRST_DAY on."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*|[.!?\n]+")
_DIGIT = re.compile(r"[0-9]")


def records(paths: Sequence[Path], most: int | None = None) -> list[dict[str, Any]]:
    """The articles of JSON lines files (plain, .gz, .bz2 or .xz), at most `most`: objects with a "text", and perhaps a title, an
    outlet and a day of publication. Raises SuiteError naming the file and line, UsageError where there is none.
    """
    found = [record for path in paths for place, record in objects(path) if text_of(record, "text", place, empty=True).strip()][
        :most
    ]
    if not found:
        raise UsageError(
            f"no article with text in {', '.join(map(str, paths))}. Cure: give files with one article a line, as JSON"
        )
    return found


def articles(base: Sequence[dict[str, Any]], *, seed: int = 1) -> Iterator[Article]:
    """Without end: the articles of `base`, then the same with changes, then with others. The same seed gives the same articles."""
    dice = random.Random(seed)
    sentences = [_SENTENCE.findall(record["text"]) for record in base]
    for round_ in count():
        for number, record in enumerate(base):
            text = record["text"] if not round_ else _changed(sentences, number, dice)
            id_ = f"{number}-{round_}"
            yield Article(
                id=id_,
                text=text,
                source=f"{id_}.txt",
                sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
                title=str(record.get("title") or ""),
                outlet=str(record.get("outlet") or ""),
                published=_day(record.get("published"), dice),
            )


def _changed(sentences: Sequence[Sequence[str]], number: int, dice: random.Random) -> str:
    parts = []
    for sentence in sentences[number]:
        replaced = sentence
        if dice.random() < EXCHANGED:
            other = sentences[dice.randrange(len(sentences))]
            replaced = f"{other[dice.randrange(len(other))].strip()} " if other else sentence
        parts.append(_DIGIT.sub(lambda _: str(dice.randrange(10)), replaced))
    return "".join(parts)


def _day(value: Any, dice: random.Random) -> date:
    drawn = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return drawn
