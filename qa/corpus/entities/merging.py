"""The names of all articles joined to entities: one for each name under its spellings and the short forms that the archive explains.

Articles come one after another and only counts are kept. Two names become one entity where an article says so: it explains the short
form, or it uses the shorter beside the longer one. What two entities could claim is given to neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qa.corpus.entities.local import Named, key_of

Key = tuple[str, ...]
_NONE: frozenset[Key] = frozenset()
_NO_FORMS: Mapping[str, int] = MappingProxyType({})

SURE = 0.9  # share of a short form's explanations that must say the same
EXPLAINED = 0.05  # share of the articles with a short form that must explain it: one article's PT is another's Perseroan Terbatas
TWO = 2
COINED = 5  # letters from which a short form of a person is one's own ("Jokowi"); fewer must be explained in two articles
TOGETHER = 0.1  # share of the articles with a shorter name that have the longer one too, from which they are one
PLACED = 2  # mentions as a place from which a single word is taken for one


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedEntity:
    """Somebody or something that the archive names. `spellings` are its full forms and explained short forms, most frequent first.

    `short` are forms that only stand for it within an article ("Kim"); `kind` is "person", "place", "thing" or "" where nothing tells.
    """

    name: str
    key: Key
    kind: str
    mentions: int
    articles: int
    spellings: tuple[tuple[str, int], ...]
    short: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Gathered:
    articles: list[int]  # the numbers of those that have it; repeated where names were joined
    spellings: dict[str, int] = field(default_factory=dict)
    short: Mapping[str, int] = field(default_factory=lambda: _NO_FORMS)  # most names have one spelling and no other form
    explained: Mapping[str, int] = field(default_factory=lambda: _NO_FORMS)
    person: int = 0
    place: int = 0
    thing: int = 0
    opens: int = 0  # articles in which it only opens sentences
    governed: int = 0  # articles in which each time an office precedes it that goes with a place

    def take(self, other: _Gathered) -> None:
        for form, count in other.spellings.items():
            self.spellings[form] = self.spellings.get(form, 0) + count
        self.short = _with(self.short, other.short)
        self.explained = _with(self.explained, other.explained)
        self.person += other.person
        self.place += other.place
        self.thing += other.thing
        self.opens += other.opens
        self.governed += other.governed
        self.articles.extend(other.articles)


class Merging:
    """Takes the names of each article, and then says which of them are one."""

    def __init__(self) -> None:
        self._articles = 0
        self._by_key: dict[Key, _Gathered] = {}
        self._long_of: dict[Key, Counter[Key]] = defaultdict(Counter)  # explained short form -> long forms
        self._within: dict[Key, Counter[Key]] = defaultdict(Counter)  # a name of several words -> longer ones of the same article

    def add(self, found: Iterable[Named]) -> None:
        """The names of one article."""
        number = self._articles
        self._articles += 1
        for one in found:
            key = key_of(one.name)
            kept = self._by_key.get(key)
            if kept is None:
                kept = self._by_key[key] = _Gathered([number])
            else:
                kept.articles.append(number)
            kept.opens += one.opens
            kept.governed += one.governed
            kept.person += one.person
            kept.place += one.place
            kept.thing += one.thing
            explained = {key_of(form) for form in one.short} if one.short else _NONE
            for form, count in one.forms:
                own = key_of(form)
                if own == key:
                    kept.spellings[form] = kept.spellings.get(form, 0) + count
                elif own in explained:
                    kept.explained = _with(kept.explained, {form: count})
                    self._long_of[own][key] += 1
                else:
                    kept.short = _with(kept.short, {form: count})
                    if len(own) > 1:
                        self._within[own][key] += 1

    def joined(self) -> tuple[dict[Key, Key], list[MergedEntity]]:
        """(key of a name -> key of its entity, for names that are not their own; the entities, those of most articles first)."""
        home: dict[Key, Key] = {}
        for short, longs in self._long_of.items():
            long, count = longs.most_common(1)[0]
            alone = len(self._by_key[short].articles) if short in self._by_key else 0
            known = (
                _kind(self._by_key[long]) != "person" or len(short[0]) >= COINED or count > 1
            )  # "Ari" of Athari is many people
            if known and count >= max(SURE * longs.total(), EXPLAINED * (alone + count)) and not self._is_other(short, long):
                home[short] = long
        for key in self._by_key:
            if (
                len(key) == 1
                and key[0].isupper()
                and key not in self._long_of
                and (plain := (key[0].casefold(),)) in self._by_key
            ):
                home[key] = plain  # "BALI" in a headline
        behind_places = self._behind_places()
        home |= behind_places | self._tails()
        for shorter, longer in self._within.items():
            if shorter in self._by_key and shorter not in home and len(longer) == 1:
                ((long, together),) = longer.items()
                if self._people(shorter, long) and together >= TOGETHER * len(self._by_key[shorter].articles):
                    home[shorter] = long
        home = {key: end for key in home if (end := _end(home, key)) != key}
        gathered = {key: one for key, one in self._by_key.items() if key not in home}
        for key, end in home.items():
            if key in self._by_key:
                whole = gathered.get(end)
                if whole is None or whole is self._by_key.get(end):  # what was counted is not changed: more articles may come
                    whole = gathered[end] = _copy(self._by_key.get(end))
                whole.take(_last(self._by_key[key], len(end)) if behind_places.get(key) == end else self._by_key[key])
        placed = self._places()
        sure = {key: one for key, one in gathered.items() if one.opens < len(one.articles)}  # "Nah" is never inside a sentence
        entities = [_entity(key, one, placed) for key, one in sure.items()]
        entities.sort(key=lambda each: (-each.articles, -each.mentions, each.key))
        return home, entities

    def _tails(self) -> dict[Key, Key]:
        """Names with something before them that is none of theirs ("Liverpool Jurgen Klopp") -> the names.

        What precedes must be a place, a body or initials wherever the archive has it alone, and the rest named in more articles.
        """
        found: dict[Key, Key] = {}
        for key, one in self._by_key.items():
            if len(key) < 3 or one.place + one.thing > one.person:
                continue
            for start in range(1, len(key) - 1):
                tail = self._by_key.get(key[start:])
                if tail is None or len(tail.articles) <= len(one.articles) or _kind(tail) != "person":
                    continue
                if all(self._no_first_name(word) for word in key[:start]):
                    found[key] = key[start:]
                    break
        return found

    def _behind_places(self) -> dict[Key, Key]:
        """Names with the place of their bearer's office before them ("Wali Kota Lamura Nita Sagala") -> the names, wherever the archive has the place.

        A place is what the archive uses as one, alone or behind its kind ("Kota Lamura"), or what the holders of several offices have before
        their names. Where somebody is called by the first words alone they are no place: "Wali Kota Bima Arya Sugiarto".
        """
        behind = [key for key, one in self._by_key.items() if len(key) > TWO and one.governed == len(one.articles) and one.person]
        heads = Counter(key[:length] for key in behind for length in range(1, len(key) - 1))
        places = {key for key, one in self._by_key.items() if one.place > one.person}
        places |= {key[1:] for key in places if len(key) > 1}  # "Kota Lembayu" is Lembayu
        found: dict[Key, Key] = {}
        for key in behind:
            for length in range(len(key) - 2, 0, -1):
                head, called = key[:length], self._by_key.get(key[: length + 1])
                if called is not None and called.person and not called.governed:
                    continue
                if head in places or (heads[head] >= TWO and heads[key[: length + 1]] < heads[head]):
                    found[key] = key[length:]
                    break
        return found

    def _no_first_name(self, word: str) -> bool:
        alone = self._by_key.get((word,))
        if alone is None:
            return (word.upper(),) in self._by_key
        return alone.place + alone.thing > alone.person

    def _is_other(self, short: Key, long: Key) -> bool:
        """Is a short form also somebody's own name, of another kind than the long one's?"""
        alone = self._by_key.get(short)
        return alone is not None and _kind(alone) == "place" and _kind(self._by_key[long]) == "person"

    def _people(self, shorter: Key, longer: Key) -> bool:
        return _kind(self._by_key[shorter]) == "person" and _kind(self._by_key[longer]) == "person"

    def _places(self) -> frozenset[str]:
        """Single words that are used as places and not as people."""
        return frozenset(
            key[0] for key, one in self._by_key.items() if len(key) == 1 and one.place >= PLACED and one.place > one.person
        )


def _with(counted: Mapping[str, int], more: Mapping[str, int]) -> Mapping[str, int]:
    """Both counts in one; the first is changed where it is a dictionary already."""
    if not more:
        return counted
    both = counted if isinstance(counted, dict) else dict(counted)
    for form, count in more.items():
        both[form] = both.get(form, 0) + count
    return both


def _end(home: Mapping[Key, Key], key: Key) -> Key:
    seen = {key}
    while (to := home.get(key)) is not None and to not in seen:
        seen.add(to)
        key = to
    return key


def _copy(one: _Gathered | None) -> _Gathered:
    made = _Gathered([])
    if one is not None:
        made.take(one)
    return made


def _last(one: _Gathered, words: int) -> _Gathered:
    """What was counted of a name, as of its last words."""
    made = _copy(one)
    made.spellings = {}
    for form, count in one.spellings.items():
        tail = " ".join(form.split()[-words:])
        made.spellings[tail] = made.spellings.get(tail, 0) + count
    return made


def _kind(one: _Gathered) -> str:
    """The kind that most mentions speak for."""
    count, kind = max((one.person, "person"), (one.place, "place"), (one.thing, "thing"))
    return kind if count else ""


def _entity(key: Key, one: _Gathered, placed: frozenset[str]) -> MergedEntity:
    spelt = dict(one.spellings)
    own = [(count, form) for form, count in spelt.items() if key_of(form) == key]
    for form, count in one.explained.items():
        spelt[form] = spelt.get(form, 0) + count
    short = {form: count for form, count in one.short.items() if not set(key_of(form)) <= placed}
    spellings = _ordered(spelt)
    return MergedEntity(
        name=max(own)[1] if own else spellings[0][0] if spellings else " ".join(key),
        key=key,
        kind=_kind(one),
        mentions=sum(spelt.values()) + sum(short.values()),
        articles=len(set(one.articles)),
        spellings=spellings,
        short=_ordered(short),
    )


def _ordered(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The most frequent first, of equals in alphabetical order."""
    if len(counted) < TWO:
        return tuple(counted.items())
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
