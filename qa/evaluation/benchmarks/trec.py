"""Judgements (qrels) and rankings (runs) as TREC writes them, and the judgements of BEIR.

qrels   "question iteration article grade", split at white space          (NIST); or BEIR's three columns with tabs between them
run     "question Q0 article rank score tag": the order is that of the scores; the rank is not looked at, as in trec_eval,
        and of two equal scores the article whose id comes later in the alphabet goes first
"""

from __future__ import annotations

import math
from pathlib import Path

from qa.errors import SuiteError
from qa.evaluation.benchmarks.compressed import lines

Grades = dict[str, dict[str, int]]
"""Question id -> article id -> grade."""


def judgements(path: Path) -> Grades:
    """The grades of a qrels file. Raises SuiteError naming the line that is none, or that grades an article a second time otherwise."""
    found: Grades = {}
    width, separator, first = 4, None, True
    for place, line in lines(path):
        if first and len(columns := line.split("\t")) == 3:
            width, separator = 3, "\t"
            if not columns[2].strip().replace(".", "", 1).lstrip("-").isdecimal():
                first = False
                continue
        first = False
        fields = line.split(separator)
        if len(fields) != width:
            raise SuiteError(
                f"{place}: {len(fields)} fields, not {width}. "
                "Cure: 'question iteration article grade', or BEIR's three columns with tabs between"
            )
        question, article = (fields[0], fields[2]) if width == 4 else (fields[0], fields[1])
        try:
            exact = float(fields[-1])
            grade = int(exact)
        except (ValueError, OverflowError) as error:
            raise SuiteError(f"{place}: grade {fields[-1]!r} is not a whole number") from error
        if grade != exact:
            raise SuiteError(f"{place}: grade {fields[-1]!r} is not a whole number")
        before = found.setdefault(question, {}).setdefault(article, grade)
        if before != grade:
            raise SuiteError(
                f"{place}: article {article!r} of question {question!r} has the grade {before} already. Cure: keep one"
            )
    if not found:
        raise SuiteError(f"{path}: no judgements. Cure: give a qrels file")
    return found


def rankings(path: Path) -> dict[str, tuple[str, ...]]:
    """Question id -> article ids, best first. Raises SuiteError naming the line that is none or names an article twice."""
    scored: dict[str, dict[str, float]] = {}
    for place, line in lines(path):
        fields = line.split()
        if len(fields) != 6:
            raise SuiteError(f"{place}: {len(fields)} fields, not 6. Cure: 'question Q0 article rank score tag'")
        question, article = fields[0], fields[2]
        try:
            score = float(fields[4])
        except ValueError as error:
            raise SuiteError(f"{place}: score {fields[4]!r} is not a number") from error
        if math.isnan(score):
            raise SuiteError(f"{place}: score nan has no place in an order. Cure: a number")
        if article in scored.setdefault(question, {}):
            raise SuiteError(f"{place}: article {article!r} is twice in the ranking of question {question!r}. Cure: keep one")
        scored[question][article] = score
    if not scored:
        raise SuiteError(f"{path}: no rankings. Cure: give a run file")
    # two sorts, since ids go down too: the first order stays where scores are equal
    return {
        question: tuple(sorted(sorted(articles, reverse=True), key=articles.__getitem__, reverse=True))
        for question, articles in scored.items()
    }


def run_lines(question: str, articles: tuple[str, ...], tag: str) -> list[str]:
    """A ranking as lines of a run file; scores fall by one a rank, so that every reader finds the same order."""
    return [f"{question} Q0 {article} {rank} {len(articles) - rank + 1} {tag}" for rank, article in enumerate(articles, start=1)]
