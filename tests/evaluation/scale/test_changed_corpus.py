from __future__ import annotations

import json
from datetime import date
from itertools import islice

import pytest

from qa.errors import SuiteError, UsageError
from qa.evaluation.scale.changed_corpus import articles, records

BASE = [
    {
        "title": "Satu",
        "text": "Jembatan 12 dibuka Senin. Warga senang. Tarif 500 rupiah. Selesai.",
        "outlet": "Koran",
        "published": "2024-05-17",
    },
    {"title": "Dua", "text": "Beras naik 3 persen. Bulog menjual. Petani panen. Harga turun lagi."},
]


def test_the_first_round_is_the_corpus_and_later_ones_differ_but_keep_titles():
    made = list(islice(articles(BASE), 8))
    assert [article.text for article in made[:2]] == [record["text"] for record in BASE]
    assert [article.title for article in made] == ["Satu", "Dua"] * 4
    assert made[0].published == date(2024, 5, 17)
    assert all(article.published for article in made)
    assert len({article.text for article in made}) == len({article.id for article in made}) == 8


def test_the_same_seed_gives_the_same_articles_and_another_others():
    first, again, other = (list(islice(articles(BASE, seed=seed), 8)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_files_are_read_with_the_place_of_every_fault(tmp_path):
    good = tmp_path / "good.jsonl"
    good.write_text("\n".join(json.dumps(record) for record in [*BASE, {"text": " "}]), encoding="utf-8")
    assert records([good]) == BASE
    assert records([good, good], 3) == [*BASE, BASE[0]]
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "a"}\n{"title": "b"}\n', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"bad\.jsonl:2.*text"):
        records([bad])
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="empty"):
        records([tmp_path / "empty.jsonl"])
