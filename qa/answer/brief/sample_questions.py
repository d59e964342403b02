"""Questions made of what articles say, with the fact that answers each: who holds an office, what a short form stands for, when it was.

A fact is taken where its form is plain, and asked only when no other article of the sample gives the same office to somebody else. Whether
the archive answers is found out by asking; right is an answer that says the fact and cites a sentence that has it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from qa.corpus.entities.glosses import glosses
from qa.corpus.passages import cut
from qa.language import lists
from qa.language.speech.attribution import quotations
from qa.language.text import fold, language, sentences
from qa.language.time.moments import moments
from qa.schema import Answer, Article

LONGEST = 90  # characters of the clause that is asked about
_CLAUSE = re.compile(r"(?P<clause>[A-Z][^,;:.!?\"“”()\n]{15,75}?)\s+(?:pada|on)\s+(?:hari\s+|tanggal\s+|tahun\s+|bulan\s+)?$")
_POINTS_AWAY = re.compile(rf"\b(?:{lists.one_of(lists.column('cues', 'word', use='pointing'))})\b|nya\b", re.IGNORECASE)
_ROLE = re.compile(r"[A-Z][\w'’./-]*(?:\s+[A-Z][\w'’./-]*){1,6}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A question with what answers it: `says` is in text[start:end] of the article, and the answer must say it too."""

    question: str
    says: tuple[str, ...]
    article_id: str
    start: int
    end: int


def facts(articles: Iterable[Article]) -> Iterator[Fact]:
    """The facts of some articles, kinds taking turns, each question once; the first of every article before the second of any."""
    whole = list(articles)
    kinds = [_offices(whole), _days(whole), _short_forms(whole), _sayings(whole)]
    once = {fact.question: fact for fact in chain.from_iterable(zip_longest(*kinds)) if fact is not None}
    used: Counter[str] = Counter()
    order: list[tuple[int, int, Fact]] = []
    for place, fact in enumerate(once.values()):
        order.append((used[fact.article_id], place, fact))
        used[fact.article_id] += 1
    yield from (fact for _, _, fact in sorted(order, key=lambda each: each[:2]))


def right(answer: Answer, fact: Fact) -> bool:
    """Does the answer say the fact, and does a sentence that it cites? Where sources disagree nothing is right."""
    if answer.abstained or (answer.agreement is not None and answer.agreement.verdict in {"update", "contradict"}):
        return False
    spoken = _plain(answer.short or answer.text)
    cited = [_plain(citation.quote) for citation in answer.citations]
    return any(
        f" {_plain(says)} " in f" {spoken} " and any(f" {_plain(says)} " in f" {quote} " for quote in cited) for says in fact.says
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _offices(articles: Sequence[Article]) -> list[Fact]:
    """Who holds an office, "Siapa Kepala Dinas Kesehatan?", of those who speak with an office that nobody else has."""
    holders: dict[str, set[str]] = defaultdict(set)
    found: list[tuple[str, str, Fact]] = []
    for article in articles:
        masks = [(mask.start, mask.end) for mask in article.masks]
        for one in quotations(article.text, masks):
            if not one.named or not _ROLE.fullmatch(one.role) or len(one.speaker.split()) < 2:
                continue
            holders[fold(one.role)].add(fold(one.speaker))
            question = f"Who is {one.role}?" if language(article.text[:400]) == "en" else f"Siapa {one.role}?"
            at = article.text.find(one.speaker)
            if at >= 0:
                found.append((article.id, one.role, Fact(question, (one.speaker,), article.id, at, at + len(one.speaker))))
    alone = [(article, fact) for article, role, fact in found if len(holders[fold(role)]) == 1]
    return _one_each(alone)


def _days(articles: Sequence[Article]) -> list[Fact]:
    """When it was, "Kapan gempa mengguncang Palu?", of a clause with its day behind it."""
    found = []
    for article in articles:
        english = language(article.text[:400]) == "en"
        for passage in cut(article, passage_chars=1):
            for a, b in sentences(passage.text):
                start, end = passage.start + a, passage.start + b
                sentence = article.text[start:end]
                days = moments(sentence, article.published)
                if len(days) != 1:
                    continue
                clause = _CLAUSE.match(sentence[: days[0].start])
                if clause is None or english or _POINTS_AWAY.search(clause["clause"]) or len(clause["clause"]) > LONGEST:
                    continue
                says = tuple(dict.fromkeys((days[0].text, re.sub(r"^\w+\s+\(|\)$", "", days[0].text))))
                found.append(
                    (article.id, Fact(f"Kapan {_lowered(clause['clause'], article.text)}?", says, article.id, start, end))
                )
    return _one_each(found)


def _short_forms(articles: Sequence[Article]) -> list[Fact]:
    """What it stands for, "Apa kepanjangan KPK?", of a short form that the article explains."""
    found = []
    for article in articles:
        for gloss in glosses(_unmasked(article)):
            if gloss.short.isupper() and len(gloss.long.split()) > 1:
                english = language(article.text[:400]) == "en"
                question = f"What does {gloss.short} stand for?" if english else f"Apa kepanjangan {gloss.short}?"
                found.append((article.id, Fact(question, (gloss.long,), article.id, gloss.start, gloss.end)))
    return _one_each(found)


def _sayings(articles: Sequence[Article]) -> list[Fact]:
    """What was said, "Apa kata Yudia Supradini?", of somebody with one direct quotation in the sample."""
    facts_by_key: dict[str, list[tuple[str, Fact]]] = defaultdict(list)
    for article in articles:
        masks = [(mask.start, mask.end) for mask in article.masks]
        for one in quotations(article.text, masks):
            words = article.text[one.start : one.end]
            if one.named and one.direct and len(one.speaker.split()) > 1 and 5 <= len(words.split()) <= 40:
                question = f"What did {one.speaker} say?" if language(article.text[:400]) == "en" else f"Apa kata {one.speaker}?"
                facts_by_key[fold(one.speaker)].append((article.id, Fact(question, (words,), article.id, one.start, one.end)))
    return _one_each([facts[0] for facts in facts_by_key.values() if len(facts) == 1])


def _one_each(found: Iterable[tuple[str, Fact]]) -> list[Fact]:
    """The first fact of each article."""
    kept: dict[str, Fact] = {}
    for article, fact in found:
        kept.setdefault(article, fact)
    return list(kept.values())


def _lowered(clause: str, text: str) -> str:
    """A clause without the capital of its sentence's beginning, where the article writes that word small elsewhere."""
    first = clause.split(" ", 1)[0]
    small = first[0].lower() + first[1:]
    return small + clause[len(first) :] if re.search(rf"\b{re.escape(small)}\b", text) else clause


def _unmasked(article: Article) -> str:
    text = article.text
    for mask in article.masks:
        text = text[: mask.start] + "\n" * (mask.end - mask.start) + text[mask.end :]
    return text
