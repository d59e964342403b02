"""Correcting an article's facts and removing it, with the message that a reader gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.corpus.reading.records import LONGEST_FIELD
from qa.web.page.controller import in_words
from qa.web.render.source import escape, heading
from qa.web.wording.archive_words import ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

FACTS = ("title", "outlet", "author", "url")


def correct(assistant: Assisting, article_id: str, facts: Mapping[str, Any], words: Words) -> str:
    """Put the facts that a browser sent in the place of an article's; its text stays. Gives the report."""
    labels = ARCHIVE[words.language]
    try:
        article = assistant.article(article_id)
        given = {name: " ".join(str(facts[name]).split())[:LONGEST_FIELD] for name in FACTS if isinstance(facts.get(name), str)}
        day = facts.get("published")
        published = article.published
        if isinstance(day, str):
            published = date.fromisoformat(day) if day.strip() else None
        after = replace(article, **given, published=published, masks=())
        if after == replace(article, masks=()):
            return report_html(labels.unchanged, "none")
        assistant.put([after])
    except ValueError:
        return report_html(labels.no_day.format(day=str(facts.get("published"))[:40]), "none")
    except Exception as error:  # noqa: BLE001 - the page outlives it, and the reader gets a message
        return problem_html(error, words)
    return report_html(labels.corrected, "good")


def remove(assistant: Assisting, article_id: str, words: Words) -> str:
    """Take an article out of the index. Gives the report."""
    labels = ARCHIVE[words.language]
    try:
        title = heading(assistant.article(article_id), words)
        if len(assistant.articles()) == 1:
            return report_html(labels.last_one, "none")
        assistant.remove([article_id])
    except Exception as error:  # noqa: BLE001 - as above
        return problem_html(error, words)
    return report_html(labels.removed.format(title=title), "good")


def report_html(says: str, kind: str) -> str:
    """What became of a change: "good" or "none"."""
    return f'<div class="report {kind}" role="status"><p dir="auto">{escape(says)}</p></div>'


def problem_html(error: Exception, words: Words) -> str:
    """Why nothing came of it."""
    lines = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in in_words(error, words))
    return f'<div class="report problem" role="alert">{lines}</div>'
