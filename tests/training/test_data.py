import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import TrainingError
from qa.training import data


def write(folder: Path, name: str, records: list[Any]) -> Path:
    path = folder / f"{name}.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return path


def question(title: str, context: str, text: str, answer: str) -> dict[str, Any]:
    answers = [{"text": answer, "start": context.index(answer)}] if answer else []
    return {"id": text, "origin": "test", "title": title, "context": context, "question": text, "answers": answers}


def titles_on(side: data.Side) -> list[str]:
    return [title for title in (f"Artikel {number}" for number in range(200)) if data.side_of(title) == side]


def test_an_absent_file_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"text_news\.jsonl\.xz: there is no such training file\. Cure: pass --data"):
        list(data.records(tmp_path, data.NEWS))


def test_a_file_that_is_not_xz_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "text_news.jsonl.xz").write_bytes(b'{"title": "plain"}\n')
    with pytest.raises(TrainingError, match=r"text_news\.jsonl\.xz, after line 0: the xz stream is broken"):
        list(data.records(tmp_path, data.NEWS))


def test_a_truncated_file_is_an_error_and_not_a_shorter_file(tmp_path: Path) -> None:
    path = write(tmp_path, data.NEWS, [{"title": str(number), "text": "kata " * number} for number in range(500)])
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(TrainingError, match="the xz stream is broken"):
        list(data.records(tmp_path, data.NEWS))


@pytest.mark.parametrize(("line", "why"), [("{broken", "not JSON"), ("[1, 2]", "expected a JSON object, got list")])
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str, why: str) -> None:
    with lzma.open(tmp_path / "text_news.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write('{"title": "a", "text": "b"}\n' + line + "\n")
    with pytest.raises(TrainingError, match=f"line 2: {why}"):
        list(data.records(tmp_path, data.NEWS))


def test_a_record_without_a_wanted_field_is_named_by_its_line(tmp_path: Path) -> None:
    write(tmp_path, data.NEWS, [{"title": "a", "text": "b"}, {"title": "a"}])
    with pytest.raises(TrainingError, match="line 2: needs the text fields title, text"):
        list(data.texts(tmp_path, data.NEWS, "title", "text"))


def test_an_answer_that_does_not_stand_at_its_start_is_an_error(tmp_path: Path) -> None:
    record = question("Soto", "Soto berasal dari Lamongan.", "Dari mana soto?", "Lamongan")
    record["answers"][0]["start"] += 1
    write(tmp_path, data.TYDIQA, [record])
    with pytest.raises(TrainingError, match="line 1: the answer 'Lamongan' is not at 19"):
        list(data.questions(tmp_path, data.TYDIQA))


def test_a_question_record_without_a_context_is_named_by_its_line(tmp_path: Path) -> None:
    write(tmp_path, data.TYDIQA, [{"id": "1", "origin": "x", "question": "Apa?", "answers": []}])
    with pytest.raises(TrainingError, match="line 1: not a question record"):
        list(data.questions(tmp_path, data.TYDIQA))


def test_sides_take_about_ten_five_and_eighty_five_per_cent_of_the_titles() -> None:
    sides = [data.side_of(f"Judul {number}") for number in range(20_000)]
    assert abs(sides.count("test") / len(sides) - 0.10) < 0.01
    assert abs(sides.count("dev") / len(sides) - 0.05) < 0.01


@given(st.text())
def test_a_title_is_on_the_same_side_however_it_is_spaced_or_capitalised(title: str) -> None:
    assert data.side_of(f"  {title} ") == data.side_of(title)
    assert data.canonical(data.canonical(title)) == data.canonical(title)


def test_nothing_that_is_held_out_reaches_a_training(tmp_path: Path) -> None:
    test, dev, train = titles_on("test")[0], titles_on("dev")[0], titles_on("train")[0]
    records = [
        question(test, "Kota itu berdiri pada 1820.", "Kapan kota itu berdiri?", "1820"),
        question(dev, "Gunung itu setinggi 3.000 meter.", "Berapa tinggi gunung itu?", "3.000 meter"),
        question(train, "Danau itu dalam.", "Bagaimana danau itu?", "dalam"),
    ]
    write(tmp_path, data.TYDIQA, records)
    write(tmp_path, data.FACQA_VALID, [question("", "Rapat dibuka Budi.", "Siapa membuka rapat?", "Budi")])
    copies = [
        question("", "Kota itu  berdiri pada 1820", "Tahun berapa?", "1820"),  # a held-out passage, spaced anew
        question("", "Lain sekali.", "kapan kota itu berdiri", "Lain"),  # a held-out question
        question("", "Rapat dibuka Budi.", "Siapa yang membuka?", "Budi"),  # a passage of FacQA's valid file
        question("", "Danau itu dalam.", "Seberapa dalam?", "dalam"),
    ]
    write(tmp_path, data.IDKMRC, copies)
    write(tmp_path, data.LEADS, [{"title": title, "text": "Sebuah artikel."} for title in (test, dev, train, "Sungai")])
    kept = data.held_out(tmp_path)
    assert [record.title for record in data.training_questions(tmp_path, data.TYDIQA, kept)] == [train]
    assert [record.question for record in data.training_questions(tmp_path, data.IDKMRC, kept)] == ["Seberapa dalam?"]
    assert [title for title, _ in data.training_leads(tmp_path, kept)] == [train, "Sungai"]
