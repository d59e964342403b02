"""The lines of an article, and the kinds of line that are no reporting: the rules that name a mask.

A rule looks at one line alone and must be sure of it: what may be a sentence stays. Each pattern is anchored and linear.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.language import calendar, lists
from qa.language.lists import one_of


def _any(use: str) -> str:
    return lists.alternatives("boilerplate", use)


_FIRST = re.compile(r"\W*(\w+)")
_FIRST_WORDS = frozenset(lists.column("boilerplate", "pattern", use="first-word"))
_LABEL = 80
"""Characters above which only a line that opens like a rule's, or ends in brackets, is looked at closely."""
LONGEST = 320
"""Characters above which a line is a paragraph and no rule but the dateline's looks at it."""

OUTLET = r"(?:[A-Za-z0-9][\w-]*\.)+(?i:com|co\.id|co|id|net|org|tv|news|info)"
_WORD = r"[A-Z](?:[\w'’.]|-(?=\w))*"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
_AGENCY = r"(?:ANTARA|Antara|Reuters|REUTERS|AP|AFP|Xinhua|BBC|VOA|DW|UPI|IPS)"
_DASH = r"\s*(?:--|[-–—])\s*"
DATELINE = re.compile(
    rf"(?:(?P<outlet>{OUTLET})(?:\s*[,|]\s*{_PLACE})?(?:\s*\([^()]{{2,20}}\))?"  # WahanaNews.co, Moskow -
    rf"|{_PLACE}\s*,\s*(?P<second>{OUTLET}|[A-Z][\w]* Indonesia|KOMPAS|TEMPO|ANTARA)"  # JAKARTA, KOMPAS.com -
    rf"|{_PLACE}(?:,[^()\n]{{1,30}})?\s*\((?P<agency>{_AGENCY})\)"  # MOSCOW, Sept 13 (Reuters) -
    rf"|[A-Z]{{4,}}(?:[ ,][A-Z.]{{2,}}){{0,3}}(?=\s*[-–—]))"  # MOSKOW -
    rf"{_DASH}(?:[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}}\.\s*)?(?=[\"“'‘(]?\w)"
)

_QUOTED = re.compile(r"[\"“”]")
_SPEECH = re.compile(rf"\b(?:{_any('speech')})(?:nya)?\b", re.IGNORECASE)
_FINAL = re.compile(r"[.!?…][\"”’'»)\]]*$")


class Line(NamedTuple):
    """A line without the white space around it: text[start:end]."""

    start: int
    end: int
    text: str


def lines(text: str) -> list[Line]:
    """The lines of a text that hold something, trimmed."""
    found = []
    at = 0
    for whole in text.splitlines(keepends=True):
        kept = whole.strip()
        if kept:
            start = at + whole.index(kept[0])
            found.append(Line(start, start + len(kept), kept))
        at += len(whole)
    return found


def _labels(alternatives: str) -> re.Pattern[str]:
    """A line that is one of the alternatives, with marks but no quotation marks round it."""
    return re.compile(rf"[^\w\"“”]*(?:{alternatives})[^\w\"“”]*", re.IGNORECASE)


