"""A sentence of a chat model -> a claim with words that carry it, or the reason why it may not be said.

The order of proof: the quote is found in the passage that the model named; if its letters stand in another passage and
nowhere else, the sentence is cited to that one. Then the words found must carry the sentence: no number, day or name that they lack, the same
denial, and support by the Verifier (by shared words where there is none). Where the quote alone is too short, the
whole sentence around it is tried. `qa.answer.verify` proves it all once more, and only its answers are shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer.parse import Cited, Said
from qa.answer.quarantine import locate
from qa.answer.support import unsupported
from qa.language import text
from qa.language.instructions import instructions, speaks_to_a_machine
from qa.language.words import FUNCTION_WORDS
from qa.schema import Claim, Drop, Hit

if TYPE_CHECKING:
    from qa.protocols import Verifier

ENOUGH = 3
"""Words that a quote must have to carry a sentence by itself; a shorter one is widened to its sentence."""

RECITED = 5
"""Words that a quote must have to be looked for in other passages than the one named; fewer could stand anywhere."""

ADDRESSED = "the words are addressed to a machine, not to readers"

_WEEKDAYS = {
    word: day
    for day, group in enumerate(
        [
            "senin monday",
            "selasa tuesday",
            "rabu wednesday",
            "kamis thursday",
            "jumat jum'at friday",
            "sabtu saturday",
            "minggu ahad sunday",
        ]
    )
    for word in group.split()
}
_PERIOD = frozenset(["pekan", "seminggu", "minggu"])  # "minggu" is Sunday and a week
_MARKUP = re.compile(r"</?[a-z!][^>]*>|!?\[[^\]]*\]\([^)]*\)|https?://|javascript:|data:\w+/", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A claim that may be proposed. `support`: 0 to 1; `recited`: it was moved to the passage that has its words."""

    claim: Claim
    support: float
    recited: bool = False


