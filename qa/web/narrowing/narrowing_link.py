"""What narrows a question as part of a link: written so that another browser opens it, and read without trust."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from qa.web.narrowing.filters import MOST, Narrowing, changed, to_json
from qa.web.wording.narrowing_words import NARROWING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

SHOWN = 80  # characters of a value that a message repeats


def link_of(only: Narrowing) -> str:
    """`&since=…&until=…&outlet=…&articles=…`, the last two once for each; what is not set is left out."""
    fields = to_json(only)
    pairs: list[tuple[str, str]] = [(name, fields[name]) for name in ("since", "until") if name in fields]
    pairs += [("outlet", name) for name in only.outlets] + [("articles", id_) for id_ in only.articles]
    return "".join(f"&{name}={quote(value, safe='')}" for name, value in pairs)


def from_link(
    days: tuple[str, str], outlets: Sequence[str], articles: Sequence[str], assistant: Assisting, words: Words
) -> tuple[Narrowing, tuple[str, ...]]:
    """What a link narrows to, and in the page's language what of it this archive cannot do; that part is left out.

    `days` are the first and the last one, "" where a link has none.
    """
    labels, only, faults = NARROWING[words.language], Narrowing(), []
    for what, value in zip(("since", "until"), days, strict=True):
        after = changed(only, what, value, assistant) if value else only
        if value and after == only:
            faults.append(labels.link_day.format(value=_short(value)))
        only = after
    spelt = {row.outlet.casefold(): row.outlet for row in assistant.articles() if row.outlet}
    for what, value in (*(("outlet", one) for one in outlets[:MOST]), *(("article", one) for one in articles[:MOST])):
        after = changed(only, what, spelt.get(value.casefold(), value) if what == "outlet" else value, assistant)
        if after == only and value not in only.articles and value.casefold() not in map(str.casefold, only.outlets):
            faults.append((labels.link_outlet if what == "outlet" else labels.link_article).format(value=_short(value)))
        only = after
    if max(len(outlets), len(articles)) > MOST:
        faults.append(labels.link_many.format(most=MOST))
    return only, tuple(faults)


def _short(value: str) -> str:
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
