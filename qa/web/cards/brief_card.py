"""A brief of the archive as a card: how much, of whom, from when to when, who is named most."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from qa.web.render.source import escape
from qa.web.wording.card_words import CARDS

if TYPE_CHECKING:
    from qa.answer.brief.overview import Brief
    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

OUTLETS, GAPS, LONG_GAP = 6, 3, 14  # outlets and gaps named; days from which a gap is worth a word

_log = logging.getLogger(__name__)


def brief_html(assistant: Assisting, words: Words) -> str:
    """The card; "" for an assistant that gives no brief, or has fewer than two articles."""
    found = brief_of(assistant)
    if found is None or found.articles < 2:
        return ""
    labels = CARDS[words.language]
    known = [outlet for outlet in found.outlets if outlet.name]
    size = labels.brief_size.format(articles=words.number(found.articles), outlets=words.number(len(known)))
    span = f", {labels.brief_span.format(first=words.day(found.first), last=words.day(found.last))}" if found.first else ""
    rows = ""
    if known:
        named = ", ".join(f"{outlet.name} ({words.number(outlet.articles)})" for outlet in known[:OUTLETS])
        rows += _row(labels.brief_outlets, escape(named + (" …" if len(known) > OUTLETS else "")))
    if found.names:
        names = "".join(
            f'<li><button type="button" class="name" data-timeline="{escape(name.name)}">{escape(name.name)}'
            f'<span class="card-about"> {words.number(name.articles)}</span></button></li>'
            for name in found.names
        )
        rows += _row(labels.brief_names, f'<ul class="names">{names}</ul>')
    long = sorted((gap for gap in found.gaps if gap.days >= LONG_GAP), key=lambda gap: -gap.days)[:GAPS]
    if long:
        gaps = "; ".join(labels.brief_gap.format(first=words.day(gap.first), last=words.day(gap.last)) for gap in long)
        rows += _row(labels.brief_gaps, escape(gaps))
    return (
        f'<section class="brief" aria-label="{escape(labels.brief)}"><h3>{escape(labels.brief)}</h3>'
        f"<p>{escape(size + span)}.</p><dl>{rows}</dl></section>"
    )


def brief_of(assistant: Assisting) -> Brief | None:
    """What an assistant says of its archive without asking any question; None where that fails."""
    try:
        return assistant.brief(0)
    except Exception as error:  # noqa: BLE001 - a card is an offer: the page opens without it
        _log.warning("no brief", exc_info=error)
        return None


def _row(name: str, value: str) -> str:
    return f'<div><dt>{escape(name)}</dt><dd dir="auto">{value}</dd></div>'