_SECTION = _labels(_any("section"))
_MORE = r"(?: (?:hari ini|selengkapnya|lainnya|see all|lihat semua|today))?"
_CALL = re.compile(
    rf"[*•\-–>\s]*(?:(?:{_any('call')})\b.*\b(?:{_any('channel')})\b"
    r"|(?:follow|ikuti) (?:kami|us|akun|our|official)\b|(?:unduh|download)\b.*\b(?:aplikasi|app)\b)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’.-]*(?:\s+(?:bin|binti|van|de|al)?\s*[A-Z][\w'’.-]*){0,4}"
_JOBS = _any("job")

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("text-size", _labels(_any("text-size"))),
    ("popular", _labels(rf"(?:{_any('popular')}){_MORE}")),
    ("advert", _labels(_any("advert"))),
    ("menu", _labels(_any("pager"))),
    ("share", _labels(_any("share"))),
    (
        "video",
        re.compile(
            rf"\W*(?:video (?:{_any('video')})[^.]{{0,60}}|\[?gambas:.{{0,120}}|"
            r"(?:saksikan|simak|tonton|lihat|watch)(?: juga)?(?: the)? video\b.{0,160}|video:.{0,160})",
            re.IGNORECASE,
        ),
    ),
    (
        "byline",
        re.compile(
            rf"(?i:[\[(\s]*(?:{_JOBS})(?:\s*/\s*(?:{_JOBS}))?\s*[:|]).{{1,120}}"
            rf"|(?:{_any('signed')}) {_NAME}(?:\s*[,|/-]\s*(?:Editor|Penyunting) {_NAME})?"
            rf"|(?:oleh|Oleh|OLEH|by|By|BY)\s*:?\s+{_NAME}(?:\s*[,|(-].{{0,60}}|\s+(?i:{_any('after-author')})\b.{{0,80}})?"
            rf"|(?i:laporan (?:{_any('reporter')})).{{1,100}}"
            rf"|\((?:[A-Za-z]{{2,10}} ?[/|-] ?){{0,4}}[A-Za-z]{{2,10}}\)"
            rf"|(?i:(?:written|reported|reporting|edited|editing|translated) by) .{{1,120}}"
        ),
    ),
)
_READ_ALSO = re.compile(
    rf"[\[(*•\-–>»\s]*(?:{_any('read-also')})\s*(?:[:：|>»]+|(?<=juga)\s-|(?<=also)\s-)\s*(?P<headline>.*)", re.IGNORECASE
)
_READ_GLUED = re.compile(r"(?:\W*(?:baca juga|simak juga|baca|lihat juga|read also|also read|related)\s*:[\s,]*)+", re.IGNORECASE)
_READ_ALONE = re.compile(
    r"\W*(?:baca juga|baca pula|simak juga|lihat juga|read also|also read|see also|related)\W*", re.IGNORECASE
)
_FACT = re.compile(
    r"[*•\-\s]*(?:(?:fakta atau hoaks|fact or hoax)\b|(?:cek fakta|fact check|untuk mengetahui kebenaran)\b.*(?:whats ?app|\d{4} \d{3,}))",
    re.IGNORECASE,
)
_SYNDICATED = re.compile(
    rf"[*•(\s]*(?:artikel|berita|tulisan|this (?:article|story)) (?:ini )?(?:{_any('has-appeared')})\b.{{0,40}}\b(?:{_any('appeared')})\b",
    re.IGNORECASE,
)
_PRESS = rf"(?:{_any('press')}|(?i:{_any('press-any-case')}))"
_CREDIT = re.compile(
    rf"\((?=[A-Z@]|(?i:foto|photo|dok))(?P<sure>[^()?!]{{0,60}}\b(?i:{_any('credit')})\b[^()?!]{{0,60}})\)\.?$"
    rf"|\((?:[^()]*\b{_PRESS}(?:\.\w+)*\s*/[^()]+|[^()/]+/\s*{_PRESS}\b[^()]*|{_PRESS}(?:\.com|\.co|\.id)*)\)$"
)
_SIDES = re.compile(rf"\((?:(?:(?:{_any('which-side')}) )?(?:{_any('side')})|[lr])\)", re.IGNORECASE)
_PICTURE = re.compile(
    r"\W*(?:foto|photo|caption|gambar|sumber foto|file photo|ilustrasi|infografis|tangkapan layar)(?: ilustrasi)?\s*[:|]\s*\S",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"(?:Ilustrasi|Tangkapan layar|File photo|Illustration)\b", re.IGNORECASE)
_CLOCK = re.compile(
    rf"\b(?:{_any('clock')}|{one_of(calendar.weekdays())}|{one_of(calendar.months(besides=False))})\b|[\d\W_]+", re.IGNORECASE
)
_SITE = re.compile(rf"{OUTLET}\s*[-–|,]")
_DAY = re.compile(r"\d{1,2}\D+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d\s*(?:wib|wita|wit|gmt|am|pm)", re.IGNORECASE)


