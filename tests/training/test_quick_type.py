from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from qa.training import quick_type as module
from qa.training.quick_type import quick_type, seconds
from qa.training.reader.state import narrow

pytestmark = pytest.mark.extra("torch")


@pytest.fixture(autouse=True)
def forgotten():
    quick_type.cache_clear()
    yield
    quick_type.cache_clear()


@pytest.mark.parametrize(("faster", "narrower"), [(5.0, True), (1.5, False), (0.7, False)])
def test_bfloat16_is_used_where_it_multiplies_twice_as_fast(monkeypatch, faster, narrower):
    monkeypatch.setattr(module, "seconds", lambda kind, _: 1.0 if kind is torch.bfloat16 else faster)
    assert narrow("cpu") is narrower
    assert (quick_type("cpu") is torch.bfloat16) is narrower


def test_a_product_takes_time():
    assert seconds(torch.float32, "cpu") > 0
