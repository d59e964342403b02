"""Spans of a sentence that may answer a question of a given kind, each with how well its form fits what was asked.

`fit` is 1 for the very form asked for (a clock time for "jam berapa", a number with the unit named), less for one that may
do, and it says nothing about the rest of the question: where the span stands in the sentence is weighed in score.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qa.answer.expansions import expansions
from qa.answer.manner import clauses, happened, how, why
from qa.answer.matching import Wanted, says
from qa.answer.options import options
from qa.answer.people import PRONOUNS, Candidate, office_asked, people, roles, without_question
from qa.answer.quantities import how_long, how_many, when
from qa.answer.spanasked import VERB
from qa.answer.spanlist import LEADING, STOPS
from qa.language import names as proper_names
from qa.language import quotes, spans, text
from qa.language.exonyms import is_country
from qa.language.names import TITLES
from qa.language.roots import same_root
from qa.language.words import FUNCTION_WORDS

_COPULA = re.compile(
    r"\b(?:adalah|ialah|merupakan|yaitu|yakni|bernama|disebut(?: sebagai)?|dikenal sebagai|berjudul|dijuluki|berupa|is|was|are|were|called|named)\b\s"
)
_PHRASE_END = re.compile(
    r"[,.;:()–]|\s(?:yang|untuk|dengan|pada|karena|setelah|sebelum|ketika|di|ke|dari|dan akan|oleh|sejak|agar|sehingga|which|that|who|on|in|at|by)\s|$"
)


def candidates(sentence: str, wanted: Wanted) -> list[Candidate]:
    """Every candidate in the sentence for the kind of question, in no order; [] where the sentence has none of that sort.

    A name that the question itself says is no answer to it, unless it asks which of two.
    """
    if wanted.asked.options:
        return list(options(sentence, wanted))
    if wanted.clause and (told := list(clauses(sentence, wanted))):
        return told
    if wanted.spelled:
        return list(expansions(sentence, wanted))
    known = {term.form for term in wanted.terms}
    if office_asked(wanted) and (told := list(roles(sentence, {term.form for term in wanted.terms if term.name}))):
        return told
    return [
        replace(one, fit=min(one.fit, NO_NAME))
        if wanted.clause or (wanted.named and not _named(sentence, one, wanted) and not _sort_of(sentence, one, wanted))
        else one
        for one in _FINDERS[wanted.asked.kind](sentence, wanted)
        if any(map(str.isalnum, sentence[one.start : one.end]))
        and not (wanted.asked.kind in _NEW and all(form in known for form in text.terms(_bare(sentence[one.start : one.end]))))
    ]


_AS = re.compile(
    r"\b(?P<verb>di\w{4,})(?: oleh)?(?: [\w-]+){0,3} sebagai (?P<as>[^,.;:()–\"“”]{3,60}?)(?=[,.;:()–\"“”]|$)"
)  # "diklaim Seoul sebagai uji coba"
_AT = re.compile(r"(?:di|ke|dari|pada|in|at|from|on)\s", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:di|ke|dari|in|at|from)\s+$", re.IGNORECASE)
_CALLED = frozenset("bernama nama berjudul judul merek merk jenis tipe seri model kelas itu tersebut dijuluki".split())
_SUBJECT = 60  # characters before "adalah" in which the thing defined stands
NO_NAME = 0.2  # fit of what is no name where a name is asked for ("apa nama satelit itu"), of what is no clause where a clause is
OBJECT = 0.95  # fit of the object of a verb that is the noun asked for in another form
_NEW = frozenset(["who", "what", "where", "list"])


def _named(sentence: str, one: Candidate, wanted: Wanted) -> bool:
    """Is it written like a name, or set in quotes? "dari Pyongyang" names a place, and nothing that was asked for.

    The capital of a sentence's first word says nothing where that is a word of the question.
    """
    said = sentence[one.start : one.end]
    first = text.fold(said.split()[0])
    if one.start == 0 and any(says(term, first) for term in wanted.terms):
        said = said[1:]
    written = not _AT.match(sentence, one.start) and any(character.isupper() for character in said)
    return written or sentence[max(0, one.start - 1)] in "\"“'‘"


def _sort_of(sentence: str, one: Candidate, wanted: Wanted) -> bool:
    """Does the noun asked for open it and a noun that the question lacks follow? Illnesses and dishes have small letters: "penyakit demam berdarah"."""
    words = text.fold(sentence[one.start : one.end]).split()
    if len(words) < 2 or not wanted.head or not (words[0] == wanted.head or same_root(words[0], wanted.head)):
        return False
    plain = (
        words[1] in STOPS or words[1] in LEADING or words[1] in FUNCTION_WORDS or VERB.match(words[1]) or not words[1].isalpha()
    )
    return not plain and not any(says(term, words[1]) for term in wanted.terms)


def _bare(said: str) -> str:
    """Without titles: "Presiden Putin" says no more than "Putin"."""
    return " ".join(word for word in said.split() if word.casefold() not in TITLES) or said


def _where(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Where to, where from and where at are three questions; the preposition of the place tells them apart."""
    question = {one.form for one in wanted.terms}
    cue = _direction(wanted)
    for start, end, preposition in spans.places(sentence):
        has_name = any(character.isupper() for character in sentence[start:end])
        fit = 0.7 + 0.2 * has_name
        if preposition in {"dari", "from", "asal"} and cue != "dari":
            fit -= 0.35
        elif cue and cue == _ENGLISH_CUE.get(preposition, preposition):
            fit += 0.1
        elif cue == "dari":
            fit -= 0.65
        if (
            wanted.asked.noun
            and wanted.asked.noun in text.fold(sentence[max(0, start - len(wanted.asked.noun) - 1) : end]).split()
        ):
            fit = 1.0 if cue != "dari" or preposition in {"dari", "from", "asal"} else 0.25
        if is_country(sentence[start:end], whole=True):
            fit -= 0.15  # true, and seldom what is wanted
        if sentence[start:end].split(maxsplit=1)[0].casefold() in {
            "bidang",
            "sini",
            "sana",
            "mana",
            "antaranya",
            "masa",
            "tengah",
            "hadapan",
            "sisi",
            "hari",
        }:
            fit = 0.05
        yield Candidate(start, end, fit)
    for start, end in proper_names.names(sentence):
        if text.fold(sentence[start:end]) not in question:
            opens = " " not in sentence[start:end] and proper_names.opens_sentence(sentence, start)  # its capital says nothing
            yield Candidate(start, end, 0.2 if opens or cue == "dari" else 0.35)


