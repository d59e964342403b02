"""`qa train ranking` on a folder of tiny sets: searched, fitted, written."""

from __future__ import annotations

import hashlib
import json
import lzma

import numpy as np
import pytest

from qa import cli
from qa.errors import TrainingError
from qa.retrieve.ranking import Evidence
from qa.training import data
from qa.training.answers.train_ranking import NAMES, shares, train_ranking
from qa.training.examples.written import WRITTEN, WRITTEN_VALID

PLACES = "Demak Kudus Jepara Pati Blora Rembang Tegal Brebes Batang Kendal".split()


def fact(at: int, *, answered: bool = True) -> dict:
    place = PLACES[at % 10]
    context = f"Bupati {place} membuka pasar nomor {at} pada Senin. Warga tidak menolak pasar itu."
    answers = [{"text": "Senin", "start": context.index("Senin")}] if answered else []
    return {
        "id": f"q{at}", "origin": "test", "title": f"Pasar {place} {at}", "context": context,
        "question": f"Kapan pasar nomor {at} di {place} dibuka?", "answers": answers,
        "sentences": [[0, context.index(".") + 1]] if answered else [],
    }  # fmt: skip


def put(home, name, rows):
    with lzma.open(home / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path):
    put(tmp_path, WRITTEN, [*map(fact, range(24)), fact(30, answered=False)])
    put(tmp_path, WRITTEN_VALID, [fact(40)])
    put(tmp_path, data.NEWS, [{"id": "n", "origin": "indosum", "title": "Beras", "text": "Harga beras naik di Kendal."}])
    return tmp_path


def test_it_is_fitted_measured_and_written(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["train", "ranking", "--data", str(folder), "--out", str(out)]) == 0
    table = json.loads((out / "ranking.json").read_text(encoding="utf-8"))
    assert table["command"] == "qa train ranking"
    sets = folder / f"{WRITTEN}.jsonl.xz"
    assert table["fitted_on"] == {sets.name: hashlib.sha256(sets.read_bytes()).hexdigest()}
    weights = Evidence(**table["weights"])
    assert weights.cosine == 1.0
    printed = capsys.readouterr()
    assert printed.out.strip() == str(out / "ranking.json")
    orders = [json.loads(line) for line in printed.err.splitlines() if line.startswith('{"order"')]
    assert [one["order"] for one in orders] == ["before", "shipped", "fitted"]
    assert table["questions"] + orders[0]["questions"] == 24, "what has no answer says nothing of an order"


def test_a_limit_spreads_the_questions(folder, tmp_path):
    path = train_ranking(folder, tmp_path / "out", limit=12, say=lambda _: None)
    assert json.loads(path.read_text(encoding="utf-8"))["questions"] <= 12


def test_shares_count_questions_whose_answer_is_among_the_first():
    holds = np.array([0.0, 0.0, 1.0])
    rows = np.array([[0.1, 0, 0], [0.9, 0, 0], [0.5, 0, 0]])
    assert list(shares([(rows, holds)], None).values())[:3] == [0.0, 0.0, 100.0]
    assert list(shares([(rows, holds)], np.array([1.0, 0, 0])).values())[:3] == [0.0, 100.0, 100.0]
    assert set(shares([], None).values()) == {0.0}
    assert len(NAMES) == rows.shape[1]


def test_an_absent_set_is_named(tmp_path):
    with pytest.raises(TrainingError, match=rf"{WRITTEN}.*Cure"):
        train_ranking(tmp_path, tmp_path / "out")


def test_where_nothing_is_found_there_is_nothing_to_fit(tmp_path):
    put(tmp_path, WRITTEN, [fact(0, answered=False)])
    put(tmp_path, WRITTEN_VALID, [fact(40)])
    put(tmp_path, data.NEWS, [{"id": "n", "origin": "indosum", "title": "Beras", "text": "Harga beras naik di Kendal."}])
    with pytest.raises(TrainingError, match="no question's answer was found"):
        train_ranking(tmp_path, tmp_path / "out", say=lambda _: None)
