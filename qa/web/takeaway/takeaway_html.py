"""Answers as HTML: a self-contained page (no script, nothing loaded), and a fragment for the clipboard."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.takeaway.entries import CitedSource, Entry
    from qa.web.wording.languages import Words

_STYLE = (
    ":root{color-scheme:light dark}body{font:18px/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}"
    "h2{font-size:1.3rem;line-height:1.3}sup{font:600 .7em sans-serif}ol{padding-left:1.4rem;font-size:.9em}li{margin:.4rem 0}"
    "q{quotes:none}.about,.withheld{opacity:.8}code{font-size:.85em}section+section{border-top:1px solid;margin-top:2rem}"
)
# A file that somebody opens from a disk or a mail has no server to forbid anything: it forbids itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(entries: Sequence[Entry], words: Words) -> str:
    """A whole page; its title is the first question."""
    title = html.escape(entries[0].question)
    sections = "".join(
        f'<section><h2 dir="auto">{html.escape(one.question)}</h2>{_answer(one, words, prefix=f"a{i}-")}</section>'
        for i, one in enumerate(entries, start=1)
    )
    return (
        f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{sections}</body></html>\n"
    )


def fragment(entries: Sequence[Entry], words: Words) -> str:
    """What a word processor takes from the clipboard: the answer and its sources, no questions for one answer."""
    heads = [f"<p><b>{html.escape(one.question)}</b></p>" if len(entries) > 1 else "" for one in entries]
    return "".join(head + _answer(one, words, prefix="") for head, one in zip(heads, entries, strict=True))


def _answer(one: Entry, words: Words, *, prefix: str) -> str:
    """One entry; with a prefix its numbers lead to the sources."""
    if one.withheld:
        return f'<p class="withheld"><i>{html.escape(one.withheld)}</i></p>'
    body = "".join(_number(p, prefix) if isinstance(p, int) else html.escape(p).replace("\n", "<br>") for p in one.pieces)
    short = f'<p><b>{html.escape(words.short)}:</b> <span dir="auto">{html.escape(one.short)}</span></p>' if one.short else ""
    listed = "".join(_source(source, words, prefix) for source in one.sources)
    return f'<p dir="auto">{body}</p>{short}<ol>{listed}</ol>'


def _number(n: int, prefix: str) -> str:
    return f'<sup><a href="#{prefix}{n}">[{n}]</a></sup>' if prefix else f"<sup>[{n}]</sup>"


def _source(source: CitedSource, words: Words, prefix: str) -> str:
    mark = f' id="{prefix}{source.n}"' if prefix else ""
    where = html.escape(source.url)
    link = f'<a href="{where}" rel="noopener noreferrer">{where}</a>' if where else f"<code>{html.escape(source.place)}</code>"
    quote = f'{words.quote_open}<q dir="auto">{html.escape(source.quote)}</q>{words.quote_close}'
    about = " · ".join(html.escape(part) for part in (source.title, source.about) if part)
    return f'<li{mark} value="{source.n}">{quote} <span class="about">{about}</span> · {link}</li>'
