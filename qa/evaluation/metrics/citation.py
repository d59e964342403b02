"""Are the citations the right ones? Measured against the sentences that a person marked.

Symbols: C = the citations of an answer, G = the marked places of the case (a place has several spans when its words are
repeated in the article). A citation meets a place when both are of one article and their spans overlap.

ALCE (Gao, Yen, Yu and Chen, EMNLP 2023) lets an entailment model judge; in a suite's run the marks do, so that it needs no model.
For prose in other words than the articles' both can be asked: `alce_recall` and `alce_precision` take any judge.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.suite.gold import Place
from qa.schema import Answer, Article, Citation

Entails = Callable[[str, str], bool]
"""(premise, claim) -> does the premise entail the claim?"""


def citation_precision(citations: Sequence[Citation], places: Sequence[Place]) -> float | None:
    """Share of C that meets a place of G; None when nothing was cited."""
    if not citations:
        return None
    return sum(any(place.meets(c.article_id, c.start, c.end) for place in places) for c in citations) / len(citations)


def citation_recall(citations: Sequence[Citation], places: Sequence[Place]) -> float:
    """Share of G that a citation meets.

    Marked places are alternatives: an answer that cites one of three has answered, and has a recall of 1/3. `cited` asks for one.
    """
    met = sum(any(place.meets(c.article_id, c.start, c.end) for c in citations) for place in places)
    return met / len(places) if places else 0.0


def cited(citations: Sequence[Citation], places: Sequence[Place]) -> float:
    """1 when some citation meets some place, else 0."""
    return float(any(place.meets(c.article_id, c.start, c.end) for c in citations for place in places))


def right_article(citations: Sequence[Citation], places: Sequence[Place]) -> float:
    """1 when some citation is of an article that answers, else 0."""
    return float(bool({c.article_id for c in citations} & {place.article_id for place in places}))


def law(citations: Sequence[Citation], articles: Mapping[str, Article]) -> float | None:
    """Share of C with article.text[c.start:c.end] == c.quote, not empty, in the very text whose hash it names.

    None when nothing was cited. Anything under 1 is a defect of the program, never of the question.
    """
    if not citations:
        return None
    return sum(_is_exact(citation, articles.get(citation.article_id)) for citation in citations) / len(citations)


def _is_exact(citation: Citation, article: Article | None) -> bool:
    if article is None or not citation.quote:
        return False
    if hashlib.sha256(article.text.encode()).hexdigest() != citation.sha256:
        return False
    if any(mask.start < citation.end and citation.start < mask.end for mask in article.masks):
        return False
    return article.text[citation.start : citation.end] == citation.quote


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer with the words that it cites, in order."""

    text: str
    quotes: tuple[str, ...]


def statements(answer: Answer) -> list[Statement]:
    """The sentences of an answer: its text between the markers, each with the quotes that its markers number.

    A number in brackets that no citation has is a part of the words.
    """
    quotes = {citation.n: citation.quote for citation in answer.citations}
    if not quotes:
        return []
    marker = rf"\[(?:{'|'.join(map(str, quotes))})\]"
    return [
        Statement(words.strip(), tuple(quotes[int(number)] for number in re.findall(r"\d+", marks)))
        for words, marks in re.findall(rf"(.*?)\s*((?:{marker})+)(?=\s|$)", answer.text, re.DOTALL)
    ]


def alce_recall(given: Sequence[Statement], entails: Entails) -> float | None:
    """Share of the statements that all their quotes together entail; one that cites nothing has 0. None when nothing was said.

    ALCE, section 4.2, with the quote in place of the passage of 100 words, which is stricter.
    """
    return sum(_recalled(one, entails) for one in given) / len(given) if given else None


def alce_precision(given: Sequence[Statement], entails: Entails) -> float | None:
    """Share of the citations that are needed. None when nothing was cited.

    A citation is needed when its statement has a recall of 1, and the quote entails the statement alone or the other quotes do not
    entail it without (ALCE, section 4.2).
    """
    needed = []
    for one in given:
        recalled = _recalled(one, entails)
        for at, quote in enumerate(one.quotes):
            rest = [*one.quotes[:at], *one.quotes[at + 1 :]]
            idle = not entails(quote, one.text) and bool(rest) and entails("\n".join(rest), one.text)
            needed.append(recalled and not idle)
    return sum(needed) / len(needed) if needed else None


def _recalled(one: Statement, entails: Entails) -> bool:
    return bool(one.quotes) and entails("\n".join(one.quotes), one.text)
