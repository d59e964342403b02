"""The written questions with the passages of their articles that answer, and with those that search finds and that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.errors import TrainingError
from qa.training import data
from qa.training.encoder.token_bags import Bags, tokenize
from qa.training.examples.archive_passages import mined
from qa.training.examples.written import WRITTEN

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

PASSAGE_CHARS = 700
_KEPT = 8  # passages without the answer a question

Cut = list[tuple[int, int, int]]
"""(start, end, row) of each passage of an article."""


@dataclass(frozen=True, slots=True)
class WrittenPairs:
    """Questions, passages as an index encodes them, and of each question the rows of those that answer (one at least) and that do not."""

    questions: Bags
    passages: Bags
    right: list[list[int]]
    wrong: list[list[int]]  # best found first


def written_pairs(folder: Path, out: Path, tokenizer: Tokenizer, *, say: Callable[[str], None] = print) -> WrittenPairs:
    """The pairs of qa_news.train in `folder`. What search finds for its questions is kept in out/mined.jsonl.

    Raises TrainingError without the file, or where none of its questions is answered.
    """
    articles = _Passages({record["text"]: record.get("title", "") for record in data.records(folder, data.NEWS)})
    asked: list[str] = []
    right: list[list[int]] = []
    wrong: list[list[int]] = []
    for record, raw, found in mined(folder, out, say=say):
        gold = [tuple(span) for span in raw.get("sentences", ())]
        own = articles.of(record.context, record.title)
        answers = list(_touching(own, gold))
        if not answers:
            continue
        others = [
            row
            for context, start, end in found
            if context != record.context or not any(first < end and start < last for first, last in gold)
            for begin, _, row in articles.of(context)
            if begin == start
        ]
        beside = [row for _, _, row in own if row not in answers]
        asked.append(record.question)
        right.append(answers)
        wrong.append((others or beside)[:_KEPT])
    if not asked:
        raise TrainingError(
            f"{folder / WRITTEN}.jsonl.xz: no answered question to learn from. Cure: name the folder of the training sets"
        )
    return WrittenPairs(tokenize(tokenizer, asked), tokenize(tokenizer, articles.contexts), right, wrong)


class _Passages:
    """The passages of articles, each article cut once."""

    def __init__(self, titles: dict[str, str]) -> None:
        self._titles = titles
        self._cut: dict[str, Cut] = {}
        self.contexts: list[str] = []

    def of(self, text: str, title: str = "") -> Cut:
        """The passages of an article by its text; their rows are places in `contexts`."""
        from qa.corpus.clean import with_masks
        from qa.corpus.passages import context, cut, lead
        from qa.schema import Article

        if text not in self._cut:
            article = Article(id="a", text=text, source="a", sha256="", title=title or self._titles.get(text, ""))
            passages = cut(with_masks(article, frozenset()), passage_chars=PASSAGE_CHARS)
            opening = lead(passages)
            first = len(self.contexts)
            self.contexts += [context(passage, opening) for passage in passages]
            self._cut[text] = [(passage.start, passage.end, row) for row, passage in enumerate(passages, first)]
        return self._cut[text]


def _touching(passages: Cut, spans: Sequence[Sequence[int]]) -> Iterator[int]:
    """The rows of the passages that hold something of a span."""
    for start, end, row in passages:
        if any(start < last and first < end for first, last in spans):
            yield row
