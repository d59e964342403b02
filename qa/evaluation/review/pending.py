"""Pending cases: what readers say of answers, and what rules propose, kept with frozen spans until a person has looked.

A folder holds two files, one JSON object a line, only ever appended to: pending.jsonl (what was said) and decided.jsonl (what
a person made of it). The page writes the first, `qa eval review` reads both.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from qa.errors import SuiteError
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.schema import Turn

Verdict = Literal["good", "bad", "wrong-source", "should-abstain", "corrected", "draft"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""good            the answer, or the abstention, is right
bad             it is not, and nothing more was said
wrong-source    what it says is right, and the cited words do not show it
should-abstain  it should not have answered
corrected       the reader wrote what the answer is
draft           nobody said anything: a rule proposes the case
"""
Needs = Literal["", "gold", "answer", "source"]
PENDING, DECIDED = "pending.jsonl", "decided.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenSpan:
    """Words as they were: `text[start:end] == quote` in the text of `source` whose UTF-8 hashes to `sha256`."""

    source: str
    sha256: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A proposed case and what led to it. `case.id` is the pending id; `needs` says what a person must still give.

    `cited` are the spans that the answer cited, `near` those of the first passages that were found.
    """

    verdict: Verdict
    case: EvalCase
    needs: Needs = ""
    said: str = ""  # the answer, or the reason for none
    correction: str = ""
    confidence: float = 0.0
    cited: tuple[FrozenSpan, ...] = ()
    near: tuple[FrozenSpan, ...] = ()
    made_by: Mapping[str, str] | None = None  # index, settings, models
    at: str = ""  # when it was said, ISO 8601 in UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What a folder of pending cases holds: those still to be looked at, in their order, and lines that could not be read."""

    waiting: tuple[Pending, ...]
    decided: Mapping[str, str]  # id -> accepted, rejected, withdrawn
    faults: tuple[str, ...]


MOST_WAITING = 100_000_000
"""Bytes of pending cases above which no more are kept; one case has some ten thousand."""


_WITHDRAWN, _AGAIN = "withdrawn", "said again"


def named(pending: Pending) -> Pending:
    """The same with its id: a hash of all that was said, so that a second click on the same button is the same case."""
    record = {**asdict(pending), "at": "", "case": {**asdict(pending.case), "id": ""}}
    digest = hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return replace(pending, case=replace(pending.case, id=f"{pending.verdict}-{digest[:10]}"))


def add(folder: Path, pending: Pending) -> Pending:
    """Append a pending case to the folder, which is made when it is missing; gives it with its id and time.

    Raises SuiteError when the folder cannot be written, or holds more than anybody will look through: visitors cannot fill the disk.
    """
    waiting = folder / PENDING
    if waiting.is_file() and waiting.stat().st_size > MOST_WAITING:
        raise SuiteError(
            f"{waiting}: holds over {MOST_WAITING:,} bytes. Cure: look through it (qa eval review), then move it away"
        )
    kept = replace(named(pending), at=pending.at or datetime.now(UTC).isoformat(timespec="seconds"))
    _append(folder / PENDING, _record(kept))
    if (folder / DECIDED).is_file() and read(folder).decided.get(kept.case.id) == _WITHDRAWN:
        _append(folder / DECIDED, {"id": kept.case.id, "decision": _AGAIN, "suite": "", "at": kept.at})
    return kept


def holding(question: str, wanted: str, spans: Sequence[FrozenSpan]) -> list[tuple[str, FrozenSpan]]:
    """The spans that may answer with `wanted`, each with the wanted words as it writes them.

    They hold the words, capitals aside and not inside longer ones, and of several that do, they share the most terms with the
    question: a name alone is in many sentences that answer nothing.
    """
    from qa.language.text import terms

    asked = set(terms(question)) - set(terms(wanted))
    found = [(len(asked & set(terms(span.quote))), form, span) for span in spans if (form := _form(span.quote, wanted))]
    most = max((shared for shared, _, _ in found), default=0)
    return [(form, span) for shared, form, span in found if shared == most > 0 or len(found) == 1]


