"""Questions for what somebody said, answered from the quotations of the articles that were found: the speaker's words and nobody else's.

"Apa kata X soal Y?", "Apa saja pernyataan X?" and "Siapa yang mengatakan …?". Who said what is what `qa.language.speech.attribution` reads
of the whole article, so that "katanya" is given to the person named before. The reader chooses among the speaker's words; it does not
choose among other people's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date

from qa.answer.extractive import choice
from qa.answer.extractive.candidates import candidates
from qa.answer.extractive.choice import Ranked
from qa.answer.extractive.timely import in_days, timely
from qa.answer.placed_sayings import Placed, placed
from qa.answer.saying_topics import ABOUT, about, covered, says, subject_of
from qa.index.mentioning import name_words
from qa.language import lists, text
from qa.language.annotate.names import TITLES
from qa.language.meaning.shared_words import share
from qa.language.speech.attribution import Quotation
from qa.schema import Article, Claim, Draft, Hit, Query

WORDS = 0.7  # the same of a saying's own words, where it is asked who said it
UNSURE = 0.4  # confidence under which all sayings of a speaker answer a question that names no subject
NEAR = 0.1  # confidence under which a candidate does not come near an answer
MOST = 6  # sayings of a list
ATTRIBUTED = 0.92
"""Share of the hand-checked quotations of evals/quotations that are given to who said them: how sure a list of sayings is."""
LONGEST = 60  # words of a short answer
_WHO_SPOKE = re.compile(
    rf"\bsiapa(?:kah)?\s+(?:yang\s+)?(?:{lists.one_of(lists.column('cues', 'word', use='says'))})\b|"
    r"\b(?:kata|ucapan|pernyataan)\s+siapa|\bwho\s+(?:said|says|stated|told)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*")
"""The words with capitals that a name begins with: of "Kim sambil menjabat tangan Putin" the first."""


def draft_of(query: Query, hits: Sequence[Hit], article_of: Callable[[str], Article]) -> Draft | None:
    """A draft for a question for somebody's words or for who said them; None where it asks for something else, or the reader may answer."""
    if query.kind in {"said", "list"} and (named := _NAME.match(query.speaker)):
        speaker = named.group()
        every = [one for one in placed(hits, article_of) if in_days(query, one.hit, one.first, one.last)]
        mine = [one for one in every if by(one.quotation, speaker)]
        if query.kind == "list":
            return _all_of(query, speaker, mine)
        others = [one for one in every if one.quotation.named and not by(one.quotation, speaker)]
        return _of(query, speaker, mine, others, hits)
    if query.kind == "who" and _WHO_SPOKE.search(query.text):
        return _whose(query, placed(hits, article_of), hits)
    return None


def by(quotation: Quotation, name: str) -> bool:
    """Is the name that of the speaker, in full or in short?"""
    theirs = name_words(quotation.speaker)
    wanted = name_words(name)
    wanted = wanted - TITLES or wanted
    return bool(theirs) and (wanted <= theirs or (quotation.named and theirs <= wanted))


def _of(query: Query, speaker: str, mine: Sequence[Placed], others: Sequence[Placed], hits: Sequence[Hit]) -> Draft | None:
    """The likeliest candidate among the speaker's words about the subject; None where the reader's own is nobody's."""
    ranked = choice.ranked(query, timely(query, candidates(hits)), choice.shipped("span"))
    near = [one for one in ranked if one.confidence >= NEAR]
    subject = subject_of(query, speaker)
    chosen = about(subject, mine, others) if subject else mine
    rest = [each for each in (*mine, *others) if each not in chosen]
    found = [(place, one) for one in near if (place := _holding(one, chosen, rest)) is not None]
    best = next((each for each in found if each[1].confidence >= UNSURE), None)
    if best is not None:
        return _quoted(*best)
    if near and not any(_touches(near[0], each) for each in (*mine, *others)) and not any(_names(near[0], one) for one in others):
        return None if not (mine and subject) or covered(subject, near[0].candidate.quote) > ABOUT else _nothing(ranked)
    if not subject:  # nothing is asked that one of several sayings answers better than another
        return _all_of(query, speaker, mine) if mine else _nothing(ranked)
    if not chosen:
        return _nothing(ranked)
    place, sure = (found[0][0], found[0][1].confidence) if found else (chosen[0], 0.0)
    named = [
        one for one in mine if one.hit.rank == place.hit.rank and one.last <= place.first and one.sentence in place.with_before
    ]
    own = not found or any(covered(subject, one.sentence) > ABOUT for one in (place, *named))  # then the passage answers by it
    return Draft(claims=(place.claim,), short=_short(place), confidence=max(sure, _answers(place.hit) if own else 0.0))


