"""A run as one HTML file: verdict, what changed, charts, figures, slices, and every case's answer beside its source.

Nothing is loaded from anywhere and nothing is run: style and drawings are in the file, and the cases are filtered by style
alone. Marked words of the gold are underlined, cited words have a coloured ground, so that a citation that misses shows at once.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from qa.errors import MissingExtraError
from qa.evaluation.gate.changes import LARGEST, largest, one_line
from qa.evaluation.metrics.registry import OUTCOMES
from qa.evaluation.report.excerpts import case_html
from qa.evaluation.report.plots import reliability_chart, risk_coverage_chart, slice_chart
from qa.evaluation.report.tables import (
    CHANGE_HEAD,
    FIGURE_HEAD,
    LEGEND,
    SLICE_HEAD,
    change_row,
    figure_rows,
    how_many_more,
    outcome_counts,
    slice_rows,
)

if TYPE_CHECKING:
    from qa.evaluation.gate.gate import Verdict
    from qa.evaluation.run.results import Report
    from qa.evaluation.suite.archive import Archive

_STATUS = {0: ("right", "Not worse than the baseline"), 1: ("wrong", "Worse than the baseline"), 3: ("withheld", "Cannot tell")}
_STYLE = """
:root{color-scheme:light;--ink:#1b1f24;--soft:#57606a;--hair:#d9dee3;--paper:#fff;--good:#11693a;--bad:#a4161a;--warn:#8a5a00}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem;color:var(--ink);background:var(--paper)}
h1{margin:.2rem 0;font-size:1.7rem}h2{margin:2.2rem 0 .6rem;font-size:1.2rem;border-bottom:1px solid var(--hair);padding-bottom:.25rem}
small{color:var(--soft)}.scroll{overflow-x:auto}table{border-collapse:collapse;margin:.6rem 0;font-size:.92rem}
td,th{padding:.22rem .7rem;text-align:left;border-bottom:1px solid var(--hair);vertical-align:top}th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}table.sides{width:100%;table-layout:fixed}table.sides td{overflow-wrap:anywhere}.sides th:nth-child(2){width:14%}.sides th:nth-child(n+3){width:27%}.sides th:last-child{width:13%}
.banner{border-left:5px solid currentColor;padding:.4rem .9rem;margin:1rem 0;font-weight:600;background:#f6f8fa}
.right,.declined,.found,.better{color:var(--good)}.wrong,.overreached,.missed,.crash,.worse{color:var(--bad)}.withheld,.unclear{color:var(--warn)}
.charts{display:flex;flex-wrap:wrap;gap:1rem}.charts figure{flex:1 1 22rem;margin:0}figure img{width:100%;height:auto}figure.wide{max-width:62rem;margin:0}
figcaption{color:var(--soft);font-size:.85rem}
.filter{display:flex;flex-wrap:wrap;gap:.4rem;margin:.6rem 0 1rem}.filter label{border:1px solid var(--hair);border-radius:1rem;padding:.15rem .8rem;cursor:pointer;font-size:.92rem}
.filter label:has(input:checked){background:var(--ink);border-color:var(--ink);color:#fff}.filter label:has(input:focus-visible){outline:2px solid #2f6fab;outline-offset:2px}
.filter input{position:absolute;opacity:0;width:1px;height:1px}
.case{border:1px solid var(--hair);border-radius:.4rem;margin:.35rem 0;color:var(--ink)}summary{cursor:pointer}
.case>summary{display:flex;gap:.8rem;align-items:baseline;padding:.4rem .8rem}.case>summary>span:nth-child(2){flex:1}.case>summary small{white-space:nowrap}
.case .o{flex:0 0 6.3rem;font-weight:600}.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.4rem;padding:.2rem .9rem 1rem}
dl.told{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem .9rem;margin:.4rem 0}dl.told dt{color:var(--soft);font-size:.88rem}dl.told dd{margin:0;overflow-wrap:anywhere}
blockquote{margin:.4rem 0;padding:.3rem .8rem;border-left:3px solid var(--hair);white-space:pre-wrap;overflow-wrap:anywhere;font-size:.95rem}
mark{background:#ffe38a;color:inherit}u{text-decoration:underline;text-decoration-thickness:2px;text-decoration-color:var(--good);text-underline-offset:3px}
@media (max-width:50rem){.pair{grid-template-columns:minmax(0,1fr)}.case>summary{flex-wrap:wrap}}
"""
_CHARTS = (
    (
        risk_coverage_chart,
        "Risk and coverage",
        "If only the most confident answers were given: how many of them would be wrong. Low at the left is a confidence that knows.",
    ),
    (
        reliability_chart,
        "Reliability",
        "Answers in ten bins of confidence: the share that is right should lie on the diagonal. Bars are 95 % Wilson intervals.",
    ),
)


def page(report: Report, archive: Archive, verdict: Verdict | None = None) -> str:
    """The whole HTML document; the same run gives the same text, apart from the seconds in its last line."""
    before = {} if verdict is None else {each.after.case.id: each.before for each in largest(verdict.pairs, limit=None)}
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(report.suite)}</title><style>{_STYLE}{_filters(report)}</style></head><body>",
        f"<h1>{escape(report.suite)}</h1>",
        _about(report),
        *(() if verdict is None else _gate(report, verdict)),
        *_charts(report),
        "<h2>Figures</h2>",
        *_table(FIGURE_HEAD, figure_rows(report), numbers=(1, 2)),
        f"<h2>Slices</h2>{_slices(report)}<p><small>{escape(LEGEND)}</small></p>",
        *_table(SLICE_HEAD, slice_rows(report), numbers=range(1, len(SLICE_HEAD))),
        "<h2>Cases</h2><p><u>Underlined</u>: marked by a person. <mark>Coloured</mark>: cited by the answer.</p>",
        _filter_bar(report, moved=bool(before)),
        *(line for result in report.results for line in case_html(result, archive, before.get(result.case.id))),
        f"<p><small>seconds a question: p50 {report.seconds['p50']:.3f}, p95 {report.seconds['p95']:.3f}, p99 {report.seconds['p99']:.3f}</small></p>",
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _about(report: Report) -> str:
    made = f"index {report.index}, settings {report.settings}, suite {report.suite_sha256[:12]}"
    return f"<p>{len(report.results)} cases: {escape(outcome_counts(report.results))}. <small>{escape(made)}</small></p>"


def _gate(report: Report, verdict: Verdict) -> Iterator[str]:
    from qa.evaluation.gate.gate import status

    tone, says = _STATUS[status(report, verdict)]
    yield f'<p class="banner {tone}">{says} <small>(margin {verdict.margin:g}{how_many_more(verdict)}; gated metrics are marked *)</small></p>'
    if verdict.notes:
        yield f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in verdict.notes)}</ul>"
    gated = [change_row(change) for change in verdict.changes if change.metric.gated]
    others = [change_row(change) for change in verdict.changes if not change.metric.gated]
    yield from _table(CHANGE_HEAD, gated, numbers=range(1, 6))
    if others:
        yield f"<details><summary>{len(others)} metrics that stop nothing</summary>"
        yield from _table(CHANGE_HEAD, others, numbers=range(1, 6))
        yield "</details>"
    fallen = [
        (e.name, e.metric.name, str(e.n), f"{e.before:.3f}", f"{e.after:.3f}", f"{e.p:.3f}", "worse" if e.worse else "")
        for e in verdict.slices
    ]
    if fallen:
        yield f"<details><summary>{len(fallen)} slices fell, {sum(bool(row[-1]) for row in fallen)} of them beyond chance</summary>"
        yield from _table(("slice", "metric", "cases", "before", "after", "corrected p", "verdict"), fallen, numbers=range(2, 6))
        yield "</details>"
    changed = largest(verdict.pairs, limit=None)
    changes = changed[:LARGEST]
    if changes:
        yield f"<h2>The largest changes ({len(changes)} of {len(changed)})</h2>"
        yield '<div class="scroll"><table class="sides"><tr><th>question<th>accepted<th>before<th>after<th>by how much</tr>'
        for change in changes:
            old, new = change.before, change.after
            moved = "<br>".join(f"{escape(name)} {by:+.2f}" for name, by in change.moved)
            yield (
                f"<tr><td>{escape(new.case.question)}<br><small>{escape(new.case.id)}</small><td>{escape(' / '.join(new.case.answers)) or 'must abstain'}"
                f'<td><span class="{old.outcome}">{escape(one_line(old.answer, old.short, old.outcome))}</span>'
                f'<td><span class="{new.outcome}">{escape(one_line(new.text or new.error or new.reason, new.short, new.outcome))}</span><td class="{change.direction}">{moved}</tr>'
            )
        yield "</table></div>"


def _charts(report: Report) -> Iterator[str]:
    try:
        drawn = [(title, says, draw(report)) for draw, title, says in _CHARTS]
    except MissingExtraError as error:
        yield f"<h2>Charts</h2><p>{escape(str(error))}</p>"
        return
    shown = [
        f"<figure><h2>{title}</h2>{_image(svg, title)}<figcaption>{says}</figcaption></figure>"
        for title, says, svg in drawn
        if svg
    ]
    if shown:
        yield f'<div class="charts">{"".join(shown)}</div>'


def _slices(report: Report) -> str:
    try:
        svg = slice_chart(report)
    except MissingExtraError:
        return ""  # said above, where the charts would be
    if not svg:
        return ""
    caption = "Means with 95 % Wilson intervals; the dotted line is the whole suite. The number of cases follows each name."
    return f'<figure class="wide">{_image(svg, "Slices")}<figcaption>{caption}</figcaption></figure>'


def _image(svg: str, title: str) -> str:
    """The drawing as an image of its own, so that its ids and styles meet no others."""
    return f'<img alt="{title}: the figures are in the tables below" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Iterator[str]:
    number = [' class="n"' if column in numbers else "" for column in range(len(head))]
    yield f'<div class="scroll"><table><tr>{"".join(f"<th{n}>{escape(cell)}" for n, cell in zip(number, head, strict=True))}</tr>'
    for row in rows:
        cells = "".join(
            f'<td class="{cell}">{cell}' if cell in ("worse", "unclear", "better") else f"<td{n}>{escape(cell)}"
            for n, cell in zip(number, row, strict=True)
        )
        yield f"<tr>{cells}</tr>"
    yield "</table></div>"


def _met(report: Report) -> list[str]:
    return [name for name in OUTCOMES if any(result.outcome == name for result in report.results)]


def _filters(report: Report) -> str:
    """The style by which a chosen outcome hides the cases of the others."""
    return "".join(f"body:has(#only-{name}:checked) .case:not(.{name}){{display:none}}" for name in (*_met(report), "moved"))


def _filter_bar(report: Report, *, moved: bool) -> str:
    offered = [("all", f"all {len(report.results)}")]
    offered += [(name, f"{name} {sum(result.outcome == name for result in report.results)}") for name in _met(report)]
    offered += [("moved", "changed since the baseline")] if moved else []
    labels = "".join(
        f'<label><input type="radio" name="only" id="only-{name}"{" checked" if name == "all" else ""}>{label}</label>'
        for name, label in offered
    )
    return f'<div class="filter" role="radiogroup" aria-label="outcome">{labels}</div>'
