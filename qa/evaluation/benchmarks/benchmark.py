"""What a reader gives: articles to index and cases to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qa.evaluation.suite.eval_case import EvalCase
from qa.language.text import language as guess
from qa.schema import Language

Record = dict[str, str]
"""{"id", "title", "text"}: an article as `qa build` reads it from JSON lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A public benchmark, ready to run.

    `articles` starts over at each call, so that a corpus need not fit into memory. `run` has somebody's rankings (question id ->
    article ids, best first) where those are to be scored instead of a search of ours.
    """

    name: str
    cases: tuple[EvalCase, ...]
    articles: Callable[[], Iterator[Record]] = lambda: iter(())
    run: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what was left out or mended, and how often

    @property
    def judged(self) -> bool:
        """Whether only the search can be judged: there is no gold text."""
        return all(case.relevant for case in self.cases)


def unique_id(wanted: str, taken: set[str]) -> str:
    """`wanted` if it is free, else with the first number that makes it so; it is taken then. Some sets repeat ids or have none."""
    wanted = wanted.strip() or "q"
    free, number = wanted, 1
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    taken.add(free)
    return free


def spoken(questions: Iterable[str]) -> Language:
    """The language that most of the questions are in, by their function words."""
    heard = Counter(guess(question) for question in questions)
    return "en" if heard["en"] > heard["id"] else "id"
