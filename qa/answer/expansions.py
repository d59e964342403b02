"""What a short form stands for, and the short form of a name: "Komisi Perlindungan Anak Indonesia (KPAI)", "KPAI (Komisi …)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qa.answer.people import Candidate
from qa.language import text

if TYPE_CHECKING:
    from qa.answer.matching import Wanted

_SHORT = r"[A-Z][\w&.-]{1,14}"
_BRACKETED = re.compile(rf"\(\s*(?P<short>{_SHORT})\s*\)")
_OPENED = re.compile(rf"\b(?P<short>{_SHORT}) \((?P<full>[^()]{{4,90}})\)")
_TOLD = re.compile(
    rf"\b(?P<short>{_SHORT})(?: adalah|,)? (?:singkatan|kepanjangan|akronim)(?:nya)? (?:dari|adalah) (?P<full>[^,.;()]{{4,90}})"
)
_LINKS = frozenset("dan di dari untuk atas ke pada bagi of the and for in".split())
_MOST = 12  # words of a name


def expansions(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """The full form of a short form that the question names, or the short form of a full one; nothing for any other sentence."""
    asked = {term.form for term in wanted.terms}
    for found in _BRACKETED.finditer(sentence):
        full = _before(sentence, found.start(), found["short"])
        if full is None:
            continue
        if text.fold(found["short"]) in asked:
            yield Candidate(*full, 1.0)
        elif _names(asked, sentence[slice(*full)]):
            yield Candidate(*found.span("short"), 1.0)
    for pattern in (_OPENED, _TOLD):
        for found in pattern.finditer(sentence):
            if text.fold(found["short"]) in asked and _spells(found["full"].split(), found["short"]):
                yield Candidate(*found.span("full"), 1.0)
            elif _names(asked, found["full"]):
                yield Candidate(*found.span("short"), 1.0)


def _before(sentence: str, at: int, short: str) -> tuple[int, int] | None:
    """The words before the bracket that the short form is made of: by their first letters, else by the beginnings of words."""
    words = list(re.finditer(r"[^\s,;:()\"“”]+", sentence[:at]))[-_MOST:]
    for first in range(len(words) - 1, -1, -1):
        run = [word.group() for word in words[first:]]
        if run[0].casefold() not in _LINKS and _spells(run, short):
            return words[first].start(), words[-1].end()
    return None


def _spells(words: list[str], short: str) -> bool:
    """Are these the words of the short form, no fewer and no more? Small links may be left out of it."""
    letters = re.sub(r"[^a-z]", "", short.casefold())
    heads = [re.sub(r"[^a-z]", "", word.casefold()) for word in words]
    heads = [head for head, word in zip(heads, words, strict=True) if head and word.casefold() not in _LINKS]
    return len(heads) > 1 and _made(letters, heads)


def _made(letters: str, heads: list[str]) -> bool:
    """Do the letters begin each of the words in turn ("kpai": k, p, a, i; "menpora": men, p, ora)?"""
    if not heads:
        return not letters
    most = next((n for n, (one, other) in enumerate(zip(letters, heads[0], strict=False)) if one != other), None)
    most = min(len(letters), len(heads[0])) if most is None else most
    return any(_made(letters[n:], heads[1:]) for n in range(most, 0, -1))


def _names(asked: set[str], full: str) -> bool:
    own = {form for form in text.terms(full) if form not in _LINKS}
    return len(own) > 1 and own <= asked
