"""Draft -> Answer: the only place where an Answer is made.

A draft is not trusted. Each claim is checked against the passage that it names: its quote must be there letter for letter
(never folded, never fuzzy), at a span of the article that no mask touches, and the claim must say nothing that the quote
does not. What fails is dropped with a reason in the trace; when nothing is left the answer is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answer.verify import citing, retold
from qa.answer.verify.stating import YES_NO, Place, agreed
from qa.answer.verify.support import unsupported
from qa.errors import CorpusError
from qa.language.annotate.prompt_injection import addressed
from qa.schema import Answer, Article, Citation, Claim, Draft, Drop, Hit, Query, Reason, Trace

ArticleOf = Callable[[str], Article]


def verify(
    question: str,
    query: Query,
    draft: Draft,
    hits: Sequence[Hit],
    article_of: ArticleOf,
    *,
    threshold: float,
    max_citations: int,
    trace: Trace,
) -> Answer:
    """Prove `draft` against the passages in `hits`; what is proved becomes the Answer, what is not is dropped with a reason.

    article_of gives the article of an id (LookupError or CorpusError where there is none: the claim is dropped).
    threshold: a draft less confident than this is withheld as "low-confidence". max_citations: distinct spans, at least 1.
    """
    if not draft.claims:
        return _withheld(question, query, draft.reason or "not-in-articles", hits, trace, confidence=draft.confidence)
    if not draft.confidence >= threshold:  # also catches nan
        return _withheld(question, query, "low-confidence", hits, trace, confidence=draft.confidence)
    numbered: dict[Place, Citation] = {}
    proved, drops = _prove(draft.claims, hits, article_of, max(max_citations, draft.most), numbered)
    if not proved:
        trace = replace(trace, dropped=trace.dropped + tuple(drops))
        return _withheld(question, query, "not-proved", hits, trace, confidence=draft.confidence)
    agreement = None
    if draft.comparison:

        def cited(claims: Sequence[Claim], most: int) -> list[Citation]:
            return [one for _, each in _prove(claims, hits, article_of, most, numbered)[0] for one in each]

        agreement = agreed(query, draft.comparison, cited, numbered, max_citations=max_citations)
    citations = tuple(numbered.values())
    short = draft.short
    why = _short_fails(query, short, citations, several=agreement is not None and agreement.verdict == "contradict")
    if why:
        drops.append(Drop(claim=short, quote="", why=why))
        short = ""
    return Answer(
        question=question,
        language=query.language,
        text=" ".join(part for part in (_prose(proved), agreement.sentence if agreement else "") if part),
        short=short,
        citations=citations,
        agreement=agreement,
        hits=tuple(hits),
        confidence=_unit(draft.confidence),
        trace=replace(trace, dropped=trace.dropped + tuple(drops)),
    )


def abstain(question: str, query: Query, reason: Reason, hits: Sequence[Hit], trace: Trace) -> Answer:
    """An answer withheld before anything was read: no question, or no passage."""
    return _withheld(question, query, reason, hits, trace, confidence=0.0)


def with_seconds(answer: Answer, seconds: Sequence[tuple[str, float]]) -> Answer:
    """The same answer with the wall seconds of each stage in its trace."""
    return replace(answer, trace=replace(answer.trace, seconds=tuple(seconds)))


def with_note(answer: Answer, note: str) -> Answer:
    """The same answer with one more thing that went otherwise than configured."""
    return replace(answer, trace=replace(answer.trace, note="; ".join(filter(None, (answer.trace.note, note)))))


def check(answer: Answer, article_of: ArticleOf) -> list[str]:
    """The law once more, where an answer is shown: one sentence for each citation that breaks it, [] when all hold."""
    faults = []
    for citation in answer.citations:
        fault = _breach(citation, article_of)
        if fault:
            faults.append(f"[{citation.n}] {citation.source}: {fault}")
    if answer.abstained and answer.citations:
        faults.append("an answer that was withheld cites something")
    if not answer.abstained and not answer.citations:
        faults.append("an answer is shown without a citation")
    return faults


def _breach(citation: Citation, article_of: ArticleOf) -> str:
    article = _article(article_of, citation.article_id)
    if article is None:
        return "the article is not in the index"
    if article.sha256 != citation.sha256:
        return "the article has changed since it was cited"
    if article.text[citation.start : citation.end] != citation.quote:
        return f"the quote is not at {citation.start}-{citation.end}"
    return _masked(article, citation.start, citation.end)


def _prove(
    claims: Sequence[Claim],
    hits: Sequence[Hit],
    article_of: ArticleOf,
    max_citations: int,
    numbered: dict[Place, Citation],
) -> tuple[list[tuple[str, tuple[Citation, ...]]], list[Drop]]:
    """(sentence, its citations) for each claim that holds, and what was dropped; `numbered` has the citations so far and takes new ones."""
    by_rank, stories = {hit.rank: hit for hit in hits}, retold.stories_of(hits)
    proved: list[tuple[str, tuple[Citation, ...]]] = []
    drops: list[Drop] = []
    for claim in retold.earliest_first(claims, by_rank):
        found = _located(claim, by_rank, article_of)
        if isinstance(found, str):
            drops.append(Drop(claim=claim.text, quote=claim.quote, why=found))
            continue
        places = {(article.id, start, end): article for article, start, end in found}
        known = {place: retold.cited_before(place, article.text, stories, numbered) for place, article in places.items()}
        before = {place: cited for place, cited in known.items() if cited and place not in numbered}
        new = [place for place in places if place not in numbered and place not in before]
        if len(numbered) + len(new) > max(1, max_citations):
            drops.append(Drop(claim=claim.text, quote=claim.quote, why=f"more than {max_citations} citations"))
            continue
        for place in new:
            numbered[place] = citing.citation(len(numbered) + 1, places[place], *place[1:])
        cited = tuple(dict.fromkeys(before.get(place) or numbered[place] for place in places))
        if any(other == cited and retold.alike(shown, claim.text, copies=bool(before)) for shown, other in proved):
            drops.append(Drop(claim=claim.text, quote=claim.quote, why="said already, with the same citation"))
            continue
        proved.append((claim.text.strip(), cited))
    return proved, drops


def _located(claim: Claim, by_rank: dict[int, Hit], article_of: ArticleOf) -> list[tuple[Article, int, int]] | str:
    """The article and span of each of the claim's quotes, or why the claim may not be said."""
    places: list[tuple[Article, int, int]] = []
    quotes = [(claim.quote, claim.hit_rank), *((other.quote, other.hit_rank) for other in claim.also)]
    for quote, rank in quotes:
        found = _locate(quote, rank, by_rank, article_of)
        if isinstance(found, str):
            return found
        places.append(found)
    why = unsupported(claim.text, "\n".join(quote for quote, _ in quotes))
    return why or places


