"""What a server found as rows: in order, ties whole, filled up to k, nothing that is not here."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from qa.errors import CorpusError
from qa.store import ranked as module
from qa.store.ranked import Places, ranked


@dataclass
class Shelf:
    """Articles a0, a1 … of three passages each."""

    n: int

    @property
    def n_passages(self):
        return 3 * self.n

    def rows_of(self, article):
        number = int(article[1:])
        if number >= self.n:
            raise CorpusError("unknown")
        return range(3 * number, 3 * number + 3)


def server(scores, asked):
    """Finds passages by their scores, best first, and in no order where these are equal."""
    order = sorted(scores, key=lambda row: (-scores[row], -row))

    def ask(limit, where):
        asked.append((limit, where))
        return [(f"a{row // 3}", row % 3, scores[row]) for row in order[:limit]]

    return ask


@pytest.mark.parametrize("k", [1, 5, 11, 30, 100])
def test_the_k_best_come_with_ties_to_the_lower_row(k):
    scores = {row: float(row % 2) for row in range(30)}
    found = ranked(server(scores, []), Places(Shelf(10)), k, None)
    assert found == sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:k]


def test_a_tie_at_the_kth_place_is_taken_on_until_it_is_whole():
    asked = []
    scores = dict.fromkeys(range(300), 1.0)
    assert [row for row, _ in ranked(server(scores, asked), Places(Shelf(100)), 2, None)] == [0, 1]
    assert len(asked) > 1


def test_of_more_rows_than_are_named_the_results_are_filtered_and_k_is_filled_up(monkeypatch):
    monkeypatch.setattr(module, "_NAMED", 0)
    scores = {row: 300.0 - row for row in range(300)}
    allowed = range(200, 300)
    found = ranked(server(scores, []), Places(Shelf(100)), 10, allowed)
    assert [row for row, _ in found] == list(range(200, 210))


def test_a_passage_of_an_article_that_is_not_here_or_of_a_later_part_is_no_result():
    def ask(limit, where):
        return [("a9", 0, 3.0), ("a0", 7, 2.0), ("a0", 1, 1.0)]

    assert ranked(ask, Places(Shelf(2)), 5, None) == [(1, 1.0)]


@pytest.mark.parametrize(("k", "allowed"), [(0, None), (5, [])])
def test_where_nothing_may_be_found_nothing_is_asked(k, allowed):
    asked = []
    assert ranked(server({0: 1.0}, asked), Places(Shelf(1)), k, allowed) == []
    assert not asked
