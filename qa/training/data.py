"""Reads the training files (.jsonl.xz) and splits them by title, so that no article is on two sides.

Every model of the project trains and is measured through this file: what is held out is decided here, once.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from qa.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Side = Literal["train", "dev", "test"]
SIDES: tuple[Side, ...] = get_args(Side)

LEADS = "text_wikipedia_leads"
NEWS = "text_news"
PARALLEL = "parallel_en_id"
TYDIQA = "qa_tydiqa_id.train"
IDKMRC = "qa_idkmrc.train"
SQUAD = "qa_squad_mt.train"
FACQA_TRAIN = "qa_facqa.train"
FACQA_VALID = "qa_facqa.valid"

_TEST_SHARE = 0.10
_DEV_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """A question over one passage. `answers` are (text, start) spans of `context`; none means that it does not answer."""

    id: str
    origin: str
    title: str
    context: str
    question: str
    answers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What no training may see, as canonical text: the titles, passages and questions of the dev and test sides."""

    titles: frozenset[str]
    contexts: frozenset[str]
    questions: frozenset[str]

    def covers(self, record: QuestionRecord) -> bool:
        """True when the record shares its title, its passage or its question with a held-out one."""
        titled = bool(record.title) and canonical(record.title) in self.titles
        return titled or canonical(record.context) in self.contexts or canonical(record.question) in self.questions


def canonical(text: str) -> str:
    """Letters and digits only, lower case, NFKC: equal for two copies of a text that differ in spacing or punctuation."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


def side_of(title: str) -> Side:
    """Which side an article is on, by the SHA-256 of its canonical title: 10 % test, 5 % dev, the rest train.

    A hash, and not a shuffle, so that the side of an article never depends on the rest of a file.
    """
    point = int.from_bytes(hashlib.sha256(canonical(title).encode()).digest()[:8], "big") / 2**64
    if point < _TEST_SHARE:
        return "test"
    return "dev" if point < _TEST_SHARE + _DEV_SHARE else "train"


def records(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of `folder/name.jsonl.xz`, in order.

    Raises TrainingError naming the file (absent, not xz) or the line (not a JSON object), with the cure.
    """
    path = folder / f"{name}.jsonl.xz"
    if not path.is_file():
        raise TrainingError(
            f"{path}: there is no such training file. Cure: pass --data with the folder that holds {name}.jsonl.xz; "
            "the card in qa/models/encoder/README.md names the public data sets."
        )
    number = 0
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise TrainingError(
                        f"{path}, line {number}: expected a JSON object, got {type(record).__name__}. Cure: mend the line."
                    )
                yield record
    except json.JSONDecodeError as error:
        raise TrainingError(f"{path}, line {number}: not JSON ({error}). Cure: fetch the file again.") from error
    except UnicodeDecodeError as error:
        raise TrainingError(f"{path}, soon after line {number}: not UTF-8 ({error}). Cure: fetch the file again.") from error
    except (lzma.LZMAError, EOFError) as error:
        raise TrainingError(
            f"{path}, after line {number}: the xz stream is broken ({error}). Cure: fetch the file again."
        ) from error


def texts(folder: Path, name: str, *fields: str) -> Iterator[tuple[str, ...]]:
    """The named string fields of each record, stripped. Raises TrainingError naming a line that lacks one."""
    for number, record in enumerate(records(folder, name), 1):
        values = tuple(record.get(field) for field in fields)
        if not all(isinstance(value, str) for value in values):
            raise TrainingError(
                f"{folder / name}.jsonl.xz, line {number}: needs the text fields {', '.join(fields)}. Cure: mend the line."
            )
        yield tuple(str(value).strip() for value in values)


def questions(folder: Path, name: str) -> Iterator[QuestionRecord]:
    """The records of a question file, checked: each answer is found in its context, letter for letter, at its start.

    Raises TrainingError naming the line whose answer is not where it says.
    """
    for number, record in enumerate(records(folder, name), 1):
        where = f"{folder / name}.jsonl.xz, line {number}"
        try:
            context = record["context"]
            answers = tuple((answer["text"], int(answer["start"])) for answer in record["answers"])
            found = QuestionRecord(
                id=str(record["id"]),
                origin=str(record["origin"]),
                title=str(record.get("title") or ""),
                context=context,
                question=record["question"].strip(),
                answers=answers,
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TrainingError(f"{where}: not a question record ({error!r}). Cure: mend the line.") from error
        for text, start in answers:
            if context[start : start + len(text)] != text:
                raise TrainingError(f"{where}: the answer {text!r} is not at {start} of its context. Cure: mend the line.")
        yield found


def held_out(folder: Path) -> HeldOut:
    """Titles, passages and questions that are kept from every training: TyDiQA's dev and test titles, FacQA's valid file."""
    kept = [record for record in questions(folder, TYDIQA) if side_of(record.title) != "train"]
    kept += list(questions(folder, FACQA_VALID))
    return HeldOut(
        titles=frozenset(canonical(record.title) for record in kept if record.title),
        contexts=frozenset(canonical(record.context) for record in kept),
        questions=frozenset(canonical(record.question) for record in kept),
    )


def training_questions(folder: Path, name: str, kept: HeldOut) -> Iterator[QuestionRecord]:
    """The questions of a file that a training may see."""
    return (record for record in questions(folder, name) if not kept.covers(record))


def training_leads(folder: Path, kept: HeldOut) -> Iterator[tuple[str, str]]:
    """(title, lead) of every Wikipedia article that a training may see."""
    return ((title, text) for title, text in texts(folder, LEADS, "title", "text") if canonical(title) not in kept.titles)
