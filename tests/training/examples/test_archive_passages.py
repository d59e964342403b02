"""The passages that the archive's own search brings for written questions."""

from __future__ import annotations

import json
import lzma
from random import Random

import pytest

pytest.importorskip("torch")
from qa.errors import TrainingError
from qa.retrieve.pairs import PairEncoder
from qa.training import data
from qa.training.examples.archive_passages import Group, archive_groups, mined, polar_examples
from qa.training.examples.mixture import LABELS, UNKNOWN, Example, Texts
from qa.training.examples.written import WRITTEN
from qa.training.reader.command import TOKENIZER

pytestmark = pytest.mark.extra("torch")

MARKET = "Bupati Sari membuka pasar Demak pada Rabu. Warga tidak menolak pasar baru di kota itu."
RAIN = "Hujan turun sepanjang malam di Demak. Pasar beras di Kudus tetap dibuka meskipun banjir."


def question(text: str, answer: str = "", sentence: str = "", side: str = "") -> dict:
    at = MARKET.index(sentence) if sentence else 0
    return {
        "id": text,
        "origin": "written",
        "title": "Pasar baru",
        "context": MARKET,
        "question": text,
        "answers": [{"text": answer, "start": MARKET.index(answer)}] if answer else [],
        "sentences": [[at, at + len(sentence)]] if sentence else [],
        "side": side,
    }


ANSWERED = question("Kapan pasar Demak dibuka?", "Rabu", "Bupati Sari membuka pasar Demak pada Rabu.")
SIDED = question("Apakah warga menolak pasar baru?", sentence="Warga tidak menolak pasar baru di kota itu.", side="Tidak")
NEAR = question("Kapan pasar Demak ditutup?")


@pytest.fixture
def folder(tmp_path):
    def write(name: str, rows: list[dict]) -> None:
        with lzma.open(tmp_path / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    write(WRITTEN, [ANSWERED, SIDED, NEAR])
    write("qa_news.valid", [])
    write(data.NEWS, [{"id": "n1", "origin": "indosum", "title": "Hujan", "text": RAIN, "outlet": "Suara"}])
    return tmp_path


def silent(_: str) -> None: ...


def texts() -> Texts:
    from tokenizers import Tokenizer

    return Texts(PairEncoder(Tokenizer.from_file(str(TOKENIZER))))


def test_without_the_file_there_is_nothing_to_search_for(tmp_path):
    assert mined(tmp_path, tmp_path, say=silent) == []


def test_each_question_has_the_passages_of_the_archive_and_a_resumed_run_does_not_search_again(folder):
    first = mined(folder, folder, say=silent)
    assert [record.question for record, _, _ in first] == [ANSWERED["question"], SIDED["question"], NEAR["question"]]
    assert {context for _, _, found in first for context, _, _ in found} == {MARKET, RAIN}
    said = []
    assert mined(folder, folder, say=said.append) == first
    assert not said


def test_a_kept_search_of_other_questions_is_refused_with_the_cure(folder):
    (folder / "mined.jsonl").write_text("[]\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"1 rows for 3 questions\. Cure: delete it"):
        mined(folder, folder, say=silent)


def test_gold_lies_on_the_answer_and_what_is_not_answered_has_passages_that_do_not(folder):
    held = texts()
    answered, sided, near = archive_groups(folder, folder, held, Random(1), say=silent)
    (gold,) = answered.gold
    assert held.texts[gold.passage][gold.start : gold.end] == "Rabu"
    assert (gold.answerable, gold.relevant) == (1, 1)
    assert {held.texts[one.passage] for one in answered.others} == {RAIN}
    assert [one.polar for one in sided.gold] == [0]  # "Tidak"
    assert near.gold == ()
    assert {one.answerable for one in near.others} == {0}


def test_a_round_takes_one_gold_passage_and_one_or_two_others_and_never_one_twice():
    good, others = Example(1, 2, 3, answerable=1), tuple(Example(1, 10 + at, 3, answerable=0) for at in range(6))
    for seed in range(50):
        first, *rest = Group((good,), others).drawn(Random(seed))
        assert first == good
        assert len(rest) in {1, 2}
        assert len({one.passage for one in rest}) == len(rest)
        assert len(Group((), others).drawn(Random(seed))) == 2
    assert Group((good,), ()).drawn(Random(0)) == (good,)


def test_a_hypothesis_becomes_a_yes_no_question_with_its_side():
    held = texts()
    row = held.row("Pasar dibuka.")
    pairs = [Example(row, held.row(MARKET), label=LABELS.index(label)) for label in "enc"]
    polar = polar_examples(pairs, held)
    assert {held.texts[one.question] for one in polar} == {"Apakah pasar dibuka?"}
    assert [(one.answerable, one.polar) for one in polar] == [(1, 1), (0, UNKNOWN), (1, 0)]
