from __future__ import annotations

from qa.index.engines import row_store, wants_lists


def test_the_engine_is_chosen_by_size():
    assert [row_store(n, 10) for n in (0, 10, 11)] == ["exact", "exact", "faiss"]
    assert [wants_lists(n, 10) for n in (0, 10, 11)] == [False, False, True]
