"""Why an answer is withheld: one sentence a reason, in both languages."""

from __future__ import annotations

import pytest

from qa.messages import in_words
from qa.schema import LANGUAGES, REASONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_own_sentence(language):
    said = [in_words(reason, language) for reason in REASONS]
    assert [sentence for sentence, reason in zip(said, REASONS, strict=True) if not sentence] == [""]
    assert len(set(said)) == len(REASONS)
    assert all(sentence.endswith(".") for sentence in said if sentence)
