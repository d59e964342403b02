"""The charts of the HTML report, drawn by matplotlib as SVG: the same run gives the same bytes.

matplotlib is the extra `report`; it is loaded when the first chart is drawn.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qa.errors import MissingExtraError
from qa.evaluation.metrics.calibration import aurc, expected_calibration_error, risk_coverage
from qa.evaluation.report.tables import ANSWERED

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from qa.evaluation.run.results import CaseResult, Report

BINS = 10
_INK, _SOFT, _HAIR = "#1b1f24", "#57606a", "#d9dee3"
_BLUE, _RED, _BEST = "#2f6fab", "#a4161a", "#11693a"
_STYLE: Any = {  # keys are a closed list of names to a type checker
    "svg.hashsalt": "sitasi",  # ids in the SVG are hashes of its parts, not of the moment
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _HAIR,
    "axes.labelcolor": _SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "axes.grid": True,
    "grid.color": _HAIR,
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
}


def risk_coverage_chart(report: Report) -> str:
    """Share of wrong answers over share of answered cases, the most confident first, as SVG; "" when nothing was answered.

    Beside it the curve of a confidence that puts every right answer before every wrong one, and the risk of answering all.
    """
    confidence, right = _answered(report)
    if not right:
        return ""
    curve = risk_coverage(confidence, right)
    wrong = 1 - sum(right) / len(right)

    def draw(axes: Axes) -> None:
        axes.step([c for c, _ in curve], [r for _, r in curve], where="post", color=_BLUE, linewidth=2, label="this run")
        axes.plot(*_oracle(right), color=_BEST, linewidth=1.2, linestyle="--", label="best order")
        axes.axhline(wrong, color=_SOFT, linewidth=1, linestyle=":", label=f"all answered: {wrong:.3f}")
        axes.set(xlim=(0, 1.005), ylim=(0, min(1.0, max(0.05, 1.15 * max(r for _, r in curve)))))
        axes.set(xlabel="coverage: share of the answers kept, most confident first", ylabel="risk: share of them wrong")
        axes.set_title(
            f"AURC {aurc(confidence, right) or 0:.3f}   (best order {aurc([float(v) for v in right], right) or 0:.3f})",
            fontsize=10,
        )
        axes.legend(loc="best", fontsize=9)

    return _svg(draw, 5.2, 3.6)


def reliability_chart(report: Report) -> str:
    """Share of right answers over confidence in ten bins, with how many answers each holds, as SVG; "" when nothing was answered.

    Bars show 95 % Wilson intervals, the diagonal is perfect calibration; ECE as in `confidence_metrics`.
    """
    confidence, right = _answered(report)
    if not right:
        return ""
    members = bins(confidence, right)

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle=":", label="perfect")
        for mean, share, n in members:
            low, high = wilson(round(share * n), n)
            axes.vlines(mean, low, high, color=_BLUE, linewidth=1.2)
            axes.annotate(str(n), (mean, share), textcoords="offset points", xytext=(7, -3), fontsize=8, color=_SOFT)
        axes.plot(
            [m for m, _, _ in members],
            [s for _, s, _ in members],
            "o",
            color=_BLUE,
            markersize=6,
            label="answers in a bin (their number beside)",
        )
        axes.set(
            xlim=(-0.02, 1.05), ylim=(-0.03, 1.05), xlabel="confidence: mean of the bin", ylabel="share of the bin that is right"
        )
        axes.set_title(f"ECE {expected_calibration_error(confidence, right) or 0:.3f}", fontsize=10)
        axes.legend(loc="lower right", fontsize=9)

    return _svg(draw, 5.2, 3.6)


def slice_chart(report: Report, metrics: Sequence[str] = ("contains", "cited", "declined")) -> str:
    """The mean of each metric over each slice, with 95 % Wilson intervals, as SVG; the line is the whole suite's mean."""
    slices = {name: results for name, results in report.slices().items() if len(results) > 1}
    if not slices:
        return ""

    def draw(figure: Any) -> None:
        panels = figure.subplots(1, len(metrics), sharey=True)
        rows = list(range(len(slices), 0, -1))
        for axes, metric in zip(panels, metrics, strict=True):
            for row, results in zip(rows, slices.values(), strict=True):
                _interval(axes, row, [result.scores[metric] for result in results if metric in result.scores])
            everywhere = [result.scores[metric] for result in report.results if metric in result.scores]
            if everywhere:
                axes.axvline(sum(everywhere) / len(everywhere), color=_RED, linewidth=1, linestyle=":")
            axes.set(
                xlim=(-0.03, 1.03),
                xticks=(0, 0.25, 0.5, 0.75, 1),
                xticklabels=("0", "", "0.5", "", "1"),
                ylim=(0.3, len(slices) + 0.7),
            )
            axes.set_title(metric, fontsize=10)
            axes.set_yticks(rows, [f"{name} ({len(results)})" for name, results in slices.items()])
            axes.tick_params(axis="y", length=0)

    return _svg_figure(draw, 9.6, 0.9 + 0.27 * len(slices))


def bins(confidence: Sequence[float], right: Sequence[float]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, number) of each of ten equal bins of [0, 1] that is not empty; the bins of ECE."""
    members: dict[int, list[tuple[float, float]]] = {}
    for value, hit in zip(confidence, right, strict=True):
        members.setdefault(min(int(value * BINS), BINS - 1), []).append((value, hit))
    return [
        (sum(value for value, _ in group) / len(group), sum(hit for _, hit in group) / len(group), len(group))
        for _, group in sorted(members.items())
    ]


def wilson(successes: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """A 95 % interval of a share: (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson, JASA 22 (1927)."""
    if not n:
        return 0.0, 1.0
    p = successes / n
    middle, spread = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))


def _oracle(right: Sequence[float]) -> tuple[list[float], list[float]]:
    """The risk-coverage curve of a confidence that puts every right answer before every wrong one."""
    good, n = round(sum(right)), len(right)
    return [i / n for i in range(1, n + 1)], [max(0, i - good) / i for i in range(1, n + 1)]


def _interval(axes: Axes, row: int, values: Sequence[float]) -> None:
    if not values:
        return
    mean = sum(values) / len(values)
    low, high = wilson(round(sum(values)), len(values))
    axes.hlines(row, low, high, color=_BLUE, linewidth=1.4)
    axes.plot([mean], [row], "o", color=_BLUE, markersize=5)


def _answered(report: Report) -> tuple[list[float], list[float]]:
    answered: list[CaseResult] = [result for result in report.results if result.outcome in ANSWERED]
    return [result.confidence for result in answered], [float(result.outcome == "right") for result in answered]


def _svg(draw: Callable[[Axes], None], width: float, height: float) -> str:
    return _svg_figure(lambda figure: draw(figure.subplots()), width, height)


def _svg_figure(draw: Callable[[Any], None], width: float, height: float) -> str:
    """A figure of that many inches as SVG text without date or maker. Raises MissingExtraError without matplotlib."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("matplotlib", "report", "the charts of report.html") from error
    written = io.StringIO()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure)
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return written.getvalue()
