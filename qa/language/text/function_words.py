"""Function words by class, from one table (data/function_words.tsv), and the words that deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from qa.language import lists
from qa.schema import Language

Class = Literal[
    "adposition", "adverb", "auxiliary", "conjunction", "copula", "determiner", "failure", "negation", "particle", "pronoun", "question",
    "request", "subordinator", "turning",
]  # fmt: skip


def words(*classes: Class, language: Language | None = None) -> frozenset[str]:
    """The folded words of these classes (of every class where none is named), of one language or of both."""
    return frozenset(
        word
        for spoken, kind, _, _, word in lists.table("function_words").rows
        if language in {None, spoken} and (not classes or kind in classes)
    )


def dropped(language: Language) -> frozenset[str]:
    """The words that a search leaves out of a question's terms."""
    return frozenset(lists.column("function_words", "word", language=language, search="drop"))


def signs(language: Language) -> frozenset[str]:
    """The words that tell the language: the other one lacks them."""
    return frozenset(lists.column("function_words", "word", language=language, sign="sign"))


NEGATIONS = words("negation")
DENIALS = NEGATIONS | words("failure")
"""What denies a statement: "tidak", "never", and verbs that say that it did not come about ("gagal", "failed")."""
TURNING = words("turning")
"""After a denial these deny nothing that follows: "tidak hanya", "tidak jauh dari", "not only"."""


def denials(forms: Sequence[str], *, failures: bool = True) -> Iterator[int]:
    """The places among folded words, in order, at which something is denied; "No. 5" counts and denies nothing.

    Without `failures` only words that deny whatever follows: another language may say with a noun that a thing failed.
    """
    denying = DENIALS if failures else NEGATIONS
    for at, form in enumerate(forms):
        if form not in denying:
            continue
        after = forms[at + 1] if at + 1 < len(forms) else ""
        if after not in TURNING and not (form == "no" and (after == "." or after[:1].isdigit())):
            yield at
