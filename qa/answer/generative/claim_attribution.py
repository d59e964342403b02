"""A sentence of a chat model -> a claim with words that carry it, or the reason why it may not be said.

The order of proof: the quote is found in the passage that the model named; if its letters are in another passage and
nowhere else, the sentence is cited to that one. Then the words found must carry the sentence: no number, day or name that they lack, the same
denial, and support by the Verifier (by shared words where there is none). Where the quote alone is too little, the
sentence around it is tried, and the one before that; where no quote carries it alone, those that carry it together are cited together;
where none does, the sentence of the passages that does. `qa.answer.verify.verify` proves it all once more, and only its answers are shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer.generative.reply import Cited, ReplySentence
from qa.answer.generative.sanitise import locate
from qa.answer.verify.argument_order import MARGIN, open_pairs
from qa.answer.verify.entailment import shared, verbatim
from qa.answer.verify.figures import wrong_figure
from qa.answer.verify.negation import contrary
from qa.answer.verify.support import unlike, unsupported
from qa.language import text
from qa.language.annotate.prompt_injection import instructions, speaks_to_a_machine
from qa.language.gloss.gloss import gloss
from qa.schema import Claim, Drop, Hit, Quoted

if TYPE_CHECKING:
    from qa.protocols import Verifier

ENOUGH = 3
"""Words that a quote must have to carry a sentence by itself; a shorter one is widened to its sentence."""

RECITED = 5
"""Words that a quote must have to be looked for in other passages than the one named; fewer could be anywhere."""

LIKELY = 0.5
"""Share of a sentence's words that another sentence must have to be asked about: not every one is worth a verifier's time."""

ADDRESSED = "the words are addressed to a machine, not to readers"

UNORDERED = "have a relation that the quote does not support"

_MARKUP = re.compile(r"</?[a-z!][^>]*>|!?\[[^\]]*\]\([^)]*\)|https?://|javascript:|data:\w+/", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A claim that may be proposed. `support`: 0 to 1; `recited`: why other words than the model's are cited, "" where they are not."""

    claim: Claim
    support: float
    recited: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote was found: a span of a hit's passage."""

    hit: Hit
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.hit.passage.text[self.start : self.end]


