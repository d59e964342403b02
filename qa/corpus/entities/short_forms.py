"""Which name of an article a shorter form belongs to: a surname to the full name that has it, "Liverpool Jurgen Klopp" to Jurgen Klopp.

What two names could claim belongs to neither, and a form that is used as a place or with another office is none of a person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

Key = tuple[str, ...]


@dataclass(slots=True)
class Local:
    """A name as one article has it so far: its forms, what their surroundings say of it, and how it is mentioned."""

    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    offices: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    glued: int = 0  # mentions that an office opens, see NameMention
    governed: int = 0  # ... by an office that goes with a place or a club
    leads: int = 0  # mentions whose first word opens a sentence and is in a dictionary


def tails(locals_: dict[tuple[str, ...], Local]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Runs with a place, a club or a common noun before the name -> the name, where the article has it alone too.

    "pelatih Liverpool Jurgen Klopp" is Jurgen Klopp where Liverpool is used as a place or a club; "Ibu Negara Iriana Joko Widodo" is not
    Joko Widodo.
    """
    found = {}
    for one in [each for each in locals_.values() if len(each.key) > 2 and not each.evidence["place"] + each.evidence["thing"]]:
        glued, leads = one.glued == one.forms.total(), one.leads == one.forms.total()
        for start in range(1, len(one.key) - 1):
            head = [locals_.get((word,)) for word in one.key[:start]]
            if any(alone is not None and alone.evidence["person"] for alone in head):
                break
            tail = locals_.get(one.key[start:])
            speaks = _speaks(locals_.get(one.key[-1:])) or _speaks(locals_.get(one.key[start : start + 1]))
            placed = glued and all(alone is not None and alone.evidence["place"] + alone.evidence["thing"] for alone in head)
            apart = placed or (tail is not None and one.governed == one.forms.total())
            if tail is None and speaks and (placed or (leads and start == 1)):
                tail = _cut(one, start)
                locals_[tail.key] = tail
            if tail is None or not ((apart and tail.evidence["person"]) or (leads and start == 1)):
                continue
            found[one.key] = tail.key
            break
    return found


def home(one: Local, with_word: dict[str, list[Local]]) -> tuple[str, ...] | None:
    """Which name a form belongs to: itself, one longer name, or none where two longer ones have it."""
    candidates = [
        other
        for other in with_word.get(one.key[0], ())
        if len(other.key) > len(one.key) and (_extends(one.key, other.key) if len(one.key) > 1 else one.key[0] in other.key)
    ]
    if not candidates:
        return one.key
    people = [
        other for other in candidates if not (other.evidence["thing"] or other.evidence["place"] > other.evidence["person"])
    ]
    if len(one.key) == 1 and next(iter(one.forms)).isupper():
        return one.key  # "KPK" is no part of "KPK Banten"
    if not people or one.evidence["place"] > one.evidence["person"] or one.evidence["thing"]:
        return one.key
    if len({_longest(people, other).key for other in people}) > 1:
        # "Widodo" beside Joko Widodo and Widodo Makmur is left open; "Indonesia" beside Bank Indonesia is itself
        return None if one.evidence["person"] else one.key
    other = _longest(people, people[0])
    speaks = one.evidence["person"] > 0
    alone = other.glued < sum(count for form, count in other.forms.items())  # "pelatih Liverpool Jurgen Klopp" only occurs glued
    ends = one.key == other.key[-len(one.key) :]
    surname = (ends or (alone and len(one.key) == 1)) and other.evidence["person"] > 0
    if not (speaks or surname):
        return one.key  # nothing says that it is the person: "Madrid" is not Real Madrid, "Liverpool" not Jurgen Klopp
    if one.offices and other.offices and not one.offices & other.offices:
        return one.key if len(one.key) > 1 else None
    return other.key


def _longest(people: Sequence[Local], one: Local) -> Local:
    """The longest of the names that begin as `one` does and have its words in their order."""
    return max((other for other in people if other is one or _extends(one.key, other.key)), key=lambda other: len(other.key))


def _extends(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Does a longer name begin as the shorter one does? What has words before it is another's: Iriana Joko Widodo is not Joko Widodo."""
    return short[0] == long[0] and _shortens(short, long)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Does `long` have the words of `short` in their order?"""
    rest = iter(long)
    return all(word in rest for word in short)


def initialled(one: Local, with_word: dict[str, list[Local]]) -> list[Local]:
    """The fuller forms of "M Budiana": "Mochamad Budiana" has its last words and its letter."""
    if len(one.key) < 2 or len(one.key[0]) > 1:
        return []
    return [
        other
        for other in with_word.get(one.key[-1], ())
        if other is not one
        and len(other.key) == len(one.key)
        and other.key[1:] == one.key[1:]
        and other.key[0].startswith(one.key[0])
    ]


def _speaks(one: Local | None) -> bool:
    return one is not None and one.evidence["person"] > 0


def _cut(one: Local, start: int) -> Local:
    """The end of a name, from its word number `start` on: its last words stand for it in the article."""
    form = " ".join(next(iter(one.forms)).split()[start:])
    return Local(one.key[start:], forms=Counter({form: 0}), evidence=Counter({"person": 1}))
