"""Who stands to what: does each name of a claim stand as in the quote, or could two of them as well be exchanged?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from qa.language import names, text
from qa.language.exonyms import spellings
from qa.language.standing import COPULAS, Standing, Word, spans, standing, tokens

_MUTUAL = frozenset("serta bersama dan and atau or antara bertemu bertatap met meet meets together between".split())
FEATURES = ("deed", "part", "preposition", "heads", "headed", "follows", "clause", "near", "order", "turned")
_WEIGHTS = (1.12, 0.82, 0.44, 2.2, 0.61, 1.1, 1.08, 1.94, 0.32, 0.0)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name of the claim: how it stands there, and each way that it stands in the quote."""

    name: str
    here: Standing
    there: tuple[Standing, ...]


def likeness(claim: str, quote: str):
    said, written = tokens(claim), tokens(quote)
    mentions = _mentions(claim, quote, said, written)
    for one, other in combinations(mentions, 2):
        if _same(one, other) or _together(said, one, other, mentions):
            continue
        places = _landmarks(said, written, mentions, (one, other))
        yield (
            one.name,
            other.name,
            [
                [_alike(a.here, there, places) for there in b.there]
                for a, b in ((one, one), (other, other), (one, other), (other, one))
            ],
            _order(said, written, one, other),
        )


def _order(said, written, one, other) -> tuple[float, float]:
    """(a, b): 1 where the quote has the two in the claim's order, -1 in the other, 0 in both; b where one side is passive between them."""
    before = {x.at < y.at for x in one.there for y in other.there}
    order = 1.0 if before == {True} else -1.0 if before == {False} else 0.0
    x, y = min(((x, y) for x in one.there for y in other.there), key=lambda p: abs(p[0].at - p[1].at))
    first, second = (x, y) if x.at < y.at else (y, x)
    here, there = _voice(said[one.here.end : other.here.at]), _voice(written[first.end : second.at])
    return (order, 0.0) if here == there or "" in (here, there) else (0.0, order)


def _voice(words: Sequence[Word]) -> str:
    verbs = [word.verb for word in words if word.verb]
    return "passive" if "passive" in verbs else "active" if verbs else ""


def _alike(here: Standing, there: Standing, places) -> list[float]:
    deeds = {part for part in here.parts if part[1]} & {part for part in there.parts if part[1]}
    parts = {part for part in here.parts if not part[1]} & {part for part in there.parts if not part[1]}
    near = total = 0.0
    for mine, theirs in places:
        a, b = min(_distance(here, at) for at in mine), min(_distance(there, at) for at in theirs)
        near += 1 / (a * b)
        total += 1 / a
    return [
        float(bool(deeds)),
        float(bool(parts)),
        float(here.preposition == there.preposition),
        _overlap(here.heads, there.heads),
        float(bool(here.heads) == bool(there.heads)),
        _overlap(here.follows, there.follows),
        _overlap(here.clause, there.clause),
        near / total if total else 0.0,
    ]


def _distance(one: Standing, place: int) -> int:
    """Words from the name to `place`, at least 1."""
    return place - one.end + 1 if place >= one.end else max(1, one.at - place)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _landmarks(said: list[Word], written: list[Word], mentions: list[_Mention], asked: tuple[_Mention, _Mention]):
    """Where the words that both sides have stand, here and there: content words and the other names."""
    mine = _places(said, {at for m in mentions for at in range(m.here.at, m.here.end)})
    theirs = _places(written, {at for m in mentions for s in m.there for at in range(s.at, s.end)})
    found = [(at, theirs[root]) for root, at in mine.items() if root in theirs]
    for m in mentions:
        if m.name not in {a.name for a in asked} and not any(_same(m, a) for a in asked):
            found.append(([m.here.at], [s.at for s in m.there]))
    return found


