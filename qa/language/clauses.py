"""An English question as units: phrases of the lexicon, names, numbers and small words, each with what it does in the clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from qa.language.english import POSSESSIVE, bases
from qa.language.frames import (
    AUXILIARIES,
    DESCRIBING,
    DROPPED,
    FORMS_OF_BE,
    INFINITIVES,
    LINKING,
    MEASURES,
    MODALS,
    MONTHS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    Frame,
)
from qa.language.lexicon import LONGEST, Lexicon, Options
from qa.language.words import fold

Role = Literal["noun", "verb", "passive", "name", "number", "small", "modal", "possessive"]
Loans = Callable[[str, Options], Options]

VERB = 0.5  # a form that stands so often where verbs stand is one
_ADJECTIVE = re.compile(r"(?:ian|ese|ish|al|ic|ive|ous|ary|ful|able|ible|less)$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_ARTICLES = frozenset(["the", "a", "an"])
_PREFIXES = frozenset(["anti", "non", "pro"])
_YEARS = re.compile(r"(\d{3,4})s$")
_CONTENT: frozenset[Role] = frozenset(["noun", "verb", "passive", "name", "number"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One or more English words that are said together. `follows`, `precedes`: shares of order.tsv for its last word."""

    english: str
    role: Role
    says: str = ""  # what cannot be chosen: small words, names, numbers
    options: Options = ()
    follows: float = 0.35
    precedes: float = 0.35
    verb: float = 0.0  # how much of a verb its form is
    base: Options = ()  # of an inflected form: what its base is rendered with
    broken: bool = False  # a comma or a quotation mark stands before it

    @property
    def content(self) -> bool:
        """Whether it takes part in the order of words."""
        return self.role in _CONTENT


def units(question: str, words: Sequence[str], frame: Frame, lexicon: Lexicon, loans: Loans) -> list[Unit]:
    """The units of `words` after the frame's opening, in English order."""
    breaks = _breaks(question, words)
    shouted = sum(word.isupper() for word in words) > len(words) / 2
    forms = [fold(word) for word in words]
    out: list[Unit] = []
    at = frame.taken
    while at < len(words):
        unit, end = _unit(words, forms, at, breaks, lexicon=lexicon, loans=loans, shouted=shouted)
        if at and unit.role == "name" and unit.english not in PRONOUNS and forms[at - 1] in _ARTICLES:
            unit = replace(unit, follows=0.9)  # "the Angara rocket": a name behind an article describes what follows
        out.append(unit)
        at = end
    return _dated(_joined(out))


def _unit(
    words: Sequence[str], forms: Sequence[str], at: int, breaks: set[int], *, lexicon: Lexicon, loans: Loans, shouted: bool
) -> tuple[Unit, int]:
    """The unit that begins at `at`, and where the next one begins."""
    form, broken = forms[at], at in breaks
    for end in range(min(len(words), at + LONGEST), at + 1, -1):
        if any(place in breaks for place in range(at + 1, end)):
            continue
        entry, options = lexicon.find(forms[at:end])
        if options and not _acronym(words[at], options) and not _is_name(words[at:end], options, first=at == 0, shouted=shouted):
            return _of_entry(forms[at:end], entry, options, lexicon, broken=broken), end
    if (small := _small(form, at, words)) is not None:
        return replace(small, broken=broken), at + 1
    if any(character.isdigit() for character in form) and not words[at][0].isupper():
        year = _YEAR.fullmatch(form) is not None
        return Unit(
            english=form, role="number", says=_number(words[at]), follows=0.95 if year else 0.05, precedes=0.05, broken=broken
        ), at + 1  # fmt: skip
    entry, options = lexicon.find([form])
    options = () if _acronym(words[at], options) and not shouted else loans(form, options)
    if not options or _is_name([words[at]], options, first=at == 0, shouted=shouted):
        name = words[at][:1].isupper()
        return Unit(
            english=form, role="name" if name else "noun", says=words[at], follows=_share(lexicon, 0) if name else 0.5,
            precedes=_share(lexicon, 1) if name else 0.75, broken=broken,
        ), at + 1  # fmt: skip
    return _of_entry([form], entry, options, lexicon, broken=broken), at + 1


def _share(lexicon: Lexicon, place: int) -> float:
    """What names do to word order."""
    order = lexicon.order("<name>")
    return 0.2 if order is None else order.precedes if place else order.follows


def _of_entry(forms: Sequence[str], entry: str, options: Options, lexicon: Lexicon, *, broken: bool) -> Unit:
    last = forms[-1]
    order = lexicon.order(last) or next((known for base in bases(last) if (known := lexicon.order(base))), None)
    verb = order.verb if order else 0.6 if last.endswith("ed") or options[0][0].startswith(("me", "ber")) else 0.1
    base = next((found for word in bases(last) if (found := lexicon.find([word])[1])), ()) if len(forms) == 1 else ()
    if len(forms) > 1:  # "take place": what it is rendered with says whether it is a verb
        verb = 0.8 if options[0][0].startswith(("me", "ber", "ter")) and not options[0][0].startswith("menteri") else 0.0
    noun = verb < VERB and not _ADJECTIVE.search(last)
    if options[0][0][:1].isupper() and last not in TIMES:  # countries and their people describe what follows, whatever else
        follows, precedes = 0.9, 0.3  # their form is ("us")
    elif order:
        follows, precedes = order.follows, order.precedes
    else:
        follows, precedes = (0.9 if _ADJECTIVE.search(last) else 0.5), (0.75 if noun else 0.35)
    return Unit(
        english=entry or " ".join(forms), role="noun", options=options, follows=follows, precedes=precedes,
        verb=verb, says=last if len(forms) == 1 else forms[0] if verb >= VERB else "", base=base, broken=broken,
    )  # fmt: skip


