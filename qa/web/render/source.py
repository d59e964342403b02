"""An article as HTML, with its cited words and its masks marked at their stored offsets.

Nothing is searched for here: a mark is where its span is, and everything between the tags is escaped text. Read
without its labels, the body is the article letter for letter.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from qa.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.schema import Article, Citation, Hit, Mask
    from qa.web.wording.languages import Words

# The page's components read values as templates before they show them: "{{" and "${" of an article must reach them as text.
_TEMPLATE = str.maketrans(
    {"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;", "\r": "&#13;", "\0": "\N{REPLACEMENT CHARACTER}"}
)
_BREAKS = re.compile(r"[^\S\n]*\n\s*")
_LONGEST_URL = 2000
_OPENING = 80  # characters of an untitled article that replace its title
_SENTENCE_END = (".", "!", "?", '"', "\N{RIGHT DOUBLE QUOTATION MARK}", ":", ")", "]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A span to be marked: words that are cited under a number, or (`n` 0) a passage that only came near or that a link points to."""

    start: int
    end: int
    n: int = 0
    linked: bool = False

    @property
    def kind(self) -> Literal["cited", "near", "linked"]:
        """A citation has a number, what came near or is pointed to has none."""
        return "cited" if self.n else "linked" if self.linked else "near"


def escape(text: str) -> str:
    """Text that stays text: no tag, no attribute, no entity, no template of the page's components."""
    return html.escape(text, quote=True).translate(_TEMPLATE)


def marks_of(citations: Iterable[Citation], article_id: str) -> tuple[Marked, ...]:
    """The spans of one article among an answer's citations."""
    return tuple(Marked(start=c.start, end=c.end, n=c.n) for c in citations if c.article_id == article_id)


def mark_of(hit: Hit) -> Marked:
    """The span of a passage that came near."""
    return Marked(start=hit.passage.start, end=hit.passage.end)


def article_html(article: Article, marked: Sequence[Marked], words: Words, *, focus: int | None = None, extras: str = "") -> str:
    """The article with a legend, its marks and its masks; `focus` is the number whose mark is brought into view (default: the first).
    `extras` is HTML that follows the text.

    Raises UsageError when a span lies outside the text: a wrong mark is worse than none.
    """
    spans: tuple[Marked | Mask, ...] = (*marked, *article.masks)
    for span in spans:
        if not 0 <= span.start < span.end <= len(article.text):
            raise UsageError(
                f"{article.source}: the span {span.start}-{span.end} lies outside its {len(article.text)} characters. "
                "Cure: build the index again (qa build)"
            )
    first = min((m.n for m in marked), default=None) if focus is None else focus
    about = " · ".join(escape(part) for part in (article.outlet, words.day(article.published), article.author) if part)
    title = escape(heading(article, words))
    return (
        f'<article class="source" data-focus="mark-{"" if first is None else first}" aria-label="{title}">'
        f'<div class="source-bar"><p class="kicker">{about}</p>{_ways(article, marked, first, words)}{close_button(words)}</div>'
        f'<header class="source-head"><h2 dir="auto">{title}</h2>'
        f'<p class="file">{escape(words.file)}: <span dir="auto">{escape(article.source)}</span></p>{_legend(article, marked, words)}</header>'
        f'<div class="source-text" dir="auto">{body_html(article, marked, words)}</div>{extras}</article>'
    )


