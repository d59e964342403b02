"""The languages of the page; nothing that a visitor reads is written anywhere else in the package."""

from __future__ import annotations

from collections.abc import Mapping

from qa.schema import LANGUAGES, Language
from qa.web.wording.english import ENGLISH
from qa.web.wording.indonesian import INDONESIAN
from qa.web.wording.wording import Words

__all__ = ["WORDS", "Words", "other", "words"]

WORDS: Mapping[Language, Words] = {"id": INDONESIAN, "en": ENGLISH}


def words(language: str) -> Words:
    """The sentences of a language; Indonesian for any other."""
    return ENGLISH if language == "en" else INDONESIAN


def other(language: Language) -> Language:
    """The language that the switch leads to."""
    return LANGUAGES[1 - LANGUAGES.index(language)]
