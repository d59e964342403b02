"""A brief as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from qa.answer.brief.overview import Brief, Day, Gap
from qa.answer.verify.citing import as_json as citation_json

WIDTH = 60  # characters of the bar of days
LISTED = 8  # outlets and gaps that are spelled out
_LEVELS = " ▁▂▃▄▅▆▇█"


def as_text(brief: Brief) -> str:
    """Lines for a terminal."""
    outlets = [outlet for outlet in brief.outlets if outlet.name]
    lines = [
        f"{brief.index}: {brief.articles} articles of {len(outlets)} outlets, {brief.passages} passages",
        f"outlets    {_listed([f'{outlet.name} {outlet.articles}' for outlet in outlets]) or 'none is named'}",
    ]
    if brief.first and brief.last:
        lines += [f"days       {brief.first} to {brief.last}, {len(brief.days)} with articles", *_bar_lines(brief)]
        lines.append(f"gaps       {_listed([_gap(gap) for gap in brief.gaps]) or 'none'}")
    if brief.undated:
        lines.append(f"           {brief.undated} articles have no day of publication")
    lines.append("names")
    lines += [f"  {name.name} ({name.articles}){_also(name.spellings)}" for name in brief.names]
    if brief.questions:
        lines.append("ask, for instance")
        for sample in brief.questions:
            summary = " ".join((sample.short or sample.text).split())
            lines.append(
                f"  {sample.question}  {summary}  [{sample.citation.source}:{sample.citation.start}-{sample.citation.end}]"
            )
    return "\n".join(lines)


def bar(days: Sequence[Day], width: int = WIDTH) -> tuple[str, int]:
    """(a character a stretch of days, days of a stretch): the higher, the more articles; a blank stands for none.

    >>> bar([Day(day=date(2023, 5, 1), articles=1), Day(day=date(2023, 5, 3), articles=4)])
    ('▂ █', 1)
    """
    if not days:
        return "", 1
    first, last = days[0].day, days[-1].day
    stretch = -(-((last - first).days + 1) // width)
    counts = [0] * (-(-((last - first).days + 1) // stretch))
    for day in days:
        counts[(day.day - first).days // stretch] += day.articles
    most = max(counts)
    return "".join(_LEVELS[-(-count * (len(_LEVELS) - 1) // most)] for count in counts), stretch


def as_json(brief: Brief) -> dict[str, Any]:
    """The brief as other programs read it; days as 2023-09-13."""
    return {
        "index": brief.index,
        "generation": brief.generation,
        "articles": brief.articles,
        "passages": brief.passages,
        "outlets": [{"name": outlet.name, "articles": outlet.articles} for outlet in brief.outlets],
        "first": _iso(brief.first),
        "last": _iso(brief.last),
        "undated": brief.undated,
        "days": [{"day": day.day.isoformat(), "articles": day.articles} for day in brief.days],
        "gaps": [{"first": gap.first.isoformat(), "last": gap.last.isoformat(), "days": gap.days} for gap in brief.gaps],
        "names": [
            {
                "name": name.name,
                "kind": name.kind,
                "articles": name.articles,
                "mentions": name.mentions,
                "spellings": list(name.spellings),
            }
            for name in brief.names
        ],
        "questions": [
            {
                "question": sample.question,
                "short": sample.short,
                "answer": sample.text,
                "citation": citation_json(sample.citation),
            }
            for sample in brief.questions
        ],
    }


def _bar_lines(brief: Brief) -> list[str]:
    drawn, stretch = bar(brief.days)
    each = "a day" if stretch == 1 else f"{stretch} days"
    return [f"           |{drawn}| each {each}, at most {_most(brief.days, stretch)} articles"]


def _most(days: Sequence[Day], stretch: int) -> int:
    first = days[0].day
    counts: dict[int, int] = {}
    for day in days:
        place = (day.day - first).days // stretch
        counts[place] = counts.get(place, 0) + day.articles
    return max(counts.values())


def _gap(gap: Gap) -> str:
    if gap.days == 1:
        return gap.first.isoformat()
    return f"{gap.first} to {gap.last} ({(gap.last - gap.first + timedelta(days=1)).days} days)"


def _listed(items: Sequence[str]) -> str:
    more = f", and {len(items) - LISTED} more" if len(items) > LISTED else ""
    return ", ".join(items[:LISTED]) + more


def _also(spellings: Sequence[str]) -> str:
    return f", also {', '.join(spellings[:LISTED])}" if spellings else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
