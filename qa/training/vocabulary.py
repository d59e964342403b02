"""One WordPiece vocabulary for the encoder and the reader, Indonesian and English."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qa.training import data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tokenizers import Tokenizer

SIZE = 38_000
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
ALPHABET = 500  # characters that may stand alone; rarer ones (foreign scripts) become [UNK]
ENGLISH_WEIGHT = 8  # the English sentences are a fiftieth of the text: without it few English words stay whole


def train(folder: Path, *, size: int = SIZE) -> Tokenizer:
    """A vocabulary of `size` pieces learned from the text files in `folder`, less the held-out articles.

    The alphabet is fixed by the texts, but the library numbers pieces, and breaks ties between pieces of equal count, differently in
    every process: two trainings give nearly the same pieces under other numbers. Weights belong to the tokenizer.json that they
    were trained with; to train others for it, hand that file over (`EncoderOptions.vocabulary`). Offsets of its encodings are code points of the
    text as given, though the text is lowered, put in NFKC and stripped of accents before it is looked up.
    """
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token=SPECIAL[1], max_input_chars_per_word=64))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    # The library would break ties for the last places of the alphabet differently in every process.
    letters = _alphabet(folder, tokenizer.normalizer.normalize_str)
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=letters,
        limit_alphabet=len(letters),
        continuing_subword_prefix="##",
        show_progress=False,
    )
    tokenizer.train_from_iterator(_corpus(folder), trainer)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", first), ("[SEP]", last)]
    )
    return tokenizer


def save(tokenizer: Tokenizer, path: Path) -> None:
    """Write the tokenizer whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_text(tokenizer.to_str(), encoding="utf-8")
    beside.replace(path)


def _alphabet(folder: Path, normalize: Callable[[str], str]) -> list[str]:
    """The most frequent characters of the normalised texts; ties go to the higher code point."""
    raw: Counter[str] = Counter()
    for text in _corpus(folder):
        raw.update(text)
    counts: Counter[str] = Counter()
    for character, times in raw.items():
        for part in normalize(character):
            if not part.isspace():
                counts[part] += times
    return sorted(counts, key=lambda part: (-counts[part], -ord(part)))[:ALPHABET]


def _corpus(folder: Path) -> Iterator[str]:
    kept = data.held_out(folder)
    for title, text in data.training_leads(folder, kept):
        yield title
        yield text
    for title, text in data.texts(folder, data.NEWS, "title", "text"):
        yield title
        yield text
    for english, indonesian in data.texts(folder, data.PARALLEL, "en", "id"):
        yield indonesian
        yield from [english] * ENGLISH_WEIGHT
    for name in (data.TYDIQA, data.IDKMRC, data.SQUAD, data.FACQA_TRAIN):
        for record in data.training_questions(folder, name, kept):
            yield record.question
