"""`qa train answers` on a folder of tiny sets: asked through the whole way, fitted, written."""

from __future__ import annotations

import hashlib
import json
import lzma

import pytest

from qa import cli
from qa.answer.extractive import choice
from qa.answer.extractive.features import NAMES
from qa.errors import TrainingError
from qa.training import data
from qa.training.answers import train_answers as answers
from qa.training.answers.train_answers import gathered, hashes, train_answers, written
from qa.training.examples.mixture import IDKMRC_VALID
from qa.training.examples.written import WRITTEN_VALID

PLACES = "Demak Kudus Jepara Pati Blora Rembang Tegal Brebes Batang Kendal".split()
DAYS = "Senin Selasa Rabu Kamis Jumat".split()


def fact(at: int) -> dict:
    place, day = PLACES[at % 10], DAYS[at % 5]
    context = f"Bupati {place} membuka pasar nomor {at} pada {day}. Warga tidak menolak pasar di {place} itu."
    return {
        "id": f"q{at}", "origin": "test", "title": f"Pasar {place} {at}", "context": context,
        "question": f"Kapan pasar nomor {at} di {place} dibuka?", "answers": [{"text": day, "start": context.index(day)}],
        "sentences": [[0, context.index(".") + 1]],
    }  # fmt: skip


def sided(at: int) -> dict:
    one = fact(at)
    start = one["context"].index("Warga")
    return one | {
        "question": f"Apakah warga menolak pasar di {PLACES[at % 10]}?", "answers": [], "side": "Tidak",
        "sentences": [[start, len(one["context"])]],
    }  # fmt: skip


def unanswered(at: int) -> dict:
    return fact(at) | {"question": "Berapa harga kapal selam itu?", "answers": [], "sentences": []}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    home = tmp_path_factory.mktemp("sets")

    def put(name, rows):
        with lzma.open(home / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    put(WRITTEN_VALID, [*map(fact, range(8)), *map(sided, range(8)), *map(unanswered, range(3))])
    put(data.FACQA_VALID, [fact(at) for at in range(8, 11)])
    dev = [title for title in (f"Artikel {at}" for at in range(400)) if data.side_of(title) == "dev"][:2]
    put(data.TYDIQA, [fact(at + 11) | {"title": title} for at, title in enumerate(dev)])
    put(IDKMRC_VALID, [fact(14), unanswered(15)])
    put(data.NEWS, [{"title": "Hujan", "text": "Hujan turun sepanjang malam di desa. Jalan licin.", "origin": "indosum"}])
    put(data.LEADS, [{"title": "Kapal", "text": "Kapal adalah kendaraan air. Kapal berlayar di laut."}])
    return home


def test_written_questions_keep_their_sentences_and_sides(folder):
    found = written(folder, WRITTEN_VALID)
    assert found[0].answers == ("Senin",)
    assert found[0].sentences == ("Bupati Demak membuka pasar nomor 0 pada Senin.",)
    assert (found[8].side, found[8].answers, found[8].sentences) == ("Tidak", (), ("Warga tidak menolak pasar di Demak itu.",))
    assert (found[16].side, found[16].answers, found[16].sentences) == ("", (), ())


@pytest.mark.integration
def test_the_command_asks_fits_and_writes_what_the_reader_opens(folder, tmp_path, capsys, monkeypatch):
    out = tmp_path / "run"
    assert cli.main(["train", "answers", "--data", str(folder), "--out", str(out)]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == str(out / "answers.json")
    rows = [json.loads(line) for line in told.err.splitlines() if line.startswith("{")]
    assert {(row["kind"], row["set"]) for row in rows} >= {("span", "news"), ("polar", "news"), ("span", "facqa")}
    table = json.loads((out / "answers.json").read_text(encoding="utf-8"))
    assert table["features"] == list(NAMES)
    assert table["fitted_on"] == hashes(folder, None)
    assert table["fitted_on"][f"{WRITTEN_VALID}.jsonl.xz"] == (
        hashlib.sha256((folder / f"{WRITTEN_VALID}.jsonl.xz").read_bytes()).hexdigest()
    )
    assert table["reader"] == hashlib.sha256(choice.FILE.with_name("reader.onnx").read_bytes()).hexdigest()
    assert (
        table["span"]["questions"] + table["polar"]["questions"] == 2 * 19 + 3 + 2 + 2
    )  # the written ones over small archives too
    monkeypatch.setattr(choice, "FILE", out / "answers.json")
    choice.shipped.cache_clear()
    assert choice.shipped("span").bias == table["span"]["bias"]
    choice.shipped.cache_clear()

    asked = gathered(folder, out, None)
    assert [one.gold for one in asked if one.kind == "polar" and one.source == "news"] == ["Tidak"] * 8
    for one in asked:
        assert len(one.features) == len(one.holds) == len(one.f1) == len(one.answers)
        assert all(len(row) == len(NAMES) for row in one.features)
        assert one.answerable or not any(one.holds)
    assert all(one.found for one in asked if one.source == "facqa"), "each answer is in a passage that was read"

    def nothing(*_):
        raise AssertionError("a second run with the same files asks nothing again")

    monkeypatch.setattr(answers, "met", nothing)
    assert gathered(folder, out, None) == asked
    with pytest.raises(AssertionError, match="asks nothing"):
        gathered(folder, out, None, limit=1)


def test_a_set_that_is_absent_is_named_before_anything_is_asked(folder, tmp_path):
    with pytest.raises(TrainingError, match=r"qa_news\.valid.*Cure"):
        train_answers(tmp_path, tmp_path / "out")
    with pytest.raises(TrainingError, match=r"mine\.jsonl\.xz.*Cure"):
        train_answers(folder, tmp_path / "out", more=tmp_path / "mine.jsonl.xz")
