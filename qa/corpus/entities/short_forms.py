"""Which name of an article a shorter form belongs to: a surname to the full name that has it, "Liverpool Jurgen Klopp" to Jurgen Klopp.

What two names could claim belongs to neither, and a form that is used as a place or with another office is none of a person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Key = tuple[str, ...]


@dataclass(slots=True)
class Local:
    """A name as one article has it so far: its forms, what their surroundings say of it, and how it is mentioned."""

    key: tuple[str, ...]
    forms: dict[str, int] = field(default_factory=dict)  # how often each is mentioned
    person: int = 0  # mentions that speak for one, see NameMention
    place: int = 0
    thing: int = 0
    offices: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    glued: int = 0  # mentions that an office opens, see NameMention
    governed: int = 0  # ... by an office that goes with a place or a club
    leads: int = 0  # mentions whose first word opens a sentence and is in a dictionary

    def add(self, other: Local) -> None:
        """Counts another spelling's mentions to this name's."""
        for form, count in other.forms.items():
            self.forms[form] = self.forms.get(form, 0) + count
        self.person += other.person
        self.place += other.place
        self.thing += other.thing
        self.short |= other.short


def tails(locals_: dict[tuple[str, ...], Local]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Runs with a place, a club or a common noun before the name -> the name, where the article has it alone too.

    "pelatih Liverpool Jurgen Klopp" is Jurgen Klopp where Liverpool is used as a place or a club; "Ibu Negara Iriana Joko Widodo" is not
    Joko Widodo.
    """
    found = {}
    for one in [each for each in locals_.values() if len(each.key) > 2 and not each.place + each.thing]:
        total = sum(one.forms.values())
        glued, leads = one.glued == total, one.leads == total
        for start in range(1, len(one.key) - 1):
            head = [locals_.get((word,)) for word in one.key[:start]]
            if any(alone is not None and alone.person for alone in head):
                break
            tail = locals_.get(one.key[start:])
            speaks = _speaks(locals_.get(one.key[-1:])) or _speaks(locals_.get(one.key[start : start + 1]))
            placed = glued and all(alone is not None and alone.place + alone.thing for alone in head)
            apart = placed or (tail is not None and one.governed == total)
            if tail is None and speaks and (placed or (leads and start == 1)):
                tail = _cut(one, start)
                locals_[tail.key] = tail
            if tail is None or not ((apart and tail.person) or (leads and start == 1)):
                continue
            found[one.key] = tail.key
            break
    return found


def home(one: Local, with_word: dict[str, list[Local]]) -> tuple[str, ...] | None:
    """Which name a form belongs to: itself, one longer name, or none where two longer ones have it."""
    candidates = [
        other
        for other in with_word.get(one.key[0], ())  # of most names none
        if len(other.key) > len(one.key) and (_extends(one.key, other.key) if len(one.key) > 1 else one.key[0] in other.key)
    ]
    if not candidates:
        return one.key
    people = [other for other in candidates if not (other.thing or other.place > other.person)]
    if len(one.key) == 1 and next(iter(one.forms)).isupper():
        return one.key  # "KPK" is no part of "KPK Banten"
    if not people or one.place > one.person or one.thing:
        return one.key
    if len({_longest(people, other).key for other in people}) > 1:
        # "Widodo" beside Joko Widodo and Widodo Makmur is left open; "Indonesia" beside Bank Indonesia is itself
        return None if one.person else one.key
    other = _longest(people, people[0])
    speaks = one.person > 0
    alone = other.glued < sum(other.forms.values())  # "pelatih Liverpool Jurgen Klopp" only occurs glued
    ends = one.key == other.key[-len(one.key) :]
    surname = (ends or (alone and len(one.key) == 1)) and other.person > 0
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
    return one is not None and one.person > 0


def _cut(one: Local, start: int) -> Local:
    """The end of a name, from its word number `start` on: its last words stand for it in the article."""
    form = " ".join(next(iter(one.forms)).split()[start:])
    return Local(one.key[start:], forms={form: 0}, person=1)
