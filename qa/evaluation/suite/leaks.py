"""What one suite gives away about another: the same question in both, or a marked place of one that something was fitted to.

Two questions are the same when they have the same words (as roots, numbers as digits, whatever the order). They are nearly the same
when |A ∩ B| / |A ∪ B| >= 0.8 over their words (Jaccard 1912), with the same question words and the same numbers, and what answers
the one answers the other: a case that asks for the wrong year beside one that asks for the right one is no leak. Follow-ups are
compared with what was asked before them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import ceil
from pathlib import Path

from qa.evaluation.suite.cases import Suite
from qa.evaluation.text.normalise import fold, indonesian
from qa.schema import EvalCase

ALIKE = 0.8
"""Shared words over all words, from which on two questions are nearly the same."""

_ASKING = frozenset(
    "apa siapa kapan mana berapa mengapa kenapa bagaimana gimana what who whom whose when where which why how many much long".split()
)
_FITTED = re.compile(r"(?:^|[^a-z])(?:train|training|dev|tune|tuning)(?:[^a-z]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A line of a suite with what it shares, and with which line."""

    path: Path
    line: int
    text: str


@dataclass(frozen=True)
class _Asked:
    """One case with what it is compared by."""

    suite: Suite
    line: int
    case: EvalCase

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(indonesian(self.case.question))

    @cached_property
    def before(self) -> frozenset[str]:
        return frozenset(word for turn in self.case.history for word in indonesian(turn.question))

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The words that two questions must share to ask for the same thing: question words, and everything with a digit."""
        return frozenset(word for word in self.words if word in _ASKING or any(letter.isdigit() for letter in word))

    @cached_property
    def gold(self) -> tuple[tuple[str, str], ...]:
        places = [(gold.source, fold(gold.quote)) for gold in self.case.sources]
        return (*places, *((judged.source, "") for judged in self.case.relevant))


def leaks(suites: Sequence[Suite], *, training: AbstractSet[Path] = frozenset()) -> list[Leak]:
    """Every question of a suite that an earlier suite asks too, and every place that is marked in one that something is fitted to.

    Told at the line of the later suite, or of the one that nothing is fitted to.
    """
    asked = [_Asked(suite, line, case) for suite in suites for line, case in zip(suite.lines, suite.cases, strict=True)]
    found = [
        Leak(
            path=later.suite.path, line=later.line, text=f"{how} {earlier.suite.path}:{earlier.line} ({earlier.case.question!r})"
        )
        for earlier, later in _near(asked)
        if earlier.suite is not later.suite and (how := _same(earlier, later))
    ]
    fitted = {suite.path for suite in suites if suite.path in training or _FITTED.search(suite.path.stem.lower())}
    return found + list(_shared_places(asked, fitted))


def asked_twice(suite: Suite) -> list[Leak]:
    """Every case that asks what an earlier line of the same suite asks: it weighs double."""
    asked = [_Asked(suite, line, case) for line, case in zip(suite.lines, suite.cases, strict=True)]
    return [
        Leak(
            path=suite.path,
            line=later.line,
            text=f"{how} line {earlier.line}, so that it weighs double ({later.case.question!r})",
        )
        for earlier, later in _near(asked)
        if (how := _same(earlier, later))
    ]


def _same(a: _Asked, b: _Asked) -> str:
    """How two near questions are the same; "" when they are not."""
    if a.before and b.before and _jaccard(a.before, b.before) < ALIKE:
        return ""
    if a.words == b.words:
        return "asks the same as"
    if a.fixed == b.fixed and _jaccard(a.words, b.words) >= ALIKE and (_meet(a, b) or not (a.gold or b.gold)):
        return "asks nearly the same as"
    return ""


def _near(asked: Sequence[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """The pairs (earlier, later) that may be as alike as ALIKE, without comparing all with all.

    Two sets that are must share one of their rarest words: of a set of n, the n - ceil(ALIKE x n) + 1 rarest
    (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006).
    """
    from tqdm import tqdm

    bar = tqdm(asked, desc="comparing", unit="question", delay=2, file=sys.stderr, disable=None)
    heard = Counter(word for one in bar for word in one.words)
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(asked):
        rarest = sorted(one.words, key=lambda word: (heard[word], word))
        for word in rarest[: len(rarest) - ceil(ALIKE * len(rarest) - 1e-9) + 1]:
            by_word[word].append(row)
    pairs = {pair for rows in by_word.values() for pair in combinations(rows, 2)}
    yield from ((asked[earlier], asked[later]) for earlier, later in sorted(pairs))


def _shared_places(asked: Sequence[_Asked], fitted: AbstractSet[Path]) -> Iterator[Leak]:
    """Cases of other suites whose marked place is marked in one of `fitted`, once a case."""
    by_source: defaultdict[str, list[tuple[str, _Asked]]] = defaultdict(list)
    for one in asked:
        for source, quote in one.gold if one.suite.path in fitted else ():
            by_source[source].append((quote, one))
    for one in asked:
        if one.suite.path in fitted:
            continue
        for source, quote in one.gold:
            other = next((other for words, other in by_source[source] if words in quote or quote in words), None)
            if other:
                text = f"its place in {source} is marked in {other.suite.path}:{other.line}, which something is fitted to"
                yield Leak(path=one.suite.path, line=one.line, text=text)
                break


def _meet(a: _Asked, b: _Asked) -> bool:
    """Whether a marked place of the one is, or lies in, one of the other."""
    return any(left == right and (x in y or y in x) for left, x in a.gold for right, y in b.gold)


def _jaccard(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0
