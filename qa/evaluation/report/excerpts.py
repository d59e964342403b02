"""A case of a report as HTML: what was asked, accepted and said, beside the source with gold and cited words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.evaluation.metrics.registry import METRICS
from qa.evaluation.suite.cases import places

if TYPE_CHECKING:
    from qa.evaluation.gate.baseline import RecordedCase
    from qa.evaluation.run.results import CaseResult
    from qa.evaluation.suite.archive import Archive, Span

_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")
AROUND = 240  # characters of the article shown on either side of a marked span
_SHOWN = ("contains", "f1_id", "article", "cited", "citation_precision", "law", "success@5", "mrr")


def case_html(result: CaseResult, archive: Archive, before: RecordedCase | None = None) -> Iterator[str]:
    """One case, closed until it is clicked; `before` is how it came out in the baseline where that was otherwise."""
    case = result.case
    yield f'<details class="case {result.outcome}{" moved" if before else ""}"><summary><span class="o {result.outcome}">{result.outcome}</span>'
    yield f"<span>{escape(case.question)}</span><small>{escape(case.id)}</small></summary>"
    yield f'<div class="pair"><div>{"".join(_told(result, before))}</div><div>'
    gold: dict[str, list[Span]] = {}
    for place in places(case, archive.by_source):
        gold.setdefault(place.article_id, []).extend(place.spans)
    cited: dict[str, list[Span]] = {}
    for citation in result.citations:
        cited.setdefault(citation.article_id, []).append((citation.start, citation.end))
    for article_id in dict.fromkeys((*cited, *gold)):
        yield from _excerpts(article_id, archive, gold.get(article_id, ()), cited.get(article_id, ()))
    if not gold and not cited:
        yield "<p><small>Nothing is marked and nothing was cited: the articles do not say.</small></p>"
    yield "</div></div></details>"


def marked(text: str, window: Span, gold: Iterable[Span], cited: Iterable[Span]) -> str:
    """text[window] as HTML: gold spans underlined, cited spans coloured, where both meet both. Letters are neither lost nor added."""
    start, end = window
    inside = {"u": [(max(a, start), min(b, end)) for a, b in gold], "mark": [(max(a, start), min(b, end)) for a, b in cited]}
    cuts = sorted({start, end, *(edge for spans in inside.values() for a, b in spans if a < b for edge in (a, b))})
    pieces = []
    for left, right in pairwise(cuts):
        piece = escape(text[left:right])
        for tag, spans in inside.items():
            if any(a <= left and right <= b for a, b in spans):
                piece = f"<{tag}>{piece}</{tag}>"
        pieces.append(piece)
    return "".join(pieces)


def windows(spans: Iterable[Span], length: int, around: int = AROUND) -> list[Span]:
    """What to show of a text of `length` characters: each span with `around` characters on either side, joined where they meet."""
    shown: list[Span] = []
    for start, end in sorted(spans):
        left, right = max(0, start - around), min(length, end + around)
        if shown and left <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(right, shown[-1][1]))
        else:
            shown.append((left, right))
    return shown


def _whole_words(text: str, start: int, end: int) -> Span:
    """A window without the halves of words at its edges; what is marked lies AROUND characters further in."""
    first = text.find(" ", start, start + AROUND // 4) + 1 if start else 0
    last = text.rfind(" ", end - AROUND // 4, end) if end < len(text) else end
    return first or start, last if last > 0 else end


def _told(result: CaseResult, before: RecordedCase | None) -> Iterator[str]:
    case = result.case
    yield '<dl class="told">'
    for turn in case.history:
        yield f"<dt>before</dt><dd><small>{escape(turn.question)} — {escape(turn.answer)}</small></dd>"
    yield f"<dt>accepted</dt><dd>{escape(' / '.join(case.answers)) or 'must abstain'}</dd>"
    if before is not None:
        was = f"<b>{escape(before.short)}</b> " if before.short else ""
        yield f'<dt>baseline</dt><dd><span class="{before.outcome}">{before.outcome}</span> {was}{escape(before.answer)}</dd>'
    short = f"<b>{escape(result.short)}</b> " if result.short else ""
    yield f"<dt>answer</dt><dd>{short}{escape(result.text or result.error or result.reason)}</dd>"
    yield f"<dt>confidence</dt><dd>{result.confidence:.2f}{f' <small>({escape(result.reason)})</small>' if result.reason else ''}</dd>"
    tags = ", ".join(tag for tag in (case.kind, case.language, *case.tags) if tag)
    yield f"<dt>slices</dt><dd><small>{escape(tags)}</small></dd>"
    scores = ", ".join(f"{m.name} {result.scores[m.name]:.2g}" for m in METRICS if m.name in _SHOWN and m.name in result.scores)
    yield (f"<dt>scores</dt><dd><small>{escape(scores)}</small></dd>" if scores else "") + "</dl>"


def _excerpts(article_id: str, archive: Archive, gold: Sequence[Span], cited: Sequence[Span]) -> Iterator[str]:
    try:
        article = archive.article(article_id)
    except QaError as error:
        yield f"<p>{escape(str(error))}</p>"
        return
    about = " · ".join(part for part in (article.title, article.outlet) if part)
    yield f"<p><small>{escape(about)} {escape(article.source)}</small></p>"
    for window in windows((*gold, *cited), len(article.text)):
        start, end = _whole_words(article.text, *window)
        left, right = "… " if start else "", " …" if end < len(article.text) else ""
        shown = _EMPTY_LINES.sub("\n\n", marked(article.text, (start, end), gold, cited))
        yield f"<blockquote>{left}{shown}{right}</blockquote>"
