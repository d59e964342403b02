"""Written questions with the passages that answer them."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from qa.errors import TrainingError
from qa.training.encoder.written_pairs import written_pairs

pytestmark = pytest.mark.extra("torch")


def test_each_question_has_its_own_passage_and_others_that_do_not_answer(with_questions, tokenizer, tmp_path):
    pairs = written_pairs(with_questions, tmp_path, tokenizer, say=lambda _: None)
    assert len(pairs.questions) == 16
    assert all(
        len(right) == 1 and wrong and not set(right) & set(wrong) for right, wrong in zip(pairs.right, pairs.wrong, strict=True)
    )
    assert max(row for rows in (*pairs.right, *pairs.wrong) for row in rows) < len(pairs.passages)


def test_without_questions_there_is_nothing_to_learn_from(encoder_data, tokenizer, tmp_path):
    with pytest.raises(TrainingError, match="no answered question"):
        written_pairs(encoder_data, tmp_path, tokenizer, say=lambda _: None)
