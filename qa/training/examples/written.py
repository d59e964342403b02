"""Questions that were written by hand over whole news articles: which sentence answers, and which question only comes near.

Questions made by rule, and those that annotators wrote beside a passage, share their words with the answer. A reader asks in words of
their own, and of an archive: here are such questions, and of every article some that look the same and that it does not answer. The file
is optional: a folder of data without it trains as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.answer.extractive.yes_no import statement
from qa.errors import TrainingError
from qa.language import text
from qa.training import data
from qa.training.examples.mixture import LABELS, UNKNOWN, Example, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

WRITTEN = "qa_news.train"
"""Records as in the other question files, with `sentences`, the (start, end) of each sentence that answers, and `side`: Ya, Tidak or ""."""
WRITTEN_VALID = "qa_news.valid"
"""The same over other articles: for fits and figures, never for training."""
SIDES = {"Ya": LABELS.index("e"), "Tidak": LABELS.index("c")}
HARD, OTHERS = 2, 1  # sentences of the article that do not answer: those that share most words with the question, and any
BEFORE, AROUND = 0.4, 0.5  # how often a sentence goes with the one before it; else, up to this, with both beside it

Span = tuple[int, int]


def written_examples(folder: Path, texts: Texts, random: Random) -> tuple[list[Example], list[Example]]:
    """(answered questions with their whole articles, the same and the near ones with sentences); empty without the file.

    Raises TrainingError naming the line whose sentences or side cannot be.
    """
    if not (folder / f"{WRITTEN}.jsonl.xz").is_file():
        return [], []
    wholes: list[Example] = []
    parts: list[Example] = []
    questions = data.questions(folder, WRITTEN)
    for number, (record, raw) in enumerate(zip(questions, data.records(folder, WRITTEN), strict=True), 1):
        where = f"{folder / WRITTEN}.jsonl.xz, line {number}"
        spans = text.sentences(record.context)
        gold = [at for at, span in enumerate(spans) if any(_overlap(span, gold_span) for gold_span in _sentences(raw, where))]
        title = texts.row(record.title) if record.title else UNKNOWN
        question, passage = texts.row(record.question), texts.row(record.context)
        if not gold:
            wholes.append(Example(question, passage, title, answerable=0))
        elif record.answers:
            answer, start = record.answers[0]
            wholes.append(Example(question, passage, title, start, start + len(answer), answerable=1, relevant=1))
            parts.append(_answered(wholes[-1], texts, spans, random))
        elif raw.get("side") in SIDES:
            first, last = _window(spans, gold[0], random)
            window = texts.row(record.context[first:last])
            parts.append(Example(question, window, title, answerable=1, relevant=1))
            parts.append(Example(texts.row(statement(record.question)), window, label=SIDES[raw["side"]]))
        else:
            raise TrainingError(f"{where}: neither an answer nor a side ({', '.join(SIDES)}). Cure: give it one")
        parts += _unanswered(question, title, record, spans, gold=gold, texts=texts, random=random)
    return wholes, parts


def _answered(whole: Example, texts: Texts, spans: Sequence[Span], random: Random) -> Example:
    """The sentence of the answer, alone or with its neighbours."""
    body = texts.texts[whole.passage]
    at = next(at for at, span in enumerate(spans) if span[0] <= whole.start < span[1])
    first, last = _window(spans, at, random)
    last = max(last, whole.end)
    return Example(
        whole.question, texts.row(body[first:last]), whole.title, whole.start - first, whole.end - first, answerable=1, relevant=1
    )


def _unanswered(
    question: int,
    title: int,
    record: data.QuestionRecord,
    spans: Sequence[Span],
    *,
    gold: Sequence[int],
    texts: Texts,
    random: Random,
) -> list[Example]:
    """Sentences of the article that do not answer: the likeliest to be mistaken for one that does, and others."""
    asked = set(data.canonical(record.question).split())
    words_of = [set(data.canonical(record.context[slice(*span)]).split()) for span in spans]
    answers = [f" {data.canonical(answer)} " for answer, _ in record.answers]
    others = [
        at
        for at, span in enumerate(spans)
        if at not in gold and not any(answer in f" {data.canonical(record.context[slice(*span)])} " for answer in answers)
    ]
    others.sort(key=lambda at: -len(asked & words_of[at]))
    rest = others[HARD:]
    found = []
    for at in [*others[:HARD], *random.sample(rest, min(OTHERS, len(rest)))]:
        first, last = _window(spans, at, random)
        if any(_overlap((first, last), spans[known]) for known in gold):
            first, last = spans[at]
        found.append(Example(question, texts.row(record.context[first:last]), title, answerable=0))
    return found


def _window(spans: Sequence[Span], at: int, random: Random) -> Span:
    drawn = random.random()
    first = at - 1 if drawn < AROUND and at else at
    last = at + 1 if BEFORE <= drawn < AROUND and at + 1 < len(spans) else at
    return spans[first][0], spans[last][1]


def _sentences(raw: dict[str, object], where: str) -> list[Span]:
    gold_spans = raw.get("sentences", [])
    if not isinstance(gold_spans, list) or not all(
        isinstance(span, list) and len(span) == 2 and all(isinstance(at, int) for at in span) for span in gold_spans
    ):
        raise TrainingError(f"{where}: sentences must be pairs of (start, end). Cure: mend the line")
    return [(start, end) for start, end in gold_spans]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
