"""From whom an article has it: "melansir BBC", "seperti dilansir The Guardian yang mengutip Reuters", "as reported by Reuters"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGENCY = (
    r"(?:(?:kantor\s+berita|media|stasiun\s+(?:tv|televisi)|televisi|koran|surat\s+kabar|harian|majalah|situs|laman|portal|akun|"
    r"laporan|keterangan|news\s+agency|state\s+media|broadcaster|newspaper)\s+)"
)
_LAND = r"(?:(?:pemerintah|resmi|berita|setempat|lokal|asing|negara|nasional|online|daring|milik|Rusia|Korea\s+\w+|Jepang|China|Tiongkok|Inggris|AS|Amerika(?:\s+Serikat)?|Malaysia|Thailand|Arab\s+Saudi|Iran|Turki|India|Australia|Prancis|Jerman|Italia|Spanyol|Israel)\s+)"
_NAME = r"(?P<name>(?:The\s+|Al[ -])?[A-Z0-9][\w&'’]*(?:[.-]\w+)*(?:\s+(?!Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[A-Z0-9][\w&'’]*(?:[.-]\w+)*){0,4})"
_RELAY = re.compile(
    rf"(?:\b(?:[Mm]elansir|[Dd]ilansir|[Dd]ikutip|[Mm]engutip|[Dd]ilaporkan|[Dd]iberitakan|[Dd]isadur|[Mm]enukil|[Dd]inukil|[Mm]enyadur)"
    rf"(?:\s+(?:dari|oleh|melalui|via))?|"
    rf"\b(?:[Mm]enurut|[Dd]ari)\s+(?:laporan|pemberitaan|kantor\s+berita|media)(?:\s+(?:dari|oleh))?|"
    rf"\b(?:[Rr]eported\s+by|[Aa]ccording\s+to\s+(?:the\s+)?(?:news\s+agency|state\s+media)|[Cc]iting|[Qq]uoting|[Qq]uoted\s+by|[Vv]ia))\s+"
    rf"{_AGENCY}?{_LAND}{{0,2}}{_AGENCY}?{_NAME}"
)
_REPORTS = re.compile(
    rf"(?:{_AGENCY}{_LAND}{{0,2}}{_NAME}|(?P<own>(?:The\s+)?[A-Z][\w&'’]*(?:[.-]\w+)*(?:\s+[A-Z][\w&'’]*(?:[.-]\w+)*){{0,3}}))"
    r"\s+(?:melaporkan|mewartakan|memberitakan|reported|reports)\b"
)
_MEDIA = re.compile(
    r"(?:(?:News|Post|Times|Media|TV|Today|Guardian|Journal|Press|Daily|Herald|Tribune|Radio|Reuters|Bloomberg)\b|Prima[A-Z]\w+|\.(?:com|co|id|net|org)\b|^[A-Z]{2,5}$)"
)
_CUES = ("lansir", "kutip", "lapor", "berita", "sadur", "nukil", "media", "warta", "report", "according", "citing", "quot", "via")
"""What stands, in small letters, in every text that names a source: looking for it is far cheaper than looking for one."""
_TAIL = re.compile(r"\s+(?:pada|yang|di|dalam|melalui|dan|on|in)$")
_DOMAIN = re.compile(r"\.(?:com|co\.id|co|id|net|org|tv|news)$")


@dataclass(frozen=True, slots=True)
class Relay:
    """text[start:end] says that what is told comes from `source`."""

    start: int
    end: int
    source: str


def relays(text: str) -> list[Relay]:
    """Every source that a text names for what it tells, in order.

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
