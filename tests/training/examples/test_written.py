"""The examples from questions that were written by hand over whole articles."""

from __future__ import annotations

import json
import lzma
from random import Random

import pytest

pytest.importorskip("torch")
from qa.errors import TrainingError
from qa.retrieve.pairs import PairEncoder
from qa.training.examples.mixture import UNKNOWN, Texts
from qa.training.examples.written import WRITTEN, written_examples
from qa.training.reader.command import TOKENIZER

pytestmark = pytest.mark.extra("torch")

BODY = (
    "Bupati Sari membuka pasar Demak pada Rabu. Pasar itu menjual beras dan gula kepada warga. "
    "Hujan turun sepanjang malam di desa itu. Warga tidak menolak pasar baru. Polisi menjaga jalan menuju pasar."
)


def record(question: str, sentence: str = "", answer: str = "", side: str = "", **more) -> dict:
    start = BODY.index(sentence) if sentence else 0
    return {
        "id": question,
        "origin": "written",
        "title": "Pasar baru",
        "context": BODY,
        "question": question,
        "answers": [{"text": answer, "start": BODY.index(answer)}] if answer else [],
        "sentences": [[start, start + len(sentence)]] if sentence else [],
        "side": side,
    } | more


ANSWERED = record("Kapan Demak punya tempat jualan?", "Bupati Sari membuka pasar Demak pada Rabu.", "Rabu")
SIDED = record("Apakah penduduk menentang pasar?", "Warga tidak menolak pasar baru.", side="Tidak")
NEAR = record("Kapan Tegal punya pasar?")


def written(tmp_path, *records):
    from tokenizers import Tokenizer

    with lzma.open(tmp_path / f"{WRITTEN}.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(one) + "\n" for one in records)
    texts = Texts(PairEncoder(Tokenizer.from_file(str(TOKENIZER))))
    return texts, *written_examples(tmp_path, texts, Random(3))


def test_an_answered_question_has_its_article_its_sentence_and_others_that_do_not_answer(tmp_path):
    texts, wholes, parts = written(tmp_path, ANSWERED)
    (whole,) = wholes
    assert texts.texts[whole.passage][whole.start : whole.end] == "Rabu"
    assert (whole.answerable, whole.relevant) == (1, 1)
    good = [one for one in parts if one.answerable == 1]
    assert [texts.texts[one.passage][one.start : one.end] for one in good] == ["Rabu"]
    bad = [one for one in parts if one.answerable == 0]
    assert len(bad) == 3
    assert not any("Rabu" in texts.texts[one.passage] for one in bad)
    assert all(texts.texts[one.title] == "Pasar baru" for one in (*good, *bad))


def test_a_near_question_is_answered_by_nothing(tmp_path):
    _, wholes, parts = written(tmp_path, NEAR)
    assert [one.answerable for one in (*wholes, *parts)] == [0, 0, 0, 0]
    assert all(one.start == UNKNOWN for one in (*wholes, *parts))


def test_a_question_of_yes_or_no_has_a_sentence_and_what_it_says_of_the_statement(tmp_path):
    texts, wholes, parts = written(tmp_path, SIDED)
    assert wholes == []
    proof = next(one for one in parts if one.answerable == 1)
    claim = next(one for one in parts if one.label != UNKNOWN)
    assert "tidak menolak" in texts.texts[proof.passage]
    assert (texts.texts[claim.question], claim.passage, claim.label) == ("penduduk menentang pasar", proof.passage, 2)


def test_without_the_file_there_is_nothing(tmp_path):
    assert written_examples(tmp_path, Texts(PairEncoder.__new__(PairEncoder)), Random(1)) == ([], [])


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (record("Kapan?", "Polisi menjaga jalan menuju pasar."), "neither an answer nor a side"),
        (record("Kapan?", sentences=[[1]]), "pairs of"),
        (record("Kapan?", sentences="0-3"), "pairs of"),
    ],
)
def test_a_line_that_cannot_be_is_named(tmp_path, bad, named):
    with pytest.raises(TrainingError, match=f"line 2.*{named}"):
        written(tmp_path, NEAR, bad)
