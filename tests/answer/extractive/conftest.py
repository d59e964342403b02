"""Passages with readings that are written by hand: what the network would say, without the network."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.answer.extractive import choice
from qa.answer.extractive.features import NAMES
from qa.schema import AnswerSpan, Hit, Passage, Reading


def table(bias: float = 0.0, **known: float) -> dict[str, Any]:
    """An answers.json with these coefficients, the same for choice and confidence and for both kinds; 0 where none is given."""
    row = {name: known.get(name, 0.0) for name in NAMES}
    kind = {"choice": row, "confidence": row, "bias": bias}
    return {"features": list(NAMES), "span": kind, "polar": kind}


@dataclass
class Archive:
    """Makes hits: each of an article of its own unless it is named."""

    hits: list[Hit] = field(default_factory=list)

    def add(
        self,
        text: str,
        *spans: tuple[str, float],
        article: str = "",
        title: str = "",
        outlet: str = "",
        published: date | None = None,
        start: int = 0,
        relevance: float = 3.0,
        answerable: float = 2.0,
        polar: float = 0.0,
        found: tuple[float, int] | None = None,
        read: bool = True,
    ) -> Hit:
        rank = len(self.hits) + 1
        name = article or f"a{rank}"
        passage = Passage(
            id=f"{name}:{start}-{start + len(text)}", article_id=name, start=start, end=start + len(text), text=text,
            title=title, outlet=outlet, published=published,
        )  # fmt: skip
        reading = Reading(
            relevance=relevance,
            answerable=answerable,
            polar=polar,
            spans=tuple(AnswerSpan(text.index(words), text.index(words) + len(words), score) for words, score in spans),
            found_score=found[0] if found else 1.0,
            found_rank=found[1] if found else rank,
        )
        self.hits.append(Hit(passage=passage, score=1.0, rank=rank, stage="reranked", reading=reading if read else None))
        return self.hits[-1]


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def fitted(tmp_path, monkeypatch):
    """Puts other coefficients in the place of the shipped ones, as a file."""
    path = tmp_path / "answers.json"
    monkeypatch.setattr(choice, "FILE", path)

    def put(bias: float = 0.0, **known: float) -> Path:
        path.write_text(json.dumps(table(bias, **known)), encoding="utf-8")
        choice.shipped.cache_clear()
        return path

    yield put
    choice.shipped.cache_clear()


@pytest.fixture
def by_span(fitted):
    """Coefficients that trust the span's logit alone: a logit of 10 is a confidence of .73, of 0 one of .50, of -30 one of .05."""
    return fitted(span=1.0)
