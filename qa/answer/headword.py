"""The noun that an answer must be ("penerjemah" in "siapa penerjemah Kim"), and what it says of the answer's form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.language import kinds, text

if TYPE_CHECKING:
    from qa.answer.matching import Term

_EFFECTS = frozenset(
    "akibat akibatnya dampak dampaknya efek efeknya pengaruh pengaruhnya konsekuensi konsekuensinya imbas imbasnya effect effects consequence consequences impact".split()
)
_PURPOSES = frozenset(
    "kegunaan kegunaannya guna gunanya fungsi fungsinya manfaat manfaatnya purpose use function benefit".split()
)
_HEADED = frozenset(("who", "what", "how", "how_long", "list"))
_AFTER_CUE = re.compile(r"\s+(?:(?:nama|namanya|itu|sih|kah|the)\s+)*(?!yang\b)(?P<head>[^\W\d_][\w-]*)", re.IGNORECASE)


def told_by_clause(form: str) -> bool:
    """Is it a noun of an effect or a purpose?"""
    return form in _EFFECTS or form in _PURPOSES


def clause(asked: kinds.Asked, noun: str) -> str:
    """By what sort of clause the noun is told: "effect" ("apa akibatnya"), "purpose" ("apa kegunaan"), else ""."""
    if asked.kind not in {"what", "how"} or not noun:
        return ""
    return "effect" if noun in _EFFECTS else "purpose" if noun in _PURPOSES else ""


def head(question: str, asked: kinds.Asked, terms: Sequence[Term]) -> str:
    """The form of that noun among the question's terms; "" where it names none."""
    plain = {term.form: term for term in terms if not term.name and term.days is None}
    opening = {term.form for term in terms if term.name and term.place == 0}  # its capital says nothing: "Hadiah apa"
    if asked.noun and (noun := next((form for form in text.terms(asked.noun) if form in plain or form in opening), "")):
        return noun
    if asked.kind == "what" and (noun := _owned(question, asked, terms)):
        return noun
    if asked.noun:
        return ""
    if asked.kind not in _HEADED or not asked.said or asked.happening or asked.speaks:
        return ""
    after = _AFTER_CUE.match(question, question.find(asked.said) + len(asked.said))
    return next((form for form in text.terms(after["head"]) if form in plain), "") if after else ""


def _owned(question: str, asked: kinds.Asked, terms: Sequence[Term]) -> str:
    """The noun before a name before a last "apa": "bakar" of "bahan bakar Hwasong-18 apa"; "" for any other question."""
    at = question.find(asked.said) if asked.said else -1
    if at < 0 or question[at + len(asked.said) :].strip(" ?!."):
        return ""
    before = [term for term in terms if term.days is None]
    while before and ((before[-1].name and before[-1].place > 0) or any(map(str.isdigit, before[-1].form))):
        if before.pop().form.isdigit() and before:  # "hwasong 18": a name without its capital
            before.pop()
    owner = next((term for term in terms if before and term.place > before[-1].place), None)
    touches = owner and re.fullmatch(r"[\w-]+ [\w-]+", question[before[-1].place : owner.place + 1])
    return before[-1].form if touches else ""
