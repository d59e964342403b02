"""A run as one HTML file: figures, risk-coverage curve, slices, and every case's answer beside its source.

Nothing is loaded from anywhere: style and drawing stand in the file. Marked words of the gold are underlined, cited words have
a coloured ground, so that a citation that misses shows at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.errors import QaError
from qa.evaluation.cases import places
from qa.evaluation.confidence_metrics import risk_coverage
from qa.evaluation.metrics import BY_NAME, means

if TYPE_CHECKING:
    from qa.evaluation.archive import Archive, Span
    from qa.evaluation.run import CaseResult, Report
    from qa.schema import Article

_AROUND = 160  # characters of the article shown on either side of a marked span
_BARS = ("contains", "cited", "declined", "mrr")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;text-align:left;border-bottom:1px solid #d9dee3;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
details{border:1px solid #d9dee3;border-radius:.4rem;margin:.4rem 0;padding:.4rem .8rem}summary{cursor:pointer}
.o{display:inline-block;min-width:6.5rem;font-weight:600}.right,.declined{color:#11693a}.wrong,.overreached,.crash{color:#a4161a}.withheld{color:#8a5a00}
blockquote{margin:.5rem 0;padding:.3rem .8rem;border-left:3px solid #d9dee3;white-space:pre-wrap}
mark{background:#ffe38a;color:inherit}u{text-decoration:underline;text-decoration-thickness:2px;text-decoration-color:#11693a;text-underline-offset:3px}
.bar{background:#e6eaee;height:.7rem;width:9rem;display:inline-block}.bar i{background:#2f6fab;height:100%;display:block}
small{color:#57606a}svg{max-width:32rem;width:100%;height:auto}
"""


def page(report: Report, archive: Archive) -> str:
    """The whole HTML document; the same run gives the same text, apart from the seconds in its last line."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(report.suite)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(report.suite)}</h1>",
        f"<p>{len(report.results)} cases, {report.crashes} crashed. <small>index {escape(report.index)}, settings {escape(report.settings)}</small></p>",
        *_figures(report),
        *_curve(report),
        *_slices(report),
        "<h2>Cases</h2><p><u>Underlined</u>: marked by a person. <mark>Coloured</mark>: cited by the answer.</p>",
        *(line for result in report.results for line in _case(result, archive)),
        f"<p><small>seconds a question: p50 {report.seconds['p50']:.3f}, p95 {report.seconds['p95']:.3f}</small></p>",
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


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


def windows(spans: Iterable[Span], length: int, around: int = _AROUND) -> list[Span]:
    """What to show of a text of `length` characters: each span with `around` characters on either side, joined where they meet."""
    shown: list[Span] = []
    for start, end in sorted(spans):
        left, right = max(0, start - around), min(length, end + around)
        if shown and left <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(right, shown[-1][1]))
        else:
            shown.append((left, right))
    return shown


def _figures(report: Report) -> Iterator[str]:
    yield '<table><tr><th>metric<th class="n">value<th class="n">cases<th>what it says</tr>'
    for name, (mean, count) in report.figures.items():
        metric = BY_NAME[name]
        yield f'<tr><td>{name}<td class="n">{mean:.3f}<td class="n">{count}<td>{escape(metric.meaning)} ({escape(metric.over)})</tr>'
    for name, value in report.calibration.items():
        yield f'<tr><td>{name}<td class="n">{value:.3f}<td class="n"><td>0 is best (answered)</tr>'
    yield "</table>"


def _curve(report: Report) -> Iterator[str]:
    """Risk (share of wrong answers) over coverage (share of answered cases, the most confident first), as SVG."""
    answered = [result for result in report.results if result.outcome in ("right", "wrong", "overreached")]
    if not answered:
        return
    curve = risk_coverage([result.confidence for result in answered], [float(result.outcome == "right") for result in answered])
    points = " ".join(f"{40 + 400 * coverage:.1f},{220 - 200 * risk:.1f}" for coverage, risk in curve)
    yield '<h2>Risk and coverage</h2><svg viewBox="0 0 460 250" role="img" aria-label="risk-coverage curve">'
    yield '<path d="M40 20V220H440" fill="none" stroke="#57606a"/>'
    yield f'<polyline points="{points}" fill="none" stroke="#2f6fab" stroke-width="2"/>'
    for x, y, text in (
        (34, 24, "1"),
        (34, 224, "0"),
        (440, 240, "1"),
        (240, 240, "answered, most confident first"),
        (44, 14, "wrong"),
    ):
        anchor = "end" if x < 40 else "start" if x == 44 else "middle"
        yield f'<text x="{x}" y="{y}" font-size="12" text-anchor="{anchor}">{text}</text>'
    yield "</svg>"


def _slices(report: Report) -> Iterator[str]:
    yield f'<h2>Slices</h2><table><tr><th>slice<th class="n">cases{"".join(f"<th>{name}" for name in _BARS)}</tr>'
    for name, results in report.slices().items():
        figures = means([result.scores for result in results])
        cells = "".join(f"<td>{_bar(figures[metric][0])}" if metric in figures else "<td>" for metric in _BARS)
        yield f'<tr><td>{escape(name)}<td class="n">{len(results)}{cells}</tr>'
    yield "</table>"


def _bar(value: float) -> str:
    return f'<span class="bar"><i style="width:{100 * value:.0f}%"></i></span> {value:.2f}'


def _case(result: CaseResult, archive: Archive) -> Iterator[str]:
    case = result.case
    turns = "".join(f"<small>{escape(turn.question)} — {escape(turn.answer)}</small><br>" for turn in case.history)
    yield f'<details><summary><span class="o {result.outcome}">{result.outcome}</span> {escape(case.question)} <small>{escape(case.id)}</small></summary>'
    yield f"<p>{turns}accepted: {escape(' / '.join(case.answers) or 'must abstain')}<br>"
    said = f"<b>{escape(result.short)}</b> " if result.short else ""
    yield f"answer: {said}{escape(result.text or result.error or result.reason)} <small>confidence {result.confidence:.2f}</small></p>"
    gold: dict[str, list[Span]] = {}
    for place in places(case, archive.by_source):
        gold.setdefault(place.article_id, []).extend(place.spans)
    cited: dict[str, list[Span]] = {}
    for citation in result.citations:
        cited.setdefault(citation.article_id, []).append((citation.start, citation.end))
    for article_id in dict.fromkeys((*gold, *cited)):
        yield from _excerpts(article_id, archive, gold.get(article_id, ()), cited.get(article_id, ()))
    yield "</details>"


def _excerpts(article_id: str, archive: Archive, gold: Sequence[Span], cited: Sequence[Span]) -> Iterator[str]:
    try:
        article: Article = archive.article(article_id)
    except QaError as error:
        yield f"<p>{escape(str(error))}</p>"
        return
    yield f"<small>{escape(article.source)}</small>"
    for window in windows((*gold, *cited), len(article.text)):
        yield f"<blockquote>{marked(article.text, window, gold, cited)}</blockquote>"
