"""What a sentence says again of the question, and the noun that the answer has to be: "roket" in "roket apa"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from qa.answer.matching import Sentence, Wanted, has_figure
from qa.answer.spanlist import Run, marked, words_of
from qa.language import names, shortforms, text
from qa.language.roots import same_root

_MORE = 2  # words by which a name may be longer than in the question
VERB = re.compile(
    r"(?!menteri|direktur|diplomat|dinasti|berita|ter(?:baru|akhir|besar|kecil|minal|oris)|digital|mental)(?:me[mnlr]|ber|di|ter)\w{4,}$|(?:adalah|ialah|merupakan|bisa|dapat|akan|telah|sudah|menuju)$"
)


@lru_cache(maxsize=64)
def head(wanted: Wanted) -> frozenset[str]:
    """The noun that the answer must be, with what stands before it: "bahan bakar" in "bahan bakar apa"; nothing for a verb or a name."""
    if wanted.clause:
        return frozenset()
    noun = wanted.head or wanted.asked.noun
    at = next((i for i, term in enumerate(wanted.terms) if term.form == noun), -1)
    if (
        at < 0
        or (wanted.terms[at].name and wanted.terms[at].place > 0)
        or VERB.match(noun)
        or wanted.asked.kind not in {"what", "list", "who", "where"}
    ):
        return frozenset()
    touching = wanted.touching
    beside = [other for other in (at - 1, at + 1) if (min(at, other), max(at, other)) in touching]
    terms = [wanted.terms[other] for other in beside]
    return frozenset(
        [
            noun,
            *(
                one.form
                for one in terms
                if (not one.name or one.place == 0) and not VERB.match(one.form) and not has_figure(one.form)
            ),
        ]
    )


def headed(nouns: frozenset[str], words: Sequence[str], before: Sequence[str], *, named: bool) -> float:
    """The share of the asked noun's words that open the run, or stand right before it where it is `named` by what follows.

    "roket | Soyuz" names a rocket; of "bahan bakar roket padat" only the whole says which fuel.
    """
    if not nouns or all(is_any(nouns, word) for word in words):
        return 0.0
    opening = next(at for at, word in enumerate(words) if not is_any(nouns, word))
    trailing = list(takewhile(lambda word: is_any(nouns, word), reversed(before))) if named else []
    return (opening + len(trailing)) / len(nouns) if not (opening and trailing) else 0.0


def broken(sentence: Sentence, run: Run, opens: Sequence[bool]) -> bool:
    """Does a mark stand between the noun and what is named by it?"""
    at = run[0] + next((place for place, one in enumerate(opens) if not one), 0)
    return at > 0 and marked(sentence, at)


def is_any(nouns: frozenset[str], word: str) -> bool:
    """Is the word one of the nouns, in whatever form?"""
    return any(noun == word or same_root(noun, word) for noun in nouns)


def asked_words(wanted: Wanted, sentence: Sentence) -> list[bool]:
    """For each word whether the question says it; of a name that the question shortens ("Kim") all that belongs to it."""
    said = [_says(wanted, word) for word, _, _ in sentence.words]
    if wanted.asked.kind not in {"who", "list"}:
        short = {term.form for term in wanted.terms if term.name} - {wanted.asked.noun, wanted.head}  # "apa nama kosmodrom"
        for start, end in names.names(sentence.text):
            run = words_of(sentence, start, end)
            if run and run[1] - run[0] <= _MORE and sentence.words[run[0]][0] in short and sum(said[run[0] : run[1] + 1]) == 1:
                said[run[0] : run[1] + 1] = [True] * (run[1] - run[0] + 1)
    _mark_short_forms(wanted, sentence, said)
    return said


def _mark_short_forms(wanted: Wanted, sentence: Sentence, said: list[bool]) -> None:
    """Short forms say it again: "AS" for "Amerika Serikat", wherever it stands, and the capitals in brackets after any name that is asked about."""
    known = {term.form for term in wanted.terms}
    again = {text.fold(short) for short, full in shortforms.others(sentence.text) if known >= set(text.terms(full))}
    for at, (word, start, end) in enumerate(sentence.words):
        capitals = (
            sentence.text[start - 1 : start] == "(" and sentence.text[end : end + 1] == ")" and sentence.text[start:end].isupper()
        )
        if word in again or (capitals and at >= len(word) and all(said[at - len(word) : at])):  # a letter for each word before it
            said[at] = True


def _says(wanted: Wanted, word: str) -> bool:
    parts = {word, *word.split("-")}
    return any(term.form in parts or ((not term.name or term.place == 0) and same_root(term.form, word)) for term in wanted.terms)