def web_address(url: str) -> str:
    """A URL that a page may lead to: http or https, without a name and password in it, without a space or control; "" for any other."""
    if len(url) > _LONGEST_URL or any(character.isspace() or not character.isprintable() for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    safe = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc and not set(url) & set("<>\"'`\\")
    return url if safe else ""


def _ways(article: Article, marked: Sequence[Marked], focus: int | None, words: Words) -> str:
    """A link to these words that can be copied, and the way to the original where it has an address."""
    focused = next((m for m in marked if m.n == focus), None)
    span = f"&amp;span={focused.start}-{focused.end}" if focused else ""
    link = (
        f'<button type="button" class="way" data-link="article={quote(article.id, safe="")}{span}" title="{escape(words.link_span_more)}">'
        f"{escape(words.link_span)}</button>"
    )
    address = web_address(article.url)
    original = (
        f'<a class="way" href="{escape(address)}" target="_blank" rel="noopener noreferrer" title="{escape(address)}">{escape(words.original)}</a>'
        if address
        else ""
    )
    return f'<span class="ways">{original}{link}</span>'


def close_button(words: Words) -> str:
    """Closes the article that it is in."""
    says = escape(words.close)
    return f'<button type="button" class="close" data-close title="{says}" aria-label="{says}">&#215;</button>'


def heading(article: Article, words: Words) -> str:
    """The title, or where an article has none the first words of its unmasked text."""
    if article.title:
        return article.title
    at = 0
    for mask in sorted(article.masks, key=lambda m: m.start):
        if article.text[at : mask.start].strip():
            break
        at = max(at, mask.end)
    opening = " ".join(article.text[at : at + 400].split())
    return textwrap.shorten(opening, _OPENING, placeholder="…") or words.untitled


def body_html(article: Article, marked: Sequence[Marked], words: Words) -> str:
    """The text with `<mark id="mark-N">` and `<span class="masked">`; its text content, labels aside, equals `article.text`.

    Where spans overlap each stretch carries all their numbers, and the id is on a span's first stretch.
    """
    spans: tuple[Marked | Mask, ...] = (*marked, *article.masks)
    cuts = sorted({0, len(article.text), *(span.start for span in spans), *(span.end for span in spans)})
    ends = {m.end for m in article.masks}
    starts = {m.start for m in article.masks if _ends_line(article.text, m.end)}  # a dateline is in its paragraph
    parts: list[str] = []
    labelled = ""
    for start, end in pairwise(cuts):
        piece = article.text[start:end]
        over = [m for m in marked if m.start <= start and end <= m.end]
        mask = next((m for m in article.masks if m.start <= start and end <= m.end), None)
        if mask is not None and not over:
            parts.append(_masked(mask, piece, words, label=mask.rule != labelled))
            labelled = mask.rule
            continue
        if not over and not piece.strip() and start in ends and end in starts:  # only masks around it: one menu, not many lines
            parts.append(f'<span class="between">{escape(piece)}</span>')
            continue
        labelled = ""
        before = "." if start in ends else article.text[max(0, start - 3) : start]  # a line that is masked is done with
        parts.append(_mark(over, start, piece) if over else _lines(piece, before))
    return "".join(parts)


def _ends_line(text: str, at: int) -> bool:
    newline = text.find("\n", at)
    return not text[at : newline if newline >= 0 else len(text)].strip()


def _mark(over: Sequence[Marked], start: int, piece: str) -> str:
    numbers = " ".join(str(m.n) for m in over)
    begins = [m for m in over if m.start == start]
    identity = f' id="mark-{begins[0].n}"' if begins else ""
    kind = min(m.kind for m in over)  # "cited" before "linked" before "near", by the alphabet too
    return f'<mark{identity} class="{kind}" data-n="{numbers}" tabindex="-1">{_lines(piece)}</mark>'


def _masked(mask: Mask, piece: str, words: Words, *, label: bool) -> str:
    title = escape(words.masked_as.format(rule=mask.rule))
    # The label is drawn by the style sheet from data-rule, so that it is no part of the text that a reader selects or copies.
    rule = f' data-rule="{escape(words.rule(mask.rule))}"' if label else ""
    return f'<span class="masked"{rule} title="{title}">{_lines(piece)}</span>'


def _lines(piece: str, before: str = "") -> str:
    """Escaped text whose line breaks are kept; a break after a whole sentence or an empty line opens a paragraph.

    `before` is what comes just before the piece, for a break that the piece begins with.
    """
    parts: list[str] = []
    at = 0
    for found in _BREAKS.finditer(piece):
        line = piece[at : found.start()]
        parts.append(escape(line))
        paragraph = found.group().count("\n") > 1 or (line or before).rstrip().endswith(_SENTENCE_END)
        before = ""
        parts.append(f'<span class="{"gap" if paragraph else "line"}">{escape(found.group())}</span>')
        at = found.end()
    parts.append(escape(piece[at:]))
    return "".join(parts)


def _legend(article: Article, marked: Sequence[Marked], words: Words) -> str:
    rows: list[tuple[str, str]] = []
    if any(m.kind == "cited" for m in marked):
        rows.append(('<mark class="cited" aria-hidden="true">Aa</mark>', words.legend_cited))
    if any(m.kind == "near" for m in marked):
        rows.append(('<mark class="near" aria-hidden="true">Aa</mark>', words.legend_near))
    if any(m.kind == "linked" for m in marked):
        rows.append(('<mark class="linked" aria-hidden="true">Aa</mark>', words.legend_linked))
    if article.masks:
        rows.append(('<span class="masked" aria-hidden="true">Aa</span>', words.legend_masked))
    if not rows:
        return ""
    return (
        f'<ul class="legend" aria-label="{escape(words.legend)}">'
        + "".join(f"<li>{swatch} {escape(text)}</li>" for swatch, text in rows)
        + "</ul>"
    )
