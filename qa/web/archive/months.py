"""How many articles each month of the archive has, and which months have none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qa.web.render.source import escape
from qa.web.wording.archive_words import ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.protocol import Row
    from qa.web.wording.languages import Words

LONGEST = 240  # months drawn one by one; of a longer archive its years are
GAPS = 12  # gaps named


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Articles by (year, month) from the first to the last, empty ones too; how many have no day."""

    months: tuple[tuple[tuple[int, int], int], ...]
    undated: int

    @property
    def gaps(self) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
        """First and last month of each stretch without an article."""
        found: list[tuple[tuple[int, int], tuple[int, int]]] = []
        start: tuple[int, int] | None = None
        last = (0, 0)
        for month, n in self.months:
            if n:
                if start is not None:
                    found.append((start, last))
                start = None
            elif start is None:
                start = month
            last = month
        return tuple(found)


def counted(days: Sequence[date | None]) -> Counted:
    """The counts of these days of publication."""
    known = Counter((day.year, day.month) for day in days if day is not None)
    if not known:
        return Counted(months=(), undated=len(days))
    first, last = min(known), max(known)
    months = ((divmod(at, 12)[0], divmod(at, 12)[1] + 1) for at in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]))
    return Counted(months=tuple((month, known[month]) for month in months), undated=len(days) - known.total())


def months_html(rows: Sequence[Row], words: Words) -> str:
    """A bar a month (a year, where there are very many), and in words what is missing; folded away."""
    if not rows:
        return ""
    labels, found = ARCHIVE[words.language], counted([row.published for row in rows])
    undated = f"<p>{escape(labels.undated.format(n=words.number(found.undated)))}</p>" if found.undated else ""
    if not found.months:
        body = f"<p>{escape(labels.months_none)}</p>"
    else:
        line = labels.months_line.format(
            first=_named(found.months[0][0], words),
            last=_named(found.months[-1][0], words),
            n=words.number(sum(n for _, n in found.months)),
            months=words.number(sum(1 for _, n in found.months if n)),
        )
        gaps = [_stretch(gap, words) for gap in found.gaps]
        more = f" (+{words.number(len(gaps) - GAPS)})" if len(gaps) > GAPS else ""
        missing = labels.months_gaps.format(gaps=", ".join(gaps[:GAPS]) + more) if gaps else labels.months_no_gap
        body = f"<p>{escape(line)} {escape(missing)}</p>{_bars(found, words)}"
    return f'<details class="months"><summary>{escape(labels.months)}</summary>{body}{undated}</details>'


def _bars(found: Counted, words: Words) -> str:
    labels = ARCHIVE[words.language]
    bars = [(_named(month, words), n) for month, n in found.months]
    if len(bars) > LONGEST:
        years: Counter[int] = Counter()
        for (year, _), n in found.months:
            years[year] += n
        bars = [(str(year), n) for year, n in sorted(years.items())]
    most = max(n for _, n in bars)
    items = "".join(
        f'<li title="{escape(labels.month_count.format(month=name, n=words.number(n)))}"{"" if n else " class=gap-month"}>'
        f'<span class="bar" style="height:{round(100 * n / most)}%"></span><span class="unseen">{escape(labels.month_count.format(month=name, n=words.number(n)))}</span></li>'
        for name, n in bars
    )
    # A list that scrolls must be reached by the keyboard.
    return f'<ol class="bars" tabindex="0" aria-label="{escape(labels.months)}">{items}</ol>'


def _named(month: tuple[int, int], words: Words) -> str:
    return f"{words.months[month[1] - 1]} {month[0]}"


def _stretch(gap: tuple[tuple[int, int], tuple[int, int]], words: Words) -> str:
    first, last = gap
    return _named(first, words) if first == last else f"{_named(first, words)}–{_named(last, words)}"
