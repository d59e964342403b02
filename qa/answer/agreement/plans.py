"""Is a value one of what is planned, or of what came about? A plan and its outcome do not contradict each other.

A day after the article's own is planned whatever the words; of other values the clause tells that has the value in it, by its cue nearest
before it ("akan menelan Rp 4 miliar", "sudah menelan Rp 4 miliar").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from qa.answer.agreement.quantities import Quantity
from qa.answer.agreement.relations import FAR, Assertion, same, unreal
from qa.answer.agreement.values import Days
from qa.language import lists
from qa.language.lists import one_of
from qa.schema import Language

LABELS: Mapping[Language, str] = {"id": "rencana", "en": "plan"}
"""What the side of a plan is called beside its outcome."""


def planned(one: Assertion) -> bool:
    """Does the sentence tell the value as one that is planned, expected, promised or targeted?"""
    if isinstance(one.value, Days) and one.published and one.value.first > one.published:
        return True
    return _cued(one) == "planned"


def done(one: Assertion) -> bool:
    """Does it tell the value as one that came about: a day before the article's own that no plan is for, or one that is called so?"""
    cued = _cued(one)
    if isinstance(one.value, Days) and one.published and one.value.last <= one.published:
        return cued != "planned"
    return cued == "done"


@lru_cache(maxsize=64)  # asked of each pair of values of a question
def asks_plan(question: str) -> bool:
    """Does the question itself ask for what is planned?"""
    return bool(_cues("planned").search(question) or _cues("unreal").search(question))


def apart(question: str, one: Assertion, other: Assertion) -> bool:
    """Is one of two values of a plan and the other of what came about, and neither an earlier report of the other?"""
    if asks_plan(question):
        return (planned(one) and done(other)) or (planned(other) and done(one))
    if outcome(one, other) or outcome(other, one):
        return False
    return _open(one) != _open(other)


def outcome(plan: Assertion, later: Assertion) -> bool:
    """Does `later` tell when that took place for which `plan` names another day? An older event is no outcome of a plan."""
    if not (isinstance(plan.value, Days) and isinstance(later.value, Days) and plan.published and later.published):
        return False
    if not planned(plan) or planned(later) or same(plan.value, later.value):
        return False
    return plan.published < later.published and later.value.last >= plan.published


def replanned(one: Assertion, other: Assertion) -> bool:
    """Are both days planned ones, and was one of them told so long after the other that it replaces that?"""
    if not (isinstance(one.value, Days) and isinstance(other.value, Days) and one.published and other.published):
        return False
    return planned(one) and planned(other) and abs((one.published - other.published).days) >= FAR


def _open(one: Assertion) -> bool:
    """Is the value planned, or its sentence of what is only wanted or demanded and the value not called done?"""
    return planned(one) or (unreal(one) and not done(one))


@lru_cache(maxsize=1024)  # each value is compared with several
def _cued(one: Assertion) -> str:
    """Give "planned" or "done" by the cue nearest before the value in its clause, else by the first after it; "" without one.

    Behind a sum or a measure a plan is of what to do with it ("Rp 50 juta akan dipakai").
    """
    start, end = _clause(one.sentence, one.at)
    measured = isinstance(one.value, Quantity) and one.value.dimension != "count"
    found = [
        (match.start() > one.at, abs(match.start() - one.at), kind)
        for kind in ("planned", "done")
        for match in _cues(kind).finditer(one.sentence, start, one.at if measured and kind == "planned" else end)
    ]
    return min(found)[2] if found else ""


def _clause(sentence: str, at: int) -> tuple[int, int]:
    """Where the clause of a place begins and ends. A comma before a preposition ("…, pada 15 Mei") is within one."""
    start, end = 0, len(sentence)
    for match in _breaks().finditer(sentence):
        if match.end() <= at:
            start = match.start()
        elif match.start() > at:
            end = match.start()
            break
    return start, end


@cache
def _breaks() -> re.Pattern[str]:
    words, within = one_of(lists.cue("clause-start")), one_of(lists.column("prepositions", "word"))
    return re.compile(rf"[;:(]|,(?!\s+(?:{within})\b)(?!\d)|\b(?:{words})\b", re.IGNORECASE)


@cache
def _cues(kind: str) -> re.Pattern[str]:
    """The cues of a kind; "akan tetapi" is a but, and a "bakal calon" a candidate."""
    return re.compile(rf"\b(?:{one_of(lists.column('comparison', 'word', kind=kind))})\b(?!\s+(?:tetapi|calon)\b)", re.IGNORECASE)
