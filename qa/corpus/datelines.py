"""The dateline before the first sentence: place, outlet and day, of outlets that nobody listed.

    SUARA TIMUR, Bima -          Bima, Kabar Flores –          WARTA GAYO, Takengon (3/6/2024) -          Bima -

The outlet is recognised by a word that names of newspapers have; else by the article itself, which mentions the place later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qa.corpus.lines import DATELINE, is_body
from qa.language.lists import column
from qa.language.time.dates import find

if TYPE_CHECKING:
    from datetime import date

_LONGEST = 90  # characters of a dateline
_PART = r"[A-Z0-9][\w.'’/-]*(?: (?:[A-Z0-9][\w.'’/-]*|al|bin|de|dan|of|the)){0,4}"
_HEAD = re.compile(
    rf"(?P<first>{_PART})(?:\s*[,|]\s*(?P<second>{_PART}))?(?:\s*[,|]\s*(?P<third>{_PART}))?(?:,?\s*\((?P<aside>[^()\n]{{2,30}})\))?"
    r"(?:\s+[-–—]{1,2}\s*|\s*(?:--|[–—])\s+)(?=[\"“'‘(]?[A-Z0-9])"
)
_DAY = re.compile(r"\b\d{4}\b")
_WORD = re.compile(r"\w+")
_MOST_OF_ONE = 3  # words of a place that is alone before its dash


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The first `end` characters of a line, without the white space after them; outlet "" and day None where it does not say."""

    end: int
    outlet: str = ""
    published: date | None = None


def dateline(line: str, text: str) -> Dateline | None:
    """The dateline that a line of reporting opens with; `text` is the whole article."""
    known = DATELINE.match(line)
    if known and known.end() < len(line):
        name = known.group("outlet") or known.group("second") or known.group("agency") or ""
        lead = known.group().rstrip()
        return Dateline(end=len(lead), outlet=name or _alone(lead.rstrip(" -–—")), published=_day(lead))
    found = _HEAD.match(line) if is_body(line) else None
    if found is None or found.end() > _LONGEST:
        return None
    lead = found.group().rstrip()
    aside = found.group("aside") or ""
    parts = [
        part for part in (found.group("first"), found.group("second"), found.group("third")) if part and not _DAY.search(part)
    ]
    if not parts:
        return None
    # What is in the line itself after the dash, and in every other line, shows the place.
    rest = text.replace(lead, " ", 1)
    outlet = next((part for part in parts if newsy(part)), "")
    if not outlet and newsy(aside):
        outlet = aside
    if not outlet and len(parts) > 1:
        outlet = _by_the_place(parts, rest)
    day = _day(lead)
    sure = outlet or day or len(parts) > 1 or _a_place(parts[0], rest)
    return Dateline(end=len(lead), outlet=outlet, published=day) if sure else None


def newsy(name: str) -> bool:
    """Has a name a word that names of newspapers have, or is it a site's address?"""
    words = [word.lower() for word in _WORD.findall(name)]
    return bool(words) and (any(word in _words() for word in words) or words[-1] in {"com", "net", "news"})


def _alone(lead: str) -> str:
    return lead if newsy(lead) and len(lead.split()) > 1 else ""


def _by_the_place(parts: list[str], rest: str) -> str:
    """The one part of two words or more of which the article never speaks, beside a place; "" where that is unclear.

    A place is spoken of in the article, or it is a known region, or it alone is in capitals, as datelines print it.
    """
    silent = [part for part in parts if not _spoken_of(part, rest)]
    if len(silent) > 1:  # "KUPANG, Timor Raya -" over an article that does not repeat the town's name
        silent = [part for part in silent if not part.isupper() and not _is_region(part)]
    if len(parts) != 2 or len(silent) != 1:
        return ""
    (name,) = silent
    (place,) = (part for part in parts if part != name)
    if len(name.split()) == 1 or _is_region(name):
        return ""
    return "" if name.isupper() and (place.isupper() or place.lower() in _places()) else name


def _a_place(part: str, rest: str) -> bool:
    """Something happens there, and it is no country: "Rusia – Korea Utara" may begin a sentence."""
    if len(part.split()) > _MOST_OF_ONE or part.lower() in _countries():
        return False
    return re.search(rf"\b(?:di|ke|dari|kota|kabupaten|in|at|from|near)\s+{re.escape(part)}\b", rest, re.IGNORECASE) is not None


def _spoken_of(part: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(part)}\b", text, re.IGNORECASE) is not None


def _day(lead: str) -> date | None:
    days = [one.first for one in find(lead) if one.first == one.last] if _DAY.search(lead) else []
    return days[0] if days else None


@cache
def _words() -> frozenset[str]:
    return frozenset(column("outlet_words", "word"))


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        form
        for cell in (*column("exonyms", "indonesian", kind="country"), *column("exonyms", "english", kind="country"))
        for form in cell.split("|")
    )


@cache
def _places() -> frozenset[str]:
    """Countries and capitals: "KUALA LUMPUR, Malaysia -" names no outlet."""
    cities = (*column("exonyms", "indonesian", kind="city"), *column("exonyms", "english", kind="city"))
    return _countries() | {form for cell in cities for form in cell.split("|")}


def _is_region(name: str) -> bool:
    """Whether a name is of a region: "Flores Timur", "Rote Ndao", "Nusa Tenggara Barat", "New Jersey", "Amerika Serikat"."""
    words = name.lower().split()
    return words[-1] in _regions("last") or words[0] in _regions("first") or {" ".join(words)} <= (_regions("region") | _places())


@cache
def _regions(kind: str) -> frozenset[str]:
    return frozenset(column("regions", "name", kind=kind))
