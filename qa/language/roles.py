"""Which units of an English question are verbs, and which of those are passive.

No tagger: the forms themselves, the small words before them, how the question opens, and how often a form stands where verbs do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.language.clauses import VERB, Role, Unit
from qa.language.english import POSSESSIVE, bases
from qa.language.frames import FORMS_OF_BE, POSSESSIVES, PRONOUNS, Frame
from qa.language.lexicon import Options

_BEFORE_NOUNS = frozenset("the a an of in on at from with by for during near between about".split()) | POSSESSIVES | {POSSESSIVE}
_CLAUSES = frozenset("because when while if whether that who which whom where but what how why".split())
_INFINITIVE = 0.2  # after "to" less is asked of a verb


def with_roles(found: Sequence[Unit], frame: Frame) -> list[Unit]:
    """Which units are verbs, and which of those are passive: by their forms, what stands before, and how the question opens."""
    base_verb = _base_verb(found, frame)
    out: list[Unit] = []
    be = False  # a form of be has been seen and not been used up
    for place, unit in enumerate(found):
        before = found[place - 1].english if place else ""
        after = found[place + 1] if place + 1 < len(found) else None
        if unit.role in ("small", "modal"):
            be = unit.english in FORMS_OF_BE or (be and unit.role == "small" and unit.english not in _CLAUSES)
        elif unit.role == "noun" and unit.options:
            role = "verb" if place == base_verb else _role(unit, before, after, be=be)
            if place == 0 and role == "noun" and not frame.noun and frame.things and _participle(unit):
                role = "verb"  # "who directed …"
            if role == "verb" and _reduced(unit, before, out):
                role = "passive"
                out.append(Unit(english="that", role="small", says="yang"))
            if role != "noun" and before == "to":
                out[-1] = replace(out[-1], says="untuk")
            be = be and role == "noun"
            unit = replace(unit, role=role, options=_joint(unit) if role != "noun" else unit.options, says="")  # noqa: PLW2901
        out.append(unit)
    return out


def _role(unit: Unit, before: str, after: Unit | None, *, be: bool) -> Role:
    form = unit.says
    participle = _participle(unit)
    described = (
        after is not None and after.content and not after.broken and after.role != "number"
    )  # "armed forces", "the wounded man"
    if be and after is not None and after.english == "by":
        return "passive"  # "were hit by": some participles are their own base
    if participle and not (described and before in _BEFORE_NOUNS):
        if be or before in {"when", "as", "if", "once"} or (after is not None and after.english == "by"):
            return "passive"
        if before not in _BEFORE_NOUNS and (not described or unit.verb >= VERB):
            return "verb"
    if form.endswith("ing") and be:
        return "verb"
    if before == "to" and unit.verb >= _INFINITIVE:
        return "verb"
    return "verb" if unit.verb >= VERB and before not in _BEFORE_NOUNS and not participle and not be else "noun"


def _participle(unit: Unit) -> bool:
    form = unit.says
    return form.endswith("ed") or (bool(bases(form)) and not form.endswith(("s", "ing", "er", "est")))


def _reduced(unit: Unit, before: str, said: Sequence[Unit]) -> bool:
    """Whether a participle right after a noun describes it ("what happened to the satellite launched in May")."""
    spoken = any(one.role in ("verb", "passive") for one in said)
    return unit.says.endswith("ed") and spoken and bool(said) and said[-1].role in ("noun", "name") and before not in PRONOUNS


def _base_verb(found: Sequence[Unit], frame: Frame) -> int:
    """Place of the verb that do, does, did or a modal wants ("did Kim visit"): the form that stands oftenest where verbs do; -1."""
    start = next((place for place, unit in enumerate(found) if unit.english in {"do", "does", "did"} or unit.role == "modal"), -1)
    if start < 0:
        return -1
    best, best_share, subject, steps = -1, 0.04, bool(not frame.noun and any(unit.content for unit in found[:start])), 1.0
    who = frame.says.endswith("siapa") and found[start].role == "modal" and start == 0  # "who will replace X": no subject comes
    subject = subject or who
    for place in range(start + 1, len(found)):
        unit = found[place]
        before = found[place - 1].english
        if unit.role == "small" and unit.says:
            steps *= 0.8
        if (
            unit.role == "noun"
            and unit.options
            and subject
            and before not in _BEFORE_NOUNS
            and before != "to"
            and (not unit.says or unit.says in unit.english.split() or not bases(unit.says))
        ):
            share = unit.verb * steps
            if share > best_share:
                best, best_share = place, share
        subject = subject or unit.content
    return best


def _joint(unit: Unit) -> Options:
    """The base's renderings before the form's own: as a verb, "building" is what "build" is."""
    have = {option for option, _ in unit.base}
    return (*unit.base, *((option, score) for option, score in unit.options if option not in have))
