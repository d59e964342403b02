"""The scoring of the extractive reader, all of it: features of a sentence, features of a span, weights, confidence.

Every weight stands in the tables below. A sentence's score is a weighted sum of its features; a span's likewise; the
confidence of an answer is a logistic of the features of what was chosen. Evidence of a trained reader joins as features
like any other: with none, they are 0 and the rules stand alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answer.candidates import Candidate
from qa.answer.matching import DENIALS, Near, Sentence, Wanted, has_figure, same_root


class Reading(Protocol):
    """What a trained reader makes of one passage: probabilities from 0 to 1 and spans (start, end, score) in the passage."""

    @property
    def relevance(self) -> float: ...
    @property
    def answerable(self) -> float: ...
    @property
    def spans(self) -> Sequence[tuple[int, int, float]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """All from 0 to 1, save `length`. "near" means: in the sentence, or less in the ones before it, the title, the one after."""

    cover: float = 0.0  # weighted share of the question's terms in the sentence
    cover_near: float = 0.0
    names: float = 1.0  # the same over the names of the question alone (1 when it has none)
    names_near: float = 1.0
    rest: float = 1.0  # over what is no name: what was done, to what
    rest_near: float = 1.0
    missing: float = 0.0  # weight of the heaviest term that is nowhere near, as a share of the heaviest
    adjacent: float = 0.0  # share of the question's neighbouring terms that are neighbours here too
    phrase: float = 1.0  # the same over terms that touch in the question ("menteri pertahanan"), within two words here
    denial: float = 0.0  # the question denies and the sentence does not, or the other way round
    vague: float = 0.0  # a kind of question that no form of answer is peculiar to (why, how, what, yes_no)
    similarity: float = 0.0  # cosine of question and sentence
    rank: float = 0.0  # 1 / rank of the passage
    fit: float = 0.0  # form of the best candidate
    near: float = 0.0  # nearness of that candidate to the question's terms
    figure_missing: float = 0.0  # a number or version that the question names is nowhere near
    day_missing: float = 0.0
    asks: float = 0.0  # the sentence is itself a question
    length: float = 0.0  # words, log scale, 1 = 100 words
    relevance: float = 0.0  # a trained reader's, of the passage
    answerable: float = 0.0
    span: float = 0.0  # a trained reader's best span in this sentence


# Order of sentences. Set by hand on qa_facqa.train, where the sentence that holds the answer is known.
RANK: dict[str, float] = {
    "cover": 3.0, "cover_near": 2.0, "names": 0.6, "names_near": 0.8, "rest": 1.0, "rest_near": 0.5, "missing": -0.8, "adjacent": 0.8,
    "phrase": 0.3, "denial": -0.1, "similarity": 1.5, "rank": 0.4, "fit": 1.6, "near": 0.8, "figure_missing": -1.0, "day_missing": -0.7, "asks": -2.0, "length": -0.2,
    "relevance": 2.0, "answerable": 1.0, "span": 3.0,
}  # fmt: skip
# Log-odds that the chosen sentence answers.
CONFIDENCE: dict[str, float] = {
    "bias": -5.0, "cover": 2.0, "cover_near": 3.0, "names": 0.5, "names_near": 1.0, "rest": 1.0, "rest_near": 1.0, "missing": -2.0, "adjacent": 0.5,
    "phrase": 1.0, "denial": -0.2, "vague": 0.0, "similarity": 0.5, "rank": 0.3, "fit": 1.5, "near": 0.7, "figure_missing": -1.5, "day_missing": -1.0, "asks": -1.0,
    "relevance": 2.0, "answerable": 2.0, "span": 1.0,
}  # fmt: skip
# Order of spans in a sentence.
SPAN: dict[str, float] = {"fit": 2.0, "near": 1.0, "asked": -2.5, "length": -0.15}

_CONTEXT = ((-1, 0.75), (-2, 0.5), (1, 0.3))  # neighbours of a sentence and how much their words count
_TITLE = 0.6


def features(
    wanted: Wanted,
    article: Sequence[Sentence],
    index: int,
    held: dict[int, tuple[float, ...]],
    *,
    title: frozenset[str],
    similarity: float,
    reading: Reading | None,
) -> Features:
    """What is known of article[index] before its spans are looked at. `title`: forms of the article's title."""
    sentence = article[index]
    here = list(held[id(sentence)])
    around = list(here)
    for offset, share in _CONTEXT:
        if 0 <= index + offset < len(article):
            other = held[id(article[index + offset])]
            around = [max(value, share * there) for value, there in zip(around, other, strict=True)]
    around = [max(value, _TITLE if term.form in title else 0.0) for value, term in zip(around, wanted.terms, strict=True)]
    weights = [term.weight for term in wanted.terms]
    heaviest = max(weights, default=1.0)
    lacking = [weight * (1 - value) for weight, value in zip(weights, around, strict=True)]
    named = [term.name for term in wanted.terms]
    figures = [has_figure(term.form) and term.days is None for term in wanted.terms]
    days = [term.days is not None for term in wanted.terms]
    return Features(
        cover=_share(weights, here),
        cover_near=_share(weights, around),
        names=_share(weights, here, named),
        names_near=_share(weights, around, named),
        rest=_share(weights, here, [not one for one in named]),
        rest_near=_share(weights, around, [not one for one in named]),
        missing=max(lacking, default=0.0) / heaviest,
        adjacent=_adjacent(wanted, sentence, here, touching=False),
        phrase=_adjacent(wanted, sentence, here, touching=True),
        denial=float(wanted.denies != any(word in DENIALS for word, _, _ in sentence.words)),
        vague=float(wanted.asked.kind in {"why", "how", "what", "yes_no"}),
        similarity=max(0.0, similarity),
        rank=1.0 / sentence.hit.rank,
        figure_missing=1 - _share(weights, around, figures),
        day_missing=1 - _share(weights, around, days),
        asks=float(sentence.text.rstrip("\"'”’ ").endswith("?") or bool(re.match(r"(?:lalu )?(?:mengapa|apakah|bagaimana|siapa)\b", sentence.text.casefold()))),
        length=math.log(1 + len(sentence.words)) / math.log(101),
        relevance=reading.relevance if reading else 0.0,
        answerable=reading.answerable if reading else 0.0,
        span=max((score for start, end, score in reading.spans if start >= sentence.start and end <= sentence.end), default=0.0) if reading else 0.0,
    )


