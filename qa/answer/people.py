"""Spans that answer "who": a name, or what a named person is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer.matching import Wanted
from qa.language import names as proper_names
from qa.language import quotes, text
from qa.language.exonyms import is_country
from qa.language.names import TITLES
from qa.language.roots import known_root


@dataclass(frozen=True, slots=True)
class Candidate:
    """sentence[start:end]."""

    start: int
    end: int
    fit: float


_OPENS = 0.45  # fit of a single word that opens a sentence
_SILENT = 0.5  # fit of a name that says nothing, where the speaker is asked for
_SPEAKER = 7  # words of a speaker's name with his office, at most
PRONOUNS = frozenset("dia ia beliau mereka keduanya dirinya he she they him her them".split())
_PERSON_VERB = re.compile(
    r"^\W*(?:\([^)]*\)\W*)?(?:kata|ujar|ucap|mengatakan|menyatakan|menjelaskan|menegaskan|berkata|menambahkan|yang menjabat|selaku|said|told|says)\b"
)
_BEFORE_PERSON = re.compile(
    r"(?:\b(?:oleh|bernama|yakni|yaitu|kata|ujar|ucap|adalah|bersama|kepada|dengan|by|said|pimpinan|asuhan|karya|sutradara|milik)|,)\s*$",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(r"\b(?:di|ke|dari|kota|wilayah|provinsi|negara|in|at|from|kabupaten|pulau|laut)\s*$", re.IGNORECASE)
_SERVES = re.compile(
    r",?\s(?:yang\s)?(?:menjabat(?:\ssebagai)?|sebagai|selaku|adalah|merupakan|ialah|who (?:is|was)|is|was)\s(?P<role>[^,.;()]{4,90})"
)
_APPOSED = re.compile(
    r"(?:,\s|\s\(|\s[–-]\s)(?P<role>(?!dan\b|yang\b|serta\b|and\b|seperti\b)[a-z][^,.;()–]{5,90}?)(?=[,.;()–]|\syang\s)"
)
_ROLE_BEFORE = re.compile(
    r"(?P<role>\b(?:(?:mantan|wakil)\s)?(?:presiden|menteri|pemimpin|kepala|ketua|direktur|gubernur|bupati|wali kota|juru bicara|sekretaris|"
    r"komandan|panglima|pelatih|pengamat|pakar|anggota|jenderal|perdana menteri|pendiri|aktor|penyanyi|pemain|president|minister|leader|head|chief)"
    r"(?:\s[\w-]+){0,5})\s+$",
    re.IGNORECASE,
)


_POSTS = frozenset(
    "jabatan jabatannya posisi posisinya pangkat pangkatnya profesi profesinya pekerjaan pekerjaannya position job rank profession post".split()
)


def office_asked(wanted: Wanted) -> bool:
    """Is it asked what somebody is ("apa jabatan Peskov"), which is who he is in other words?"""
    others = [term for term in wanted.terms if term.form not in _POSTS]
    return wanted.asked.kind == "what" and wanted.head in _POSTS and bool(others) and all(term.name for term in others)


def people(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Names that may answer "siapa", the role beside a name where the question asks who somebody is, and whoever speaks."""
    if wanted.terms and (wanted.asked.introduces or all(term.name for term in wanted.terms)):
        yield from roles(sentence, {term.form for term in wanted.terms})
    spans = proper_names.names(sentence)
    of_another = any(
        (named := without_question(sentence, start, end, wanted)) != (start, end) and not _of_whom(sentence, start, named, wanted)
        for start, end in spans
    )
    if of_another:  # the office stands there, of another country: nobody here holds the one that was asked about
        yield from (Candidate(start, end, 0.15) for start, end in spans)
        return
    speakers = _speakers(sentence, spans) if wanted.asked.speaks else set()
    for start, end in spans:
        if sentence[start:end].casefold() in PRONOUNS:
            continue
        named = without_question(sentence, start, end, wanted)
        if named != (start, end):  # "Menteri Pertahanan Rusia Sergey Shoigu" for "Siapa Menteri Pertahanan Rusia?"
            yield Candidate(*named, 1.0)
            continue
        words = sentence[start:end].split()
        before = sentence[max(0, start - 30) : start]
        if _BEFORE_PLACE.search(before) or is_country(sentence[start:end], whole=True):
            fit = 0.2
        elif words[0].casefold() in TITLES or _BEFORE_PERSON.search(before) or _PERSON_VERB.match(sentence[end : end + 40]):
            fit = 0.9
        else:
            fit = 0.75 if len(words) in {2, 3, 4} and all(word[0].isupper() for word in words) else 0.6
            if len(words) == 1 and proper_names.opens_sentence(sentence, start) and known_root(words[0]):
                fit = _OPENS  # its capital says nothing
        if speakers:
            fit = 1.0 if (start, end) in speakers else min(fit, _SILENT)
        yield Candidate(start, end, fit)
    for said in quotes.said(sentence):
        at = sentence.find(said.speaker) if said.speaker else -1
        if (
            at >= 0
            and len(said.speaker.split()) <= _SPEAKER
            and "," not in said.speaker
            and said.speaker.casefold() not in PRONOUNS
        ):
            yield Candidate(at, at + len(said.speaker), 0.5)


