"""Number words of both languages, from one table (data/numbers.tsv)."""

from __future__ import annotations

from typing import Literal

from qa.language import lists
from qa.schema import Language

Kind = Literal["cardinal", "ordinal", "scale", "one"]


def values(kind: Kind, language: Language | None = None) -> dict[str, str]:
    """Word -> its value as the table writes it, of one language or of both."""
    return {word: value for of, value, spoken, word in lists.table("numbers").rows if of == kind and language in {None, spoken}}


def whole(kind: Kind, language: Language | None = None) -> dict[str, int]:
    """Word -> its value, but for the word that is added and not multiplied ("belas")."""
    return {word: int(value) for word, value in values(kind, language).items() if not value.startswith("+")}
