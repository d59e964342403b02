"""Days of publication and outlets that a reader sets beside a question: they narrow what it asks for and never widen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from qa.errors import UsageError
from qa.schema import Query

NOTHING = (date.max, date.min)
"""A window that no article is published in."""


class Only(TypedDict, total=False):
    """What may be set: first and last day of publication, both included, an outlet or several, and ids of articles."""

    since: date | str | None
    until: date | str | None
    outlet: str | Sequence[str] | None
    articles: Sequence[str] | None


def window_of(since: date | str | None, until: date | str | None) -> tuple[date, date] | None:
    """First and last day, both included; None when neither is given. Raises UsageError for what is no day and for an empty window."""
    if since is None and until is None:
        return None
    first, last = day(since, "since") or date.min, day(until, "until") or date.max
    if first > last:
        raise UsageError(f"since {first} lies after until {last}. Cure: swap them")
    return first, last


def day(value: date | str | None, name: str) -> date | None:
    """A day, or "2023-09-13" as one. Raises UsageError for anything else."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} {value!r} is no day. Cure: write it as 2023-09-13") from error


def outlets_of(outlet: str | Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    """The outlets as the index spells them. Raises UsageError for one that it has not."""
    wanted = [outlet] if isinstance(outlet, str) else list(outlet or ())
    spelt = {name.casefold(): name for name in known}
    for name in wanted:
        if not isinstance(name, str) or name.casefold() not in spelt:
            raise UsageError(f"no article of the outlet {name!r}. Cure: one of {', '.join(known) or '(none has an outlet)'}")
    return tuple(dict.fromkeys(spelt[name.casefold()] for name in wanted))


def listed(name: str, only: Only, known: Sequence[str]) -> tuple[tuple[date, date] | None, tuple[str, ...]]:
    """Days and outlets of a listing of a name. Raises UsageError for no name, no day, an empty window and an unknown outlet."""
    if not any(character.isalnum() for character in name):
        raise UsageError("there is no name. Cure: give that of a person, a place or a thing")
    return window_of(only.get("since"), only.get("until")), outlets_of(only.get("outlet"), known)


def left_out(query: Query) -> str:
    """What a question was narrowed to, for an answer that is withheld because nothing was left; "" where nothing narrowed it."""
    english = query.language == "en"
    parts = []
    if query.window is not None:
        parts.append(f"{'published' if english else 'terbit'} {_between(query.window, english=english)}")
    if query.event is not None:
        parts.append(f"{'about' if english else 'tentang'} {_between(query.event, english=english)}")
    if query.outlets:
        parts.append(f"{'by' if english else 'di'} {', '.join(query.outlets)}")
    if not parts:
        return ""
    return f"{'Only articles were searched that are' if english else 'Yang dicari hanya artikel yang'} {', '.join(parts)}."


def _between(days: tuple[date, date], *, english: bool) -> str:
    first, last = days
    if days == NOTHING:
        return "on no day" if english else "pada hari yang tidak ada"
    if first <= date(1500, 1, 1):
        return f"{'until' if english else 'sampai'} {last}"
    if last >= date(2099, 12, 31):
        return f"{'since' if english else 'sejak'} {first}"
    return str(first) if first == last else f"{first} {'to' if english else 'sampai'} {last}"


def narrowed(query: Query, known: Sequence[str], only: Only) -> Query:
    """The query within what is set as well: both windows at once, and of the outlets those that both name."""
    window, outlets = window_of(only.get("since"), only.get("until")), outlets_of(only.get("outlet"), known)
    if window is not None and query.window is not None:
        window = max(window[0], query.window[0]), min(window[1], query.window[1])
    window = window or query.window
    if outlets and query.outlets:
        asked = {outlet.casefold() for outlet in query.outlets}
        outlets = tuple(outlet for outlet in outlets if outlet.casefold() in asked)
        window = window if outlets else NOTHING
    if window is not None and window[0] > window[1]:
        window = NOTHING
    return replace(query, window=window, outlets=outlets or query.outlets, articles=tuple(only.get("articles") or ()))