def _speakers(sentence: str, names: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The names of those whose words the sentence tells: of a stretch before "mengatakan" the last, of one after "kata" the first."""
    found = set()
    for said in quotes.said(sentence):
        at = sentence.find(said.speaker) if said.speaker else -1
        inside = [span for span in names if at <= span[0] and span[1] <= at + len(said.speaker)] if at >= 0 else []
        if inside:
            found.add(inside[0] if at >= said.end else inside[-1])
    return found


def _of_whom(sentence: str, start: int, named: tuple[int, int], wanted: Wanted) -> bool:
    """Is it the office that was asked about: no other country stands between the title and the name?"""
    names_ = {term.form for term in wanted.terms if term.name}
    if not names_ or names_ & set(text.terms(sentence[start : named[0]])):
        return True
    return not is_country(sentence[slice(*named)])


def roles(sentence: str, name: set[str]) -> Iterator[Candidate]:
    """Who a person is: what stands beside the name ("X, kepala badan antariksa,", "yang menjabat sebagai ...", "wali kota X")."""
    for start, end in proper_names.names(sentence):
        if not name & set(text.terms(sentence[start:end])):
            continue
        own = without_question(sentence, start, end, None, name)
        if own != (start, end) and start < own[0] < end:
            continue
        titled = sentence[start:end].split()
        asked = [bool(set(text.terms(word)) & name) for word in titled]
        before = _ROLE_BEFORE.search(sentence[:start])
        opens, stop = before.span("role") if before else (start, start)
        if len(titled) > len(name) and not asked[0]:  # "Presiden | Putin", "kepala Roscosmos | Yury Borisov"
            last = sentence.index(titled[asked.index(True)], start) - 1
            family = sum(asked) == 1  # a given name may stand before it
            stop = max(stop, _without_given_name(sentence, start, last) if family else last)
        if stop > opens:
            yield Candidate(opens, stop, 0.9)
        for match in (_SERVES.match(sentence, end), _APPOSED.match(sentence, end)):
            if match:
                yield Candidate(*match.span("role"), 1.0)


def _without_given_name(sentence: str, start: int, end: int) -> int:
    """Where an office ends before the name of its holder: of "Menteri Pertahanan Rusia Sergey" before the word that is none of the language's."""
    words = list(re.finditer(r"[\w.-]+", sentence[start:end]))
    last = words[-1].group() if words else ""
    given = last[:1].isupper() and last.casefold() not in TITLES and not is_country(last, whole=True) and not known_root(last)
    return start + (words[-2].end() if len(words) > 1 else 0) if given else end


def without_question(
    sentence: str, start: int, end: int, wanted: Wanted | None, forms: set[str] | None = None
) -> tuple[int, int]:
    """A name without the words of the question that open it, the whole of it where they do not or are all of it.

    What opens it must hold a word that is no name: of "Korea Utara" the question about "Korea Selatan" leaves no "Utara".
    """
    terms_ = wanted.terms if wanted else ()
    known = forms if forms is not None else {term.form for term in terms_}
    names_ = set() if forms is not None else {term.form for term in terms_ if term.name}
    at = start
    for match in re.finditer(r"\S+", sentence[start:end]):
        if not set(text.terms(match.group())) & known and match.group().casefold() not in TITLES:
            at = start + match.start()
            break
    else:
        return start, end
    opening = sentence[start:at].split()
    asked = any(
        set(text.terms(word)) & (known - names_) or (word.casefold() in TITLES and set(text.terms(word)) & known)
        for word in opening
    )
    asked = asked or (forms is not None and any(set(text.terms(word)) & known for word in opening))
    return (at, end) if asked else (start, end)
