"""The Verifier over the shipped cross-encoder's entailment head: does a quote carry a sentence in other words?

Support is agreement and entailment. First the closed checks of `qa.answer.verify.support`: what they refuse has 0, what is in
the quote as it is has 1. Between the two a logistic over what the head says and the share of the claim's words that the quote
has, fitted on IndoNLI's validation pairs (which took no part in the head's training) as far as the closed checks pass them.
There 55 in 100 of what passes is entailed; of a chat model's sentences whose quote was found far more are, so the odds are raised
threefold, and 0.5 lets 93 % of the entailed pairs through. Over all of IndoNLI's pairs, closed checks included, that is 83 %
of the entailed, 30 % of the neutral and 16 % of the contradicted.

The head was taught Indonesian alone: of English sentences over their Indonesian originals it takes one in eight for entailed.
So the English side is first rendered word for word in Indonesian (`qa.language.gloss.gloss`), choosing among renderings by the other side's
words. Of 250 sentences of a parallel treebank 31 % pass so over their translation (names that the languages spell differently cost most
of the rest), and none over the nearest other sentence.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Protocol

from qa.answer.verify.support import unsupported
from qa.language import text
from qa.language.gloss.gloss import gloss
from qa.language.text.words import FUNCTION_WORDS

_BIAS, _ENTAILED, _CONTRADICTED, _SHARED = -2.96 + 1.10, 0.254, -0.089, 3.544  # fitted, and log 3 for the other base rate
_SHARPEST = 1e-4  # probabilities nearer to 0 and 1 say no more


ORDER = 0.0
"""Weight of the head's word where rules cannot tell who did it to whom: none, for the shipped one prefers the true order of two names no
oftener than the false one. A head that was taught it gets its weight by a logistic over the rules' log-odds and its own."""


class EntailmentScores(Protocol):
    """What an entailment head says of (premise, hypothesis)."""

    @property
    def entailed(self) -> float: ...
    @property
    def contradicted(self) -> float: ...


Entail = Callable[[str, str], EntailmentScores]


class EntailmentVerifier:
    """Verifier by closed checks and an entailment head that is loaded when it is first needed. Safe to call from several threads.

    load: gives entail(premise, hypothesis). order: what the head's word counts for on which of two names did it.
    """

    def __init__(self, load: Callable[[], Entail], *, order: float = ORDER) -> None:
        self._load = load
        self._order = order
        self._entail: Entail | None = None
        self._loading = threading.Lock()

    def supports(self, premise: str, claim: str) -> float:
        """Probability that `premise` (a quote) carries `claim`; 0 where figures, names or denials differ, 1 where it is said as it is."""
        if verbatim(premise, claim):
            return 1.0
        if unsupported(claim, premise):
            return 0.0
        premise, claim, foreign = in_one_language(premise, claim)
        if foreign and unsupported(claim, premise):  # once more in one language: which words a number is beside, who did it
            return 0.0
        verdict = self._head()(premise, claim)
        return _logistic(
            _BIAS
            + _ENTAILED * _logit(verdict.entailed)
            + _CONTRADICTED * _logit(verdict.contradicted)
            + _SHARED * shared(claim, premise)
        )

    def prefers(self, premise: str, claim: str, other: str) -> float:
        """Log-odds by which the head, as far as it is trusted in this, takes `claim` rather than `other` for what `premise` says."""
        if not self._order:
            return 0.0
        head = self._head()
        return self._order * (_logit(head(premise, claim).entailed) - _logit(head(premise, other).entailed))

    def _head(self) -> Entail:
        with self._loading:
            if self._entail is None:
                self._entail = self._load()
            return self._entail


def in_one_language(premise: str, claim: str) -> tuple[str, str, bool]:
    """Both sides in Indonesian, and whether one had to be rendered; as they are where they share a language."""
    tongues = text.language(premise), text.language(claim)
    if tongues == ("id", "en"):
        return premise, gloss(claim, known=frozenset(text.terms(premise)).__contains__), True
    if tongues == ("en", "id"):
        return gloss(premise, known=frozenset(text.terms(claim)).__contains__), claim, True
    return premise, claim, False


def verbatim(premise: str, claim: str) -> bool:
    """Is the claim in the premise as it is, up to white space, case and the marks around it, from word to word?"""
    mine, theirs = _plain(claim), _plain(premise)
    at = theirs.find(mine) if mine else -1
    while at >= 0:
        end = at + len(mine)
        if (at == 0 or not theirs[at - 1].isalnum()) and (end == len(theirs) or not theirs[end].isalnum()):
            return True
        at = theirs.find(mine, at + 1)
    return False


def shared(claim: str, premise: str) -> float:
    """The share of the claim's content words whose root is in `premise`, 0 to 1 (0 where it has none)."""
    wanted = {text.stem(term) for term in text.terms(claim) if term not in FUNCTION_WORDS}
    there = {text.stem(term) for term in text.terms(premise)}
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:!?\"'“”").casefold()


def _logit(probability: float) -> float:
    clipped = min(1 - _SHARPEST, max(_SHARPEST, probability))
    return math.log(clipped / (1 - clipped))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if not math.isnan(value) else 0.0
