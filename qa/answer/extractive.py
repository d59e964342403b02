"""The reader without a chat model: the sentence that answers, verbatim, and the span in it that is the answer.

It proposes; verify.py proves. Where the passages come near and do not answer it says so: an empty draft with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qa.answer import score, sides, spanscore
from qa.answer.candidates import candidates
from qa.answer.entail import Entail
from qa.answer.held import held
from qa.answer.matching import Near, Sentence, Wanted, Weights, proper_words, rarity, sentences, wanted
from qa.answer.measures import AGE, measured
from qa.answer.people import PRONOUNS, Candidate, people
from qa.answer.spanlist import Read, Reading
from qa.language import text
from qa.schema import Claim, Draft, Hit, Query

if TYPE_CHECKING:
    from qa.protocols import Encoder

Evidence = Callable[[str, Sequence[str], Sequence[str]], Sequence[Reading]]
"""(question, texts, their articles' titles) -> what a trained reader makes of each text."""

_NEAR_LEAST = 0.45  # cosines of word vectors below this are noise


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence with the rules' best span and all that speaks for it."""

    sentence: Sentence
    span: Candidate | None
    features: score.Features
    score: float
    earlier: tuple[Sentence, ...] = ()  # the sentences before it in the article, nearest first
    rules: tuple[Candidate, ...] = ()  # all of the rules' spans, in no order
    near: Near = field(default_factory=dict)
    read: tuple[Read, ...] = ()  # a trained reader's views: the sentence alone, and after the one before it


class ExtractiveReader:
    """Reader by rules over the passages found.

    encoder   lets a question in one language be read against sentences in the other, and near words stand for each other
    weights   folded word -> its rarity in the corpus; without it, rarity among the passages at hand
    evidence  a trained reader's view of sentences, weighed in score.py; `depth` sentences of a question are read
    entail    judges which side a sentence takes in a yes-no question, where its words leave that open
    """

    name = "extractive"

    def __init__(
        self,
        *,
        max_citations: int = 3,
        encoder: Encoder | None = None,
        weights: Weights | None = None,
        evidence: Evidence | None = None,
        entail: Entail | None = None,
        depth: int = 12,
    ) -> None:
        self.max_citations = max_citations
        self.encoder = encoder
        self.weights = weights
        self.evidence = evidence
        self.entail = entail
        self.depth = depth

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """A draft whose claims are sentences of the hits, word for word."""
        if not hits:
            return Draft(reason="nothing-found")
        choices, want = self.choices(query, hits)
        if not choices:
            return Draft(reason="not-in-articles" if want.terms else "empty-question")
        best = choices[0]
        if best.features.cover_near <= 0.0:
            return Draft(reason="nothing-found")
        confidence = score.confidence(best.features)
        if best.features.untyped and _must_fit(want):
            confidence = min(confidence, _HARDLY - 0.01)
        if confidence < _HARDLY:
            return Draft(reason="not-in-articles", confidence=confidence)
        said = [one.sentence for one in self._agreeing(choices)]
        short = self._short(query, want, best)
        if query.kind == "who" and (meant := _antecedent(best, want)):
            said = [meant[0], *said]
            short = meant[1]
        if want.named and query.kind == "what" and len(short.split()) > _LONGEST_NAME:  # no name stands there
            return Draft(reason="not-in-articles", confidence=min(confidence, _HARDLY))
        claims = tuple(Claim(text=one.text, quote=one.text, hit_rank=one.hit.rank) for one in said[: self.max_citations])
        return Draft(claims=claims, short=short, confidence=confidence)

    def choices(self, query: Query, hits: Sequence[Hit]) -> tuple[list[Choice], Wanted]:
        """The sentences of the hits that come near, best first, and what was looked for.

        An English question is read as it stands and in Indonesian words, for the archive may hold both; the surer one counts.
        """
        asked, (found, want) = query, self._choices(query, hits)
        if query.gloss and not want.spelled:  # "stand for" has no word for word in Indonesian
            other = replace(query, text=query.gloss, language="id")
            if _sure(others := self._choices(other, hits)) > _sure((found, want)):
                asked, (found, want) = other, others
        return self._read_again(asked.text, found), want

    def _choices(self, query: Query, hits: Sequence[Hit]) -> tuple[list[Choice], Wanted]:
        articles = sentences(hits)
        want = wanted(query, self.weights or rarity(articles), proper_words(articles))
        if not want.terms:
            return [], want
        flat = [sentence for article in articles for sentence in article]
        near, similar = self._vectors(query, want, flat)
        has = held(want, articles, near)
        absent = score.absent(want, has)
        plain: list[Choice] = []
        for article in articles:
            title = frozenset(text.terms(article[0].hit.passage.title)) if article else frozenset()
            for index, sentence in enumerate(article):
                known = score.features(
                    want, article, index, has, title=title,
                    similarity=similar.get(id(sentence), 0.0), absent=absent,
                )  # fmt: skip
                if known.cover_near <= 0.0 and known.similarity <= 0.0:
                    continue
                earlier = tuple(article[at] for at in range(index - 1, max(-1, index - 1 - _BACK), -1))
                plain.append(Choice(sentence, None, known, score.rank(known), earlier))
        plain.sort(key=_best_first)
        found = [self._spanned(want, one, near) for one in plain[:_READ_CLOSELY]]
        return sorted(found, key=_best_first), want

    def _spanned(self, want: Wanted, plain: Choice, near: Near) -> Choice:
        sentence, known = plain.sentence, plain.features
        best: tuple[float, float, Candidate] | None = None
        listed = tuple(candidates(sentence.text, want))
        for candidate in listed:
            value, nearness = score.span_score(want, sentence, candidate, near)
            if best is None or value > best[0]:
                best = (value, nearness, candidate)
        if best is None and want.asked.kind == "who" and _antecedent(plain, want):
            known = replace(known, fit=_NAMED, untyped=0.0)
        if best is not None:
            known = replace(known, fit=best[2].fit, near=best[1], untyped=known.untyped * (best[2].fit < score.FITS))
        span = best[2] if best else None
        return replace(plain, span=span, features=known, score=score.rank(known), rules=listed, near=near)

    def _agreeing(self, choices: Sequence[Choice]) -> list[Choice]:
        """The best sentence, and the best of each further article whose score comes near it."""
        best = choices[0]
        kept = [best]
        for other in choices[1:]:
            if len(kept) >= self.max_citations or other.score < best.score - _MARGIN:
                break
            if score.confidence(other.features) >= _ALSO and all(
                other.sentence.hit.passage.article_id != one.sentence.hit.passage.article_id for one in kept
            ):
                kept.append(other)
        return kept

    def _short(self, query: Query, want: Wanted, best: Choice) -> str:
        if query.kind == "yes_no":
            taken = sides.side(query.gloss or query.text, want, best.sentence, best.features, self.entail)
            return "" if taken is None else _YES_NO[query.language][not taken]  # shown, but it says no yes: "naik pesawat?"
        span = (best.span.start, best.span.end) if best.span else None
        if best.read:
            span = spanscore.choose(want, best.sentence, best.rules, best.near, best.read)
        return best.sentence.text[slice(*span)].strip() if span else ""

    def _read_again(self, question: str, found: list[Choice]) -> list[Choice]:
        """The first `depth` choices as a trained reader sees them, in a new order with the rest."""
        if self.evidence is None or not found:
            return found
        first, rest = found[: self.depth], found[self.depth :]
        titles = [one.sentence.hit.passage.title for one in first]
        alone = self.evidence(question, [one.sentence.text for one in first], titles)
        before = [f"{one.earlier[0].text} " if one.earlier else "" for one in first]
        together = self.evidence(question, [said + one.sentence.text for said, one in zip(before, first, strict=True)], titles)
        again = [replace(one, features=score.not_read(one.features)) for one in rest]
        for one, said, itself, after in zip(first, before, alone, together, strict=True):
            read = (Read(itself), Read(after, len(said)))
            again.append(replace(one, features=score.read_again(one.features, itself, after), read=read))
        return sorted((replace(one, score=score.rank(one.features)) for one in again), key=_best_first)

    def _vectors(
        self, query: Query, want: Wanted, flat: Sequence[Sentence]
    ) -> tuple[dict[tuple[str, str], float], dict[int, float]]:
        """Cosines of (term, word) above noise, and of the question with each sentence."""
        if self.encoder is None or not flat:
            return {}, {}
        terms = [term.form for term in want.terms if term.days is None and (not term.name or want.language == "en")]
        words = sorted({form for sentence in flat for form in sentence.forms if len(form) > 2 and not form[0].isdigit()})
        vectors = self.encoder.passages([*terms, *words, *(sentence.text for sentence in flat)])
        n, m = len(terms), len(terms) + len(words)
        near: dict[tuple[str, str], float] = {}
        if terms and words:
            cosines = vectors[:n] @ vectors[n:m].T  # (n terms, n words)
            near = {(terms[i], words[j]): float(cosines[i, j]) for i, j in zip(*(cosines > _NEAR_LEAST).nonzero(), strict=True)}
        similar = vectors[m:] @ self.encoder.question(query.text)  # (n sentences,)
        return near, {id(sentence): float(value) for sentence, value in zip(flat, similar, strict=True)}


def _must_fit(want: Wanted) -> bool:
    """Can nothing answer but a figure, a name, a time that is to come? An age may stand in brackets alone: "(15)"."""
    asked = want.asked
    counted = asked.kind == "how_many" and measured(want) is not AGE
    return counted or (asked.kind == "what" and want.named) or (asked.kind == "when" and want.future)


def _best_first(choice: Choice) -> tuple[float, int, int]:
    return -choice.score, choice.sentence.hit.rank, choice.sentence.start


def _sure(found: tuple[list[Choice], Wanted]) -> float:
    return score.confidence(found[0][0].features) if found[0] else -1.0


def _antecedent(best: Choice, want: Wanted) -> tuple[Sentence, str] | None:
    """Who "dia" is: the nearest earlier sentence that names a person, and the name there; None without need.

    Of several names the one that most looks like a person, then the first: the subject of one sentence is often the next one's.
    """
    words = best.sentence.words
    if not words or not any(word in PRONOUNS for word, _, _ in words[:3]):
        return None
    if best.span is not None and best.span.fit >= _NAMED and best.span.start > words[2 if len(words) > 2 else 0][1]:
        return None
    for sentence in best.earlier:
        named = [one for one in people(sentence.text, want) if one.fit >= _NAMED]
        if named:
            first = min(named, key=lambda one: (-one.fit, one.start, -one.end))
            return sentence, sentence.text[first.start : first.end]
    return None


_READ_CLOSELY = 40  # sentences, best first by their words, whose spans are looked at
_BACK = 3  # sentences in which a pronoun's name is looked for
_NAMED = 0.6  # fit of a candidate that is surely a name
_ALSO = 0.12  # confidence that a further article's sentence needs to be cited beside the best
_LONGEST_NAME = 16  # words; the longest titles that FacQA's questions ask for
_HARDLY = 0.15  # a sentence less sure than this does not even come near an answer
_MARGIN = 3.0  # of score: further articles are cited down to this far below the best sentence
_YES_NO = {"id": ("Ya", "Tidak"), "en": ("Yes", "No")}
