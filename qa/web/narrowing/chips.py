"""What narrows a question as HTML: chips that are taken away by a click, and the fields that set them.

The fields are the browser's own: its date field is known to every screen reader and phone, which Gradio's is not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.web.render.source import escape, heading
from qa.web.wording.narrowing_words import NARROWING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from qa.web.narrowing.filters import Narrowing
    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

MOST_OUTLETS = 300  # offered to choose from: those with most articles
_TITLE = 60  # characters of a title on a chip


def narrowing_html(now: Narrowing, assistant: Assisting, words: Words, place: str, *, opened: bool = False) -> str:
    """The chips and, folded away, the fields; `place` makes their ids differ where both are on the page."""
    labels = NARROWING[words.language]
    set_ = tuple(_set(now, lambda id_: _heading(id_, assistant, words), words))
    chips = "".join(_chip(what, value, says, words) for what, value, says in set_)
    if len(set_) > 1:
        chips += f'<li><button type="button" class="narrow-clear" data-narrow="clear">{escape(labels.clear)}</button></li>'
    listed = f'<ul class="narrowed" aria-label="{escape(labels.label)}">{chips}</ul>' if chips else ""
    return (
        f'<div class="narrowing">{listed}<details class="narrow-by"{" open" if opened else ""}><summary>{escape(labels.open)}</summary>'
        f'<div class="narrow-fields">{_day("since", labels.since, now.since, place)}{_day("until", labels.until, now.until, place)}'
        f"{_outlets(now, assistant, words, place)}</div></details></div>"
    )


def narrowed_html(now: Narrowing, headings: Mapping[str, str], words: Words, question: str = "") -> str:
    """Below a question that was narrowed: to what, and with a question the way to ask the whole archive.

    `headings` are the titles of the chosen articles by their ids.
    """
    if not now:
        return ""
    labels = NARROWING[words.language]
    chosen = " · ".join(
        f"<span>{escape(says)}</span>" for _, _, says in _set(now, lambda id_: headings.get(id_, words.untitled), words)
    )
    wider = (
        f' <button type="button" class="way" data-wide="{escape(question)}">{escape(labels.everywhere)}</button>'
        if question
        else ""
    )
    return f'<p class="only">{escape(labels.only_in)} {chosen}{wider}</p>'


def faults_html(faults: Sequence[str], words: Words, *, asking: bool) -> str:
    """What of a link could not be done; `asking`: its question waits for that."""
    lines = (*faults, NARROWING[words.language].link_unasked) if asking else faults
    return f'<div class="problem" role="alert">{"".join(f"<p>{escape(one)}</p>" for one in lines)}</div>'


def _set(now: Narrowing, title: Callable[[str], str], words: Words) -> Iterator[tuple[str, str, str]]:
    """(what, value, in words) of each thing that is set."""
    labels = NARROWING[words.language]
    if now.since:
        yield "since", "", labels.since_chip.format(day=words.day(now.since))
    if now.until:
        yield "until", "", labels.until_chip.format(day=words.day(now.until))
    for name in now.outlets:
        yield "outlet", name, labels.outlet_chip.format(name=name)
    for id_ in now.articles:
        yield "article", id_, labels.article_chip.format(title=_short(title(id_)))


def _heading(id_: str, assistant: Assisting, words: Words) -> str:
    try:
        return heading(assistant.article(id_), words)
    except QaError:
        return words.untitled


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"


def _chip(what: str, value: str, says: str, words: Words) -> str:
    drop = NARROWING[words.language].drop.format(what=says)
    return (
        f'<li><button type="button" class="narrow-chip" data-narrow="-{what}" data-value="{escape(value)}" title="{escape(drop)}" '
        f'aria-label="{escape(drop)}"><span dir="auto">{escape(says)}</span> <span aria-hidden="true">&#215;</span></button></li>'
    )


def _day(what: str, label: str, now: object, place: str) -> str:
    field = f"{place}-{what}"
    return (
        f'<div><label for="{field}">{escape(label)}</label>'
        f'<input id="{field}" type="date" min="1500-01-01" max="2099-12-31" data-set="{what}" value="{escape(str(now or ""))}"></div>'
    )


def _outlets(now: Narrowing, assistant: Assisting, words: Words, place: str) -> str:
    labels, field = NARROWING[words.language], f"{place}-outlet"
    counts = Counter(row.outlet for row in assistant.articles() if row.outlet)
    if not counts:
        return ""
    names = sorted((name for name, _ in counts.most_common(MOST_OUTLETS) if name not in now.outlets), key=str.casefold)
    offered = "".join(f'<option value="{escape(name)}">{escape(name)} ({words.number(counts[name])})</option>' for name in names)
    return (
        f'<div><label for="{field}">{escape(labels.outlet)}</label><select id="{field}" data-set="outlet">'
        f'<option value="">{escape(labels.any_outlet)}</option>{offered}</select></div>'
    )
