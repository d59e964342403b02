"""Where the words that name a speaker end, after the verb: "ujar Kepala BPBD Kosrudin saat dikonfirmasi" -> "Kepala BPBD Kosrudin"."""

from __future__ import annotations

import re

from qa.language import calendar, lists
from qa.language.annotate.people import _only_name, _speaks_of_office, institution, parted
from qa.language.lists import one_of

_WEEKDAYS = one_of(day.capitalize() for day in calendar.weekdays(*calendar.PRINTED))
_STOP = re.compile(
    rf"\s+(?:{lists.alternatives('phrases', 'after-speaker')})\b|\s+(?:{_WEEKDAYS})\b"
    r"|\s+\((?=\d)|[;:\n]|(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.(?:\s|$)"
)
_PLACE = re.compile(r"\s+di\s+[A-Z]")


def speaker_phrase(rest: str) -> str:
    """The noun phrase that `rest` opens with, an apposition of name and office kept together; "" where there is none."""
    rest = rest.lstrip(" ,")
    stop = _STOP.search(rest)
    head = rest[: stop.start()] if stop else rest
    head = head.strip(' ."”“')
    segments = [part.strip() for part in head.split(",")]
    if not segments or not segments[0]:
        return ""
    taken = segments[0]
    for number in range(1, min(4, len(segments))):
        if _only_name(segments[number]) and (number > 1 or _speaks_of_office(segments[0])) and _speaks_of_office(segments[0]):
            taken = ", ".join(segments[: number + 1])
            break
        if number == 1 and _only_name(segments[0]) and _speaks_of_office(segments[1]):
            taken = ", ".join(segments[:2])
            break
        if place := _PLACE.search(segments[number]):
            if _only_name(segments[number][: place.start()]) and (_speaks_of_office(segments[0]) or len(segments[0].split()) > 2):
                taken = ", ".join([*segments[:number], segments[number][: place.start()]])
            break
    for place in reversed(list(_PLACE.finditer(taken))):
        left, right = taken[: place.start()], taken[place.end() - 1 :].split()[0]
        if parted(left)[1] and not institution(right):
            taken = left
    return taken if len(taken.split()) <= 18 else ""
