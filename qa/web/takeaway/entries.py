"""What leaves the page of one answer, before it has a form: pieces of text with numbers between, and the sources in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.web.render.doubt import doubt
from qa.web.render.markers import pieces
from qa.web.render.source import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qa.schema import Answer, Citation
    from qa.web.wording.languages import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A citation as a reader of paper needs it."""

    n: int
    title: str
    about: str  # outlet · day
    quote: str  # the exact words, their line breaks made spaces
    place: str  # file and code points, which find the words again
    url: str  # http and https alone; "" where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question with what it came to; `withheld` says why there is no answer."""

    question: str
    pieces: tuple[str | int, ...]  # text, and the numbers of citations where they are
    short: str
    withheld: str
    sources: tuple[CitedSource, ...]


def entry(answer: Answer, headings: Mapping[str, str], words: Words) -> Entry:
    """An answer as an entry; `headings` replace titles that are missing."""
    withheld = answer.abstained or not answer.citations
    why = doubt(answer, words) if withheld else None
    return Entry(
        question=answer.question,
        pieces=() if withheld else pieces(answer.text, answer.citations),
        short="" if withheld else answer.short,
        withheld=f"{why.headline}. {why.line}".strip() if why else "",
        sources=tuple(_source(citation, headings, words) for citation in answer.citations),
    )


def _source(citation: Citation, headings: Mapping[str, str], words: Words) -> CitedSource:
    day = words.day(citation.published) if citation.published else ""
    return CitedSource(
        n=citation.n,
        title=_line(citation.title or headings.get(citation.article_id, words.untitled)),
        about=" · ".join(part for part in (_line(citation.outlet), day) if part),
        quote=_line(citation.quote),
        place=_line(f"{citation.source}:{citation.start}-{citation.end}"),
        url=web_address(citation.url),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
