"""The dated events of a name as a table whose rows lead to their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.web.render.source import escape
from qa.web.wording.card_words import CARDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qa.answer.timeline import Event
    from qa.schema import Citation
    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

MOST = 200  # events drawn
CITED = 6  # sources named of one event
_SURE_OF_THE_DAY = "day"


def timeline_html(name: str, found: Sequence[Event], words: Words) -> str:
    """The table; a line in words where a name has no events, or where none was asked for."""
    labels = CARDS[words.language]
    if not name.strip():
        return f'<p class="empty">{escape(labels.timeline_empty)}</p>'
    if not found:
        return f'<p class="empty" role="status">{escape(labels.timeline_none.format(name=name))}</p>'
    rows = "".join(_row(event, found, words) for event in found[:MOST])
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>' for head in (labels.timeline_when, labels.timeline_what, labels.timeline_sources)
    )
    count = labels.timeline_count.format(n=words.number(len(found)), name=name)
    return (
        f'<p class="count" role="status">{escape(count)}</p><table class="timeline"><caption class="unseen">{escape(count)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def events(assistant: Assisting, name: str) -> tuple[Event, ...]:
    """The events of a name over an assistant's whole archive; () for no name."""
    return assistant.timeline(name) if name.strip() else ()


def when(first: date, last: date, precision: str, words: Words) -> str:
    """Days as precisely as they were given, in the page's language."""
    labels = CARDS[words.language]
    if precision == _SURE_OF_THE_DAY:
        return words.day(first)
    if precision == "month":
        return f"{words.months[first.month - 1]} {first.year}"
    if precision == "year":
        return str(first.year)
    if precision == "decade":
        return labels.decade.format(year=first.year)
    return labels.between.format(first=words.day(first), last=words.day(last))


def _row(event: Event, found: Sequence[Event], words: Words) -> str:
    labels = CARDS[words.language]
    lead = event.citations[0]
    differs = ""
    if event.differs:
        days = ", ".join(when(found[n - 1].first, found[n - 1].last, found[n - 1].precision, words) for n in event.differs)
        differs = f'<p class="differs">{escape(labels.timeline_differs.format(days=days))}</p>'
    sources = "".join(f"<li>{_source(cited, words)}</li>" for cited in event.citations[:CITED])
    more = f"<li>+ {words.number(len(event.citations) - CITED)}</li>" if len(event.citations) > CITED else ""
    return (
        f'<tr><th scope="row">{escape(when(event.first, event.last, event.precision, words))}</th>'
        f'<td>{_event_text(lead)}{differs}</td><td><ul class="told-by">{sources}{more}</ul></td></tr>'
    )


def _event_text(cited: Citation) -> str:
    quote = escape(" ".join(cited.quote.split()))
    return f'<button type="button" class="quote-row" {_where(cited)}><span dir="auto">{quote}</span></button>'


def _source(cited: Citation, words: Words) -> str:
    about = " · ".join(part for part in (cited.outlet, words.day(cited.published) if cited.published else "") if part)
    return f'<button type="button" class="way" {_where(cited)} title="{escape(cited.title)}">{escape(about or cited.source)}</button>'


def _where(cited: Citation) -> str:
    return f'data-follow="{escape(cited.article_id)}" data-start="{cited.start}" data-end="{cited.end}"'
