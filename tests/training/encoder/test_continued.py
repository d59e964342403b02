"""The vectors of an exported encoder trained further."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import load_file

pytest.importorskip("torch")

from qa import cli
from qa.errors import TrainingError
from qa.training.encoder import export
from qa.training.encoder import hard_negatives as negatives
from qa.training.encoder.continued import ContinueOptions, continue_encoder
from qa.training.encoder.written_pairs import written_pairs

pytestmark = pytest.mark.extra("torch")


def test_questions_come_nearer_to_the_passages_that_answer(with_questions, tokenizer, tmp_path):
    table = np.random.default_rng(3).normal(size=(tokenizer.get_vocab_size(), 32)).astype(np.float32)
    start = export.static_encoder(table, tokenizer, tmp_path / "start")
    said: list[str] = []
    made = continue_encoder(
        ContinueOptions(
            data=with_questions,
            out=tmp_path / "out",
            start=start,
            keep_start=0.25,
            steps=120,
            batch=16,
            rate=0.3,
            say=said.append,
        )
    )
    written = written_pairs(with_questions, tmp_path / "out", tokenizer)

    def nearest(model):
        vectors = load_file(model / "model.safetensors")["embedding.weight"].astype(np.float32)
        asked, passages = (
            negatives.pooled(vectors, bags.tokens, *negatives.bag_ranges(bags)) for bags in (written.questions, written.passages)
        )
        return np.mean([row in right for row, right in zip(np.argmax(asked @ passages.T, axis=1), written.right, strict=True)])

    assert nearest(made) > max(0.9, nearest(start))
    assert [line.partition(":")[0] for line in said if line.startswith(("start", "end"))] == ["start", "end"]


@pytest.mark.parametrize(
    ("keep_start", "start", "named"), [(1.0, "start", "--keep-start 1.0"), (0.4, "absent", "no static encoder")]
)
def test_what_cannot_be_trained_further_is_named(tmp_path, keep_start, start, named):
    with pytest.raises(TrainingError, match=named):
        continue_encoder(ContinueOptions(data=tmp_path, out=tmp_path / "out", start=tmp_path / start, keep_start=keep_start))


def test_a_result_never_takes_the_place_of_its_start_and_a_vocabulary_stays(with_questions, tokenizer, tmp_path):
    table = np.ones((tokenizer.get_vocab_size(), 8), dtype=np.float32)
    start = export.static_encoder(table, tokenizer, tmp_path / "run" / "encoder")
    with pytest.raises(TrainingError, match="would replace"):
        continue_encoder(ContinueOptions(data=with_questions, out=tmp_path / "run", start=start))
    (tmp_path / "run" / "tokenizer.json").write_text("{}", encoding="utf-8")
    elsewhere = export.static_encoder(table, tokenizer, tmp_path / "start")
    with pytest.raises(TrainingError, match="another vocabulary"):
        continue_encoder(ContinueOptions(data=with_questions, out=tmp_path / "run", start=elsewhere))
    with pytest.raises(TrainingError, match="restore_written"):
        continue_encoder(ContinueOptions(data=tmp_path, out=tmp_path / "out", start=elsewhere))


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--keep-start", "0.2"], "--keep-start is a share of --start"),
        (["--start", "x", "--minutes", "3", "--resume"], "--minutes, --resume: not with --start"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, capsys, options, named):
    assert cli.main(["train", "encoder", "--data", str(tmp_path), "--out", str(tmp_path / "out"), *options]) != 0
    assert named in capsys.readouterr().err
