"""The archive: its list of articles, and files that are added to it by drop."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa.web.narrowing.filters import WHOLE, Narrowing
from qa.web.page.controller import in_words
from qa.web.render.source import escape, heading
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.narrowing_words import NARROWING
from qa.web.wording.skipped_words import skipped_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
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


COLUMNS = ("title", "outlet", "day", "source", "length")  # that the list can be sorted by


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the list is sorted by; "" keeps the order of the index."""

    column: str = ""
    down: bool = False

    def after(self, column: str) -> Order:
        """After a click on a column's head: up, down, then the order of the index again; a column that there is none of changes nothing."""
        if column not in COLUMNS:
            return self
        if column != self.column:
            return Order(column=column)
        return Order() if self.down else Order(column=column, down=True)


AS_IT_IS = Order()


def ordered(rows: Sequence[Row], order: Order) -> list[Row]:
    """The rows in their order; those that have nothing in the column come last, up and down."""
    keys: dict[str, Callable[[Row], Any]] = {
        "title": lambda row: row.title.casefold(),
        "outlet": lambda row: row.outlet.casefold(),
        "day": lambda row: row.published,
        "source": lambda row: row.source.casefold(),
        "length": lambda row: row.length,
    }
    key = keys.get(order.column)
    if key is None:
        return list(rows)
    full = sorted((row for row in rows if key(row)), key=key, reverse=order.down)
    return [*full, *(row for row in rows if not key(row))]


def listing_html(assistant: Assisting, needle: str | None, words: Words, only: Narrowing = WHOLE, order: Order = AS_IT_IS) -> str:
    """A table of the articles that match and that `only` lets through, each title a button that opens it, each head one that sorts."""
    rows = assistant.articles()
    if not rows:
        return f'<p class="empty">{escape(words.archive_empty)}</p>'
    found = [row for row in matching(rows, needle or "") if only.holds(row)]
    if not found:
        return f'<p class="empty" role="status">{escape(words.none_match)}</p>'
    shown = ordered(found, order)[:LISTED]
    labels = ARCHIVE[words.language]
    count = words.shown_of.format(shown=words.number(len(shown)), n=words.number(len(rows)))
    heads = (words.column_title, words.column_outlet, words.column_day, words.column_source, labels.length)
    choose = f'<th scope="col" class="choosing"><span class="unseen">{escape(NARROWING[words.language].choose)}</span></th>'
    head = "".join(_head(column, name, order, words) for column, name in zip(COLUMNS, heads, strict=True))
    body = "".join(
        _row(row, row.title or heading(assistant.article(row.id), words), words, chosen=row.id in only.articles) for row in shown
    )
    return (
        f'<p class="count" role="status">{escape(count)}</p><table class="listing"><caption class="unseen">{escape(labels.table)}</caption>'
        f"<thead><tr>{choose}{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _head(column: str, name: str, order: Order, words: Words) -> str:
    labels = ARCHIVE[words.language]
    now = order.column == column
    state = ("descending" if order.down else "ascending") if now else "none"
    arrow = ("\N{DOWNWARDS ARROW}" if order.down else "\N{UPWARDS ARROW}") if now else ""
    hint = labels.sort_down if now and not order.down else labels.sort_up
    return (
        f'<th scope="col" aria-sort="{state}" class="{"amount" if column == "length" else f"by-{column}"}"><button type="button" data-sort="{column}" title="{escape(hint)}">'
        f'{escape(name)}<span aria-hidden="true"> {arrow}</span></button></th>'
    )


def _row(row: Row, title: str, words: Words, *, chosen: bool) -> str:
    labels = ARCHIVE[words.language]
    choose = f"{NARROWING[words.language].choose}: {title}"
    return (
        f'<tr><td class="choosing"><label><input type="checkbox" data-choose="{escape(row.id)}" aria-label="{escape(choose)}"{" checked" if chosen else ""}></label></td>'
        f'<th scope="row"><button type="button" class="open-row" data-article="{escape(row.id)}" dir="auto">'
        f'{escape(title)}</button></th><td class="outlet" data-label="{escape(words.column_outlet)}">{escape(row.outlet or "–")}</td>'
        f'<td class="day" data-label="{escape(words.column_day)}">{escape(words.day(row.published))}</td>'
        f'<td class="file" data-label="{escape(words.column_source)}" dir="auto">{escape(row.source)}</td>'
        f'<td class="amount" data-label="{escape(labels.length)}">{escape(labels.length_of.format(n=words.number(row.length)))}</td></tr>'
    )


def adding(assistant: Assisting, paths: Sequence[Path], words: Words) -> Iterator[str]:
    """Add files and say how it goes: which file is being read, at the end what came in, and what did not and why."""
    yield from doing(lambda progress: assistant.add(paths, progress=progress), words, files=len(paths))


def doing(work: Callable[[Callable[[str], None]], AddedArticles], words: Words, *, files: int = 0) -> Iterator[str]:
    """Do what adds articles in a thread, and say how it goes; `work` is given what it tells each file's name to.

    `files` are how many were given: of those neither added nor skipped the archive has all already.
    """
    read: queue.SimpleQueue[str] = queue.SimpleQueue()
    outcome: list[AddedArticles | Exception] = []

    def run() -> None:
        try:
            outcome.append(work(read.put))
        except Exception as error:  # noqa: BLE001 - carried over to the page below; a thread has nobody else to tell
            outcome.append(error)

    thread = threading.Thread(target=run, name="sitasi-add", daemon=True)
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
    yield _report(outcome[0], words, files)


def _progress(done: int, latest: str, words: Words) -> str:
    says = words.adding.format(done=words.number(done))
    return (
        f'<div class="report working" role="status"><p>{escape(says)}</p><progress aria-label="{escape(says)}"></progress>'
        f'<p class="file" dir="auto">{escape(latest)}</p></div>'
    )


def _report(outcome: AddedArticles | Exception, words: Words, files: int) -> str:
    if isinstance(outcome, Exception):
        says = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in in_words(outcome, words))
        return f'<div class="report problem" role="alert">{says}</div>'
    skips = outcome.skipped
    known = not skips or len({skip.source for skip in skips}) < files
    none = ARCHIVE[words.language].already if known else words.added_none
    headline = words.added.format(n=words.number(outcome.articles)) if outcome.articles else none
    rows = "".join(
        f"<li><b dir='auto'>{escape(skip.source)}</b> {escape(skipped_in_words(skip.why, words.language))}</li>"
        for skip in skips[:SKIPS]
    )
    more = f"<li>+ {words.number(len(skips) - SKIPS)}</li>" if len(skips) > SKIPS else ""
    skipped = (
        f'<h4 class="label">{escape(words.skipped)} ({words.number(len(skips))})</h4><ul class="skips">{rows}{more}</ul>'
        if skips
        else ""
    )
    return f'<div class="report {"good" if outcome.articles else "none"}" role="status"><p>{escape(headline)}</p>{skipped}</div>'