def _places(words: list[Word], skip: set[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.content and at not in skip:
            found.setdefault(word.root, []).append(at)
    return found


def _same(one: _Mention, other: _Mention) -> bool:
    """Two names for one: they are the same, or the quote has them in the same places."""
    mine, theirs = {(s.at, s.end) for s in one.there}, {(s.at, s.end) for s in other.there}
    return one.name == other.name or mine == theirs


def _together(said: list[Word], one: _Mention, other: _Mention, mentions: list[_Mention]) -> bool:
    """"Kim dan Putin", "Kim bertemu dengan Putin", "Rahman adalah Ketua Umum": the same whoever is named first."""
    named = {at for m in mentions for at in range(m.here.at, m.here.end)}
    between = [said[at].word for at in range(one.here.end, other.here.at) if at not in named and said[at].word not in names.TITLES]
    if not between:
        return False
    words = set(between)
    plain = all(word[0].isalnum() for word in between)
    ends = all(not word.word[0].isalnum() for word in said[other.here.end : other.here.end + 1])
    return (
        (plain and between[-1] in {"bersama", "together"})
        or (len(between) <= 2 and between[0].startswith("ber") and between[-1] in {"dengan", "with"})
        or (words <= COPULAS and one.here.at == 0 and ends)
        or (words <= _MUTUAL | {",", "dengan", "with"} and bool(words & _MUTUAL))
    )


def _mentions(claim: str, quote: str, said: list[Word], written: list[Word]) -> list[_Mention]:
    where = spans(claim)
    mine = [(span, at, end) for span in _named(claim, quote) if (tokens_ := _covered(where, span)) for at, end in [tokens_]]
    here = frozenset(place for _, start, end in mine for place in range(start, end))
    quoted = spans(quote)
    there = frozenset(place for span in names.names(quote) if (c := _covered(quoted, span)) for place in range(*c))
    found = []
    for (start, end), at, stop in mine:
        if runs := _runs(claim[start:end], written):
            found.append(
                _Mention(
                    text.fold(claim[start:end]),
                    standing(said, at, stop, here),
                    tuple(standing(written, left, right, there) for left, right in runs),
                )
            )
    return found


def _covered(where: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int] | None:
    at = [place for place, (left, right) in enumerate(where) if left < span[1] and span[0] < right]
    return (at[0], at[-1] + 1) if at else None


def _named(claim: str, quote: str) -> list[tuple[int, int]]:
    """The names of the claim. The capital of an opening word counts where the quote spells it so inside a sentence, or where it acts."""
    from qa.answer.support import _acts
    from qa.language.roots import known_root

    inside = {quote[a:b].split()[0] for a, b in names.names(quote) if not names.opens_sentence(quote, a)}
    found = names.names(claim)
    taken = {start for start, _ in found}
    kept = [(a, b) for a, b in found if not (names.opens_sentence(claim, a) and " " not in claim[a:b] and known_root(claim[a:b]) and claim[a:b] not in inside and not _acts(claim[b:]))]
    covered = {at for span in found for at in range(*span)}
    kept += [match.span() for match in re.finditer(r"\b[A-Z]{2,}\b", claim) if match.start() not in covered]  # "AS", which is also a small word
    kept.sort()
    first = re.match(r"\W*(\w+)", claim)
    if first and first.start(1) not in taken and first[1][0].isupper() and (first[1] in inside or (text.fold(first[1]) not in names._OPENERS and _acts(claim[first.end() :]))):
        kept.insert(0, first.span(1))
    return kept


def _runs(name: str, written: list[Word]) -> list[tuple[int, int]]:
    """Where the quote has the name: the longest stretches of its words, in any spelling of either language."""
    best: list[tuple[int, int]] = []
    most = 0.0
    for form in spellings(name):
        wanted = set(text.terms(form))
        wanted = wanted - names.TITLES or wanted
        at = 0
        while at < len(written):
            stop = at
            while stop < len(written) and written[stop].word in wanted:
                stop += 1
            share = len({word.word for word in written[at:stop]}) / len(wanted)
            if share > most:
                best, most = [], share
            if share and share == most:
                best.append((at, stop))
            at = max(stop, at + 1)
    return list(dict.fromkeys(best))
