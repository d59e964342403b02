"""In which order passages are read: three numbers of each, by a linear model that qa/training/answers/train_ranking.py fits.

Search merges two lists so that the right passage is among the first twenty; which of them comes first decides what the network reads, for it
reads few. Coefficients lie beside the encoder, whose cosines they weigh: qa/models/encoder/ranking.json names the data and the command.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from qa.errors import ModelError
from qa.language.meaning.shared_words import share
from qa.schema import Hit, Passage, Query

FILE = Path(__file__).resolve().parent.parent / "models" / "encoder" / "ranking.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a passage before it is read; with the coefficients as values, what each number weighs."""

    cosine: float  # of the question and the passage, by the encoder
    words: float  # share of the question's words, by rarity, in the passage and what precedes it
    bm25: float  # of the passage, in so many rare words that match


def words_found(query: Query, passage: Passage) -> float:
    """The share of the question's words, by rarity, that a passage has, its title, outlet and year included."""
    year = passage.published.year if passage.published else ""
    return share(query.terms, f"{passage.title} {passage.outlet} {year} {passage.text}")


def score(known: Evidence, weights: Evidence) -> float:
    """Higher is likelier to answer, among the passages of one question."""
    return known.cosine * weights.cosine + known.words * weights.words + known.bm25 * weights.bm25


def reordered(hits: Sequence[Hit], known: Sequence[Evidence], weights: Evidence) -> tuple[Hit, ...]:
    """The hits by their scores, ranks from 1; ties keep the order they came in."""
    scored = [replace(hit, score=score(one, weights)) for hit, one in zip(hits, known, strict=True)]
    scored.sort(key=lambda hit: -hit.score)
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(scored, 1))


@cache
def shipped() -> Evidence:
    """The shipped coefficients. Raises ModelError naming the file when it is absent or broken."""
    cure = "Cure: install the package again, or fit it: qa train ranking"
    try:
        table = json.loads(FILE.read_text(encoding="utf-8"))["weights"]
        return Evidence(cosine=float(table["cosine"]), words=float(table["words"]), bm25=float(table["bm25"]))
    except OSError as error:
        raise ModelError(f"{FILE}: {error.strerror}. {cure}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{FILE}: not the coefficients of this version ({error}). {cure}") from error
