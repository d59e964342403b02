"""Which of a question's terms each sentence has, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from qa.answer.matching import Near, Sentence, Term, Wanted, has_figure
from qa.language.contrast import DIRECTIONS, opposites
from qa.language.exonyms import is_country
from qa.language.names import OFFICES, TITLES
from qa.language.roots import same_root
from qa.language.synonyms import others

_SORTS = frozenset(
    "gunung sungai danau kota kabupaten provinsi pulau laut selat teluk kecamatan desa jalan bandara stasiun mount lake river city province island".split()
)
"""Before a name they tell one bearer from another: Gunung Kerinci is not Kabupaten Kerinci."""
_SAME_NAME, _SHORTER = 0.85, 0.8
_ALIKE = 0.75  # how far a word of the same meaning stands for a term


def held(want: Wanted, articles: Sequence[Sequence[Sentence]], near: Near) -> dict[int, tuple[float, ...]]:
    """id(sentence) -> how far it has each term, in the order of the terms.

    1 for the form, 0.9 for the root, 0.85 for a name misspelled by one letter, 0.8 for a name whose last word alone stands there, 0.75
    for a word of the same meaning (in a yes-no question for one that says no to it, too), the cosine for a neighbour, else 0. Each form
    of the passages is looked at once, however many sentences have it.
    """
    forms = {form for article in articles for sentence in article for form in sentence.forms}
    alike = [
        others(term.form, same_root) | (opposites().get(term.form, frozenset()) if want.asked.kind == "yes_no" else frozenset())
        if not term.name and term.days is None
        else frozenset()
        for term in want.terms
    ]
    values = [
        {form: value for form in forms if (value := _match(term, form, near, also)) > 0}
        for term, also in zip(want.terms, alike, strict=True)
    ]
    found = {
        id(sentence): tuple(
            _same_day(term.days, sentence)
            if term.days
            else max((known[form] for form in known.keys() & sentence.forms), default=0.0)
            for term, known in zip(want.terms, values, strict=True)
        )
        for article in articles
        for sentence in article
    }
    parts = [(at, other) for at, term in enumerate(want.terms) if has_figure(term.form) for other in _beside(want, at)]
    if parts:
        found = {one: _with_its_name(values, parts) for one, values in found.items()}
    runs = _names(want)
    return {one: _by_last_word(values, runs) for one, values in found.items()} if runs else found


def _names(want: Wanted) -> list[tuple[int, ...]]:
    """The terms of each name of several words whose last one may stand for it: "Nikolay Nestechuk", but no "Korea Utara"."""
    runs: list[list[int]] = []
    touching = want.touching
    for at, term in enumerate(want.terms):
        if not term.name or term.form in TITLES or term.form in _SORTS:
            continue
        if runs and (runs[-1][-1], at) in touching:
            runs[-1].append(at)
        elif not (want.asked.kind == "who" and at and want.terms[at - 1].form in OFFICES):  # "Menteri Keuangan Peru" is an office
            runs.append([at])
    last = [want.terms[run[-1]].form for run in runs]
    return [
        tuple(run)
        for run, form in zip(runs, last, strict=True)
        if len(run) > 1 and form.isalpha() and form not in DIRECTIONS and not is_country(form, whole=True)
    ]


def _by_last_word(values: tuple[float, ...], runs: Sequence[tuple[int, ...]]) -> tuple[float, ...]:
    """News names somebody in full once, and by the last word from then on."""
    kept = list(values)
    for run in runs:
        if kept[run[-1]] >= _SAME_NAME:
            for at in run[:-1]:
                kept[at] = max(kept[at], _SHORTER)
    return tuple(kept)


def _beside(want: Wanted, at: int) -> list[int]:
    """The other parts of the compound that a term with a figure is part of: "hwasong" for the 18 of "Hwasong-18"."""
    term = want.terms[at]
    return [place for place, other in enumerate(want.terms) if place != at and other.place == term.place and other.name]


def _with_its_name(values: tuple[float, ...], parts: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """A figure counts where its name stands too: "Svobodny 18" has nothing of "Hwasong-18"."""
    kept = list(values)
    for at, other in parts:
        kept[at] = min(kept[at], kept[other])
    return tuple(kept)


def _match(term: Term, form: str, near: Near, also: frozenset[str]) -> float:
    if term.days is not None:
        return 0.0
    if term.form == form:
        return 1.0
    if same_root(term.form, form):
        return 0.9
    if term.name and _misspelled(term.form, form):
        return 0.85
    if form in also or any(same_root(other, form) for other in also):
        return _ALIKE
    return near.get((term.form, form), 0.0)


def _same_day(days: tuple[date, date], sentence: Sentence) -> float:
    """1 where the sentence names a day of that stretch, 0.7 where only the day of publication lies in it, else 0."""
    if any(one.first <= days[1] and days[0] <= one.last for one in sentence.days):
        return 1.0
    published = sentence.hit.passage.published
    return 0.7 if published is not None and not sentence.days and days[0] <= published <= days[1] else 0.0


@lru_cache(maxsize=100_000)
def _misspelled(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or len(one) < 5 or one[0] != other[0] or not one.isalpha() or not other.isalpha():
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1
