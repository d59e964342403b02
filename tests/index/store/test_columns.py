from __future__ import annotations

from datetime import date

import pytest

from qa.index.store.columns import Columns

JUNE = (date(2024, 6, 1), date(2024, 6, 30))
TOLD = [
    (0, 2, "2024-06-01", "Koran"),
    (2, 3, None, "Koran"),
    (5, 0, "2024-06-02", "Warta"),
    (9, 2, "2024-06-30", "WARTA"),
    (11, 1, "2024-07-01", ""),
]


@pytest.mark.parametrize(
    ("window", "outlets", "rows"),
    [
        (None, (), [0, 1, 2, 3, 4, 9, 10, 11]),
        (JUNE, (), [0, 1, 9, 10]),
        (None, ("koran",), [0, 1, 2, 3, 4]),
        (JUNE, ("Warta",), [9, 10]),
        (JUNE, ("Warta", "Koran"), [0, 1, 9, 10]),
        (JUNE, ("Tidak Ada",), []),
        ((date.min, date(2024, 6, 2)), (), [0, 1]),
        ((date(2024, 6, 2), date.max), (), [9, 10, 11]),
        ((date.max, date.min), (), []),
    ],
)
def test_rows_are_those_of_the_articles_of_the_days_and_outlets(window, outlets, rows):
    assert list(Columns(TOLD).rows(window, outlets)) == rows


def test_no_article_has_no_row():
    assert list(Columns([]).rows(JUNE, ())) == []


def test_the_rows_of_articles_without_a_day():
    assert list(Columns(TOLD).undated()) == [2, 3, 4]
    assert list(Columns([]).undated()) == []
