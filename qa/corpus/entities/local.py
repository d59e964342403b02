"""The names of one article, each under the forms that this article gives it.

A surname after a full name in the same article is that person there; a form that two full names of the article share stays open and
belongs to neither. So do forms that are used as places ("Jakarta" beside Persija Jakarta) or with another office than the full name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from qa.corpus.entities.glosses import coined, glosses
from qa.corpus.entities.name_mentions import NameMention, mentions
from qa.corpus.entities.short_forms import Local, home, initialled, tails
from qa.language import lists
from qa.language.text.roots import dictionary_word
from qa.language.text.words import fold

_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"[a-z ]+")  # most names
_INITIALS = re.compile(r"[A-Z]{2,6}")
_APOSTROPHE = re.compile(r"['’`]")
_OPENING = re.compile(r"(?:^|[.!?][\"”]? )([A-Z][\w'’]+)(?! [A-Z])", re.MULTILINE)
_COINED = 5  # letters of the shortest one put together of two words ("Korut")
_DEGREES = frozenset(lists.column("cues", "word", use="degree"))


class Named(NamedTuple):
    """A name as one article uses it: its fullest form, every form with how often it occurs, and what the article says it is short for.

    `person`, `place` and `thing` count the mentions of the name (all forms) that speak for each. `opens`: it is one word and only opens
    sentences here, so that its capital says nothing. `governed`: each time an office precedes it that goes with a place or a club.
    """

    name: str
    forms: tuple[tuple[str, int], ...]
    short: tuple[str, ...] = ()  # forms that the article itself explains
    person: int = 0
    place: int = 0
    thing: int = 0
    opens: bool = False
    governed: bool = False


@lru_cache(maxsize=50_000)
def key_of(name: str) -> tuple[str, ...]:
    """The words by which two spellings are one name: folded, without hyphens, apostrophes and forms of address.

    A short form all in capitals keeps them: KIM (Kelompok Informasi Masyarakat) is not Kim.

    >>> key_of("Kim Jong-un") == key_of("Kim Jong Un")
    True
    """
    if _INITIALS.fullmatch(name):
        return (name,)
    folded = fold(name)
    found = folded.split() if _PLAIN.fullmatch(folded) else _WORD.findall(_APOSTROPHE.sub("", folded))
    while len(found) > 1 and found[0] in _DEGREES:
        found = found[1:]
    return tuple(found)


def named(text: str, masks: Iterable[tuple[int, int]] = ()) -> tuple[Named, ...]:
    """The names of an article's text, in the order of their first mentions; what lies in `masks` is left out."""
    hidden = _without(text, masks)
    locals_: dict[tuple[str, ...], Local] = {}
    opening = []
    for mention in mentions(hidden):
        if mention.opens:
            opening.append(mention)
        else:
            _count(locals_, mention)
    parts = {word for key in locals_ if len(key) > 1 for word in key}
    unsure: list[NameMention] = []
    opening += _unseen(hidden, parts, opening)
    for mention in opening:  # "Salah satu": a capital that opens a sentence makes no name of a word
        key = key_of(mention.text)
        if key in locals_ or (key and _opens_as_name(mention, known=key[0] in parts)):
            _count(locals_, mention)
        elif key and not dictionary_word(mention.text):
            unsure.append(mention)
    ends = tails(locals_)
    short = _explained(hidden, locals_)
    joined = _joined(locals_, {**short, **ends})
    return tuple(
        Named(
            name=_fullest(one),
            forms=tuple(sorted(one.forms.items(), key=itemgetter(1), reverse=True)),
            short=tuple(sorted(one.short)),
            person=one.person,
            place=one.place,
            thing=one.thing,
            governed=one.governed > 0
            and one.governed == sum(count for form, count in one.forms.items() if key_of(form) == one.key),
        )
        for one in joined
    ) + tuple(_openings(unsure, locals_))


def _unseen(text: str, parts: set[str], opening: Sequence[NameMention]) -> list[NameMention]:
    """Words of longer names that open a sentence and look like derived words there ("Peskov" like "pe-")."""
    seen = {mention.start for mention in opening}
    return [
        NameMention(found.group(1), found.start(1), found.end(1), "", opens=True)
        for found in _OPENING.finditer(text)
        if found.group(1).casefold() in parts and found.start(1) not in seen and not dictionary_word(found.group(1))
    ]


