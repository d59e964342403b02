"""What an article's own text says about it: title, outlet, author, day of publication."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.corpus.datelines import Dateline, dateline
from qa.corpus.lines import DATELINE, OUTLET, Line, ends, is_body, is_nav, lines, rule, title_like
from qa.language import calendar, lists
from qa.language.lists import one_of
from qa.language.time.dates import find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_TOP = 60  # lines in which a headline, a byline and a dateline may be
_TAIL = 12  # last lines, where some outlets sign
_AUTHOR = lists.alternatives("boilerplate", "author")
_REPORTER = lists.alternatives("boilerplate", "reporter")
_WRITTEN = re.compile(
    rf"[\[(\s]*(?:{_AUTHOR}|(?:written|reported|reporting) by)\s*[:|]?\s*(?P<name>[^\])|]{{2,80}})"
    rf"|(?:oleh|by)\s*:?\s+(?P<by>[^\])|,(]{{2,80}})|laporan (?:{_REPORTER})\s+(?:[\w.]+,\s*)?(?P<from>[^\])|]{{2,80}})",
    re.IGNORECASE,
)
_EDITED = re.compile(r"[\[(\s]*(?:editor|redaktur|penyunting|edited by)\s*[:|]?\s*(?P<name>[^\])|]{2,80})", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"\s+(?:diperbarui|diterbitkan|dipublikasikan|updated|published|editor|pada|on|-|–)(?:\s.*|$)|\s+\d.*$", re.IGNORECASE
)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:diterbitkan|dipublikasikan|terbit|tayang|published|posted)\b(?P<rest>.{0,60})", re.IGNORECASE
)
_UPDATED = re.compile(r"\b(?:diperbarui|updated|last updated)\b(?P<rest>.{0,60})", re.IGNORECASE)
_FULL_DAY = re.compile(r"(?<!\d)\d{1,2}(?:/\d{1,2}/| [^\W\d_]{3,9} )\d{4}(?!\d)|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}(?!\d)")
_WEEKDAY_BEFORE = re.compile(
    rf"\b(?:{one_of(calendar.weekdays(*calendar.PRINTED))}),?\s*\(?\s*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:akan|mendatang|depan|rencana\w*|dijadwalkan|berlangsung hingga|sampai|will|scheduled|until)\b", re.IGNORECASE
)
_OF_A_PLAN = re.compile(
    r"\b(?:me|di)\w{3,} rencana\b", re.IGNORECASE
)  # "membatalkan rencana": what happened to a plan is no plan


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of an article beside its text; "" and None where it does not say."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""


def describe(text: str, *, given: About | None = None) -> About:
    """Fills what `given` (a record's fields, a page's meta tags) leaves open from the text itself.

    The day of publication is the one stated ("Diterbitkan 13 Sep 2023"), else the day of the news in the reporting
    ("Rabu (13/9/2023)"), else None: a year is never guessed.
    """
    given = given or About()
    rows = lines(text)
    body = next((place for place, row in enumerate(rows) if _reports(row)), len(rows))
    title = given.title or _title(rows, body)
    leads = [found for row in rows[body : body + 3] if (found := dateline(row.text, text))]
    return About(
        title=title,
        outlet=given.outlet or _outlet(rows, leads),
        author=given.author or _author([*rows[:_TOP], *rows[_TOP:][-_TAIL:]]),
        published=given.published or _published(rows, leads),
        url=given.url,
    )


def _reports(row: Line) -> bool:
    return is_body(row.text) and not rule(row.text)


def _title(rows: Sequence[Line], body: int) -> str:
    """The headline: the first line above the reporting that reads like one, "" where the article opens with a sentence."""
    if body == len(rows):
        return ""
    above = [
        row.text
        for row in rows[: min(body, _TOP)]
        if not rule(row.text) and not is_nav(row.text) and not DATELINE.match(row.text)
    ]
    heads = [
        line.lstrip("# ").strip()
        for line in above
        if len(line) <= 250 and (not ends(line) or line.endswith(("?", "!", "'", '"', "’", "”")))
    ]
    long = [line for line in heads if line.count(" ") >= 4]
    some = [line for line in heads if line.count(" ") >= 2 and title_like(line)]
    return next(iter(long or some), "")


def _outlet(rows: Sequence[Line], leads: Sequence[Dateline]) -> str:
    """Who the dateline names, else the site that a signature or a call to follow names."""
    if name := next((lead.outlet for lead in leads if lead.outlet), ""):
        return name
    names = Counter(
        name
        for row in rows
        if rule(row.text) in {"share", "fact-check", "byline", "video"}
        for name in re.findall(rf"\b{OUTLET}\b", row.text)
    )
    return names.most_common(1)[0][0] if names else ""


def _author(rows: Sequence[Line]) -> str:
    """Who wrote it, else who edited it."""
    signed = [row.text for row in rows if rule(row.text) == "byline"]
    for pattern in (_WRITTEN, _EDITED):
        for line in signed:
            found = pattern.match(line)
            if found:
                name = next(value for value in found.groupdict().values() if value)
                return _AFTER_NAME.sub("", name).strip(" .,:;-")
    return ""


def _published(rows: Sequence[Line], leads: Sequence[Dateline] = ()) -> date | None:
    stated = [row.text for row in rows if rule(row.text) in {"byline", "timestamp"}]
    for pattern in (_FIRST_PUBLISHED, _UPDATED, None):
        for line in stated:
            found = pattern.search(line) if pattern else None
            if pattern and not found:
                continue
            days = [one.first for one in find(found.group("rest") if found else line) if one.first == one.last]
            if days:
                return days[0]
    if day := next((lead.published for lead in leads if lead.published), None):
        return day
    return _day_of_news([row.text for row in rows if not rule(row.text)])


def _day_of_news(paragraphs: Sequence[str]) -> date | None:
    """The day that the reporting gives with weekday and year, the one named most and of equals the latest; days ahead are not it."""
    days: Counter[date] = Counter()
    for paragraph in paragraphs:
        for found in _FULL_DAY.finditer(paragraph):
            before = paragraph[max(0, found.start() - 60) : found.start()]
            if _WEEKDAY_BEFORE.search(before[-16:]) and not _AHEAD.search(_OF_A_PLAN.sub(" ", before)):
                days.update(one.first for one in find(found.group()) if one.first == one.last)
    return max(days, key=lambda day: (days[day], day), default=None)
