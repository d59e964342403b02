"""Below an article: who says what in it, its copies, and the ways to correct or remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.language.speech.attribution import quotations
from qa.web.render.source import escape
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.narrowing_words import NARROWING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.schema import Article
    from qa.web.protocol import Row
    from qa.web.wording.languages import Words

QUOTES = 60  # quotations listed


def extras_html(article: Article, copies: Sequence[Row], words: Words, *, edit: bool) -> str:
    """Quotations that lead to their words, near-copies that open, and with `edit` the forms that correct and remove."""
    ask = (
        f'<p class="extra"><button type="button" class="way" data-ask-this="{escape(article.id)}">'
        f"{escape(NARROWING[words.language].ask_this)}</button></p>"
    )
    return f"{ask}{_quotes(article, words)}{_copies(copies, words)}{change_html(article, words) if edit else ''}"


def _quotes(article: Article, words: Words) -> str:
    labels = ARCHIVE[words.language]
    masks = [(mask.start, mask.end) for mask in article.masks]
    found = quotations(article.text, masks, title=article.title)
    if not found:
        return ""
    rows = "".join(
        f'<li><button type="button" class="quote-row" data-follow="{escape(article.id)}" data-start="{one.start}" data-end="{one.end}">'
        f'<span class="card-about">{escape(" · ".join(part for part in (one.speaker or labels.quote_unnamed, one.role) if part))}</span>'
        f'<q dir="auto">{escape(" ".join(article.text[one.start : one.end].split()))}</q></button></li>'
        for one in found[:QUOTES]
    )
    return f'<details class="extra"><summary>{escape(labels.quotes.format(n=words.number(len(found))))}</summary><ul>{rows}</ul></details>'


def _copies(copies: Sequence[Row], words: Words) -> str:
    if not copies:
        return ""
    labels = ARCHIVE[words.language]
    rows = "".join(
        f'<li><button type="button" class="quote-row" data-open-article="{escape(row.id)}"><span dir="auto">{escape(row.title or row.source)}</span>'
        f'<span class="card-about">{escape(" · ".join(part for part in (row.outlet, words.day(row.published) if row.published else "") if part))}</span>'
        "</button></li>"
        for row in copies
    )
    summary = escape(labels.copies.format(n=words.number(len(copies))))
    return f'<details class="extra"><summary>{summary}</summary><p>{escape(labels.copies_line)}</p><ul>{rows}</ul></details>'


def change_html(article: Article, words: Words) -> str:
    """The facts of an article in fields, and below them, behind a second click, its removal."""
    labels = ARCHIVE[words.language]
    fields = (
        ("title", labels.add_title, article.title, "text"),
        ("outlet", labels.add_outlet, article.outlet, "text"),
        ("author", labels.author, article.author, "text"),
        ("published", words.column_day, article.published.isoformat() if article.published else "", "date"),
        ("url", labels.add_url, article.url, "url"),
    )
    inputs = "".join(
        f'<label for="fact-{name}">{escape(label)}</label><input id="fact-{name}" type="{kind}" data-fact="{name}" value="{escape(value)}" '
        f'maxlength="2000" autocomplete="off" dir="auto">'
        for name, label, value, kind in fields
    )
    return (
        f'<details class="extra changing"><summary>{escape(labels.change)}</summary><div class="facts"><h4 class="label">{escape(labels.correct)}</h4>{inputs}'
        f'<button type="button" data-correct="{escape(article.id)}">{escape(labels.save)}</button></div>'
        f'<details class="removing"><summary>{escape(labels.remove)}</summary><button type="button" class="grave" data-remove="{escape(article.id)}">'
        f"{escape(labels.remove_sure)}</button></details></details>"
    )
