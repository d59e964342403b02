"""The texts that the encoder learns from, tokenised once and kept as arrays beside the checkpoints.

An article is a row of sentences, a question points to the article that answers it. Queries for an article are cut out of it
again in every step (see views.py), so the cache holds texts and not pairs.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from qa.errors import TrainingError
from qa.training import data
from qa.training.encoder.token_bags import Bags, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Ints = NDArray[np.int64]

# A rough cut is enough here: a sentence is only a query to learn from, never something that is cited.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“'(])|\n+")
_SENTENCES = 12  # of a news article the first twelve: what it is about is said there
_PARALLEL_DEV = 0.02


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the encoder is trained and watched on, as token ids."""

    titles: Bags  # (n_articles): leads, then news, then the passages of questions (empty titles)
    sentences: Bags  # (n_sentences), an article's sentences in a row
    articles: Ints  # (n_articles + 1,) first sentence of each article
    free: int  # articles before this row are leads and news, at and after it passages of questions
    questions: Bags  # (n_questions)
    passage_of: Ints  # (n_questions,) the article that answers
    answers: Bags  # (n_questions) the first answer
    english: Bags  # (n_sentence pairs)
    indonesian: Bags
    dev_questions: Bags
    dev_passages: Bags  # gold passages first, then leads of other articles
    dev_gold: Ints  # (n_dev_questions,) row of dev_passages
    dev_english: Bags
    dev_indonesian: Bags

    def article_ranges(self) -> tuple[Ints, Ints]:
        """First and one-past-last token of each article, in `sentences.tokens`."""
        return self.sentences.offsets[self.articles[:-1]], self.sentences.offsets[self.articles[1:]]


def sentences_of(text: str) -> list[str]:
    """A rough cut into sentences, for training only."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def build(folder: Path, tokenizer: Tokenizer, *, dev_pool: int = 20_000) -> Material:
    """Read, split and tokenise the data. Held-out titles, passages and questions are in the dev arrays or nowhere."""
    kept = data.held_out(folder)
    titles: list[str] = []
    cut: list[list[str]] = []
    for title, text in data.training_leads(folder, kept):
        titles.append(title)
        cut.append(sentences_of(text))
    leads = len(titles)
    for title, text in data.texts(folder, data.NEWS, "title", "text"):
        titles.append(title)
        cut.append(sentences_of(text)[:_SENTENCES])
    free = len(titles)
    asked: list[str] = []
    answers: list[str] = []
    passage_of: list[int] = []
    row_of: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    for record in _answerable(folder, kept):
        row = row_of.get(data.canonical(record.context))
        if row is None:
            row = row_of[data.canonical(record.context)] = len(titles)
            titles.append("")
            cut.append(sentences_of(record.context))
        if (key := (data.canonical(record.question), row)) in seen:
            continue
        seen.add(key)
        asked.append(record.question)
        answers.append(record.answers[0][0])
        passage_of.append(row)
    if not asked or not leads:
        raise TrainingError(
            f"{folder}: no training questions or no leads are left after the split. Cure: pass --data with the full files."
        )
    dev = [record for record in data.questions(folder, data.TYDIQA) if data.side_of(record.title) == "dev" and record.answers]
    gold = {record.context: row for row, record in reversed(list(enumerate(dev)))}
    stride = max(1, leads // dev_pool)
    distractors = (" ".join(cut[row]) for row in range(0, leads, stride))
    pairs = list(data.texts(folder, data.PARALLEL, "en", "id"))
    set_apart = [pair for pair in pairs if _share(pair[0]) < _PARALLEL_DEV]
    taught = [pair for pair in pairs if _share(pair[0]) >= _PARALLEL_DEV]
    counts = np.array([len(parts) for parts in cut], dtype=np.int64)
    return Material(
        titles=tokenize(tokenizer, titles),
        sentences=tokenize(tokenizer, chain.from_iterable(cut)),
        articles=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        free=free,
        questions=tokenize(tokenizer, asked),
        passage_of=np.array(passage_of, dtype=np.int64),
        answers=tokenize(tokenizer, answers),
        english=tokenize(tokenizer, (pair[0] for pair in taught)),
        indonesian=tokenize(tokenizer, (pair[1] for pair in taught)),
        dev_questions=tokenize(tokenizer, (record.question for record in dev)),
        dev_passages=tokenize(tokenizer, chain((record.context for record in dev), distractors)),
        dev_gold=np.array([gold[record.context] for record in dev], dtype=np.int64),
        dev_english=tokenize(tokenizer, (pair[0] for pair in set_apart)),
        dev_indonesian=tokenize(tokenizer, (pair[1] for pair in set_apart)),
    )


def save(material: Material, path: Path) -> None:
    """Write the arrays whole or not at all."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name in Material.__slots__:
        value = getattr(material, name)
        if isinstance(value, Bags):
            arrays |= {f"{name}.tokens": value.tokens, f"{name}.offsets": value.offsets}
        else:
            arrays[name] = np.asarray(value)
    beside = path.with_name(path.name + ".part")
    with beside.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    beside.replace(path)


def load(path: Path) -> Material:
    """Read what `save` wrote. Raises TrainingError when the file is not whole."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            names = {name.partition(".")[0] for name in arrays.files}
            values: dict[str, object] = {}
            for name in names:
                bag = f"{name}.tokens" in arrays.files
                values[name] = Bags(arrays[f"{name}.tokens"], arrays[f"{name}.offsets"]) if bag else arrays[name]
        values["free"] = int(values["free"])  # type: ignore[call-overload]  # a zero-dimensional array
        return Material(**values)  # type: ignore[arg-type]  # the names are checked by the constructor
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise TrainingError(
            f"{path}: the token cache cannot be read ({error}). Cure: delete it and start the training again."
        ) from error


def _answerable(folder: Path, kept: data.HeldOut) -> Iterator[data.QuestionRecord]:
    files: Iterable[str] = (data.TYDIQA, data.IDKMRC, data.SQUAD, data.FACQA_TRAIN)
    for name in files:
        yield from (record for record in data.training_questions(folder, name, kept) if record.answers)


def _share(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
