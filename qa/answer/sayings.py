"""Questions for what somebody said, answered from the quotations of the articles that were found: the speaker's words and nobody else's.

"Apa kata X soal Y?", "Apa saja pernyataan X?" and "Siapa yang mengatakan …?". Who said what is what `qa.language.speech.attribution` reads
of the whole article, so that "katanya" is given to the person named before. The reader chooses among the speaker's words; it does not
choose among other people's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa.answer.extractive import choice
from qa.answer.extractive.candidates import candidates, trimmed
from qa.answer.extractive.choice import Ranked
from qa.index.mentioning import name_words
from qa.language import lists, text
from qa.language.annotate.names import TITLES
from qa.language.meaning.shared_words import share
from qa.language.question.question_types import asked
from qa.language.speech.attribution import Quotation, quotations
from qa.schema import Article, Claim, Draft, Hit, Query

ARTICLES = 10
"""Articles of the hits whose quotations are read."""
ABOUT = 0.5  # share of the question's further words, by rarity, that a saying with the sentences round it needs to be about them
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
_SAYING = re.compile(rf"^(?:{lists.one_of(lists.column('cues', 'word', use='saying'))})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation within a hit's passage: `start` to `end` are its words there, `first` to `last` the whole sentences that hold it."""

    hit: Hit
    quotation: Quotation
    start: int
    end: int
    first: int
    last: int

    @property
    def words(self) -> str:
        """The words, as they are in the article."""
        return self.hit.passage.text[self.start : self.end]

    @property
    def claim(self) -> Claim:
        """The sentences that hold them, as they are in the article."""
        quote = self.hit.passage.text[self.first : self.last]
        return Claim(text=quote, quote=quote, hit_rank=self.hit.rank)


def draft_of(query: Query, hits: Sequence[Hit], article_of: Callable[[str], Article]) -> Draft | None:
    """A draft for a question for somebody's words or for who said them; None where it asks for something else, or the reader may answer."""
    if query.kind in {"said", "list"} and (named := _NAME.match(asked(query.text, query.language).speaker)):
        speaker = named.group()
        every = placed(hits, article_of)
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


def placed(hits: Sequence[Hit], article_of: Callable[[str], Article]) -> list[Placed]:
    """The quotations of the articles of `hits` that lie in one of their passages, the better passage first."""
    found: list[Placed] = []
    for article_id in list(dict.fromkeys(hit.passage.article_id for hit in hits))[:ARTICLES]:
        article = article_of(article_id)
        passages = [hit for hit in hits if hit.passage.article_id == article_id]
        for one in quotations(article.text, [(mask.start, mask.end) for mask in article.masks], title=article.title):
            found += list(_within(one, passages))[:1]
    return sorted(found, key=lambda one: (one.hit.rank, one.start))


def _within(one: Quotation, hits: Sequence[Hit]) -> Iterator[Placed]:
    for hit in hits:
        passage = hit.passage
        if not passage.start <= one.start < one.end <= passage.end:
            continue
        start, end = trimmed(passage.text, one.start - passage.start, one.end - passage.start)
        covering = [(a, b) for a, b in text.sentences(passage.text) if a < end and start < b]
        if covering and start < end:
            yield Placed(hit, one, start, end, covering[0][0], covering[-1][1])


def _of(query: Query, speaker: str, mine: Sequence[Placed], others: Sequence[Placed], hits: Sequence[Hit]) -> Draft | None:
    """The likeliest candidate among the speaker's words, or else what is about the subject; None where the reader's own is nobody's."""
    ranked = choice.ranked(query, candidates(hits), choice.shipped("span"))
    subject = _subject(query, speaker)
    for one in ranked:
        if one.confidence < NEAR:
            continue
        if (place := _holding(one, mine, others)) is not None:
            if one.confidence < UNSURE and not subject:
                break  # nothing is asked that one of several sayings answers better than another
            return _quoted(place, one)
        if one is ranked[0] and not any(_touches(one, other) or _names(one, other) for other in others):
            return None  # speech that was not seen to be any, or several sayings of the speaker
    if mine and not subject:
        return _all_of(query, speaker, mine)
    near = max(mine, key=lambda place: share(subject, _around(place)), default=None)
    if near is None or not subject or share(subject, _around(near)) < ABOUT:
        return Draft(reason="not-in-articles", confidence=ranked[0].confidence if ranked else 0.0)
    return Draft(claims=(near.claim,), short=_short(near), confidence=_answers(near.hit))


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
    subject = _subject(query, speaker)
    about = [one for one in mine if not subject or share(subject, _around(one)) >= ABOUT]
    once: dict[str, Placed] = {}
    for one in about:
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
        confidence=ATTRIBUTED * (min(share(subject, _around(one)) for one in chosen) if subject else 1.0),
        most=MOST,
    )


def _whose(query: Query, every: Sequence[Placed], hits: Sequence[Hit]) -> Draft | None:
    """Who said the words of the question, where the reader takes somebody else for the speaker; None leaves it to the reader."""
    words = tuple(term for term in query.terms if not _SAYING.match(text.stem(term[0])))
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


def _subject(query: Query, speaker: str) -> tuple[tuple[str, float], ...]:
    """The question's words other than the speaker's name and what only says that something was said."""
    name = name_words(speaker)
    return tuple(term for term in query.terms if term[0] not in name and not _SAYING.match(text.stem(term[0])))


def _around(place: Placed) -> str:
    """The saying's sentences, the one before, and the article's title."""
    body = place.hit.passage.text
    before = [(a, b) for a, b in text.sentences(body) if b <= place.first][-1:]
    start = before[0][0] if before else place.first
    return f"{place.hit.passage.title}. {body[start : place.last]}"


def _short(place: Placed) -> str:
    return place.words if len(place.words.split()) <= LONGEST else ""


def _answers(hit: Hit) -> float:
    return _unit(hit.reading.answerable) if hit.reading else 0.0


def _unit(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
