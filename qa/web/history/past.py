"""The list of kept conversations as HTML: open, rename, delete after a second click."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qa.web.history.history import NAMED
from qa.web.render.source import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.history.history import Past
    from qa.web.wording.languages import Words


def past_html(found: Sequence[Past], needle: str, current: str, words: Words) -> str:
    """The conversations, the latest first; the one that is open is marked."""
    if not found:
        return f'<p class="empty" role="status">{escape(words.past_no_match if needle.strip() else words.past_none)}</p>'
    rows = "".join(_row(one, i, words, now=one.id == current) for i, one in enumerate(found))
    return f'<ol class="past" data-needle="{escape(needle)}">{rows}</ol><p class="where">{escape(words.past_where)}</p>'


def _row(one: Past, at: int, words: Words, *, now: bool) -> str:
    id_, field = escape(one.id), f"name-{at}"
    day = words.day(datetime.fromtimestamp(one.changed).astimezone().date())
    about = " · ".join((day, words.past_turns.format(n=words.number(one.turns))))
    mark = ' aria-current="true"' if now else ""
    return (
        f'<li><button type="button" class="open-row" data-open="{id_}" dir="auto"{mark}>{escape(one.name)}</button>'
        f'<span class="card-about">{escape(about)}</span>'
        f'<details class="changing"><summary>{escape(words.past_rename)}</summary><div><label class="unseen" for="{field}">{escape(words.past_name)}</label>'
        f'<input id="{field}" type="text" maxlength="{NAMED}" value="{escape(one.name)}" autocomplete="off" dir="auto">'
        f'<button type="button" data-rename="{id_}">{escape(words.past_save)}</button></div></details>'
        f'<details class="changing"><summary>{escape(words.past_forget)}</summary><div><button type="button" class="grave" data-forget="{id_}">'
        f"{escape(words.past_forget_sure)}</button></div></details></li>"
    )
