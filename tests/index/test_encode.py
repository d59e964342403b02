import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from qa.errors import ModelError, UsageError
from qa.index import encode

TEXTS = [
    "Siapa presiden Rusia?",
    "When was the rocket launched?",
    "",
    "Kosmodrom Vostochny di timur jauh. " * 40,
    "a\ud800b",
    "kata " * 3000,
]


@pytest.fixture(scope="module")
def static() -> encode.StaticEncoder:
    return encode.StaticEncoder(name="static")


def test_a_passage_is_the_unit_mean_of_its_token_vectors(static: encode.StaticEncoder) -> None:
    table = load_file(encode.SHIPPED / "model.safetensors")["embedding.weight"].astype(np.float64)
    tokenizer = Tokenizer.from_file(str(encode.SHIPPED / "tokenizer.json"))
    for text, row in zip(TEXTS, static.passages(TEXTS), strict=True):
        plain = text[: encode.MAX_CHARS].encode(errors="replace").decode()
        ids = tokenizer.encode(plain, add_special_tokens=False).ids[: encode.MAX_TOKENS]
        mean = table[ids].sum(axis=0)
        expected = mean / np.linalg.norm(mean) if ids else np.zeros(static.dim)
        np.testing.assert_allclose(row, expected, atol=1e-4)


def test_batches_of_any_size_give_the_rows_of_single_texts(static: encode.StaticEncoder) -> None:
    texts = [f"berita nomor {number}" if number % 7 else "" for number in range(150)]
    together = static.passages(texts)
    assert together.shape == (150, 256)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together, np.stack([static.question(text) for text in texts]), atol=1e-6)


SIGNS = st.sampled_from(
    [*"ab1. ,-=“—…'£½´ß", "\u00a0", "\u200b", "\u0301", "\u0338", "\x1c", "\x85", "\u2028", "\ufb01", "\u4e2d", "\u0130", "\x00"]
)


@given(st.lists(st.one_of(SIGNS, st.characters(exclude_categories=["Cs"], exclude_characters="[")), max_size=30).map("".join))
def test_a_text_has_the_tokens_of_its_pieces(static: encode.StaticEncoder, text: str) -> None:
    assert static._tokens([text]) == static._tokenized([text])


def test_pieces_are_forgotten_before_they_are_too_many(static: encode.StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "_PIECES", 10)
    expected = static._tokenized(TEXTS[:4])
    assert [static._tokens([text])[0] for text in TEXTS[:4] for _ in range(2)] == [each for each in expected for _ in range(2)]
    assert len(static._known) < 30


def test_no_texts_give_no_rows(static: encode.StaticEncoder) -> None:
    assert static.passages([]).shape == (0, 256)


def test_fewer_dimensions_are_the_first_ones_at_unit_length(static: encode.StaticEncoder) -> None:
    whole, cut = static.question(TEXTS[0]), encode.open_encoder("static-64").question(TEXTS[0])
    np.testing.assert_allclose(cut, whole[:64] / np.linalg.norm(whole[:64]), atol=1e-6)


def test_a_folder_with_a_static_embedding_is_read_without_torch() -> None:
    code = (
        "import sys; from qa.index.encode import open_encoder, SHIPPED; open_encoder(str(SHIPPED)).question('siapa');"
        "assert not {'torch', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(encode.__file__).parents[2])


@pytest.mark.slow
def test_sentence_transformers_opens_the_shipped_folder_and_gives_the_same_vectors(static: encode.StaticEncoder) -> None:
    code = (
        "import sys, numpy; from qa.index.encode import SentenceTransformerEncoder, SHIPPED, StaticEncoder;"
        "texts = ['Siapa presiden Rusia?', 'When was the rocket launched?', 'Kosmodrom Vostochny. ' * 40];"
        "theirs, ours = SentenceTransformerEncoder(str(SHIPPED)), StaticEncoder();"
        "a, b = theirs.passages(texts), ours.passages(texts);"
        "a /= numpy.linalg.norm(a, axis=1, keepdims=True);"
        "assert theirs.dim == ours.dim and ((a * b).sum(axis=1) > 0.999).all(), (a * b).sum(axis=1)"
    )
    offline = os.environ | {"HF_HUB_OFFLINE": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(encode.__file__).parents[2], env=offline)


def test_no_name_is_misuse_and_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="static, static-128, static-64"):
        encode.open_encoder(" ")


def test_a_missing_broken_or_unfitting_file_is_named_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json: the file is missing"):
        encode.StaticEncoder(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json: not a tokenizer"):
        encode.StaticEncoder(tmp_path)
    (tmp_path / "tokenizer.json").write_bytes((encode.SHIPPED / "tokenizer.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"short")
    with pytest.raises(ModelError, match=r"model\.safetensors: the weights cannot be read"):
        encode.StaticEncoder(tmp_path)
    save_file({"embedding.weight": np.ones((3, 4), dtype=np.float16)}, tmp_path / "model.safetensors")
    with pytest.raises(ModelError, match=r"holds the shape \(3, 4\) for a vocabulary of 38000"):
        encode.StaticEncoder(tmp_path)


def test_asking_for_more_dimensions_than_there_are_is_an_error() -> None:
    with pytest.raises(ModelError, match="has 256 dimensions, asked for 300"):
        encode.StaticEncoder(dim=300)
