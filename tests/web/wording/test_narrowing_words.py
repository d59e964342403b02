"""Both languages of a part's words are whole, and their fields are filled with the same values."""

from __future__ import annotations

import re
from dataclasses import asdict

from qa.schema import LANGUAGES
from qa.web.wording.narrowing_words import NARROWING


def fields(told: object) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", str(told)))


def test_both_languages_say_everything_with_the_same_fields():
    assert tuple(NARROWING) == LANGUAGES
    one, other = (asdict(NARROWING[language]) for language in LANGUAGES)
    assert all(one.values())
    assert all(other.values())
    assert {name: fields(told) for name, told in one.items()} == {name: fields(told) for name, told in other.items()}
