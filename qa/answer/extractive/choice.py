"""Which candidate answers, and how sure that is: two logistic models over a few features, fitted by qa/training/answers/train_answers.py.

Coefficients lie beside the reader's weights, for they belong to that network: qa/models/reader/answers.json names the features, the data
that they were fitted on, with hashes, and the command. Nothing here is set by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.answer.extractive.candidates import Candidate
from qa.answer.extractive.features import NAMES, Features, features, vector
from qa.errors import ModelError
from qa.schema import Query

FILE = Path(__file__).resolve().parents[2] / "models" / "reader" / "answers.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Coefficients in the order of NAMES. `choice` orders a question's candidates, `confidence` (with its bias) is a log-odds."""

    choice: tuple[float, ...]
    confidence: tuple[float, ...]
    bias: float

    def score(self, known: Features) -> float:
        """Higher is likelier to answer, among the candidates of one question."""
        return sum(weight * value for weight, value in zip(self.choice, vector(known), strict=True))

    def probability(self, known: Features) -> float:
        """That the candidate answers, 0 to 1."""
        odds = self.bias + sum(weight * value for weight, value in zip(self.confidence, vector(known), strict=True))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate with what speaks for it."""

    candidate: Candidate
    features: Features
    score: float
    confidence: float


def ranked(query: Query, found: Sequence[Candidate], weights: Weights, margins: Sequence[float] = ()) -> list[Ranked]:
    """Candidates, best first; ties go to the better passage, then to the earlier place. `margins` as in `features`."""
    known = features(query, found, margins)
    every = [
        Ranked(candidate=one, features=of, score=weights.score(of), confidence=weights.probability(of))
        for one, of in zip(found, known, strict=True)
    ]
    return sorted(every, key=lambda one: (-one.score, one.candidate.hit.rank, one.candidate.start))


@cache
def shipped(kind: str) -> Weights:
    """The shipped coefficients: "span" for answers that are a part of a sentence, "polar" for yes-no questions.

    Raises ModelError naming the file when it is absent, broken or of other features.
    """
    cure = "Cure: install the package again, or fit it: qa train answers"
    try:
        found = json.loads(FILE.read_text(encoding="utf-8"))
        if found["features"] != list(NAMES):
            raise ModelError(f"{FILE}: its features are not those of this version. {cure}")
        table = found[kind]
        return Weights(
            choice=tuple(float(table["choice"][name]) for name in NAMES),
            confidence=tuple(float(table["confidence"][name]) for name in NAMES),
            bias=float(table["bias"]),
        )
    except OSError as error:
        raise ModelError(f"{FILE}: {error.strerror}. {cure}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{FILE}: not the coefficients of this version ({error}). {cure}") from error
