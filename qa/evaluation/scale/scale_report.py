"""What `qa bench` measured, as JSON, as Markdown and as a plot of growth in SVG."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from qa.errors import UsageError

_BUILD = (
    ("passages", "passages"), ("passages a second", "per_second"), ("of processor time", "per_cpu_second"), ("disk, MB", "disk_mb"),
    ("most memory, MB", "peak_rss_mb"),
)  # fmt: skip
_ASK = (
    ("ready, s", "first_seconds"), ("p50, ms", "p50_ms"), ("p95", "p95_ms"), ("p99", "p99_ms"), ("processor p50, ms", "cpu_p50_ms"),
    ("p95", "cpu_p95_ms"), ("resident, MB", "rss_mb"), ("recall@10 of vectors", "recall_at_10"),
)  # fmt: skip
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 360, 60, 44  # pixels of the plot and of the room for its axes
_LINES = (("cpu_p50_ms", "#2f6fab", "p50"), ("cpu_p95_ms", "#a4161a", "p95"))


def save(result: dict[str, Any], folder: Path) -> list[Path]:
    """Write bench.json, bench.md and, with two sizes or more, growth.svg into `folder`, each whole or not at all; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"bench.json": json.dumps(result, indent=1, ensure_ascii=False) + "\n", "bench.md": markdown(result)}
    if len(ours := _ours(result)) > 1:
        files["growth.svg"] = growth(ours)
    for name, text in files.items():
        fresh = folder / f".{name}-{os.getpid()}"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / name)
    return [folder / name for name in files]


def load(folder: Path) -> dict[str, Any] | None:
    """What `save` wrote there; None where nothing is. Raises UsageError for something else."""
    path = folder / "bench.json"
    try:
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        markdown(result)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            f"{path} holds no results of qa bench ({type(error).__name__}: {error}). Cure: move it away, or give another --out"
        ) from error
    return result


def markdown(result: dict[str, Any]) -> str:
    """Three tables: builds, questions, cold starts."""
    rows, machine = result["rows"], result["machine"]
    about = f"{machine['cores']} cores, load {machine['load']} at the start, {result['questions']} questions, {result['corpus_articles']} different articles."
    parts = [about, "", *_table("build", _BUILD, rows), "", *_table("ask", _ASK, rows), ""]
    parts += ["| engine | passages | questions a second of 1 client | of 2 | of 8 |", "|---|---|---|---|---|"]
    for row in rows:
        parts.append(_line([row["engine"], _passages(row), *(row["ask"]["clients"].get(n, "") for n in ("1", "2", "8"))]))
    if any("cold" in row for row in rows):
        parts += ["", "| cold `qa ask` at passages | s | processor, s | most memory, MB |", "|---|---|---|---|"]
        for row in rows:
            if measured := row.get("cold"):
                parts.append(_line([_passages(row), measured["seconds"], measured["cpu"], measured["peak_rss_mb"]]))
    if grown := _grown(result):
        parts += ["", grown]
    parts += [f"Left out: {engine} ({why})." for engine, why in result["left_out"].items()]
    return "\n".join(parts) + "\n"


def growth(rows: Sequence[dict[str, Any]]) -> str:
    """Processor time of a search over the number of passages, both axes logarithmic, as SVG."""
    sizes = [_passages(row) for row in rows]
    values = [max(row["ask"][key], 0.01) for row in rows for key, _, _ in _LINES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
    first, last = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))

    def x(size: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - 20) * (math.log10(size) - first) / max(last - first, 1)

    def y(value: float) -> float:
        return (_HEIGHT - _BOTTOM) - (_HEIGHT - _BOTTOM - 24) * (math.log10(value) - low) / max(high - low, 1)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12" fill="#57606a">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(first, last + 1):
        at = x(10**power)
        drawn.append(f'<line x1="{at:.1f}" y1="24" x2="{at:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#d9dee3"/>')
        drawn.append(f'<text x="{at:.1f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low, high + 1):
        at = y(10.0**power)
        drawn.append(f'<line x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - 20}" y2="{at:.1f}" stroke="#d9dee3"/>')
        drawn.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for key, colour, name in _LINES:
        points = [(x(size), y(max(row["ask"][key], 0.01))) for size, row in zip(sizes, rows, strict=True)]
        drawn.append(
            f'<polyline points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        drawn += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        drawn.append(
            f'<text x="{points[-1][0] - 8:.1f}" y="{points[-1][1] - 8:.1f}" text-anchor="end" fill="{colour}">{escape(name)}</text>'
        )
    drawn.append(f'<text x="{(_LEFT + _WIDTH) / 2:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">passages</text>')
    drawn.append(f'<text x="{_LEFT}" y="16">processor time of a search, ms</text></svg>')
    return "\n".join(drawn) + "\n"


def _table(part: str, columns: Sequence[tuple[str, str]], rows: Sequence[dict[str, Any]]) -> list[str]:
    shown = [(name, key) for name, key in columns if not (part == "ask" and key == "passages")]
    heads = ["engine", *([] if part == "build" else ["passages"]), *(name for name, _ in shown)]
    lines = [_line(heads), "|" + "---|" * len(heads)]
    for row in rows:
        own = [] if part == "build" else [_passages(row)]
        lines.append(_line([row["engine"], *own, *(row[part].get(key, "") for _, key in shown)]))
    return lines


def _line(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells) + " |"


def _passages(row: dict[str, Any]) -> int:
    return int(row["build"]["passages"])


def _ours(result: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted((row for row in result["rows"] if row["engine"] == "sitasi"), key=_passages)


def _grown(result: dict[str, Any]) -> str:
    ours = _ours(result)
    if len(ours) < 2:
        return ""
    first, last = ours[0], ours[-1]
    times = last["ask"]["cpu_p50_ms"] / max(first["ask"]["cpu_p50_ms"], 0.01)
    text = f"From {_passages(first):,} to {_passages(last):,} passages a search takes {times:.1f} times the processor time"
    if "cold" in first and "cold" in last:
        text += f", and a question from a cold start {last['cold']['cpu'] / max(first['cold']['cpu'], 0.01):.1f} times"
    return f"{text}."
