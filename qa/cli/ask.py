"""`qa ask`: one question in prose or JSON, or a file of them."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from qa.assistant import Assistant
from qa.contract import to_json
from qa.corpus.sources import in_words as in_words_of
from qa.errors import QaError, UsageError
from qa.messages import in_words
from qa.retrieve.narrowing import Only, day
from qa.safety.printable import inert_json, visible_lines
from qa.schema import Answer, Turn

if TYPE_CHECKING:
    from qa.settings import Settings

_WIDTH = 100

_WORDS = {
    "id": {
        "near": "Yang paling dekat, tetapi belum cukup:",
        "short": "Jawaban",
        "sure": "keyakinan",
        "contradict": "Sumber berbeda:",
        "update": "Diperbarui:",
        "scope": "Berbeda cakupan:",
    },
    "en": {
        "near": "Nearest, but not enough:",
        "short": "Answer",
        "sure": "confidence",
        "contradict": "Sources differ:",
        "update": "Updated:",
        "scope": "Of different scope:",
    },
}


def ask_one(settings: Settings, question: str, *, as_json: bool, top: int, only: Only | None = None) -> int:
    """Print one answer; status 0 whether it answers or abstains (an abstention is an answer too)."""
    assistant = Assistant.open(settings=settings)
    answer = assistant.ask(whole(question), **(only or {}))
    if as_json:
        print(_json(_object(assistant, answer, None, top), sys.stdout))
    else:
        print(visible_lines(render(answer)))
    return 0


def render(answer: Answer) -> str:
    """The answer as a person reads it in a terminal."""
    words = _WORDS[answer.language]
    if answer.abstained:
        lines = textwrap.wrap(f"{in_words(answer.reason, answer.language)} {answer.trace.note}".rstrip(), _WIDTH)
        if answer.hits:
            lines += ["", words["near"]]
            lines += [
                _wrapped("  - ", f"{' '.join(hit.passage.text.split())[:200]}… ({hit.passage.title or hit.passage.article_id})")
                for hit in answer.hits[:3]
            ]
        return "\n".join(lines)
    lines = [_wrapped("", answer.text)]
    if answer.short and answer.short != answer.text:
        lines += ["", f"{words['short']}: {answer.short}   ({words['sure']} {answer.confidence:.0%})"]
    lines += _sides(answer)
    lines.append("")
    for citation in answer.citations:
        about = [citation.title, citation.outlet, citation.published.isoformat() if citation.published else "", citation.url]
        lines.append(
            _wrapped(
                f"[{citation.n}] ",
                f"{' · '.join(part for part in about if part)} ({citation.source}:{citation.start}-{citation.end})",
            )
        )
    return "\n".join(lines).rstrip()


def _sides(answer: Answer) -> list[str]:
    """A line a side where sources differ, and how many independent ones report it."""
    agreement, words = answer.agreement, _WORDS[answer.language]
    if agreement is None:
        return []
    several = agreement.independent > 1 or agreement.copies > 0
    counted = [in_words_of(agreement.independent, agreement.copies, answer.language)] if several else []
    if len(agreement.variants) < 2:
        return ["", *counted] if several else []
    lines = ["", words.get(agreement.verdict, words["scope"])]
    for one in agreement.variants:
        details = [one.outlet, one.published.isoformat() if one.published else "", one.scope]
        about = " · ".join(part for part in details if part)
        marks = "".join(f"[{number}]" for number in one.citations)
        lines.append(_wrapped("  - ", f"{' '.join(one.value.split())} {marks} {about}".rstrip()))
    return [*lines, *counted]


def _wrapped(lead: str, text: str) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False, break_on_hyphens=False
    )


def ask_batch(settings: Settings, batch: Path, out: Path | None, *, top: int, only: Only | None = None) -> int:
    """Answer every line of `batch` in order; a bad line gets an `error` object in its place, and status 1 at the end.

    With `out` the answers are written beside it and renamed when the last one is there: never a half-written file.
    """
    from tqdm import tqdm

    try:
        # Lines end with a line feed alone: JSON may hold the other characters that Python ends a line at, such as U+2028.
        lines = batch.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise UsageError(f"{batch}: cannot be read ({error}). Cure: a UTF-8 file with one JSON object a line") from error
    assistant = Assistant.open(settings=settings)
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    bar = tqdm(numbered, desc="asking", unit="question", file=sys.stderr, disable=None, delay=1)
    if out is None:
        return _write(sys.stdout, _answers(assistant, batch, bar, top, only or {}))
    partial = out.with_name(f".{out.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as stream:
            status = _write(stream, _answers(assistant, batch, bar, top, only or {}))
        partial.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error}). Cure: a path in a folder that exists") from error
    finally:
        partial.unlink(missing_ok=True)
    return status


def _write(stream: TextIO, answers: Iterator[dict[str, Any]]) -> int:
    status = 0
    for answer in answers:
        status = 1 if "error" in answer else status
        print(_json(answer, stream), file=stream)
    return status


def _json(value: dict[str, Any], stream: TextIO) -> str:
    """JSON that the stream can carry: what its encoding lacks (an ASCII terminal, half a surrogate) is escaped as JSON escapes.

    So is what would steer a terminal, such as U+009B and U+202E: whoever reads the JSON reads the same value.
    """
    text = inert_json(json.dumps(value, ensure_ascii=False))
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def _answers(assistant: Assistant, batch: Path, numbered: Any, top: int, only: Only) -> Iterator[dict[str, Any]]:
    for number, line in numbered:
        identity: str | None = None
        try:
            identity, question, history, own = _question(line)
            yield _object(assistant, assistant.ask(question, history, **both(only, own)), identity, top)
        except (QaError, ValueError) as error:
            yield {"id": identity, "line": number, "error": f"{batch.name} line {number}: {error}"}
        except Exception as error:  # noqa: BLE001 - one question must not end the others; its kind is printed in its place
            yield {
                "id": identity,
                "line": number,
                "error": f"{batch.name} line {number}: unforeseen: {type(error).__name__}: {error}",
            }


def both(command: Only, line: Only) -> Only:
    """What the command line and a line of the batch set, together: the later first day, the earlier last day, the line's own outlets."""
    since = [found for each in (command, line) if (found := day(each.get("since"), "since")) is not None]
    until = [found for each in (command, line) if (found := day(each.get("until"), "until")) is not None]
    outlet = line.get("outlet") or command.get("outlet")
    return {"since": max(since, default=None), "until": min(until, default=None), "outlet": outlet}


