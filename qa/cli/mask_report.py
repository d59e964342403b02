"""`qa build --report`: what was masked, as one HTML page: the share of each outlet, the rules, and lines that each rule took.

The page loads nothing and runs nothing, and what it shows of articles is escaped: they are strangers' texts. Articles are read one at a
time and only counts and a few lines a rule are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.schema import Article

EXAMPLES = 6  # lines shown of a rule and outlet
DISTINCT = 2_000  # different lines counted of a rule and outlet; others are counted together
SHOWN = 200  # characters of an example
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #8884}"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}q{font-family:ui-monospace,monospace;font-size:.9em}summary{cursor:pointer}"
)


@dataclass(slots=True)
class Rule:
    """What one rule took from an outlet's articles; `lines` are the different texts and how often each was masked."""

    characters: int = 0
    masks: int = 0
    lines: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Masked:
    """What was masked of an outlet."""

    articles: int = 0
    characters: int = 0
    rules: dict[str, Rule] = field(default_factory=dict)

    @property
    def masked(self) -> int:
        """Characters under some mask."""
        return sum(rule.characters for rule in self.rules.values())

    @property
    def share(self) -> float:
        """Of the characters."""
        return self.masked / self.characters if self.characters else 0.0


def count(articles: Iterable[Article]) -> dict[str, Masked]:
    """What was masked of each outlet, those with most articles first."""
    found: dict[str, Masked] = {}
    for article in articles:
        one = found.setdefault(article.outlet, Masked())
        one.articles += 1
        one.characters += len(article.text)
        for mask in article.masks:
            rule = one.rules.setdefault(mask.rule, Rule())
            rule.masks += 1
            rule.characters += mask.end - mask.start
            line = " ".join(article.text[mask.start : mask.end].split())
            if line in rule.lines or len(rule.lines) < DISTINCT:
                rule.lines[line] += 1
    return dict(sorted(found.items(), key=lambda each: (-each[1].articles, each[0])))


def write_report(assistant: Assistant, file: Path) -> None:
    """Write the page of an index beside its name and rename it when it is whole. Raises UsageError where it cannot be written."""
    generation = assistant.generation
    found = count(generation.articles.article(row.id) for row in generation.articles.articles())
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_text(page(generation.name, found), encoding="utf-8")
        partial.replace(file)
    except OSError as error:
        raise UsageError(f"--report {file}: cannot be written ({error}). Cure: a path in a folder that exists") from error
    finally:
        partial.unlink(missing_ok=True)


def page(name: str, found: dict[str, Masked]) -> str:
    """The whole page."""
    characters = sum(one.characters for one in found.values())
    masked = sum(one.masked for one in found.values())
    rows = "".join(_row(outlet, one) for outlet, one in found.items())
    details = "".join(_details(outlet, one) for outlet, one in found.items() if one.rules)
    title = f"What is masked in {escape(name)}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<p>{_percent(masked, characters)} of {characters:,} characters are masked: neither searched nor cited, and shown in each article "
        "with the rule that masked them. To see a rule's lines again build with <code>--unmask RULE</code>, one line alone with "
        '<code>--unmask "the line"</code>; both may be repeated.</p>'
        '<table><thead><tr><th>outlet</th><th class="n">articles</th><th class="n">masked</th><th class="n">by lines that repeat</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{details}</body></html>\n"
    )


def _row(outlet: str, one: Masked) -> str:
    again = one.rules["repeated"].characters if "repeated" in one.rules else 0
    return (
        f'<tr><th>{_named(outlet)}</th><td class="n">{one.articles:,}</td><td class="n">{_percent(one.masked, one.characters)}</td>'
        f'<td class="n">{_percent(again, one.characters)}</td></tr>'
    )


def _details(outlet: str, one: Masked) -> str:
    rules = sorted(one.rules.items(), key=lambda each: (-each[1].characters, each[0]))
    rows = "".join(
        f'<tr><th>{escape(name)}</th><td class="n">{rule.masks:,}</td><td class="n">{_percent(rule.characters, one.characters)}</td>'
        f"<td>{_examples(rule.lines.most_common(EXAMPLES), len(rule.lines))}</td></tr>"
        for name, rule in rules
    )
    return (
        f"<details><summary>{_named(outlet)}: {_percent(one.masked, one.characters)} masked</summary><table><thead><tr><th>rule</th>"
        f'<th class="n">times</th><th class="n">share</th><th>lines, the most frequent first</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )


def _examples(lines: Sequence[tuple[str, int]], distinct: int) -> str:
    shown = [f'<q dir="auto">{escape(line[:SHOWN])}</q>{"…" if len(line) > SHOWN else ""} × {times:,}' for line, times in lines]
    more = [f"and {distinct - len(lines):,} more"] if distinct > len(lines) else []
    return "<br>".join(shown + more)


def _named(outlet: str) -> str:
    return f'<span dir="auto">{escape(outlet)}</span>' if outlet else "(no outlet)"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "0.00%"
