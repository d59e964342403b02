"""Which side a sentence takes in a yes-no question: yes, no, or none, and then only the sentence is shown.

Words first: a denial beside what was asked about, or an opposite of a word of the question, is a no; a sentence that itself says most
of the question is a yes. Where words leave it open an entailment head judges the question turned into a statement; what it calls
neutral stays open, for "Ya" under a sentence that only comes near is worse than no side at all.
"""

from __future__ import annotations

import re

from qa.answer.entail import Entail
from qa.answer.matching import DENIALS, Sentence, Wanted, same_root
from qa.answer.score import Features

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("dalam inside", "luar outside"), ("berhasil sukses succeed succeeded successful", "gagal failed fail"), ("naik meningkat rise", "turun menurun fall"),
        ("menang win won", "kalah lose lost"), ("setuju mendukung menerima support agree", "menolak menentang menolaknya reject oppose"),
        ("hidup selamat alive", "tewas meninggal dead"), ("dibuka buka open", "ditutup tutup closed"), ("pertama first", "terakhir last"),
    )
)  # fmt: skip
_WHERE = tuple(re.compile(rf"\b{words}\b", re.IGNORECASE) for words in (r"di dalam|inside", r"di luar|outside"))
_OPENING = re.compile(
    r"^\W*(?:(?:jadi|lalu|terus|so|and),?\s+)?(?:apakah|benarkah|betulkah|apa (?:benar|betul|iya|memang)|emang(?:nya)?|memang(?:nya)?|apa)\s+|[\s?]+$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^(\w{3,})kah\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s[–—-]\s.+?\s[–—-]\s|\((?:[^\s)]+\s){2,}[^)]*\)")
_SAID = 0.6  # share of a question that a sentence itself has to say where the answer is yes
_ENTAILED = 0.7  # what the head must be sure of where words leave it open
_CONTRADICTED = 0.9


def side(question: str, wanted: Wanted, sentence: Sentence, known: Features, entail: Entail | None = None) -> bool | None:
    """True for yes, False for no, None where the sentence carries neither."""
    if contradicts(question, wanted, sentence):
        return False
    if _aside(wanted, sentence):
        return None
    if known.cover >= _SAID and known.names > 0.0:
        return True
    if entail is None or known.names <= 0.0:
        return None
    verdict = entail(sentence.text, statement(question))
    if verdict.entailed >= _ENTAILED:
        return True
    return False if verdict.contradicted >= _CONTRADICTED else None


def _aside(wanted: Wanted, sentence: Sentence) -> bool:
    """Does one of the question's names stand in an aside alone (between dashes or in brackets), another outside? They did nothing together."""
    asides = [found.span() for found in _ASIDE.finditer(sentence.text)]
    places = [
        [
            any(start <= begin < end for start, end in asides)
            for word, begin, _ in sentence.words
            if term.form in {word, *word.split("-")}
        ]
        for term in wanted.terms
        if term.name
    ]
    return any(inside and all(inside) for inside in places) and any(inside and not any(inside) for inside in places)


def statement(question: str) -> str:
    """The question as what it asks about: "Apakah Putin akan datang?" is "Putin akan datang", "Sudahkah" is "Sudah"."""
    return _ASKING.sub(r"\1", _OPENING.sub("", question))


def contradicts(question: str, wanted: Wanted, sentence: Sentence) -> bool:
    """Does the sentence say no? By a word of denial close before what was asked about, or an opposite."""
    asked = {term.form for term in wanted.terms}
    words = [word for word, _, _ in sentence.words]
    denied = any(
        any(form in asked or any(same_root(form, term) for term in asked) for form in words[at + 1 : at + 5])
        for at, word in enumerate(words)
        if word in DENIALS
    )
    if any(
        mine.search(question) and theirs.search(sentence.text) and not mine.search(sentence.text)
        for mine, theirs in (_WHERE, _WHERE[::-1])
    ):
        return not wanted.denies
    said = set(words)
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if mine & asked and theirs & said and not mine & said:
                return not wanted.denies
    return denied != wanted.denies if denied else False
