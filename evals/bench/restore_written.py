"""The committed questions (evals/written/questions.*.jsonl.xz) and the training files: one from the other, without a word of an article in a commit.

    python evals/bench/restore_written.py restore --news DIR/text_news.jsonl.xz --questions evals/written/questions.train.jsonl.xz --out DIR/qa_news.train.jsonl.xz
    python evals/bench/restore_written.py pack    --news DIR/text_news.jsonl.xz --questions DIR/qa_news.train.jsonl.xz --out evals/written/questions.train.jsonl.xz
    python evals/bench/restore_written.py compare A.jsonl.xz B.jsonl.xz                 # exit 1 where a record differs

A training record holds the whole article that its question is about (`context`). What is committed has `context_sha256` in its place,
the hash of the article in UTF-8, and `article_origin`, the data set that the article is from. Joined with that data set the record is
the same again, key for key in the same order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import sys
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import QaError, TrainingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Record = dict[str, Any]

TRAINED = ("question", "context", "title", "origin", "answers", "sentences", "side", "id")
"""The keys of a training record, in their order."""
PACKED = ("id", "question", "side", "answers", "sentences", "title", "article_origin", "context_sha256")
ORIGIN = "written"


def sha256(text: str) -> str:
    """Hex SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def lines(path: Path) -> Iterator[tuple[str, Record]]:
    """("file, line n", record) of a .jsonl.xz file. Raises TrainingError that names the line."""
    try:
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                where = f"{path}, line {number}"
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise TrainingError(f"{where}: no JSON ({error}). Cure: fetch the file again") from error
                if not isinstance(record, dict):
                    raise TrainingError(f"{where}: a record is an object, not {type(record).__name__}")
                yield where, record
    except (OSError, lzma.LZMAError, EOFError) as error:
        raise TrainingError(f"{path}: cannot be read ({error}). Cure: give the path of a .jsonl.xz file") from error


def articles(path: Path) -> dict[str, Record]:
    """Hash of the text -> {title, text, outlet, origin} of every article of the news data set."""
    return {sha256(record["text"]): record for _, record in lines(path)}


def packed(questions: Iterable[tuple[str, Record]], news: Mapping[str, Record]) -> Iterator[Record]:
    """Each training record without its article. Raises TrainingError where the article is not in the data set."""
    for where, record in questions:
        key = sha256(record["context"])
        if key not in news:
            raise TrainingError(f"{where}: its article is not in the news data set. Cure: give the set that it was written over")
        full = {**record, "article_origin": news[key]["origin"], "context_sha256": key}
        yield {name: full[name] for name in PACKED}


def restored(questions: Iterable[tuple[str, Record]], news: Mapping[str, Record]) -> Iterator[Record]:
    """Each packed record with its article, as training reads it.

    Raises TrainingError where the article is not in the data set, or an answer is not in it letter for letter.
    """
    for where, record in questions:
        article = news.get(record["context_sha256"])
        if article is None:
            raise TrainingError(
                f"{where}: no article has the hash {record['context_sha256']}. Cure: give the same edition of the news data set"
            )
        context = article["text"]
        for answer in record["answers"]:
            if not context.startswith(answer["text"], answer["start"]):
                raise TrainingError(f"{where}: answers: {answer['text']!r} is not at {answer['start']} of its article")
        full = {**record, "context": context, "origin": ORIGIN}
        yield {name: full[name] for name in TRAINED}


def write(path: Path, records: Iterable[Record]) -> int:
    """Write records as .jsonl.xz; returns how many."""
    count = 0
    with lzma.open(path, "wt", preset=9, encoding="utf-8") as stream:
        for count, record in enumerate(records, 1):  # noqa: B007 - the last number is the answer
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return count


def differences(left: Path, right: Path) -> tuple[int, int]:
    """(records compared, records that differ); a record that only one file has differs, and so does another order of keys."""
    compared = differ = 0
    for one, other in zip_longest(lines(left), lines(right)):
        compared += 1
        differ += one is None or other is None or list(one[1].items()) != list(other[1].items())
    return compared, differ


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 where files differ, 2 where one cannot be read."""
    parser = argparse.ArgumentParser(description="the committed questions and the training files, one from the other")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, does in (("restore", "questions with their articles again"), ("pack", "questions without their articles")):
        command = commands.add_parser(name, help=does)
        command.add_argument("--news", type=Path, required=True, metavar="FILE", help="text_news.jsonl.xz")
        command.add_argument("--questions", type=Path, required=True, metavar="FILE", help="the .jsonl.xz to read")
        command.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .jsonl.xz to write")
    command = commands.add_parser("compare", help="are the records of two files the same, key for key?")
    command.add_argument("left", type=Path, metavar="A")
    command.add_argument("right", type=Path, metavar="B")
    given = parser.parse_args(arguments)
    try:
        if given.command == "compare":
            compared, differ = differences(given.left, given.right)
            print(f"{compared:,} records compared, {differ:,} differ")
            return int(differ > 0)
        turn = restored if given.command == "restore" else packed
        print(f"{given.out}: {write(given.out, turn(lines(given.questions), articles(given.news))):,} questions")
    except QaError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
