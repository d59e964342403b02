"""The names of one article, each under the forms that this article gives it.

A surname after a full name in the same article is that person there; a form that two full names of the article share stays open and
belongs to neither. So do forms that stand as places ("Jakarta" beside Persija Jakarta) or with another office than the full name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.corpus.entities.glosses import coined, glosses
from qa.corpus.entities.name_mentions import Mention, mentions
from qa.language.text.roots import dictionary_word
from qa.language.text.words import fold

_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"[A-Z]{2,6}")
_APOSTROPHE = re.compile(r"['’`]")
_OPENING = re.compile(r"(?:^|[.!?][\"”]? )([A-Z][\w'’]+)(?! [A-Z])", re.MULTILINE)
_COINED = 5  # letters of the shortest one put together of two words ("Korut")
_DEGREES = frozenset("h hj ir dr drs dra prof kh kiai kyai ustaz ustad bapak pak bu ibu mr mrs ms sir".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name as one article uses it: its fullest form, every form with how often it stands, and what the article says it is short for.

    `person`, `place` and `thing` count the mentions of the name (all forms) that speak for each.
    """

    name: str
    forms: tuple[tuple[str, int], ...]
    short: tuple[str, ...] = ()  # forms that the article itself explains
    person: int = 0
    place: int = 0
    thing: int = 0


@dataclass(slots=True)
class _Local:
    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    offices: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    glued: int = 0  # mentions that an office opens, see Mention
    governed: int = 0  # ... by an office that goes with a place or a club
    leads: int = 0  # mentions whose first word opens a sentence and stands in a dictionary


def key_of(name: str) -> tuple[str, ...]:
    """The words by which two spellings are one name: folded, without hyphens, apostrophes and forms of address.

    A short form all in capitals keeps them: KIM (Kelompok Informasi Masyarakat) is not Kim.

    >>> key_of("Kim Jong-un") == key_of("Kim Jong Un")
    True
    """
    if _INITIALS.fullmatch(name):
        return (name,)
    found = _WORD.findall(_APOSTROPHE.sub("", fold(name)))
    while len(found) > 1 and found[0] in _DEGREES:
        found = found[1:]
    return tuple(found)


def named(text: str, masks: Iterable[tuple[int, int]] = ()) -> tuple[Named, ...]:
    """The names of an article's text, in the order in which they first stand; what lies in `masks` is left out."""
    hidden = _without(text, masks)
    locals_: dict[tuple[str, ...], _Local] = {}
    opening = []
    for mention in mentions(hidden):
        if mention.opens:
            opening.append(mention)
        else:
            _count(locals_, mention)
    parts = {word for key in locals_ if len(key) > 1 for word in key}
    opening += _unseen(hidden, parts, opening)
    for mention in opening:  # "Salah satu": a capital that opens a sentence makes no name of a word
        key = key_of(mention.text)
        if key in locals_ or (key and _opens_as_name(mention, known=key[0] in parts)):
            _count(locals_, mention)
    tails = _tails(locals_)
    short = _explained(hidden, locals_)
    joined = _joined(locals_, {**short, **tails})
    return tuple(
        Named(
            name=_fullest(one),
            forms=tuple(one.forms.most_common()),
            short=tuple(sorted(one.short)),
            person=one.evidence["person"],
            place=one.evidence["place"],
            thing=one.evidence["thing"],
        )
        for one in joined
    )


def _unseen(text: str, parts: set[str], opening: Sequence[Mention]) -> list[Mention]:
    """Words of longer names that open a sentence and look like derived words there ("Peskov" like "pe-")."""
    seen = {mention.start for mention in opening}
    return [
        Mention(found.group(1), found.start(1), found.end(1), "", opens=True)
        for found in _OPENING.finditer(text)
        if found.group(1).casefold() in parts and found.start(1) not in seen and not dictionary_word(found.group(1))
    ]


def _opens_as_name(mention: Mention, *, known: bool) -> bool:
    """Is the one word that opens a sentence a name? `known`: it is a word of a longer name of the article."""
    speaks = mention.evidence == "person"
    return (known and speaks) or ((known or speaks) and not dictionary_word(mention.text))


def _without(text: str, masks: Iterable[tuple[int, int]]) -> str:
    for start, end in masks:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _count(locals_: dict[tuple[str, ...], _Local], mention: Mention) -> None:
    key = key_of(mention.text)
    if not key or (len(key) == 1 and len(key[0]) < 2):
        return
    one = locals_.get(key)
    if one is None:
        one = locals_[key] = _Local(key)
    one.forms[mention.text] += 1
    one.glued += mention.glued
    one.governed += mention.governed
    one.leads += mention.leads
    if mention.evidence:
        one.evidence[mention.evidence] += 1
    if mention.office:
        one.offices.update(mention.office.split())