class Prover:
    """Holds what a model says against the passages that it was shown."""

    def __init__(self, hits: Sequence[Hit], *, verifier: Verifier | None = None, threshold: float = 0.5) -> None:
        self._hits = {hit.rank: hit for hit in hits}
        self._verifier = verifier
        self._threshold = threshold
        self._orders: dict[int, list[tuple[int, int]]] = {}

    def prove(self, said: Said) -> Proved | Drop:
        """The claim with the words that carry it, or why there are none."""
        if why := _unfit(said.text):
            return Drop(claim=said.text, quote="", why=why)
        whys: list[Drop] = []
        for cited in said.cited or (Cited(rank=None, quote=""),):
            found = self._quoted(said.text, cited) if cited.quote else self._searched(said.text, cited.rank)
            if isinstance(found, Proved):
                return found
            whys.append(Drop(claim=said.text, quote=cited.quote, why=found))
        return whys[0]

    def _quoted(self, sentence: str, cited: Cited) -> Proved | str:
        hit = self._hits.get(cited.rank) if cited.rank is not None else None
        span = locate(cited.quote, hit.passage.text) if hit else None
        recited = False
        if hit is None or span is None:
            found = self._elsewhere(cited.quote)
            if found is None:
                return (
                    f"the quote does not stand in passage {cited.rank}"
                    if hit
                    else f"there is no passage {cited.rank}, and no other has the quote"
                )
            hit, span = found
            recited = True
        if self._addressed(hit, *span):
            return ADDRESSED
        why = ""
        for start, end in _widened(hit.passage.text, span):
            proof = hit.passage.text[start:end]
            support, why_not = self.support(sentence, proof)
            if support >= self._threshold:
                return Proved(
                    claim=Claim(text=self._spoken(sentence, proof), quote=proof, hit_rank=hit.rank),
                    support=support,
                    recited=recited,
                )
            why = why or why_not
        return why

    def _searched(self, sentence: str, rank: int | None) -> Proved | str:
        """No quote was given: the sentence that carries it best, in the passage that it names or in any."""
        if rank is not None and rank not in self._hits:
            return f"there is no passage {rank}, and no quote"
        hits = [self._hits[rank]] if rank is not None else list(self._hits.values())
        best: tuple[float, Hit, str] | None = None
        for hit in hits:
            for start, end in text.sentences(hit.passage.text):
                proof = hit.passage.text[start:end].strip()
                if (
                    self._addressed(hit, start, end) or shared(sentence, proof) < 0.5
                ):  # a verifier is asked about likely sentences only, not about every one
                    continue
                support, _ = self.support(sentence, proof)
                if support >= self._threshold and (best is None or support > best[0]):
                    best = support, hit, proof
        if best is None:
            return "no quote was given, and no sentence carries it"
        support, hit, proof = best
        return Proved(claim=Claim(text=sentence, quote=proof, hit_rank=hit.rank), support=support, recited=True)

    def _addressed(self, hit: Hit, start: int, end: int) -> bool:
        """Lies within words that speak to a machine, or within the order that follows them."""
        if hit.rank not in self._orders:
            self._orders[hit.rank] = instructions(hit.passage.text)
        return any(left < end and start < right for left, right in self._orders[hit.rank])

    def _elsewhere(self, quote: str) -> tuple[Hit, tuple[int, int]] | None:
        """The one article that has these very letters, though the model named another; none when several articles do."""
        if len(quote.split()) < RECITED:
            return None
        found = [(hit, (at, at + len(quote))) for hit in self._hits.values() if (at := hit.passage.text.find(quote)) >= 0]
        return found[0] if len({hit.passage.article_id for hit, _ in found}) == 1 else None

    def support(self, sentence: str, proof: str) -> tuple[float, str]:
        """(0 to 1, why not more): how far the words of `proof` carry `sentence`."""
        if any(speaks_to_a_machine(proof[start:end]) for start, end in text.sentences(proof)) or speaks_to_a_machine(sentence):
            return 0.0, ADDRESSED
        if _plain(sentence) in _plain(proof):
            return 1.0, ""
        foreign = text.language(sentence) != text.language(proof)
        if why := unsupported(sentence.casefold() if foreign else sentence, proof) or _wrong_weekday(sentence, proof):
            return 0.0, why
        if self._verifier is not None:
            probability = float(self._verifier.supports(proof, sentence))
            if math.isnan(probability):
                return 0.0, "no support could be computed"
            return probability, f"the quote supports it with {probability:.2f} only"
        if foreign:
            return self._threshold, ""  # nothing here can weigh another language: the quote is said in its place
        part = shared(sentence, proof)
        return part, f"only {part:.0%} of its words stand in the quote"

    def _spoken(self, sentence: str, proof: str) -> str:
        """What is said: the model's sentence; the article's own words where those are in another language and cannot be weighed letter for letter."""
        return (
            proof
            if text.language(sentence) != text.language(proof) and (self._verifier is None or unsupported(sentence, proof))
            else sentence
        )


def shared(sentence: str, proof: str) -> float:
    """The share of the sentence's content words whose root stands in `proof`, 0 to 1 (0 where it has none)."""
    wanted = {text.stem(term) for term in text.terms(sentence) if term not in FUNCTION_WORDS}
    there = {text.stem(term) for term in text.terms(proof)}
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _unfit(sentence: str) -> str:
    if _MARKUP.search(sentence):
        return "it carries markup or an address, which no answer needs"
    if len(sentence) > 1000:
        return "it is longer than any sentence of news"
    return ""


def _widened(passage: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The quote's own span where it has enough words, then the whole sentences that it touches."""
    start, end = span
    if len(passage[start:end].split()) >= ENOUGH:
        yield span
    around = [(left, right) for left, right in text.sentences(passage) if left < end and start < right]
    if around and (around[0][0], around[-1][1]) != span:
        yield min(start, around[0][0]), max(end, around[-1][1])


def _wrong_weekday(sentence: str, proof: str) -> str:
    said, there = ({_WEEKDAYS[word]: word for word in text.terms(part) if word in _WEEKDAYS} for part in (sentence, proof))
    wrong = [word for day, word in said.items() if day not in there and word not in _PERIOD]
    return f"the day '{wrong[0]}' does not stand in the quote" if wrong else ""


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:!?\"'“”").casefold()