_ENGLISH_CUE = {
    "in": "di",
    "at": "di",
    "near": "di",
    "dekat": "di",
    "from": "dari",
    "to": "ke",
    "menuju": "ke",
    "wilayah": "di",
    "kawasan": "di",
    "off": "di",
    "outside": "di",
}


def _direction(wanted: Wanted) -> str:
    said = wanted.asked.said.casefold()
    for cue, pattern in (("dari", r"\b(?:dari|from|asal)"), ("ke", r"\b(?:ke|to)\b|kemana"), ("di", r"\bdi|\bin\b|\bat\b")):
        if re.search(pattern, said):
            return cue
    return ""


def _said(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    speaker = set(text.terms(wanted.asked.speaker))
    for said in quotes.said(sentence):
        spoken = set(text.terms(said.speaker))
        fit = (0.8 if said.direct else 0.7) if said.end - said.start > 15 else 0.4
        if speaker and speaker & spoken:
            fit += 0.2
        elif speaker and spoken - PRONOUNS and any(word[:1].isupper() for word in said.speaker.split()):
            fit -= 0.5
        yield Candidate(said.start, said.end, fit)


def _list(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    for start, end in spans.lists(sentence):
        yield Candidate(start, end, 1.0)
    yield from (Candidate(one.start, one.end, one.fit * 0.5) for one in _what(sentence, wanted))


def _what(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    noun = wanted.asked.noun
    if wanted.head and any(term.name and term.form in text.terms(noun) for term in wanted.terms):  # "bahan bakar Hwasong-18 apa"
        noun = wanted.head
    if wanted.asked.happening:
        yield from happened(sentence, wanted)
        return
    for start, end in proper_names.names(sentence):
        fit = 0.55 if wanted.named or not noun else 0.4
        named = without_question(sentence, start, end, wanted)
        if named != (start, end):
            yield Candidate(*named, 0.9)
            continue
        if noun and re.search(rf"\b{re.escape(noun)}\w*(?:\s\w+){{0,3}}\W+$", text.fold(sentence[:start])):
            fit = 0.9
        elif noun and noun in text.fold(sentence[start:end]):
            fit = 0.85
        elif wanted.named and (_PLACED.search(sentence[:start]) or _of_another(sentence, start, wanted)):
            fit = NO_NAME  # "dari Pyongyang" is no make of car, nor is "kantor berita KCNA"
        yield Candidate(start, end, fit)
    for match in re.finditer(r"[\"“](?P<said>[^\"“”]{3,80})[\"”]", sentence):
        yield Candidate(match.start("said"), match.end("said"), 0.55)
    defines = bool(wanted.terms) and all(term.name for term in wanted.terms)  # "Vostochny itu apa?"
    for match in _COPULA.finditer(sentence):
        stop = _PHRASE_END.search(sentence, match.end() + 1)
        if stop and stop.start() > match.end():
            subject = set(text.terms(sentence[: match.start()])) if match.start() < _SUBJECT else set()
            fit = 1.0 if defines and any(term.form in subject for term in wanted.terms) else 0.6
            yield Candidate(match.end(), stop.start(), fit)
    if noun:
        yield from _kinds_of(sentence, noun, wanted)
    yield from (Candidate(*found.span("as"), 0.9) for found in _AS.finditer(sentence) if _is_asked(found["verb"], wanted))
    for term in wanted.terms:
        if not term.name and term.days is None and term.form != noun:
            yield from _after(sentence, term.form)


def _of_another(sentence: str, start: int, wanted: Wanted) -> bool:
    """Does another noun than the one asked for stand right before the name?"""
    before = re.search(r"([a-z][\w-]+)\s$", sentence[:start])
    if before is None or not wanted.head:
        return False
    word = before.group(1)
    plain = word in STOPS or word in LEADING or VERB.match(word) or word in _CALLED
    return not plain and not any(says(term, word) for term in wanted.terms)


def _is_asked(verb: str, wanted: Wanted) -> bool:
    return any(not term.name and says(term, verb.casefold()) for term in wanted.terms)


def _kinds_of(sentence: str, noun: str, wanted: Wanted) -> Iterator[Candidate]:
    """The noun asked about with what describes it: "bahan bakar apa" finds "bahan bakar roket padat"."""
    known = {term.form for term in wanted.terms}
    words = list(re.finditer(r"[\w-]+", sentence))
    for position, match in enumerate(words):
        said = match.group().casefold()
        if said != noun and not same_root(noun, said):
            continue
        if said != noun and VERB.match(said) and not VERB.match(noun):  # "perayaan apa": what somebody "merayakan"
            yield from (replace(one, fit=OBJECT) for one in _after(sentence, said) if not sentence[one.start].isupper())
            continue
        start = words[position - 1].start() if position and words[position - 1].group().casefold() in known else match.start()
        stop = _PHRASE_END.search(sentence, match.end())
        if stop and stop.start() > match.end() + 2:
            yield Candidate(start, stop.start(), 0.8)


def _after(sentence: str, form: str) -> Iterator[Candidate]:
    """What follows a word of the question, up to the end of the phrase: the object of the verb that was asked about."""
    for match in re.finditer(r"[\w-]+", sentence):
        word = match.group().casefold()
        if word == form or same_root(form, word):
            end = _PHRASE_END.search(sentence, match.end() + 1)
            if end and end.start() > match.end() + 2:
                yield Candidate(match.end() + 1, end.start(), 0.4)


def _yes_no(sentence: str, _wanted: Wanted) -> Iterator[Candidate]:
    yield Candidate(0, len(sentence), 0.5)


_FINDERS: dict[str, Callable[[str, Wanted], Iterator[Candidate]]] = {
    "who": people, "when": when, "where": _where, "how_many": how_many, "how_long": how_long, "what": _what, "why": why, "how": how,
    "said": _said, "yes_no": _yes_no, "list": _list,
}  # fmt: skip