def _nothing(ranked: Sequence[Ranked]) -> Draft:
    return Draft(reason="not-in-articles", confidence=ranked[0].confidence if ranked else 0.0)


def _holding(one: Ranked, mine: Sequence[Placed], others: Sequence[Placed]) -> Placed | None:
    """The speaker's saying that a candidate lies in or reaches over, by the better part of the shorter; None where somebody else's has more of it."""

    def shared(place: Placed) -> int:
        return min(one.candidate.end, place.end) - max(one.candidate.start, place.start) if _touches(one, place) else 0

    place = max(mine, key=shared, default=None)
    length = one.candidate.end - one.candidate.start
    if place is None or 2 * shared(place) < min(length, place.end - place.start) or not shared(place):
        return None
    return place if shared(place) >= max(map(shared, others), default=0) else None


def _touches(one: Ranked, place: Placed) -> bool:
    candidate = one.candidate
    return place.hit.rank == candidate.hit.rank and place.start < candidate.end and candidate.start < place.end


def _names(one: Ranked, place: Placed) -> bool:
    return bool(name_words(one.candidate.answer) & (name_words(place.quotation.speaker) - TITLES))


def _quoted(place: Placed, one: Ranked) -> Draft:
    return Draft(claims=(place.claim,), short=_short(place), confidence=one.confidence)


def _all_of(query: Query, speaker: str, mine: Sequence[Placed]) -> Draft:
    """The speaker's sayings, of the subject where one is named, each once, in the order of the days."""
    subject = subject_of(query, speaker)
    once: dict[str, Placed] = {}
    for one in mine if not subject else [one for one in mine if covered(subject, one.with_title) > ABOUT]:
        once.setdefault(" ".join(text.terms(one.words)), one)
    chosen = sorted(
        list(once.values())[:MOST],
        key=lambda one: (one.hit.passage.published or date.max, one.hit.passage.article_id, one.quotation.start),
    )
    if not chosen:
        return Draft(reason="not-in-articles")
    return Draft(
        claims=tuple(dict.fromkeys(one.claim for one in chosen)),
        short="; ".join(one.words for one in chosen if len(one.words.split()) <= LONGEST),
        confidence=ATTRIBUTED * (min(covered(subject, one.with_title) for one in chosen) if subject else 1.0),
        most=MOST,
    )


def _whose(query: Query, every: Sequence[Placed], hits: Sequence[Hit]) -> Draft | None:
    """Who said the words of the question, where the reader takes somebody else for the speaker; None leaves it to the reader."""
    words = tuple(term for term in query.terms if not says(term[0]))
    known = [(share(words, one.words), one) for one in every if one.quotation.speaker and one.quotation.named]
    best = max(known, key=lambda each: each[0], default=None)
    if not words or best is None or best[0] < WORDS:
        return None
    place = best[1]
    speaker = name_words(place.quotation.speaker)
    ranked = choice.ranked(query, candidates(hits), choice.shipped("span"))
    if not ranked or speaker & name_words(ranked[0].candidate.answer):
        return None
    for one in ranked:
        name = name_words(one.candidate.answer)
        if name and name - TITLES <= speaker and speaker & name and one.confidence >= NEAR / 2:
            claims = tuple(dict.fromkeys((place.claim, _claim(one))))
            return Draft(
                claims=claims, short=one.candidate.answer, confidence=max(one.confidence, best[0] * ranked[0].confidence)
            )
    if place.quotation.speaker in place.claim.quote:
        return Draft(claims=(place.claim,), short=place.quotation.speaker, confidence=best[0] * ranked[0].confidence)
    return None


def _claim(one: Ranked) -> Claim:
    quote = one.candidate.quote
    return Claim(text=quote, quote=quote, hit_rank=one.candidate.hit.rank)


def _short(place: Placed) -> str:
    return place.words if len(place.words.split()) <= LONGEST else ""


def _answers(hit: Hit) -> float:
    return _unit(hit.reading.answerable) if hit.reading else 0.0


def _unit(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
