"""The same words in two articles are one sentence of an answer, cited once, where it was published first.

The other article is counted among the sources and copies; it is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from qa.answer.verify.stating import Place
from qa.language import text
from qa.language.text.words import FUNCTION_WORDS
from qa.schema import Citation, Claim, Hit


def earliest_first(claims: Sequence[Claim], by_rank: Mapping[int, Hit]) -> list[Claim]:
    """The claims in their order, but of those that say one sentence letter for letter the article published first comes first."""
    alike: dict[str, list[int]] = {}
    for at, claim in enumerate(claims):
        if claim.text == claim.quote and not claim.also and claim.hit_rank in by_rank:
            alike.setdefault(claim.quote, []).append(at)
    ordered = list(claims)
    for places in alike.values():
        found = sorted((claims[at] for at in places), key=lambda claim: _age(by_rank[claim.hit_rank]))
        for at, claim in zip(places, found, strict=True):
            ordered[at] = claim
    return ordered


def cited_before(place: Place, body: str, stories: Mapping[str, str], numbered: Mapping[Place, Citation]) -> Citation | None:
    """The citation of another article that has the words of this place already; None where none has.

    body: the text of the place's article; stories: the story of each article, "" for none
    """
    article, start, end = place
    words, story = body[start:end], stories.get(article, "")
    return next(
        (
            cited
            for (article_id, *_), cited in numbered.items()
            if article_id != article and alike(words, cited.quote, copies=bool(story) and story == stories.get(article_id))
        ),
        None,
    )


def alike(one: str, other: str, *, copies: bool = False) -> bool:
    """Do two sentences say the same: equal words but for space and case, or of near-copies the same words of content in the same order?

    >>> alike("Enam orang tewas.", "ENAM  orang tewas."), alike("Enam orang tewas.", "Sembilan orang tewas.", copies=True)
    (True, False)
    >>> alike("Pabrik itu terbakar pada Senin.", "Pabrik terbakar Senin.", copies=True)
    True
    """
    if " ".join(one.casefold().split()) == " ".join(other.casefold().split()):
        return True
    return copies and _content(one) == _content(other)


def stories_of(hits: Iterable[Hit]) -> dict[str, str]:
    """The story of each article that was found."""
    return {hit.passage.article_id: hit.passage.story for hit in hits}


def _age(hit: Hit) -> tuple[bool, date, bool]:
    """Published first, then the original of its near-copies; without a day last."""
    passage = hit.passage
    return passage.published is None, passage.published or date.max, passage.story not in {"", passage.article_id}


def _content(sentence: str) -> list[str]:
    return [term for term in text.terms(sentence) if term not in FUNCTION_WORDS]