def decide(folder: Path, id_: str, decision: Literal["accepted", "rejected"], suite: str = "") -> None:
    """Append what a person made of a pending case. Raises SuiteError when the folder cannot be written."""
    _append(
        folder / DECIDED, {"id": id_, "decision": decision, "suite": suite, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    )


def withdraw(folder: Path, id_: str) -> None:
    """Take a pending case back, as who said it may; said again, it waits again. Raises SuiteError when the folder cannot be written."""
    _append(
        folder / DECIDED, {"id": id_, "decision": _WITHDRAWN, "suite": "", "at": datetime.now(UTC).isoformat(timespec="seconds")}
    )


def read(folder: Path) -> Folder:
    """Everything in the folder; a line that cannot be read is listed in `faults` with its number, and reading continues."""
    faults: list[str] = []
    waiting: dict[str, Pending] = {}
    decided: dict[str, str] = {}
    for place, record in _lines(folder / DECIDED, faults):
        try:
            decided[str(record["id"])] = str(record["decision"])
            if record["decision"] == _AGAIN:
                del decided[str(record["id"])]
        except KeyError as error:
            faults.append(f"{place}: {error} is missing")
    for place, record in _lines(folder / PENDING, faults):
        try:
            pending = _pending(record)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(f"{place}: not a pending case ({type(error).__name__}: {error})")
            continue
        if pending.case.id not in decided:
            waiting.setdefault(pending.case.id, pending)
    return Folder(waiting=tuple(waiting.values()), decided=decided, faults=tuple(faults))


def _form(quote: str, wanted: str) -> str:
    """The wanted words as the quote writes them, capitals aside; "" where it does not, or only inside longer words."""
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", quote, re.IGNORECASE) if wanted else None
    return found[0] if found else ""


def _append(path: Path, record: Mapping[str, Any]) -> None:
    """One whole line at the end, under a lock and on disk when this returns; a torn line before it is ended first."""
    line = (json.dumps(record, ensure_ascii=False) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)  # what people ask is nobody else's business
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                line = b"\n" + line
            written = os.write(descriptor, line)
            if written < len(line):
                os.ftruncate(descriptor, size)
                raise SuiteError(f"{path}: the disk is full. Cure: make room; nothing was written")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise SuiteError(
            f"{path}: cannot be written ({error.strerror}). Cure: name another folder, or let this one be written to"
        ) from error


def _lines(path: Path, faults: list[str]) -> list[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SuiteError(f"{path}: cannot be read ({error.strerror}). Cure: let it be read, or name another folder") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            faults.append(f"{path}:{number}: not JSON ({error})")
            continue
        if isinstance(record, dict):
            found.append((f"{path}:{number}", record))
        else:
            faults.append(f"{path}:{number}: not an object")
    return found


def _record(pending: Pending) -> dict[str, Any]:
    flat = asdict(pending)
    case = {name: value for name, value in flat.pop("case").items() if name != "id"}
    return {
        "id": pending.case.id,
        "at": flat.pop("at"),
        "verdict": flat.pop("verdict"),
        "needs": flat.pop("needs"),
        **case,
        **flat,
    }


def _pending(record: Mapping[str, Any]) -> Pending:
    if record["verdict"] not in VERDICTS:
        raise ValueError(f"unknown verdict {record['verdict']!r}")
    if record["needs"] not in get_args(Needs):
        raise ValueError(f"unknown need {record['needs']!r}")
    return Pending(
        verdict=record["verdict"],
        case=EvalCase(
            id=_text(record["id"]),
            question=_text(record["question"]),
            answers=tuple(map(_text, record["answers"])),
            sources=tuple(GoldSpan(**fields) for fields in record["sources"]),
            kind=_text(record["kind"]),
            language=record["language"],
            history=tuple(Turn(**fields) for fields in record["history"]),
            tags=tuple(map(_text, record["tags"])),
        ),
        needs=record["needs"],
        said=_text(record["said"]),
        correction=_text(record["correction"]),
        confidence=float(record["confidence"]),
        cited=_spans(record["cited"]),
        near=_spans(record["near"]),
        made_by=record["made_by"],
        at=_text(record["at"]),
    )


def _spans(records: Sequence[Mapping[str, Any]]) -> tuple[FrozenSpan, ...]:
    return tuple(FrozenSpan(**fields) for fields in records)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
