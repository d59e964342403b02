"""An earlier question asked again of something else: "bagaimana dengan April?", "kalau Putin?", "di Jawa Timur?"."""

from __future__ import annotations

import re

from qa.language import calendar, lists
from qa.language.conversation import mentions
from qa.language.conversation.mentions import PLACE_PREPOSITIONS, Name, TurnSummary
from qa.language.lists import one_of
from qa.language.text.words import words

_MONTH = rf"(?:{one_of(calendar.months(*calendar.PRINTED))})"
# Ways of naming a time; a new one takes the place of an old one of the same kind.
_TIMES = tuple(
    re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for pattern in (
        rf"(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{4}})?",
        r"(?:tahun\s+)?(?:19|20)\d{2}",
        lists.alternatives("phrases", "relative-time"),
        rf"(?:hari\s+)?(?:{one_of(calendar.weekdays(*calendar.PRINTED))})",
    )
)
_ARTICLES = re.compile(r"^(?:pada|di|in|on|for|untuk|the|dengan|with)\s+", re.IGNORECASE)


def exchanged(last: TurnSummary, rest: str) -> str:
    """The earlier question with what `rest` names in the place of its counterpart; joined where it has none."""
    rest = rest.strip(" ?.!,")
    earlier = last.question
    for kind in _TIMES:
        new, old = kind.search(rest), kind.search(earlier)
        if new and old:
            return f"{earlier[: old.start()]}{new.group()}{earlier[old.end() :]}"
    slot = None if _is_time(rest) else _slot(last, rest)
    if slot is None:
        return f"{earlier.rstrip(' ?.!')} {rest}?"
    start, end, text = slot
    return f"{earlier[:start]}{text}{earlier[end:]}"


def _is_time(rest: str) -> bool:
    found = next((match for kind in _TIMES if (match := kind.search(rest))), None)
    return bool(found) and not mentions.found(rest[: found.start()] if found else "", brief=True)


def _slot(last: TurnSummary, rest: str) -> tuple[int, int, str] | None:
    """(start, end, words to put there) of the name in the earlier question that `rest` replaces."""
    if not last.asked:
        return None
    first = words(rest)[0][0].casefold() if words(rest) else ""
    bare = _ARTICLES.sub("", rest)
    if not any(character.isupper() or character.isdigit() for character in bare):
        return None  # a common noun narrows the question; it names no other subject
    new = mentions.found(rest, [bare], brief=True)
    head = new[0] if new else None
    for name in last.asked:  # "Stasiun Tanah Abang" after "Stasiun Manggarai", "lawan Panama" after "melawan Maroko"
        noun = name.whole.split()[0].casefold()
        if " " in name.whole and noun == first:
            return name.start - (len(name.head) + 1 if name.head else 0), name.end, rest
        if name.before and first and first != bare.casefold() and name.before.endswith(first):
            return name.start, name.end, rest[len(first) :].strip()
    beside = first in {"dengan", "with"}  # "kalau dengan Putin?": not who acts, but with whom
    best = max(last.asked, key=lambda name: (_alike(name, head, first, bare), name.start if beside else -name.start))
    text = rest[len(first) :].strip() if first in PLACE_PREPOSITIONS and best.before == first and not best.head else bare
    return best.start, best.end, text


def _alike(name: Name, new: Name | None, first: str, bare: str) -> int:
    """How much a name of the earlier question is of the new one's form."""
    located = name.before in PLACE_PREPOSITIONS
    score = 4 * (located == (first in PLACE_PREPOSITIONS))
    score += 2 * ((" " in name.text) == (" " in bare))
    return score + 2 * (new is not None and new.role == name.role)
