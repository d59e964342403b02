"""Suites: questions with their gold, one JSON object a line, checked to the letter before anything is asked.

Everything wrong with a file is reported at once, each with its line, in one SuiteError. Several suites beside each other, and what
is doubtful but no fault, are reported by `qa.evaluation.suite.checks`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from qa.errors import SuiteError
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan, Judgement
from qa.evaluation.suite.gold import Place
from qa.schema import KINDS, LANGUAGES, Article, Language, Turn

SIDES = ("Ya", "Tidak", "Yes", "No")
"""Accepted answers of a yes/no case that need not be in the article."""

EXTERNAL = "external"
"""Tag of a case whose gold was marked elsewhere and cannot be mended here (a public benchmark).

Gold of such a case that the index does not have, or masks, is no fault of the suite: it stays, and counts as missed.
"""

REQUIRED = ("id", "question")
_KNOWN = ("id", "question", "answers", "sources", "kind", "language", "tags", "history", "relevant")
_SHOWN = 20


Fault = tuple[int, str]
"""(line, what is wrong with it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """The cases of one file with their line numbers. `sha256` is over their content, not over spaces or key order."""

    path: Path
    cases: tuple[EvalCase, ...]
    lines: tuple[int, ...]
    sha256: str


def load(path: Path, articles: Mapping[str, Article] | None = None) -> Suite:
    """Read a suite; with `articles` (by source), also `check` its gold against them.

    Raises SuiteError that lists every bad line: not JSON, not an object, an unknown key, a wrong type, an unknown kind or
    language, an id used twice, an answer without a source or the reverse.
    """
    suite, faults = scan(path)
    if faults:
        raise SuiteError(_listed(path, faults))
    if not suite.cases:
        raise SuiteError(f"{path}: no cases. Cure: one JSON object a line with at least {' and '.join(REQUIRED)}")
    if articles is not None:
        check(suite, articles)
    return suite


def scan(path: Path) -> tuple[Suite, list[Fault]]:
    """The good lines of a file as a suite, and what is wrong with the others. Raises SuiteError where it cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path}: cannot be read ({error.strerror}). Cure: give the path of a .jsonl suite") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: not UTF-8 at byte {error.start}. Cure: save it as UTF-8") from error
    cases: list[EvalCase] = []
    lines: list[int] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = parse(line)
        except ValueError as error:
            faults.append((number, str(error)))
            continue
        if case.id in first:
            faults.append((number, f"id {case.id!r} is taken by line {first[case.id]}. Cure: give every case an id of its own"))
        first.setdefault(case.id, number)
        cases.append(case)
        lines.append(number)
    return Suite(path=path, cases=tuple(cases), lines=tuple(lines), sha256=digest(cases)), faults


def check(suite: Suite, articles: Mapping[str, Article]) -> None:
    """Compare the gold with the articles, by source.

    Raises SuiteError that lists every line with a source that is none of them, marked words that are not there letter for
    letter or are masked, or an accepted answer that no marked words contain.
    """
    faults = [(line, fault) for line, case in zip(suite.lines, suite.cases, strict=True) for fault in gold_faults(case, articles)]
    if faults:
        raise SuiteError(_listed(suite.path, faults))


def parse(line: str) -> EvalCase:
    """One line as a case. Raises ValueError that names the field and the cure."""
    try:
        record = json.loads(line, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at column {error.colno} ({error.msg})") from error
    except RecursionError as error:
        raise ValueError("not a case: nested too deep") from error
    if not isinstance(record, dict):
        raise ValueError(f"a case is an object, not {type(record).__name__}")
    if unknown := [key for key in record if key not in _KNOWN]:
        raise ValueError(f"unknown key {unknown[0]!r}. Known keys: {', '.join(_KNOWN)}")
    for key in REQUIRED:
        if not _is_text(record.get(key)):
            raise ValueError(f"{key!r} must be a text that is not empty, not {record.get(key)!r}")
    kind, language = record.get("kind", ""), record.get("language", "id")
    if kind != "" and kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}. Known kinds: {', '.join(KINDS)}")
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}. Known languages: {', '.join(LANGUAGES)}")
    answers, tags, relevant = _texts(record, "answers"), _texts(record, "tags"), _judgements(record)
    sources = tuple(GoldSpan(**fields) for fields in _objects(record, "sources", ("source", "quote")))
    history = tuple(Turn(**fields) for fields in _objects(record, "history", ("question", "answer"), ("answer", "short")))
    if relevant and (answers or sources):
        raise ValueError(
            "it has relevant beside answers or sources. Cure: judge the search alone (relevant), or mark the words that answer"
        )
    if answers and not sources:
        raise ValueError(
            "it has answers but no sources. Cure: name the place that answers, or clear answers (then it must abstain)"
        )
    if sources and not answers:
        raise ValueError("it has sources but no answers. Cure: say what is accepted, or clear sources (then it must abstain)")
    case = EvalCase(
        id=record["id"],
        question=record["question"],
        answers=answers,
        sources=sources,
        kind=kind,
        language=cast("Language", language),
        tags=tags,
        history=history,
        relevant=relevant,
    )
    try:
        digest([case])
    except UnicodeEncodeError as error:
        raise ValueError("it holds half of a surrogate pair, which is no character. Cure: write the whole character") from error
    return case


def gold_faults(case: EvalCase, articles: Mapping[str, Article]) -> list[str]:
    """What is wrong with a case's gold, given the articles by source; empty when all is there letter for letter, unmasked.

    What cannot be reached is no fault of a case tagged `EXTERNAL`; what is not there letter for letter is, always.
    """
    faults = [] if EXTERNAL in case.tags else unreached(case, articles)
    faults += [
        f"not letter for letter in {gold.source}: {gold.quote!r}"
        for gold in case.sources
        if (article := articles.get(gold.source)) and not occurrences(article.text, gold.quote)
    ]
    faults += [
        f"accepted answer {answer!r} is in none of the marked words"
        for answer in case.answers
        if not (case.kind == "yes_no" and answer in SIDES) and not any(answer in gold.quote for gold in case.sources)
    ]
    return faults


def unreached(case: EvalCase, articles: Mapping[str, Article]) -> list[str]:
    """The gold that no answer could cite: articles that are not there, and marked words that are masked wherever they occur."""
    named = dict.fromkeys([gold.source for gold in case.sources] + [judged.source for judged in case.relevant])
    found = [f"source {source!r} is not among the articles" for source in named if source not in articles]
    return found + [
        f"masked in {gold.source}, so nothing may cite it: {gold.quote!r}"
        for gold in case.sources
        if (article := articles.get(gold.source)) and occurrences(article.text, gold.quote) and not unmasked(article, gold.quote)
    ]


def places(case: EvalCase, articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """The marked places of a case as spans that may be cited, given the articles by source; one that is lost has no spans."""
    found = []
    for gold in case.sources:
        article = articles.get(gold.source)
        found.append(Place(article.id, unmasked(article, gold.quote)) if article else Place(gold.source, ()))
    return tuple(dict.fromkeys(found))


def unmasked(article: Article, quote: str) -> tuple[tuple[int, int], ...]:
    """The occurrences of `quote` that no mask touches."""
    return tuple(
        (start, end)
        for start, end in occurrences(article.text, quote)
        if not any(mask.start < end and start < mask.end for mask in article.masks)
    )


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Every span of `text` that is `quote`, from left to right."""
    found = []
    start = text.find(quote) if quote else -1
    while start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def digest(cases: Sequence[EvalCase]) -> str:
    """Hex SHA-256 over what the cases say."""
    content = json.dumps([_content(case) for case in cases], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def dumps(case: EvalCase) -> str:
    """A case as a line of a suite, without its end; `parse` gives the same case back."""
    return json.dumps({key: value for key, value in _content(case).items() if value or key in REQUIRED}, ensure_ascii=False)


def _content(case: EvalCase) -> dict[str, Any]:
    """What a line of a suite says; fields that came later are there only where they say something, so that old cases keep their hash."""
    content = asdict(case)
    content["history"] = [{key: value for key, value in asdict(turn).items() if value or key != "short"} for turn in case.history]
    if not case.relevant:
        del content["relevant"]
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in {earlier for earlier, _ in pairs[:place]})
        raise ValueError(f"key {twice!r} is twice in one object. Cure: keep one of them")
    return record


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key, [])
    if not isinstance(value, list) or not all(_is_text(item) for item in value):
        raise ValueError(f"{key!r} must be a list of texts that are not empty, not {value!r}")
    return tuple(value)


