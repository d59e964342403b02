"""The archive: its list of articles, and files that are added to it by drop."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from qa.web.page.controller import in_words
from qa.web.render.source import escape, heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qa.web.protocol import AddedArticles, Assisting, Row
    from qa.web.wording.languages import Words

LISTED = 200  # rows drawn at once: a page stays quick with any archive, and the filter reaches the rest
SKIPS = 50  # skipped files named at once
_TICK = 0.2  # seconds between two looks at the progress


def matching(rows: Sequence[Row], needle: str) -> list[Row]:
    """The rows that have every word of `needle` in their title, outlet, source or day, whatever the case."""
    wanted = needle.casefold().split()
    found: list[Row] = []
    for row in rows:
        text = f"{row.title} {row.outlet} {row.source} {row.published or ''}".casefold()
        if all(word in text for word in wanted):
            found.append(row)
    return found


def listing_html(assistant: Assisting, needle: str | None, words: Words) -> str:
    """A table of the articles that match, each title a button that opens it."""
    rows = assistant.articles()
    if not rows:
        return f'<p class="empty">{escape(words.archive_empty)}</p>'
    found = matching(rows, needle or "")
    if not found:
        return f'<p class="empty" role="status">{escape(words.none_match)}</p>'
    shown = found[:LISTED]
    count = words.shown_of.format(shown=words.number(len(shown)), n=words.number(len(rows)))
    heads = (words.column_title, words.column_outlet, words.column_day, words.column_source, words.column_passages)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<p class="count" role="status">{escape(count)}</p><table class="listing"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(_row(row, row.title or heading(assistant.article(row.id), words), words) for row in shown)}</tbody></table>"
    )


def _row(row: Row, title: str, words: Words) -> str:
    return (
        f'<tr><th scope="row"><button type="button" class="open-row" data-article="{escape(row.id)}" dir="auto">'
        f'{escape(title)}</button></th><td data-label="{escape(words.column_outlet)}">{escape(row.outlet or "–")}</td>'
        f'<td data-label="{escape(words.column_day)}">{escape(words.day(row.published))}</td>'
        f'<td class="file" data-label="{escape(words.column_source)}" dir="auto">{escape(row.source)}</td>'
        f'<td class="amount" data-label="{escape(words.column_passages)}">{words.number(row.passages)}</td></tr>'
    )


def adding(assistant: Assisting, paths: Sequence[Path], words: Words) -> Iterator[str]:
    """Add files and say how it goes: which file is being read, at the end what came in, and what did not and why."""
    read: queue.SimpleQueue[str] = queue.SimpleQueue()
    outcome: list[AddedArticles | Exception] = []

    def work() -> None:
        try:
            outcome.append(assistant.add(paths, progress=read.put))
        except Exception as error:  # noqa: BLE001 - carried over to the page below; a thread has nobody else to tell
            outcome.append(error)

    thread = threading.Thread(target=work, name="sitasi-add", daemon=True)
    thread.start()
    yield _progress(0, "", words)
    done = 0
    while thread.is_alive():
        thread.join(_TICK)
        latest = ""
        while not read.empty():
            latest = read.get()
            done += 1
        if latest:
            yield _progress(done, latest, words)
    yield _report(outcome[0], words)


def _progress(done: int, latest: str, words: Words) -> str:
    says = words.adding.format(done=words.number(done))
    return (
        f'<div class="report working" role="status"><p>{escape(says)}</p><progress aria-label="{escape(says)}"></progress>'
        f'<p class="file" dir="auto">{escape(latest)}</p></div>'
    )


def _report(outcome: AddedArticles | Exception, words: Words) -> str:
    if isinstance(outcome, Exception):
        says = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in in_words(outcome, words))
        return f'<div class="report problem" role="alert">{says}</div>'
    headline = words.added.format(n=words.number(outcome.articles)) if outcome.articles else words.added_none
    skips = outcome.skipped
    rows = "".join(f"<li><b dir='auto'>{escape(skip.source)}</b> {escape(skip.why)}</li>" for skip in skips[:SKIPS])
    more = f"<li>+ {words.number(len(skips) - SKIPS)}</li>" if len(skips) > SKIPS else ""
    skipped = (
        f'<h4 class="label">{escape(words.skipped)} ({words.number(len(skips))})</h4><ul class="skips">{rows}{more}</ul>'
        if skips
        else ""
    )
    return f'<div class="report {"good" if outcome.articles else "none"}" role="status"><p>{escape(headline)}</p>{skipped}</div>'
