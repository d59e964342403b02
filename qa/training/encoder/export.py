"""Writes a trained encoder as a sentence-transformers folder (a StaticEmbedding and a Normalize module)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from qa.errors import TrainingError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LIMIT_BYTES = 22_000_000
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def static_encoder(table: NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> Path:
    """Write (vocabulary, dim) vectors as float16 with the tokenizer; returns the folder.

    The weights are written last, so that their file means "complete". Raises TrainingError when the vectors do not fit the
    tokenizer, hold something that is not a number, or make more than 22,000,000 bytes.
    """
    from safetensors.numpy import save

    if len(table) != tokenizer.get_vocab_size():
        raise TrainingError(f"{len(table)} vectors for a vocabulary of {tokenizer.get_vocab_size()}. Cure: train both together.")
    table = table.copy()
    for token in ("[PAD]", "[CLS]", "[SEP]", "[MASK]", "[UNK]"):
        if (row := tokenizer.token_to_id(token)) is not None:
            table[row] = 0  # no text is about a token that stands for no word
    # Only the direction of a mean counts, so the whole table may be scaled to use float16 well.
    table /= np.abs(table).max() or 1.0
    weights = save({"embedding.weight": np.ascontiguousarray(table.astype(np.float16))})
    if not np.isfinite(table).all():
        raise TrainingError("the vectors hold infinities or NaN: the training went astray. Cure: train again with a lower rate.")
    text = tokenizer.to_str()
    if (size := len(weights) + len(text.encode())) > LIMIT_BYTES:
        raise TrainingError(
            f"the encoder would take {size} bytes, over {LIMIT_BYTES}. Cure: fewer dimensions or a smaller vocabulary."
        )
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    write_whole(folder / "tokenizer.json", text.encode())
    write_whole(folder / "modules.json", json.dumps(_MODULES, indent=2).encode())
    names = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
    write_whole(folder / "1_Normalize" / "config.json", json.dumps(names, indent=2).encode())
    settings: dict[str, object] = {"similarity_fn_name": "cosine", "prompts": {}, "default_prompt_name": None}
    write_whole(folder / "config_sentence_transformers.json", json.dumps(settings, indent=2).encode())
    write_whole(folder / "model.safetensors", weights)
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename: the file at `path` is always whole."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)