class Prover:
    """Holds what a model says against the passages that it was shown."""

    def __init__(self, hits: Sequence[Hit], *, verifier: Verifier | None = None, threshold: float = 0.5) -> None:
        self._hits = {hit.rank: hit for hit in hits}
        self._verifier = verifier
        self._threshold = threshold
        self._orders: dict[int, list[tuple[int, int]]] = {}

    def prove(self, reply_sentence: ReplySentence) -> Proved | Drop:
        """The claim with the words that carry it, or why there are none."""
        if why := _unfit(reply_sentence.text):
            return Drop(claim=reply_sentence.text, quote="", why=why)
        whys: list[Drop] = []
        places: list[_Place] = []
        moved = ""
        for cited in reply_sentence.cited or (Cited(rank=None, quote=""),):
            if not cited.quote:
                found = self._searched(reply_sentence.text, cited.rank)
            else:
                place = self._place(cited)
                if isinstance(place, _Place):
                    moved = moved or (f"passage {cited.rank} has no such words" if place.hit.rank != cited.rank else "")
                    places.append(place)
                found = place if isinstance(place, str) else self._carried(reply_sentence.text, place, moved)
            if isinstance(found, Proved):
                return found
            whys.append(Drop(claim=reply_sentence.text, quote=cited.quote, why=found))
        return (
            self._together(reply_sentence.text, places)
            or self._recited(reply_sentence.text, places, whys[0].why)
            or self._aside(reply_sentence.text, places)
            or whys[0]
        )

    def _place(self, cited: Cited) -> _Place | str:
        """Where the quote is, or why it may not be cited."""
        hit = self._hits.get(cited.rank) if cited.rank is not None else None
        span = locate(cited.quote, hit.passage.text) if hit else None
        if hit is None or span is None:
            found = self._elsewhere(cited.quote)
            if found is None:
                return (
                    f"the quote is not in passage {cited.rank}"
                    if hit
                    else f"there is no passage {cited.rank}, and no other has the quote"
                )
            hit, span = found
        return ADDRESSED if self._addressed(hit, *span) else _Place(hit, *span)

    def _carried(self, sentence: str, place: _Place, moved: str) -> Proved | str:
        why = ""
        for start, end in _widened(place.hit.passage.text, (place.start, place.end)):
            if self._addressed(place.hit, start, end):
                break
            proof = place.hit.passage.text[start:end]
            support, why_not = self.support(sentence, proof)
            if support >= self._threshold:
                return Proved(claim=Claim(text=sentence, quote=proof, hit_rank=place.hit.rank), support=support, recited=moved)
            why = why or why_not
        return why or ADDRESSED

    def _together(self, sentence: str, places: Sequence[_Place]) -> Proved | None:
        """Several quotes of which none carries the sentence alone: those of them that it needs."""
        needed = list(dict.fromkeys(places))
        if len(needed) < 2 or self.support(sentence, _joined(needed))[0] < self._threshold:
            return None
        for place in tuple(needed):
            rest = [other for other in needed if other is not place]
            if len(rest) > 1 and self.support(sentence, _joined(rest))[0] >= self._threshold:
                needed = rest
        first, *others = needed
        also = tuple(Quoted(quote=other.words, hit_rank=other.hit.rank) for other in others)
        claim = Claim(text=sentence, quote=first.words, hit_rank=first.hit.rank, also=also)
        return Proved(claim=claim, support=self.support(sentence, _joined(needed))[0])

    def _recited(self, sentence: str, places: Sequence[_Place], why: str) -> Proved | None:
        """Real words that do not carry the sentence: those of another sentence that do. Who makes words up is not helped so."""
        found = self._searched(sentence, None) if places else ""
        return Proved(claim=found.claim, support=found.support, recited=why) if isinstance(found, Proved) else None

    def _aside(self, sentence: str, places: Sequence[_Place]) -> Proved | None:
        """A sentence of which a quote is in another language, or of which only who did it to whom is not proved: the quote says it itself.

        No figure and no denial speaks against it, nor any name where both are in one language.
        """
        whole = [(place, *list(_widened(place.hit.passage.text, (place.start, place.end), before=False))[-1]) for place in places]
        proofs = "\n".join(place.hit.passage.text[start:end] for place, start, end in whole)
        for place, start, end in whole:
            proof = place.hit.passage.text[start:end]
            if self._addressed(place.hit, start, end) or speaks_to_a_machine(sentence):
                continue
            if text.language(sentence) != text.language(proof):
                why = "said in the article's own language"
                fit = not wrong_figure(sentence, proof) and not contrary(sentence, proof, foreign=True)
            else:
                why = self._unordered(sentence, proofs)
                fit = bool(why) and not unlike(sentence, proofs) and shared(sentence, proofs) >= LIKELY
            if fit:
                return Proved(claim=Claim(text=proof, quote=proof, hit_rank=place.hit.rank), support=self._threshold, recited=why)
        return None

    def _searched(self, sentence: str, rank: int | None) -> Proved | str:
        """No quote was given: the sentence that carries it best, in the passage that it names or in any."""
        if rank is not None and rank not in self._hits:
            return f"there is no passage {rank}, and no quote"
        hits = [self._hits[rank]] if rank is not None else list(self._hits.values())
        best: tuple[float, Hit, str] | None = None
        rendered = gloss(sentence) if text.language(sentence) == "en" else sentence
        for hit in hits:
            for start, end in text.sentences(hit.passage.text):
                proof = hit.passage.text[start:end].strip()
                foreign = self._verifier is not None and text.language(proof) == "id"
                if self._addressed(hit, start, end) or shared(rendered if foreign else sentence, proof) < LIKELY:
                    continue
                support, _ = self.support(sentence, proof)
                if support >= self._threshold and (best is None or support > best[0]):
                    best = support, hit, proof
        if best is None:
            return "no quote was given, and no sentence carries it"
        support, hit, proof = best
        return Proved(claim=Claim(text=sentence, quote=proof, hit_rank=hit.rank), support=support, recited="no quote was given")

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
        if verbatim(proof, sentence):
            return 1.0, ""
        if why := unsupported(sentence, proof):
            return 0.0, why
        if why := self._unordered(sentence, proof):
            return 0.0, why
        if self._verifier is not None:
            probability = float(self._verifier.supports(proof, sentence))
            if math.isnan(probability):
                return 0.0, "no support could be computed"
            return probability, f"the quote supports it with {probability:.2f} only"
        part = shared(sentence, proof)
        return part, f"only {part:.0%} of its words are in the quote"

    def _unordered(self, sentence: str, proof: str) -> str:
        """Two names that could as well be exchanged as far as rules and the verifier's head can tell, "" where their order is the quote's."""
        for pair in open_pairs(sentence, proof):
            if self._verifier is None or pair.odds + self._verifier.prefers(pair.quote, pair.claim, pair.other) < MARGIN:
                return f"'{pair.first}' and '{pair.second}' {UNORDERED}"
        return ""


def _joined(places: Sequence[_Place]) -> str:
    return "\n".join(place.words for place in places)


def _unfit(sentence: str) -> str:
    if _MARKUP.search(sentence):
        return "it carries markup or an address, which no answer needs"
    if len(sentence) > 1000:
        return "it is longer than any sentence of news"
    return ""


def _widened(passage: str, span: tuple[int, int], *, before: bool = True) -> Iterator[tuple[int, int]]:
    """The quote's own span where it has enough words, the whole sentences that it touches, and these with the one `before`.

    The sentence before often names whom "dia" and "pangkalan itu" mean.
    """
    start, end = span
    if len(passage[start:end].split()) >= ENOUGH:
        yield span
    sentences = text.sentences(passage)
    around = [at for at, (left, right) in enumerate(sentences) if left < end and start < right]
    if not around:
        return
    whole = min(start, sentences[around[0]][0]), max(end, sentences[around[-1]][1])
    if whole != span or len(passage[start:end].split()) < ENOUGH:
        yield whole
    if before and around[0] > 0:
        yield sentences[around[0] - 1][0], whole[1]