def _acronym(word: str, options: Options) -> bool:
    """True where the entry is a short form in capitals and the word is not ("Kim Jong Un" is not the UN, "us" not the US)."""
    return bool(options) and options[0][0].isupper() and not word.isupper()


def _is_name(words: Sequence[str], options: Options, *, first: bool, shouted: bool) -> bool:
    """Words with capitals inside a question are a name, unless what they are rendered with is one too or an office."""
    if shouted or not words[0][:1].isupper() or first:
        return False
    if len(words) > 1 and not all(word[:1].isupper() or word.islower() for word in words):
        return True
    return not any(option[:1].isupper() for option, _ in options[:1]) and len(words) == 1 and fold(words[0]) not in _OFFICES


def _small(form: str, at: int, words: Sequence[str]) -> Unit | None:
    following = fold(words[at + 1]) if at + 1 < len(words) else ""
    if form == POSSESSIVE:
        return Unit(english=form, role="possessive")
    if words[at][:1].isupper() and at and form in {"us", "may", "march", "it", "who"}:
        return None
    before = fold(words[at - 1]) if at else ""
    if form == "there" and before in FORMS_OF_BE:
        return Unit(english=form, role="small", says="ada")
    if form == "going" and following == "to":
        return Unit(english=form, role="small")
    if form in INFINITIVES and before == "to" and not (form == "be" and (following.endswith("ed") or bases(following))):
        return Unit(english=form, role="small", says=INFINITIVES[form])
    if form == "to" and following in INFINITIVES:
        return Unit(english=form, role="small", says="untuk")
    if form in DROPPED or form in AUXILIARIES:
        return Unit(english=form, role="small")
    if form in MODALS:
        return Unit(english=form, role="modal", says=MODALS[form])
    if form in {"in", "on", "at", "by"} and (following in TIMES or following[:1].isdigit()):
        return Unit(english=form, role="small", says="pada")
    if form in PREPOSITIONS:
        return Unit(english=form, role="small", says=PREPOSITIONS[form])
    if form in POSSESSIVES or form in DESCRIBING:
        says = PRONOUNS.get(form) or DESCRIBING.get(form, "")
        return Unit(english=form, role="noun", says=says, follows=0.97, precedes=0.02)
    for table in (PRONOUNS, MEASURES, LINKING):
        if form in table:
            return Unit(
                english=form, role="name" if table is PRONOUNS else "small", says=table[form], follows=0.05, precedes=0.02
            )
    return None


def _number(word: str) -> str:
    ordinal, years = _ORDINAL.match(word), _YEARS.match(word)
    return f"ke-{ordinal[1]}" if ordinal else f"{years[1]}-an" if years else word


def _joined(found: Sequence[Unit]) -> list[Unit]:
    """Names side by side, and a number after a name ("Svobodny 18"), are one unit."""
    out: list[Unit] = []
    for unit in found:
        before = out[-1] if out else None
        if before and before.english in _PREFIXES and unit.options:
            options = tuple((before.english + option, score) for option, score in unit.options)
            out[-1] = replace(unit, english=before.english + unit.english, options=options, broken=before.broken)
            continue
        if before and before.role in ("noun", "name") and before.verb < VERB and unit.english == "that":
            unit = replace(unit, says="yang")  # noqa: PLW2901
        if before and before.role == "name" and not unit.broken and before.english not in PRONOUNS and (
            (unit.role == "name" and unit.english not in PRONOUNS) or unit.role == "number"
        ):  # fmt: skip
            out[-1] = replace(before, english=f"{before.english} {unit.english}", says=f"{before.says} {unit.says}")
        else:
            out.append(unit)
    return out


def _dated(found: list[Unit]) -> list[Unit]:
    """The day stands before its month."""
    for place, (month, day) in enumerate(pairwise(found)):
        if (
            month.english in MONTHS
            and day.role == "number"
            and day.says.removeprefix("ke-").isdigit()
            and len(day.says.removeprefix("ke-")) <= 2
        ):
            found[place : place + 2] = [
                replace(day, says=day.says.removeprefix("ke-"), broken=month.broken),
                replace(month, broken=False, follows=0.05),
            ]
    return found


def _breaks(question: str, words: Sequence[str]) -> set[int]:
    """Places of words that a comma, a bracket or a quotation mark stands before."""
    out: set[int] = set()
    at = 0
    for place, word in enumerate(words):
        start = question.find(word, at)
        if start < 0:
            continue
        if place and re.search(r"[,;:!?()\"“”«»]|\s[-–—]\s", question[at:start]):
            out.add(place)
        at = start + len(word)
    return out


_OFFICES = frozenset(
    """president minister premier chancellor governor mayor king queen prince princess pope general admiral colonel captain judge
    ambassador senator secretary chairman director professor doctor prophet sheikh army navy police parliament congress senate
    court ministry embassy university institute agency council committee commission bank airport hospital river island lake sea
    mountain bay strait ocean peninsula cosmodrome spaceport stadium cup league union""".split()
)
