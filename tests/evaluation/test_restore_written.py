"""Committed questions become training records again, the same key for key, and nothing is joined that does not fit."""

import json
import lzma

import pytest

NEWS = [
    {"title": "Jembatan", "text": "Jembatan Palu dibuka Rabu. Rahman hadir.", "outlet": "a", "origin": "click-id"},
    {"title": "Banjir", "text": "Banjir melanda Kudus — 3 desa.", "outlet": "b", "origin": "indosum"},
]
TRAINED = [
    {
        "question": "Siapa yang datang?",
        "context": NEWS[0]["text"],
        "title": "Jembatan",
        "origin": "written",
        "answers": [{"text": "Rahman", "start": 27}],
        "sentences": [[27, 40]],
        "side": "",
        "id": "w1",
    },
    {
        "question": "Berapa rumah rusak?",
        "context": NEWS[1]["text"],
        "title": "Banjir",
        "origin": "written",
        "answers": [],
        "sentences": [],
        "side": "",
        "id": "w2",
    },
]


def put(path, records):
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return str(path)


def unpack(path):
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return stream.read()


@pytest.fixture
def bench(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "evals" / "bench"))
    import restore_written

    return restore_written


@pytest.fixture
def paths(tmp_path):
    return put(tmp_path / "news.jsonl.xz", NEWS), put(tmp_path / "trained.jsonl.xz", TRAINED), str(tmp_path / "packed.jsonl.xz")


def test_packed_and_restored_is_the_same_file_to_the_byte(bench, paths, tmp_path):
    news, trained, packed = paths
    again = str(tmp_path / "again.jsonl.xz")
    assert bench.main(["pack", "--news", news, "--questions", trained, "--out", packed]) == 0
    assert bench.main(["restore", "--news", news, "--questions", packed, "--out", again]) == 0
    assert unpack(again) == unpack(trained)
    assert bench.main(["compare", again, trained]) == 0


def test_nothing_of_an_article_but_its_title_and_the_answer_is_packed(bench, paths):
    news, trained, packed = paths
    bench.main(["pack", "--news", news, "--questions", trained, "--out", packed])
    assert "dibuka" not in unpack(packed)
    assert [json.loads(line)["article_origin"] for line in unpack(packed).splitlines()] == ["click-id", "indosum"]


def test_an_article_that_the_data_lack_is_named_with_the_line(bench, paths, tmp_path, capsys):
    news, trained, packed = paths
    bench.main(["pack", "--news", news, "--questions", trained, "--out", packed])
    other = put(tmp_path / "other.jsonl.xz", NEWS[:1])
    assert bench.main(["restore", "--news", other, "--questions", packed, "--out", str(tmp_path / "x.xz")]) == 2
    assert "packed.jsonl.xz, line 2: no article has the hash" in capsys.readouterr().err


def test_an_answer_that_does_not_stand_in_the_article_is_refused(bench, paths, tmp_path, capsys):
    news, _, packed = paths
    moved = [{**TRAINED[0], "answers": [{"text": "Rahman", "start": 3}]}]
    bench.main(["pack", "--news", news, "--questions", put(tmp_path / "moved.jsonl.xz", moved), "--out", packed])
    assert bench.main(["restore", "--news", news, "--questions", packed, "--out", str(tmp_path / "x.xz")]) == 2
    assert "'Rahman' is not at 3" in capsys.readouterr().err


def test_a_record_that_differs_or_is_missing_is_counted(bench, paths, tmp_path):
    _, trained, _ = paths
    other = put(tmp_path / "other.jsonl.xz", [{**TRAINED[0], "side": "Ya"}])
    assert bench.main(["compare", trained, other]) == 1
    assert bench.differences(tmp_path / "trained.jsonl.xz", tmp_path / "other.jsonl.xz") == (2, 2)