def _question(line: bytes) -> tuple[str, str, tuple[Turn, ...], Only]:
    """(id, question, history, what narrows it) of one line. Raises ValueError saying what is wrong with it."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1} of the line). Cure: save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error})") from error
    except RecursionError:
        raise ValueError("nested too deeply. Cure: one flat object a line") from None
    if not isinstance(record, dict) or not isinstance(record.get("question"), str) or not isinstance(record.get("id"), str | int):
        raise ValueError('needs an object with "id" and "question" (a string)')
    turns = record.get("history") or []
    if not isinstance(turns, list) or not all(isinstance(turn, dict) and isinstance(turn.get("question"), str) for turn in turns):
        raise ValueError('"history" must be a list of {"question", "answer"} objects')
    history = tuple(
        Turn(question=turn["question"], answer=str(turn.get("answer") or ""), short=str(turn.get("short") or ""))
        for turn in turns
    )
    identity, question = str(record["id"]), record["question"]
    for text in (identity, question, *(part for turn in history for part in (turn.question, turn.answer, turn.short))):
        whole(text)
    only = Only(since=record.get("since"), until=record.get("until"), outlet=record.get("outlet"))
    return identity, question, history, only


def whole(text: str) -> str:
    """The text, if it can be written at all. Raises UsageError where it holds half a character: a lone surrogate, or bytes that are
    no UTF-8, which a command line hands down as such.
    """
    for place, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            raise UsageError(
                f"the text is not Unicode at character {place + 1} ({ascii(character)[1:-1]}). Cure: write it in UTF-8"
            )
    return text


def _object(assistant: Assistant, answer: Answer, identity: str | None, top: int) -> dict[str, Any]:
    return to_json(answer, source_of=lambda article_id: assistant.article(article_id).source, id=identity, top=top)