def _explained(text: str, locals_: dict[tuple[str, ...], _Local]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short form -> long form, both as keys, for those that the text explains in one way only."""
    said: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    spelt: dict[tuple[str, ...], tuple[str, str]] = {}
    for gloss in glosses(text):
        short, long = key_of(gloss.short), key_of(gloss.long)
        if short and len(long) > 1 and short != long:
            said[short].add(long)
            spelt[short] = (gloss.long, gloss.short)
    found = {}
    for short, longs in said.items():
        if len(longs) > 1:
            continue
        (long,) = longs
        name, form = spelt[short]
        one = locals_.get(long)
        if one is None:  # the run that has it was read otherwise: a lower-case word inside, an office before it
            one = locals_[long] = _Local(long, forms=Counter({name: 1}))
        one.short.add(form)
        found[short] = long
    return found | _coined(locals_, found)


def _coined(
    locals_: dict[tuple[str, ...], _Local], explained: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short forms that are put together of a place's or a thing's name of the same article: Korut beside Korea Utara."""
    long = [one for one in locals_.values() if 2 <= len(one.key) <= 3 and not one.evidence["person"]]
    found = {}
    for one in locals_.values():
        word = one.key[0]
        if (
            len(one.key) > 1
            or len(word) < _COINED
            or one.key in explained
            or not (word.islower() and word.isalpha())
            or one.evidence["person"]
        ):
            continue
        homes = [other for other in long if other.key[0].startswith(word[:2]) and coined(word, other.key)]
        if len(homes) == 1:
            homes[0].short.update(one.forms)
            found[one.key] = homes[0].key
    return found


def _joined(locals_: dict[tuple[str, ...], _Local], short: dict[tuple[str, ...], tuple[str, ...]]) -> list[_Local]:
    """The names with their shorter forms counted to them; forms that may be two of them left out."""
    with_word: dict[str, list[_Local]] = defaultdict(list)
    for one in locals_.values():
        if len(one.key) > 1 and one.key not in short:
            for word in set(one.key):
                with_word[word].append(one)
    home: dict[tuple[str, ...], tuple[str, ...] | None] = dict(short)
    for one in locals_.values():
        fuller = _initialled(one, with_word) if one.key not in home else []
        if len(fuller) == 1:
            home[one.key] = fuller[0].key
    for key in home:
        for word in set(key):
            with_word[word] = [other for other in with_word[word] if other.key != key]
    for one in locals_.values():
        if one.key not in home:
            home[one.key] = _home(one, with_word)
    kept: dict[tuple[str, ...], _Local] = {}
    for one in locals_.values():
        end = one.key
        seen = {end}
        while (to := home.get(end)) is not None and to != end and to not in seen and to in locals_:
            seen.add(to)
            end = to
        if home.get(one.key) is None:
            continue
        target = kept.setdefault(end, locals_[end])
        if target is not one:
            target.forms.update(one.forms)
            target.evidence.update(one.evidence)
            target.short |= one.short
    return list(kept.values())


def _tails(locals_: dict[tuple[str, ...], _Local]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Runs with a place, a club or a common noun before the name -> the name, where the article has it alone too.

    "pelatih Liverpool Jurgen Klopp" is Jurgen Klopp where Liverpool stands as a place or a club; "Ibu Negara Iriana Joko Widodo" is not
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


def _speaks(one: _Local | None) -> bool:
    return one is not None and one.evidence["person"] > 0


def _cut(one: _Local, start: int) -> _Local:
    """The end of a name, from its word number `start` on: its last words stand for it in the article."""
    form = " ".join(next(iter(one.forms)).split()[start:])
    return _Local(one.key[start:], forms=Counter({form: 0}), evidence=Counter({"person": 1}))


def _home(one: _Local, with_word: dict[str, list[_Local]]) -> tuple[str, ...] | None:
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
    alone = other.glued < sum(count for form, count in other.forms.items())  # "pelatih Liverpool Jurgen Klopp" only stands glued
    ends = one.key == other.key[-len(one.key) :]
    surname = (ends or (alone and len(one.key) == 1)) and other.evidence["person"] > 0
    if not (speaks or surname):
        return one.key  # nothing says that it is the person: "Madrid" is not Real Madrid, "Liverpool" not Jurgen Klopp
    if one.offices and other.offices and not one.offices & other.offices:
        return one.key if len(one.key) > 1 else None
    return other.key


def _longest(people: Sequence[_Local], one: _Local) -> _Local:
    """The longest of the names that begin as `one` does and have its words in their order."""
    return max((other for other in people if other is one or _extends(one.key, other.key)), key=lambda other: len(other.key))


def _extends(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Does a longer name begin as the shorter one does? What has words before it is another's: Iriana Joko Widodo is not Joko Widodo."""
    return short[0] == long[0] and _shortens(short, long)


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Does `long` have the words of `short` in their order?"""
    rest = iter(long)
    return all(word in rest for word in short)


def _initialled(one: _Local, with_word: dict[str, list[_Local]]) -> list[_Local]:
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


def _fullest(one: _Local) -> str:
    """The form that has every word of the name, spelled as it stands most often."""
    whole = [(count, form) for form, count in one.forms.items() if key_of(form) == one.key]
    return max(whole)[1] if whole else " ".join(one.key)