def _share(weights: Sequence[float], values: Sequence[float], only: Sequence[bool] | None = None) -> float:
    """Weighted mean of `values`; 1 where nothing is asked of it."""
    chosen = [(w, v) for i, (w, v) in enumerate(zip(weights, values, strict=True)) if only is None or only[i]]
    total = sum(weight for weight, _ in chosen)
    return sum(weight * value for weight, value in chosen) / total if total > 0 else 1.0


def _adjacent(wanted: Wanted, sentence: Sentence, here: Sequence[float], *, touching: bool) -> float:
    """Share of the question's neighbouring terms that stand within three words of one another here; only those that touch in
    the question, and within two, if `touching` (1 where there are none)."""
    pairs = [pair for pair in wanted.pairs if pair[2] or not touching]
    if not pairs:
        return 1.0 if touching else max(here, default=0.0)
    places: dict[str, list[int]] = {}
    for position, (word, _, _) in enumerate(sentence.words):
        for form in {word, *word.split("-")}:
            places.setdefault(form, []).append(position)
    reach = 2 if touching else 3
    good = 0
    for i, j, _ in pairs:
        one, other = (_places(wanted.terms[k].form, places) if here[k] else [] for k in (i, j))
        good += any(abs(a - b) <= reach for a in one for b in other)
    return good / len(pairs)


def _places(form: str, places: dict[str, list[int]]) -> list[int]:
    return places[form] if form in places else [at for word, ats in places.items() if same_root(form, word) for at in ats]


def span_score(wanted: Wanted, sentence: Sentence, candidate: Candidate, near: Near) -> tuple[float, float]:
    """(score, nearness) of a candidate: its fit, its nearness to the question's words, less what it merely repeats of them."""
    inside = [word for word, start, end in sentence.words if start < candidate.end and end > candidate.start]
    first = next((i for i, (_, start, end) in enumerate(sentence.words) if end > candidate.start), 0)
    last = first + max(0, len(inside) - 1)
    reach = total = 0.0
    for term in wanted.terms:
        distances = [
            0 if first <= i <= last else min(abs(i - first), abs(i - last))
            for i, (word, _, _) in enumerate(sentence.words)
            if word == term.form or term.form in word.split("-") or near.get((term.form, word), 0.0) > 0.6
        ]
        total += term.weight
        if distances:
            reach += term.weight / (1 + min(distances) / 4)
    nearness = reach / total if total else 0.0
    known = {term.form for term in wanted.terms}
    asked = sum(word in known or any(part in known for part in word.split("-")) for word in inside) / max(1, len(inside))
    values = {"fit": candidate.fit, "near": nearness, "asked": asked if len(inside) < 12 else 0.0, "length": math.log(1 + len(inside))}
    return sum((SPAN[name] * value for name, value in values.items()), start=0.0), nearness


_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("dalam inside", "luar outside"), ("berhasil sukses succeed succeeded successful", "gagal failed fail"), ("naik meningkat rise", "turun menurun fall"),
        ("menang win won", "kalah lose lost"), ("setuju mendukung menerima support agree", "menolak menentang menolaknya reject oppose"),
        ("hidup selamat alive", "tewas meninggal dead"), ("dibuka buka open", "ditutup tutup closed"), ("pertama first", "terakhir last"),
    )
)  # fmt: skip


def contradicts(wanted: Wanted, sentence: Sentence) -> bool:
    """Does the sentence say no to a yes-no question? By a word of denial close before what was asked about, or an opposite."""
    asked = {term.form for term in wanted.terms}
    words = [word for word, _, _ in sentence.words]
    denied = any(
        any(form in asked or any(same_root(form, term) for term in asked) for form in words[at + 1 : at + 5])
        for at, word in enumerate(words)
        if word in DENIALS
    )
    said = set(words)
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if mine & asked and theirs & said and not mine & said:
                return not wanted.denies
    return denied != wanted.denies if denied else False


def rank(found: Features) -> float:
    """Order of sentences: higher answers better."""
    return float(sum(weight * getattr(found, name) for name, weight in RANK.items()))


def confidence(found: Features) -> float:
    """Probability from 0 to 1 that the sentence answers."""
    odds = CONFIDENCE["bias"] + sum(weight * getattr(found, name) for name, weight in CONFIDENCE.items() if name != "bias")
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
