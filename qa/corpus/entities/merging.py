"""The names of all articles joined to entities: one for each name under its spellings and the short forms that the archive explains.

Articles come one after another and only counts are kept. Two names become one entity where an article says so: it explains the short
form, or it uses the shorter beside the longer one. What two entities could claim is given to neither.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qa.corpus.entities.local import Named, key_of
from qa.language.text.roots import dictionary_word

Key = tuple[str, ...]

SURE = 0.9  # share of a short form's explanations that must say the same
EXPLAINED = 0.05  # share of the articles with a short form that must explain it: one article's PT is another's Perseroan Terbatas
SHORTEST = 3  # letters from which a short form can be one's own
TWICE = 2
COINED = 5  # letters from which a short form of a person is one's own ("Jokowi"); fewer must be explained in two articles
TOGETHER = 0.1  # share of the articles with a shorter name that have the longer one too, from which they are one
PLACED = 2  # mentions as a place from which a single word is taken for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
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
    spellings: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    person: int = 0
    place: int = 0
    thing: int = 0
    articles: array[int] = field(default_factory=lambda: array("L"))  # the numbers of those that have it

    def take(self, other: _Gathered) -> None:
        self.spellings.update(other.spellings)
        self.short.update(other.short)
        self.explained.update(other.explained)
        self.person += other.person
        self.place += other.place
        self.thing += other.thing
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
            kept = self._by_key.setdefault(key, _Gathered())
            kept.articles.append(number)
            kept.person += one.person
            kept.place += one.place
            kept.thing += one.thing
            explained = {key_of(form) for form in one.short}
            for form, count in one.forms:
                own = key_of(form)
                if own == key:
                    kept.spellings[form] += count
                elif own in explained:
                    kept.explained[form] += count
                    self._long_of[own][key] += 1
                else:
                    kept.short[form] += count
                    if len(own) > 1:
                        self._within[own][key] += 1

    def joined(self) -> tuple[dict[Key, Key], list[Entity]]:
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
        home |= self._tails()
        for shorter, longer in self._within.items():
            if shorter in self._by_key and shorter not in home and len(longer) == 1:
                ((long, together),) = longer.items()
                if self._people(shorter, long) and together >= TOGETHER * len(self._by_key[shorter].articles):
                    home[shorter] = long
        home = {key: end for key in home if (end := _end(home, key)) != key}
        gathered: dict[Key, _Gathered] = {}
        for key, one in self._by_key.items():
            end = home.get(key, key)
            if end in gathered:
                gathered[end].take(one)
            else:
                gathered[end] = _copy(one)
        placed = self._places()
        entities = [_entity(key, one, placed) for key, one in gathered.items()]
        entities.sort(key=lambda each: (-each.articles, -each.mentions, each.key))
        return home, entities

    def _tails(self) -> dict[Key, Key]:
        """Names with something before them that is none of theirs ("Liverpool Jurgen Klopp") -> the names.

        What stands before must be a place, a body or initials wherever the archive has it alone, and the rest named in more articles.
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

    def _no_first_name(self, word: str) -> bool:
        alone = self._by_key.get((word,))
        if alone is None:
            return (word.upper(),) in self._by_key
        return alone.place + alone.thing > alone.person

    def _anyones(self, short: Key, long: Key, explained: int) -> bool:
        """Is a short form that some article explains too common to be one's own elsewhere: two letters, a word, a first name?"""
        if len(short[0]) < SHORTEST or (len(short) == 1 and dictionary_word(short[0]) and short[0].islower()):
            return True
        return _kind(self._by_key[long]) == "person" and len(short[0]) < COINED and explained < TWICE  # "Ari" of Athari

    def _is_other(self, short: Key, long: Key) -> bool:
        """Is a short form also somebody's own name, of another kind than the long one's?"""
        alone = self._by_key.get(short)
        return alone is not None and _kind(alone) == "place" and _kind(self._by_key[long]) == "person"

    def _people(self, shorter: Key, longer: Key) -> bool:
        return _kind(self._by_key[shorter]) == "person" and _kind(self._by_key[longer]) == "person"

    def _places(self) -> frozenset[str]:
        """Single words that stand as places and not as people."""
        return frozenset(
            key[0] for key, one in self._by_key.items() if len(key) == 1 and one.place >= PLACED and one.place > one.person
        )


def _end(home: Mapping[Key, Key], key: Key) -> Key:
    seen = {key}
    while (to := home.get(key)) is not None and to not in seen:
        seen.add(to)
        key = to
    return key


def _copy(one: _Gathered) -> _Gathered:
    made = _Gathered()
    made.take(one)
    return made


def _kind(one: _Gathered) -> str:
    """The kind that most mentions speak for."""
    count, kind = max((one.person, "person"), (one.place, "place"), (one.thing, "thing"))
    return kind if count else ""


def _entity(key: Key, one: _Gathered, placed: frozenset[str]) -> Entity:
    spelt = Counter(one.spellings)
    own = [(count, form) for form, count in spelt.items() if key_of(form) == key]
    spelt.update(one.explained)
    short = Counter({form: count for form, count in one.short.items() if not (key_of(form) and set(key_of(form)) <= placed)})
    return Entity(
        name=max(own)[1] if own else spelt.most_common(1)[0][0] if spelt else " ".join(key),
        key=key,
        kind=_kind(one),
        mentions=spelt.total() + short.total(),
        articles=len(set(one.articles)),
        spellings=tuple(spelt.most_common()),
        short=tuple(short.most_common()),
    )
