"""Argument order: would a claim fit its quote as well, or better, with two of its names swapped?

Each two names that both sides have are put to a swap test. With l(x, Y) how alike the claim's mention x and a mention of Y in the
quote stand (`qa.language.annotate.semantic_roles`), the log-odds of the claim's order of names A and B against the other one are

    odds = l(a, A) + l(b, B) - l(a, B) - l(b, A) + order,    l(x, Y) = max over Y's mentions of sum of weight * likeness

A claim and the same claim with the two exchanged have opposite odds, so that the margin that is asked of a true sentence is also what
a false one must overcome. The weights are a logistic over the odds, fitted on 896 entailed pairs of IndoNLI's training part that have two names.
Of its 219 validation pairs 77 % pass the margin as they are, and 9 % with the names exchanged, many of these still true.
Names that do the same together ("Kim dan Putin", "Kim bertemu dengan Putin") are not asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from qa.answer.verify.name_alignment import Mention, beside, mentions, same, together
from qa.language import text
from qa.language.annotate.semantic_roles import Standing
from qa.language.annotate.verbs import Word, tokens
from qa.language.gloss.gloss import gloss

MARGIN = 0.8
"""Log-odds that the order of two names must have to be affirmed."""
AGAINST = -2.0
"""Log-odds at which two names have changed places; between the two the order is open."""

_DEED, _PART, _PREPOSITION, _HEADS, _HEADED, _FOLLOWS, _CLAUSE, _NEAR = 1.18, 0.79, 0.37, 2.26, 0.45, 1.01, 1.11, 2.51
_ORDER, _TURNED, _STRETCH = 0.25, -0.40, 2.09
_LONGEST = 6  # words between two names that the quote may have as the claim has them

Landmarks = Sequence[tuple[Sequence[int], Sequence[int]]]


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names of a claim, and the log-odds that their order is the quote's rather than the swapped one.

    claim, other, quote: the claim, the claim with the two exchanged, and the quote, all in the language in which they were weighed.
    """

    first: str
    second: str
    odds: float
    claim: str
    other: str
    quote: str


def pairs(claim: str, quote: str) -> Iterator[NamePair]:
    """Each two names of `claim` that `quote` has too and that could be swapped. Two languages are weighed in Indonesian words."""
    claim, quote, english = _rendered(claim, quote)
    claimed, written = tokens(claim, english=english), tokens(quote, english=english)
    found = mentions(claim, quote, claimed, written, english=english)
    for one, other in combinations(found, 2):
        if same(one, other) or together(claimed, one, other, found) or beside(claimed, written, one, other, quote):
            continue
        marks = _landmarks(claimed, written, found, (one, other))
        odds = (
            _likest(one.here, one.there, marks)
            + _likest(other.here, other.there, marks)
            - _likest(one.here, other.there, marks)
            - _likest(other.here, one.there, marks)
            + _order(claimed, written, one, other)
        )
        (a, b), (c, d) = one.span, other.span
        exchanged = claim[:a] + claim[c:d] + claim[b:c] + claim[a:b] + claim[d:]
        yield NamePair(claim[a:b], claim[c:d], odds, claim, exchanged, quote)


def turned(claim: str, quote: str) -> str:
    """Why the quote has two names of the claim the other way round, "" where it has not."""
    worst = min(pairs(claim, quote), key=lambda pair: pair.odds, default=None)
    return f"'{worst.first}' and '{worst.second}' have changed places" if worst and worst.odds <= AGAINST else ""


def open_pairs(claim: str, quote: str) -> list[NamePair]:
    """The pairs of names whose order is not affirmed; [] where the order is the quote's, or the claim has no two."""
    return [pair for pair in pairs(claim, quote) if pair.odds < MARGIN]


def _rendered(claim: str, quote: str) -> tuple[str, str, bool]:
    """Both sides in one language, an English one beside an Indonesian one in Indonesian words, and whether that is English."""
    tongues = text.language(claim), text.language(quote)
    if tongues == ("id", "en"):
        quote = ". ".join(_gloss(quote[start:end], claim) for start, end in text.sentences(quote))
    elif tongues == ("en", "id"):
        claim = _gloss(claim, quote)
    return claim, quote, tongues == ("en", "en")


