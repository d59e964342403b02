"""The buttons by which answers leave the page: copy, save in a form, print, and a link to the question."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from qa.web.render.source import escape

if TYPE_CHECKING:
    from qa.web.wording.languages import Words

ALL = -1  # the turn that means the whole conversation
LONGEST_LINK = 1500  # characters of a question that still makes a link: mail programs break longer ones


def taking_html(question: str, turn: int, words: Words, narrowed: str = "") -> str:
    """Below an answer: copy it, save it, link to its question; `narrowed` is what the link says of days, outlets and articles."""
    link = ""
    if len(question) <= LONGEST_LINK:
        more = escape(words.link_question_more)
        link = (
            f'<button type="button" data-link="q={quote(question, safe="")}{escape(narrowed)}" title="{more}" aria-label="{more}">'
            f"{escape(words.link_question)}</button>"
        )
    return (
        f'<div class="taking" role="group"><button type="button" data-turn="{turn}" data-take="copy">{escape(words.copy)}</button>'
        f"{saving_html(turn, words.save, words)}{link}</div>"
    )


def saving_html(turn: int, label: str, words: Words) -> str:
    """A button that opens the choice of forms."""
    forms = "".join(
        f'<li><button type="button" data-turn="{turn}" data-take="{form}">{escape(name)}</button></li>'
        for form, name in words.forms.items()
    )
    return f'<details class="saving"><summary>{escape(label)}</summary><ul>{forms}</ul></details>'


def print_html(words: Words) -> str:
    """Prints the conversation by the browser."""
    return f'<button type="button" data-print>{escape(words.print)}</button>'
