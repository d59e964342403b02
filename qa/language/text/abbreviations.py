"""Short forms that Indonesian newspapers print for names and offices: "AS" is Amerika Serikat, "Menlu" is the Menteri Luar Negeri.

One article prints one, another the other, so a text that has either is read as having both. Only forms that stand for one thing in
the news are expanded (data/abbreviations.tsv); they count as written (capitals, or a capital first), for "as" and "ma" are words too.
"""

from __future__ import annotations

import re
from functools import cache

from qa.language import lists


def others(text: str) -> tuple[tuple[str, str], ...]:
    """(what the text says, what else it is called) for each short form and each full form in it, in order of place.

    >>> others("Menlu AS tiba di Korea Utara")
    (('Menlu', 'Menteri Luar Negeri'), ('AS', 'Amerika Serikat'), ('Korea Utara', 'Korut'))
    """
    full, short = _tables()
    pattern = _pattern()
    return tuple(
        (form, full[form] if form in full else short[" ".join(form.casefold().split())])
        for form in (match.group() for match in pattern.finditer(text))
    )


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    full = dict(lists.mapping("abbreviations", "short", "full", use="expand"))
    short: dict[str, str] = {}
    for brief, long in full.items():
        short.setdefault(long.casefold(), brief)
    return full, short


@cache
def _pattern() -> re.Pattern[str]:
    full, short = _tables()
    long = sorted((re.escape(words).replace(r"\ ", r"\s+") for words in short), key=len, reverse=True)
    return re.compile(rf"\b(?:(?i:{'|'.join(long)})|{'|'.join(sorted(full, key=len, reverse=True))})\b")
