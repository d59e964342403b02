"""Broad questions ("Ceritakan tentang …", "What happened at …?"): a short digest, each sentence verbatim and cited.

Sentences are chosen by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over the shipped encoder: near to the question and
to what the passages have in common, far from one another; at most so many an article; in the order of days, then of places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from qa.answer.extractive.candidates import sentences_of
from qa.answer.extractive.timely import timely
from qa.language import lists, text
from qa.language.gloss.gloss import gloss
from qa.language.meaning.shared_words import share
from qa.schema import Claim, Draft, Hit, Query

if TYPE_CHECKING:
    from qa.answer.extractive.candidates import Candidate
    from qa.protocols import Encoder

SENTENCES = (3, 6)  # fewest and most of a digest
PASSAGES = 12  # that are looked at
EACH = 2  # sentences of one article, where there are others
NOVELTY = 0.5  # weight of not repeating what was said beside being about the question
ALIKE = 0.85  # cosine from which two sentences say the same
_NAMED = 0.6
"""Share of what is asked about, by rarity, from which a passage belongs whatever the network says: it learned from questions that ask for a fact.
Of 14 broad questions of evals/written.jsonl all but two have such a passage, of eight that its articles say nothing about one, by a misread name."""
_SHORTEST = 40  # characters of a sentence that can be part of a digest
_FEW = r"(?:[\w'’.-]+\W+){0,5}[\w'’.-]+\W*$"  # a place or an event, and no clause of circumstances
_BROAD = re.compile(
    rf"^\W*(?:(?:tolong|coba|mohon|please)\s+)?(?P<opening>(?:{lists.alternatives('phrases', 'broad')})\b"
    rf"|(?:{lists.alternatives('phrases', 'broad-place')}) (?={_FEW}))",
    re.IGNORECASE,
)


def is_broad(query: Query) -> bool:
    """Does the question ask for an account and not for a fact?

    >>> is_broad(Query(text="Ceritakan tentang kosmodrom Vostochny")), is_broad(Query(text="Kapan Vostochny dibangun?"))
    (True, False)
    """
    return bool(_opening(query))


def _opening(query: Query) -> re.Match[str] | None:
    """How a question asks for an account, with its days or without them."""
    return _BROAD.match(query.text) or _BROAD.match(query.plain)


def digest(query: Query, hits: Sequence[Hit], encoder: Encoder) -> Draft:
    """Three to six sentences of different articles about what is asked, fewer where these repeat one another; no short answer."""
    subject = _subject(query)
    shares = {
        hit.rank: share(subject, f"{hit.passage.title} {hit.passage.outlet} {hit.passage.text}")
        for hit in hits
        if hit.reading is not None
    }
    read = [hit for hit in hits if hit.reading is not None and (hit.reading.relevance > 0.0 or shares[hit.rank] >= _NAMED)][
        :PASSAGES
    ]
    whole = [one for hit in read for one in sentences_of(hit) if len(one.quote) >= _SHORTEST and one.quote[-1:] in '.!?"”']
    pool = _latest(timely(query, whole, closed=True)) if query.newest else timely(query, whole, closed=True)
    if len(pool) < (1 if query.event_binds else SENTENCES[0]):  # of the days asked about one sentence may be all there is
        return Draft(reason="not-in-articles")
    chosen = _chosen(query, pool, encoder)
    ordered = sorted(
        chosen,
        key=lambda one: (str(one.hit.passage.published or ""), one.hit.passage.article_id, one.first + one.hit.passage.start),
    )
    confidence = max(max(_unit(hit.reading.relevance), shares[hit.rank]) for hit in read if hit.reading is not None)
    return Draft(
        claims=tuple(Claim(text=one.quote, quote=one.quote, hit_rank=one.hit.rank) for one in ordered),
        confidence=confidence,
        most=SENTENCES[1],
    )


def _subject(query: Query) -> list[tuple[str, float]]:
    """The question's terms with their weights, without those of the words that only ask for an account."""
    found = _opening(query)
    asking = found["opening"] if found else ""
    opening = {*text.terms(asking), *text.terms(gloss(asking))} if query.language == "en" else set(text.terms(asking))
    return [(term, weight) for term, weight in query.terms if term not in opening]


def _latest(pool: list[Candidate]) -> list[Candidate]:
    """The sentences of the last days of publication: of as few as give a digest."""
    days = sorted({one.hit.passage.published or date.min for one in pool}, reverse=True)
    for day in days:
        kept = [one for one in pool if (one.hit.passage.published or date.min) >= day]
        if len(kept) >= SENTENCES[0]:
            return kept
    return pool


def _chosen(query: Query, pool: Sequence[Candidate], encoder: Encoder) -> list[Candidate]:
    vectors = encoder.passages([one.quote for one in pool])  # (n, dim), unit rows
    asked = vectors @ encoder.question(query.text)
    middle = vectors.mean(0)
    central = vectors @ (middle / max(1e-6, float((middle @ middle) ** 0.5)))
    worth = asked + 0.5 * central
    articles = [one.hit.passage.article_id for one in pool]
    most = EACH if len(set(articles)) > 1 else SENTENCES[1]
    kept: list[int] = []
    while len(kept) < SENTENCES[1]:
        best, value = -1, -9.0
        for at in range(len(pool)):
            nearest = max((float(vectors[at] @ vectors[other]) for other in kept), default=0.0)
            full = sum(articles[other] == articles[at] for other in kept) >= most
            if at in kept or nearest >= ALIKE or full:
                continue
            if (gain := float(worth[at]) - NOVELTY * nearest) > value:
                best, value = at, gain
        if best < 0:
            break
        kept.append(best)
    return [pool[at] for at in kept]


def _unit(odds: float) -> float:
    import math

    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