def _objects(
    record: Mapping[str, Any], key: str, fields: tuple[str, ...], may_be_empty: tuple[str, ...] = ()
) -> list[dict[str, str]]:
    """Objects with all of `fields`, and perhaps what else `may_be_empty` names, all texts."""
    value = record.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"{key!r} must be a list of objects, not {value!r}")
    for item in value:
        if (
            not isinstance(item, dict)
            or not set(fields) <= set(item) <= {*fields, *may_be_empty}
            or not all(_is_text(text) or (name in may_be_empty and isinstance(text, str)) for name, text in item.items())
        ):
            more = "".join(f", perhaps {name}" for name in may_be_empty if name not in fields)
            raise ValueError(f"each of {key!r} must have exactly the texts {' and '.join(fields)}{more}, not {item!r}")
    return value


def _judgements(record: Mapping[str, Any]) -> tuple[Judgement, ...]:
    value = record.get("relevant", [])
    if not isinstance(value, list):
        raise ValueError(f"'relevant' must be a list of objects, not {value!r}")
    for item in value:
        if not isinstance(item, dict) or set(item) != {"source", "grade"} or not _is_text(item["source"]):
            raise ValueError(f"each of 'relevant' must have exactly a text source and a number grade, not {item!r}")
        grade = item["grade"]
        if isinstance(grade, bool) or not isinstance(grade, int | float) or grade < 1 or grade != grade // 1:
            raise ValueError(f"a grade is a whole number from 1, not {grade!r}")
    if len({item["source"] for item in value}) < len(value):
        raise ValueError("'relevant' names a source twice. Cure: one grade for each source")
    return tuple(Judgement(source=item["source"], grade=int(item["grade"])) for item in value)


def _listed(path: Path, faults: Sequence[Fault]) -> str:
    shown = [f"{path}:{number}: {fault}" for number, fault in sorted(faults)[:_SHOWN]]
    rest = len(faults) - len(shown)
    return "\n".join(shown + ([f"and {rest} more"] if rest else []))
