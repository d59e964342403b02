"""A brief of an archive: how many articles, of which outlets and days, the days without any, who is named most, what can be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.schema import Citation

if TYPE_CHECKING:
    from qa.index.entities.name_lookup import Entity
    from qa.index.generation import Generation
    from qa.index.store.articles import Listing

NAMES = 12
"""Names that a brief lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet and how many articles of it there are; `name` is "" for articles without one."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of publication and its articles."""

    day: date
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days in a row without an article, both included, between the first day and the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MainName:
    """A name of many articles. `spellings` are the other forms under which it occurs, most frequent first."""

    name: str
    kind: str  # "person", "place", "thing" or ""
    articles: int
    mentions: int
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A question that the archive answers: the assistant was asked, and what it said is what the article says."""

    question: str
    short: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What an archive holds. `days` has only days with articles, in order; `names` the most named first; `undated` articles have no day."""

    index: str
    generation: str
    articles: int
    passages: int
    outlets: tuple[Outlet, ...]
    first: date | None
    last: date | None
    undated: int
    days: tuple[Day, ...]
    gaps: tuple[Gap, ...]
    names: tuple[MainName, ...]
    questions: tuple[Sample, ...] = ()


def overview(generation: Generation) -> Brief:
    """The brief of a generation but for its questions, which take an assistant to check."""
    rows = generation.articles.articles()
    days = days_of(rows)
    most = generation.articles.entities.most(3 * NAMES, kinds=("person", "place", "thing"))
    return Brief(
        index=generation.name,
        generation=generation.id,
        articles=len(rows),
        passages=generation.n_passages,
        outlets=outlets_of(rows),
        first=days[0].day if days else None,
        last=days[-1].day if days else None,
        undated=sum(1 for row in rows if row.published is None),
        days=days,
        gaps=gaps_between(days),
        names=tuple(_main(entity) for entity in most if not entity.several)[:NAMES],
    )


def outlets_of(rows: Sequence[Listing]) -> tuple[Outlet, ...]:
    """The outlets, those of most articles first; one name for spellings that differ in case."""
    spelt: dict[str, Counter[str]] = {}
    for row in rows:
        spelt.setdefault(row.outlet.casefold(), Counter())[row.outlet] += 1
    found = [Outlet(name=names.most_common(1)[0][0], articles=names.total()) for names in spelt.values()]
    return tuple(sorted(found, key=lambda outlet: (-outlet.articles, outlet.name)))


def days_of(rows: Sequence[Listing]) -> tuple[Day, ...]:
    """The days of publication, in order."""
    counted = Counter(row.published for row in rows if row.published is not None)
    return tuple(Day(day=day, articles=count) for day, count in sorted(counted.items()))


def gaps_between(days: Sequence[Day]) -> tuple[Gap, ...]:
    """The stretches of days without an article, in order."""
    one = timedelta(days=1)
    return tuple(
        Gap(first=before.day + one, last=after.day - one) for before, after in pairwise(days) if after.day - before.day > one
    )


def _main(entity: Entity) -> MainName:
    others = [form for form, _ in (*entity.spellings, *entity.short) if form != entity.name]
    return MainName(
        name=entity.name,
        kind=entity.kind,
        articles=entity.articles,
        mentions=entity.mentions,
        spellings=tuple(dict.fromkeys(others)),
    )