def _openings(unsure: Sequence[NameMention], locals_: dict[tuple[str, ...], Local]) -> Iterator[Named]:
    """Single words that only open sentences here; whether they are names the rest of the archive tells."""
    counted = Counter(mention.text for mention in unsure if key_of(mention.text) not in locals_)
    yield from (Named(name=word, forms=((word, count),), opens=True) for word, count in counted.items())


def _opens_as_name(mention: NameMention, *, known: bool) -> bool:
    """Is the one word that opens a sentence a name? `known`: it is a word of a longer name of the article."""
    speaks = mention.evidence == "person"
    return (known and speaks) or ((known or speaks) and not dictionary_word(mention.text))


def _without(text: str, masks: Iterable[tuple[int, int]]) -> str:
    for start, end in masks:
        text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def _count(locals_: dict[tuple[str, ...], Local], mention: NameMention) -> None:
    key = key_of(mention.text)
    if not key or (len(key) == 1 and len(key[0]) < 2):
        return
    one = locals_.get(key)
    if one is None:
        one = locals_[key] = Local(key)
    one.forms[mention.text] = one.forms.get(mention.text, 0) + 1
    one.glued += mention.glued
    one.governed += mention.governed
    one.leads += mention.leads
    if mention.evidence == "person":
        one.person += 1
    elif mention.evidence == "place":
        one.place += 1
    elif mention.evidence == "thing":
        one.thing += 1
    if mention.office:
        one.offices = one.offices.union(mention.office.split())


def _explained(text: str, locals_: dict[tuple[str, ...], Local]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short form -> long form, both as keys, for those that the text explains in one way only."""
    variants: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    spelt: dict[tuple[str, ...], tuple[str, str]] = {}
    for gloss in glosses(text):
        short, long = key_of(gloss.short), key_of(gloss.long)
        if short and len(long) > 1 and short != long:
            variants[short].add(long)
            spelt[short] = (gloss.long, gloss.short)
    found = {}
    for short, longs in variants.items():
        if len(longs) > 1:
            continue
        (long,) = longs
        name, form = spelt[short]
        one = locals_.get(long)
        if one is None:  # the run that has it was read otherwise: a lower-case word inside, an office before it
            one = locals_[long] = Local(long, forms={name: 1})
        one.short |= {form}
        found[short] = long
    return found | _coined(locals_, found)


def _coined(
    locals_: dict[tuple[str, ...], Local], explained: dict[tuple[str, ...], tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short forms that are put together of a place's or a thing's name of the same article: Korut beside Korea Utara."""
    long = [one for one in locals_.values() if 2 <= len(one.key) <= 3 and not one.person]
    found = {}
    for one in locals_.values():
        word = one.key[0]
        if (
            len(one.key) > 1
            or len(word) < _COINED
            or one.key in explained
            or not (word.islower() and word.isalpha())
            or one.person
        ):
            continue
        homes = [other for other in long if other.key[0].startswith(word[:2]) and coined(word, other.key)]
        if len(homes) == 1:
            homes[0].short = homes[0].short.union(one.forms)
            found[one.key] = homes[0].key
    return found


def _joined(locals_: dict[tuple[str, ...], Local], short: dict[tuple[str, ...], tuple[str, ...]]) -> list[Local]:
    """The names with their shorter forms counted to them; forms that may be two of them left out."""
    with_word: dict[str, list[Local]] = defaultdict(list)
    for one in locals_.values():
        if len(one.key) > 1 and one.key not in short:
            for word in set(one.key):
                with_word[word].append(one)
    homes: dict[tuple[str, ...], tuple[str, ...] | None] = dict(short)
    for one in locals_.values():
        if len(one.key[0]) == 1 and one.key not in homes and len(fuller := initialled(one, with_word)) == 1:
            homes[one.key] = fuller[0].key
    for key in homes:
        for word in set(key):
            with_word[word] = [other for other in with_word[word] if other.key != key]
    for one in locals_.values():
        if one.key not in homes:
            homes[one.key] = home(one, with_word) if one.key[0] in with_word else one.key
    kept: dict[tuple[str, ...], Local] = {}
    for one in locals_.values():
        if homes[one.key] is None:
            continue
        end = one.key
        seen = {end}
        while (to := homes.get(end)) is not None and to != end and to not in seen and to in locals_:
            seen.add(to)
            end = to
        target = kept.setdefault(end, locals_[end])
        if target is not one:
            target.add(one)
    return list(kept.values())


def _fullest(one: Local) -> str:
    """The form that has every word of the name, in its most frequent spelling."""
    whole = [(count, form) for form, count in one.forms.items() if key_of(form) == one.key]
    return max(whole)[1] if whole else " ".join(one.key)