def ends(line: str) -> bool:
    """Does the line end as a sentence does?"""
    return _FINAL.search(line[-8:]) is not None


def is_body(line: str) -> bool:
    """A line of reporting: it ends as a sentence does and is long enough to be one, or it opens with a dateline."""
    return (ends(line) and (len(line) > 60 or line.count(" ") >= 5)) or (len(line) > 60 and DATELINE.match(line) is not None)


def is_nav(line: str) -> bool:
    """The name of a section of a site, alone on its line."""
    return len(line) < 40 and _SECTION.fullmatch(line) is not None


def title_like(line: str) -> bool:
    """Most of its words of four letters and more have a capital, and it does not end as a sentence does."""
    long = list(re.findall(r"[^\W\d_]{4,}", line))
    return not ends(line) and bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)


def read_also(line: str) -> str | None:
    """The headline that a "read also" line gives, "" when it is to follow on the next line, None when it is no such line."""
    found = _READ_ALSO.fullmatch(line)
    if found:
        return found.group("headline").strip(" ])")
    return "" if len(line) < 30 and _READ_ALONE.fullmatch(line) else None


@lru_cache(maxsize=4096)
def rule(line: str) -> str:
    """The rule that this line alone falls under, "" for none. `line` is trimmed."""
    if len(line) > LONGEST:
        return ""
    if len(line) > _LABEL and not _suspect(line):
        return ""
    if not any(character.isalnum() for character in line):
        return "separator"
    headline = read_also(line)
    if headline is not None:
        return "" if _is_reporting(headline) else "read-also"
    reporting = ends(line) and _SPEECH.search(line) is not None
    for name, pattern in _RULES:
        if not reporting and pattern.fullmatch(line):
            return name
    if not reporting:
        if _FACT.match(line):
            return "fact-check"
        if _SYNDICATED.match(line):
            return "syndicated"
        if _CALL.match(line) and not _QUOTED.search(line):
            return "share"
    if len(line) < 90 and not ends(line) and _DAY.search(line) and not _CLOCK.sub("", _SITE.sub("", line)):
        return "timestamp"
    return "caption" if _caption(line) else ""


def _suspect(line: str) -> bool:
    """May a line longer than any label fall under a rule? Its first word, or a bracket at its end, would tell."""
    first = _FIRST.match(line)
    if first is not None and first.group(1).lower() in _FIRST_WORDS:
        return True
    return ("(" in line and not line.endswith((".", '."', ".”"))) or line.endswith(").")


def read_prefix(line: str) -> int:
    """Length of a "read also:" that is glued before reporting, 0 for none."""
    found = _READ_ALSO.fullmatch(line)
    if found is None or not _is_reporting(found.group("headline")):
        return 0
    glued = _READ_GLUED.match(line)
    return glued.end() if glued else 0


def _is_reporting(headline: str) -> bool:
    """What follows "read also" is reporting, not a headline: it ends as a sentence, at length, in small letters."""
    return len(headline) > 60 and headline.rstrip("\"”'’)").endswith(".") and not title_like(headline.rstrip(".\"”'’)"))


def _caption(line: str) -> bool:
    """A picture's line: a credit in brackets after words that do not end as a sentence, or (left) and (right) in one that does not."""
    bracket = line.rfind("(")
    credit = _CREDIT.match(line, bracket) if bracket >= 0 else None
    if credit:
        before = line[:bracket].rstrip()
        return not before or before[-1] not in '.!?…"”' or _PICTURE.match(line) is not None or _DRAWN.match(line) is not None
    if _PICTURE.match(line):
        return len(line) < 160 or not ends(line)
    return (
        not ends(line)
        and ". " not in line
        and (_SIDES.search(line) is not None or (len(line) < 120 and _DRAWN.match(line) is not None))
    )
