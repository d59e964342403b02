"""What narrows a question, as a value: changed by what a browser sends, handed to an assistant, kept with a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.retrieve.narrowing import Only
    from qa.web.protocol import Assisting, Row

MOST = 20  # outlets, and articles, that are chosen at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """First and last day of publication, both included; outlets as the index spells them; ids of articles. Empty: the whole archive."""

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.outlets or self.articles)

    def only(self) -> Only:
        """What an assistant is asked with; nothing where nothing is set, so that one that cannot narrow can be asked too."""
        chosen: Only = {}
        if self.since:
            chosen["since"] = self.since
        if self.until:
            chosen["until"] = self.until
        if self.outlets:
            chosen["outlet"] = self.outlets
        if self.articles:
            chosen["articles"] = self.articles
        return chosen

    def holds(self, row: Row) -> bool:
        """Whether the days and outlets that are set let an article of the list through; chosen articles are marked in it, not taken out."""
        if (self.since or self.until) and row.published is None:
            return False
        if row.published is not None:
            if self.since and row.published < self.since:
                return False
            if self.until and row.published > self.until:
                return False
        names = {outlet.casefold() for outlet in self.outlets}
        return not (names and row.outlet.casefold() not in names)


WHOLE = Narrowing()
"""Nothing is narrowed: the whole archive is asked."""


def changed(now: Narrowing, what: str, value: str, assistant: Assisting) -> Narrowing:
    """After one change that a browser sent; what it may not send (another day, an outlet or article that is not there) changes nothing.

    `what` is "since", "until", "outlet" or "article", with "-" before it to take one away, or "clear". Days that cross are swapped.
    """
    if what == "clear":
        return Narrowing()
    if what in {"since", "until"}:
        after = replace(now, since=_day(value)) if what == "since" else replace(now, until=_day(value))
        if after.since and after.until and after.since > after.until:
            after = replace(after, since=after.until, until=after.since)
        return after
    if what in {"-since", "-until"}:
        return replace(now, since=None) if what == "-since" else replace(now, until=None)
    if what == "outlet" and any(row.outlet == value for row in assistant.articles()) and value:
        return replace(now, outlets=_with(now.outlets, value))
    if what == "-outlet":
        return replace(now, outlets=_without(now.outlets, value))
    if what == "article" and any(row.id == value for row in assistant.articles()):
        return replace(now, articles=_with(now.articles, value))
    if what == "-article":
        return replace(now, articles=_without(now.articles, value))
    return now


def standing(now: Narrowing, assistant: Assisting) -> Narrowing:
    """Without the outlets and articles that the archive no longer has: a removed article would leave nothing to search."""
    if not now.outlets and not now.articles:
        return now
    rows = assistant.articles()
    outlets, ids = {row.outlet for row in rows}, {row.id for row in rows}
    return replace(
        now,
        outlets=tuple(name for name in now.outlets if name in outlets),
        articles=tuple(id_ for id_ in now.articles if id_ in ids),
    )


def to_json(now: Narrowing) -> dict[str, Any]:
    """As it is kept with a conversation; what is not set is left out."""
    chosen: dict[str, Any] = {}
    if now.since:
        chosen["since"] = now.since.isoformat()
    if now.until:
        chosen["until"] = now.until.isoformat()
    if now.outlets:
        chosen["outlets"] = list(now.outlets)
    if now.articles:
        chosen["articles"] = list(now.articles)
    return chosen


def from_json(value: Any) -> Narrowing:
    """What was kept; empty for anything else."""
    if not isinstance(value, Mapping):
        return Narrowing()
    return Narrowing(
        since=_day(value.get("since")),
        until=_day(value.get("until")),
        outlets=_texts(value.get("outlets")),
        articles=_texts(value.get("articles")),
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str))[:MOST] if isinstance(value, list) else ()


def _with(chosen: Sequence[str], one: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*chosen, one)))[:MOST]


def _without(chosen: Sequence[str], one: str) -> tuple[str, ...]:
    return tuple(each for each in chosen if each != one)