def _locate(quote: str, rank: int, by_rank: dict[int, Hit], article_of: ArticleOf) -> tuple[Article, int, int] | str:
    """The article and span of a quote, or why it may not be cited."""
    if not any(character.isalnum() for character in quote):
        return "the quote has no word in it"
    if quote != quote.strip():
        return "the quote begins or ends with white space"
    hit = by_rank.get(rank)
    if hit is None:
        return f"there is no hit with rank {rank}"
    passage = hit.passage
    article = _article(article_of, passage.article_id)
    if article is None:
        return f"the article '{passage.article_id}' is not in the index"
    if article.text[passage.start : passage.end] != passage.text:
        return "the passage is not in its article"
    at, span = passage.text.find(quote), None
    while at >= 0 and span is None:
        start, end = passage.start + at, passage.start + at + len(quote)
        if _whole(article.text, start, end) and not _masked(article, start, end):
            span = (start, end)
        at = passage.text.find(quote, at + 1)
    if span is None:
        return "the quote is masked or cuts a word in two" if quote in passage.text else "the quote is not in the passage"
    if addressed(article.text, *span):
        return "the words are addressed to a machine, not to readers"
    return article, *span


def _whole(text: str, start: int, end: int) -> bool:
    """A quote that begins or ends inside a word says something else ("setuju" in "tidak menyetujui")."""
    left = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    right = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return left and right


def _masked(article: Article, start: int, end: int) -> str:
    for mask in article.masks:
        if mask.start < end and start < mask.end:
            return f"the quote is masked ({mask.rule})"
    return ""


def _article(article_of: ArticleOf, article_id: str) -> Article | None:
    try:
        return article_of(article_id)
    except (LookupError, CorpusError):
        return None


def _short_fails(query: Query, short: str, citations: Sequence[Citation], *, several: bool = False) -> str:
    """Why the short answer may not be said, "" where it may. several: it may be values of several sentences, as a list's is, and what somebody said."""
    sides = short.split("; ") if several else [short]
    if not short or (query.kind == "yes_no" and all(side in YES_NO[query.language] for side in sides)):
        return ""
    if not any(character.isalnum() for character in short):
        return "the short answer has no word in it"
    if _quoted(short, citations):
        return ""
    if (several or query.kind in {"list", "said"}) and all(_quoted(part, citations) for part in short.split("; ")):
        return ""  # gathered from several sentences
    return "the short answer is not in a cited quote"


def _quoted(words: str, citations: Sequence[Citation]) -> bool:
    return any(character.isalnum() for character in words) and any(words in citation.quote for citation in citations)


def _prose(proved: Sequence[tuple[str, tuple[Citation, ...]]]) -> str:
    """Sentences with their markers. A marker follows its sentence, so that one inside the words ("[3]") numbers nothing."""
    return " ".join(
        f"{' '.join(sentence.split())} {''.join(f'[{citation.n}]' for citation in cited)}" for sentence, cited in proved
    )


def _unit(confidence: float) -> float:
    return min(1.0, max(0.0, confidence)) if confidence == confidence else 0.0  # noqa: PLR0124 - nan is not itself


def _withheld(question: str, query: Query, reason: Reason, hits: Sequence[Hit], trace: Trace, *, confidence: float) -> Answer:
    return Answer(
        question=question,
        language=query.language,
        hits=tuple(hits),
        confidence=_unit(confidence),
        abstained=True,
        reason=reason,
        trace=trace,
    )
