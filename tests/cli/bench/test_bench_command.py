from __future__ import annotations

import json

from qa.cli import main


def test_what_cannot_be_measured_is_refused_in_words(tmp_path, capsys):
    corpus = tmp_path / "news.jsonl"
    corpus.write_text(json.dumps({"text": "Satu kalimat."}), encoding="utf-8")
    (tmp_path / "q.jsonl").write_text(json.dumps({"question": "Satu?"}), encoding="utf-8")
    for arguments, why in (
        (["--sizes", "0"], "0 passages"),
        (["--questions", str(tmp_path / "q.jsonl")], "has 1 questions"),
        (["--peers", "lucene"], "lucene"),
    ):
        assert main(["bench", str(corpus), *arguments]) != 0
        assert why in capsys.readouterr().err
    assert main(["bench", str(tmp_path / "none.jsonl")]) != 0
    assert "none.jsonl" in capsys.readouterr().err