@lru_cache(maxsize=1024)
def _gloss(english: str, other: str) -> str:
    return gloss(english, known=frozenset(text.terms(other)).__contains__)


def _likest(here: Standing, there: Sequence[Standing], marks: Landmarks) -> float:
    return max(_alike(here, other, marks) for other in there)


def _alike(here: Standing, there: Standing, marks: Landmarks) -> float:
    """How alike the roles of two mentions are: what they do, their part, the words before and after, their clause, and what is near."""
    near = total = 0.0
    for mine, theirs in marks:
        a, b = min(_distance(here, at) for at in mine), min(_distance(there, at) for at in theirs)
        near += 1 / (a * b)
        total += 1 / a
    return (
        _DEED * bool(here.deeds & there.deeds)
        + _PART * bool(here.parts & there.parts)
        + _PREPOSITION * (here.preposition == there.preposition)
        + _HEADS * _overlap(here.heads, there.heads)
        + _HEADED * (bool(here.heads) == bool(there.heads))
        + _FOLLOWS * _overlap(here.follows, there.follows)
        + _CLAUSE * _overlap(here.clause, there.clause)
        + (_NEAR * near / total if total else 0.0)
    )


def _distance(one: Standing, place: int) -> int:
    """Words from the name to `place`, at least 1."""
    return place - one.end + 1 if place >= one.end else max(1, one.at - place)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _order(claimed: Sequence[Word], written: Sequence[Word], one: Mention, other: Mention) -> float:
    """What speaks for the order in which the two are named: the quote's, and its having the same words between them."""
    places = [(x, y) for x in one.there for y in other.there]
    order = _agreed([x.at < y.at for x, y in places])
    x, y = min(places, key=lambda place: abs(place[0].at - place[1].at))
    left, right = min(x.end, y.end), max(x.at, y.at)
    voices = {_voice(claimed[one.here.end : other.here.at]), _voice(written[left:right])} - {""}
    between = _roots(claimed, one.here, other.here)
    stretch = _agreed([x.at < y.at for x, y in places if _roots(written, *sorted((x, y), key=_at)) == between])
    return (_TURNED if len(voices) > 1 else _ORDER) * order + _STRETCH * stretch


def _at(one: Standing) -> int:
    return one.at


def _agreed(answers: Sequence[bool]) -> float:
    """1 where all say yes, -1 where all say no, 0 where they differ or there are none."""
    return 0.0 if len(set(answers)) != 1 else 1.0 if answers[0] else -1.0


def _voice(words: Sequence[Word]) -> str:
    verbs = [word.verb for word in words if word.verb]
    return "passive" if "passive" in verbs else "active" if verbs else ""


def _roots(words: Sequence[Word], one: Standing, other: Standing) -> list[str]:
    return [word.root for word in words[one.end : other.at] if word.word[0].isalnum()][:_LONGEST]


def _landmarks(
    claimed: Sequence[Word], written: Sequence[Word], named: Sequence[Mention], asked: tuple[Mention, Mention]
) -> Landmarks:
    """The places, here and there, of what both sides have: content words, and the names that are not asked about."""
    mine = _places(claimed, {at for mention in named for at in range(mention.here.at, mention.here.end)})
    theirs = _places(written, {at for mention in named for there in mention.there for at in range(there.at, there.end)})
    found: list[tuple[Sequence[int], Sequence[int]]] = [(at, theirs[root]) for root, at in mine.items() if root in theirs]
    others = (mention for mention in named if not any(same(mention, one) for one in asked))
    return found + [((other.here.at,), tuple(there.at for there in other.there)) for other in others]


def _places(words: Sequence[Word], skip: set[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        if word.content and not word.verb and at not in skip:
            found.setdefault(word.root, []).append(at)
    return found
