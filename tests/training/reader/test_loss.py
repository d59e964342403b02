"""The loss of spans over all passages of a question, beside a slow one that writes the sums out."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from hypothesis import given
from hypothesis import strategies as st

from qa.training.examples.mixture import UNKNOWN
from qa.training.reader.loss import span_loss

pytestmark = pytest.mark.extra("torch")


def slow(logits: np.ndarray, gold: list[int], group: list[int]) -> tuple[float, float]:
    right = silent = 0.0
    for number in sorted(set(group)):
        rows = [at for at, one in enumerate(group) if one == number]
        every = np.logaddexp.reduce([logit for row in rows for logit in logits[row]])
        golds = [(row, gold[row]) for row in rows if gold[row] != UNKNOWN]
        for row, place in golds:
            right += every - logits[row, place]
            silent += np.logaddexp(every, 0.0) - logits[row, place]
        if not golds:
            silent += np.logaddexp(every, 0.0)
    return float(right), float(silent)


@given(st.integers(1, 8), st.integers(1, 6), st.integers(0, 2**31 - 1))
def test_it_is_the_sum_over_the_passages_of_each_question(rows, tokens, seed):
    random = np.random.default_rng(seed)
    logits = random.normal(scale=3.0, size=(rows, tokens))
    group = np.unique(random.integers(0, 3, rows), return_inverse=True)[1].tolist()
    gold = [int(random.integers(0, tokens)) if random.random() < 0.5 else UNKNOWN for _ in range(rows)]
    given_ = span_loss(torch.tensor(logits), torch.tensor(gold), torch.tensor(group))
    assert [float(part) for part in given_] == pytest.approx(slow(logits, gold, group), rel=1e-6, abs=1e-6)


def test_a_high_logit_in_another_passage_of_the_question_costs_and_in_another_question_does_not():
    logits = torch.zeros(2, 3)
    gold, apart, together = torch.tensor([1, UNKNOWN]), torch.tensor([0, 1]), torch.tensor([0, 0])
    louder = logits.clone()
    louder[1, 2] = 8.0
    assert span_loss(louder, gold, apart)[0] == pytest.approx(float(span_loss(logits, gold, apart)[0]))
    assert span_loss(louder, gold, together)[0] > span_loss(logits, gold, together)[0] + 5


def test_without_an_answer_silence_is_learned_and_what_lies_outside_the_passage_counts_nothing():
    logits = torch.tensor([[2.0, -1e4, -1e4]], requires_grad=True)
    right, silent = span_loss(logits, torch.tensor([UNKNOWN]), torch.tensor([0]))
    torch.autograd.backward(silent)
    assert right.item() == 0.0
    assert silent.item() == pytest.approx(np.log1p(np.exp(2.0)), rel=1e-6)
    assert logits.grad is not None
    assert logits.grad[0].tolist() == pytest.approx([1 / (1 + np.exp(-2.0)), 0.0, 0.0])
