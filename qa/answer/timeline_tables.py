"""A timeline as text, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from qa.answer.timeline import Event
from qa.answer.verify.citing import as_json
from qa.schema import Citation

COLUMNS = (
    "n", "first", "last", "precision", "event", "independent", "copies", "differs", "outlet", "published", "source", "start", "end"
)  # fmt: skip


def shown_day(first: date, last: date, precision: str) -> str:
    """The days as precisely as they were reported: 2016-04-28, 2016-04, 2016, 1990s, or 2012-01-01 to 2012-04-30."""
    if precision == "day":
        return first.isoformat()
    if precision == "month":
        return first.isoformat()[:7]
    if precision == "year":
        return first.isoformat()[:4]
    if precision == "decade":
        return f"{first.year}s"
    return f"{first} to {last}"


def as_text(found: Sequence[Event]) -> str:
    """One paragraph an event, for a terminal."""
    lines = []
    for event in found:
        lead = event.citations[0]
        lines.append(f"{shown_day(event.first, event.last, event.precision):<12} {_quoted(lead)}  ({_sources(event)})")
        lines += [f"{'':<12} {_where(cited)}" for cited in event.citations]
        if event.differs:
            others = "; ".join(_other(found, number) for number in event.differs)
            lines.append(f"{'':<12} differs: {others}")
    return "\n".join(lines)


def as_markdown(name: str, found: Sequence[Event]) -> str:
    """A table with a row an event and its citations as notes below."""
    lines = [f"# {_cell(name)}", "", "| when | what | sources |", "|---|---|---|"]
    for event in found:
        notes = " ".join(f"[{cited.n}]" for cited in event.citations)
        differs = "".join(f"<br>differs: {_other(found, number)}" for number in event.differs)
        when = f"{shown_day(event.first, event.last, event.precision)} ({event.precision})"
        lines.append(f"| {when} | {_cell(_quoted(event.citations[0]))} {notes}{differs} | {_sources(event)} |")
    lines.append("")
    lines += [f"[{cited.n}] {_cell(_about(cited))}\n" for event in found for cited in event.citations]
    return "\n".join(lines)


def as_csv(found: Sequence[Event]) -> str:
    """A row a citation. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for event in found:
        for cited in event.citations:
            row = (
                event.n, event.first, event.last, event.precision, _quoted(cited), event.independent, event.copies,
                " ".join(map(str, event.differs)), cited.outlet, cited.published or "", cited.source, cited.start, cited.end,
            )  # fmt: skip
            writer.writerow(
                [f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value for value in row]
            )
    return out.getvalue()


def as_json_object(name: str, found: Sequence[Event]) -> dict[str, Any]:
    """{"name", "events": [{"n", "first", "last", "precision", "independent", "copies", "differs", "citations"}]}."""
    events = [
        {
            "n": event.n,
            "first": event.first.isoformat(),
            "last": event.last.isoformat(),
            "precision": event.precision,
            "independent": event.independent,
            "copies": event.copies,
            "differs": list(event.differs),
            "citations": [as_json(cited) for cited in event.citations],
        }
        for event in found
    ]
    return {"name": name, "events": events}


def _quoted(cited: Citation) -> str:
    return " ".join(cited.quote.split())


def _where(cited: Citation) -> str:
    return f"[{cited.n}] {_about(cited)}"


def _about(cited: Citation) -> str:
    about = [cited.outlet, cited.published.isoformat() if cited.published else "", f"{cited.source}:{cited.start}-{cited.end}"]
    return " · ".join(part for part in about if part)


def _sources(event: Event) -> str:
    copies = f", {event.copies} dependent" if event.copies else ""
    return f"{event.independent} independent{copies}"


def _other(found: Sequence[Event], number: int) -> str:
    event = found[number - 1]
    return f"{shown_day(event.first, event.last, event.precision)} [{event.citations[0].n}]"


def _cell(text: str) -> str:
    """Text that breaks out of no table and makes no link, heading or HTML."""
    escaped = "".join(f"\\{character}" if character in "\\`*_[]|#!" else character for character in text)
    return escaped.replace("<", "&lt;").replace(">", "&gt;")
