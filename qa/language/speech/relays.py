"""From whom an article has it: "melansir BBC", "seperti dilansir The Guardian yang mengutip Reuters", "as reported by Reuters"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.language import calendar, lists
from qa.language.lists import one_of

_AGENCY = rf"(?:(?:{lists.alternatives('phrases', 'newsroom')})\s+)"
_LAND = rf"(?:(?:{lists.alternatives('phrases', 'newsroom-of')})\s+)"
_WEEKDAYS = one_of(day.capitalize() for day in calendar.weekdays("full"))
_NAME = rf"(?P<name>(?:The\s+|Al[ -])?[A-Z0-9][\w&'’]*(?:[.-]\w+)*(?:\s+(?!{_WEEKDAYS})[A-Z0-9][\w&'’]*(?:[.-]\w+)*){{0,4}})"
_RELAY = re.compile(
    rf"(?:\b(?:{lists.alternatives('phrases', 'relay')})(?:\s+(?:dari|oleh|melalui|via))?|"
    rf"\b(?:[Mm]enurut|[Dd]ari)\s+(?:laporan|pemberitaan|kantor\s+berita|media)(?:\s+(?:dari|oleh))?|"
    rf"\b(?:{lists.alternatives('phrases', 'relay-english')}))\s+"
    rf"{_AGENCY}?{_LAND}{{0,2}}{_AGENCY}?{_NAME}"
)
_REPORTS = re.compile(
    rf"(?:{_AGENCY}{_LAND}{{0,2}}{_NAME}|(?P<own>(?:The\s+)?[A-Z][\w&'’]*(?:[.-]\w+)*(?:\s+[A-Z][\w&'’]*(?:[.-]\w+)*){{0,3}}))"
    r"\s+(?:melaporkan|mewartakan|memberitakan|reported|reports)\b"
)
_MEDIA = re.compile(rf"(?:(?:{one_of(lists.cue('newsroom-name'))})\b|Prima[A-Z]\w+|\.(?:com|co|id|net|org)\b|^[A-Z]{{2,5}}$)")
_CUES = ("lansir", "kutip", "lapor", "berita", "sadur", "nukil", "media", "warta", "report", "according", "citing", "quot", "via")
"""What every text that names a source: looking for it is far cheaper than looking for one."""
_TAIL = re.compile(r"\s+(?:pada|yang|di|dalam|melalui|dan|on|in)$")
_DOMAIN = re.compile(r"\.(?:com|co\.id|co|id|net|org|tv|news)$")


@dataclass(frozen=True, slots=True)
class Relay:
    """text[start:end] names `source` as where the report comes from."""

    start: int
    end: int
    source: str


def relays(text: str) -> list[Relay]:
    """Every source that a text names for its report, in order.

    In a chain ("The Guardian yang mengutip Reuters") each link is one; the last is where it comes from.
    """
    small = text.lower()
    if not any(cue in small for cue in _CUES):
        return []
    found = [Relay(match.start(), match.end("name"), match["name"].rstrip(".,")) for match in _RELAY.finditer(text)]
    for match in _REPORTS.finditer(text):
        name = match["name"] or match["own"]
        if match["own"] and not _MEDIA.search(name):  # "Korea Selatan melaporkan": no newsroom
            continue
        found.append(Relay(match.start(), match.end(), name.rstrip(".,")))
    return sorted(set(found), key=lambda each: each.start)


def origin(text: str) -> str:
    """The source at the end of the chain that a text names first, "" where it names none."""
    chain = relays(text)
    if not chain:
        return ""
    last = chain[0]
    for link in chain[1:]:
        if text[last.end : link.start].strip() not in {"yang", "which", "that", ","}:
            break
        last = link
    return last.source


def outlet_key(name: str) -> str:
    """One spelling of an outlet's name: "Kompas.com" and "KOMPAS" are one."""
    return _DOMAIN.sub("", name.casefold().strip()).removeprefix("the ").replace(" ", "")
