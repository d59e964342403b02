"""FacQA of IndoNLU: a question and a passage as lists of words, the answer as B/I/O labels over the passage.

question,passage,seq_label
"['Siapa', …]","['Presiden', 'Joko', …]","['O', 'B', …]"

Source: Purwarianti et al., ICTS 2007; Wilie et al., AACL 2020. The words are joined as they are written in a newspaper, so that
articles read like articles; the joining moves spaces alone. Every FacQA question has an answer: where no label marks one (the
published test file without labels), the question is left out.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.errors import SuiteError
from qa.evaluation.benchmarks.compressed import reading, whole_characters
from qa.evaluation.benchmarks.marked import Marked, MarkedQuestion

_COLUMNS = ("question", "passage", "seq_label")
_CLOSING = frozenset((",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "»", "..."))
_OPENING = frozenset(("(", "[", "{", "“", "‘", "«"))
_EITHER = frozenset(('"', "'", "``", "''"))


def rows(path: Path) -> Iterator[MarkedQuestion]:
    """The questions of a file. Raises SuiteError naming the row whose lists cannot be read or are of different lengths."""
    with reading(path) as stream:
        table = csv.DictReader(stream)
        try:
            if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
                raise SuiteError(f"{path}: no column {missing[0]!r}. Cure: a csv with the columns {', '.join(_COLUMNS)}")
            for number, cells in enumerate(table, start=1):
                place = f"{path}:{table.line_num}"
                question, words, labels = (_words(cells[name], name, place) for name in _COLUMNS)
                if len(words) != len(labels):
                    raise SuiteError(f"{place}: {len(words)} words and {len(labels)} labels. Cure: one label a word")
                passage, starts = joined(words)
                # -1 with no text is an answer that cannot be found: the question is left out, not made unanswerable
                answers = tuple(_marked(passage, words, starts, labels, place)) or (("", -1),)
                yield MarkedQuestion(
                    place=place, id=f"facqa-{number}", question=joined(question)[0], passage=passage, answers=answers
                )
        except csv.Error as error:
            raise SuiteError(f"{path}:{table.line_num}: not csv ({error}). Cure: give the file as it was published") from error


def joined(words: Sequence[str]) -> tuple[str, list[int]]:
    """The words as a text, and where each starts in it.

    >>> joined(["Kata", "dia", ",", '"', "ya", '"', "(", "2005", ")", "."])[0]
    'Kata dia, "ya" (2005).'
    """
    text, starts, open_quotes, glue = "", [], set[str](), True
    for word in words:
        closes = word in _EITHER and word in open_quotes
        if not (glue or word in _CLOSING or closes):
            text += " "
        starts.append(len(text))
        text += word
        opens = word in _EITHER and not closes
        if word in _EITHER:
            open_quotes ^= {word}
        glue = opens or word in _OPENING
    return text, starts


def _marked(passage: str, words: Sequence[str], starts: Sequence[int], labels: Sequence[str], place: str) -> Iterator[Marked]:
    first: int | None = None
    for row, label in enumerate([*labels, "O"]):
        if label not in ("B", "I", "O"):
            raise SuiteError(f"{place}: unknown label {label!r}. Cure: B, I or O for each word of the passage")
        if first is not None and label != "I":
            start, end = starts[first], starts[row - 1] + len(words[row - 1])
            yield passage[start:end], start
            first = None
        if label == "B" or (label == "I" and first is None):  # a run that begins with I is a run all the same
            first = row


def _words(cell: str | None, name: str, place: str) -> list[str]:
    try:
        value = ast.literal_eval(cell or "")
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise SuiteError(f"{place}: {name!r} is no list of words ({cell!r:.80}). Cure: ['one', 'two', …]") from error
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise SuiteError(f"{place}: {name!r} is no list of words ({cell!r:.80}). Cure: ['one', 'two', …]")
    return [whole_characters(word) for word in value]
