"""Masks: which characters of an article are no reporting, and by which rule. Nothing is deleted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.corpus import repeated_lines
from qa.corpus.datelines import dateline
from qa.corpus.lines import LONGEST, Line, ends, is_body, is_nav, lines, read_also, read_prefix, rule, title_like
from qa.language.annotate.prompt_injection import instructions
from qa.language.text import fold
from qa.schema import Article, Mask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

MACHINE = "machine-order"
"""The rule that no reader can lift: see qa.language.instructions."""

_HEADS = 3  # reporting lines within which a dateline may be
_MENU = 3  # short lines above the headline that make a menu
_SUBHEAD = 90
_BROKEN = 60  # characters from which a line without a final stop is a sentence that breaks off
_UPPER = re.compile(r"[\"“'‘(]*[A-Z0-9À-Þ]")


def mask(text: str, title: str = "") -> tuple[Mask, ...]:
    """The masks of one article: sorted, apart from each other, trimmed, inside the text.

    A mask takes whole lines, but for the dateline before the first sentence. `title` is the headline, masked where it occurs
    in the text because it serves as title.
    """
    rows = lines(text)
    rules = [rule(row.text) for row in rows]
    _headline(rows, rules, title)
    _menu(rows, rules)
    _fragments(rows, rules)
    _followers(rows, rules)
    _repeats(rows, rules, title)
    _subheads(rows, rules)
    masks = [Mask(start=row.start, end=row.end, rule=name) for row, name in zip(rows, rules, strict=True) if name]
    masks += _dateline(rows, rules, text)
    masks += _glued(rows, rules)
    masks += _orders(rows, rules)
    return _apart(masks)


def _glued(rows: Sequence[Line], rules: list[str]) -> list[Mask]:
    """A "read also:" that lost its headline and precedes reporting on the same line."""
    lengths = (
        (row, read_prefix(row.text)) for row, name in zip(rows, rules, strict=True) if not name and len(row.text) <= LONGEST * 4
    )
    return [
        Mask(start=row.start, end=row.start + len(row.text[:length].rstrip()), rule="read-also")
        for row, length in lengths
        if length
    ]


def _orders(rows: Sequence[Line], rules: Sequence[str]) -> list[Mask]:
    """Sentences that speak to a machine instead of a reader, and what follows them on their line: seen by people, found by no question."""
    return [
        Mask(start=row.start + start, end=row.start + end, rule=MACHINE)
        for row, name in zip(rows, rules, strict=True)
        if not name
        for start, end in instructions(row.text)
    ]


def masked(articles: Iterable[Article], unmask: Sequence[str] = ()) -> list[Article]:
    """The articles with their masks, those of lines that repeat over an outlet included: rule "repeated".

    `unmask` names rules that mask nothing, and lines that no rule masks. Articles that have masks already keep them.
    """
    return [with_masks(article, repeated, unmask) for article, repeated in with_repeated(list(articles))]


def with_repeated(articles: Sequence[Article]) -> Iterator[tuple[Article, frozenset[str]]]:
    """Each article with the lines that repeat over its outlet, folded; what has no outlet has none."""
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article.outlet:
            texts[fold(article.outlet)].append(article.text)
    found = {outlet: repeated_lines.repeated(own) for outlet, own in texts.items()}
    return ((article, found.get(fold(article.outlet), frozenset())) for article in articles)


def with_masks(article: Article, repeated: Collection[str], unmask: Sequence[str] = ()) -> Article:
    """One article of `masked`: `repeated` are the lines that repeat over its outlet, folded."""
    masks = article.masks or mask(article.text, article.title)
    if repeated:
        taken = {one.start for one in masks}
        more = [
            Mask(start=row.start, end=row.end, rule="repeated")
            for row in lines(article.text)
            if row.start not in taken and row.end - row.start <= repeated_lines.LONGEST and fold(row.text) in repeated
        ]
        masks = _apart([*masks, *more]) if more else masks
    if unmask:
        # what a reader wants to see; what speaks to a machine stays masked
        wanted = frozenset(map(fold, unmask))
        masks = tuple(
            one
            for one in masks
            if one.rule == MACHINE or (one.rule not in wanted and fold(article.text[one.start : one.end]) not in wanted)
        )
    return replace(article, masks=masks)


def _apart(masks: list[Mask]) -> tuple[Mask, ...]:
    """Sorted, and where two overlap the earlier and longer one alone."""
    kept: list[Mask] = []
    for one in sorted(masks, key=lambda mask: (mask.start, -mask.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _headline(rows: Sequence[Line], rules: list[str], title: str) -> None:
    """The title where it is above the reporting."""
    wanted = fold(title).strip()
    if not wanted:
        return
    for place, row in enumerate(rows[:80]):
        if fold(row.text) == wanted:
            rules[place] = "headline"
            return


def _menu(rows: Sequence[Line], rules: list[str]) -> None:
    """Short lines above the headline or the first reporting, where they come in numbers or are a section's name."""
    top = next(
        (place for place, row in enumerate(rows) if rules[place] == "headline" or (not rules[place] and is_body(row.text))), 0
    )
    short = [place for place in range(top) if not rules[place] and len(rows[place].text) <= 40 and not ends(rows[place].text)]
    known = [place for place in short if is_nav(rows[place].text)]
    for place in short if len(short) >= _MENU and known else known:
        rules[place] = "menu"


def _fragments(rows: Sequence[Line], rules: list[str]) -> None:
    """A date or a bracket after a paragraph that breaks off is the rest of its sentence, not a timestamp or a caption."""
    for place in range(1, len(rows)):
        if rules[place] in {"timestamp", "caption"} and not rules[place - 1]:
            before = rows[place - 1].text
            if len(before) > _BROKEN and not ends(before) and not title_like(before):
                rules[place] = ""


def _followers(rows: Sequence[Line], rules: list[str]) -> None:
    """Headlines on the lines after a "read also" that has none of its own, and the second line of a call to share."""
    for place, row in enumerate(rows):
        if rules[place] != "read-also" or read_also(row.text) != "":
            continue
        for after in range(place + 1, len(rows)):
            text = rows[after].text
            alone = after == place + 1
            if rules[after] or (ends(text) and not text.endswith("?")) or len(text) > 200 or not (alone or title_like(text)):
                break
            rules[after] = "read-also"


def _repeats(rows: Sequence[Line], rules: list[str], title: str) -> None:
    """A line repeated word for word, and a title-like line that says the headline again."""
    seen: set[str] = set()
    headline = set(fold(title).split())
    for place, row in enumerate(rows):
        if len(row.text) < 25:
            continue
        folded = fold(row.text)
        if folded in seen and not rules[place] and _UPPER.match(row.text):
            rules[place] = "repeat"
        seen.add(folded)
        if not rules[place] and headline and len(row.text) < 200 and not ends(row.text):
            own = set(folded.split())
            if len(own & headline) >= 0.8 * len(own | headline):
                rules[place] = "repeat"


def _subheads(rows: Sequence[Line], rules: list[str]) -> None:
    """A short line without a final stop, alone between two paragraphs of reporting that are whole."""
    open_rows = [place for place, name in enumerate(rules) if not name]
    for before, place, after in zip(open_rows, open_rows[1:], open_rows[2:], strict=False):
        text = rows[place].text
        if (
            len(text) > 140
            or ends(text)
            or ". " in text
            or text[-1] in ',;:-–—"”)'
            or not _UPPER.match(text)
            or text[0].isdigit()
        ):
            continue  # numbered lines are the items of a list: they tell something
        words = text.split()
        if not ((len(text) <= _SUBHEAD and len(words) <= 8) or (len(words) <= 16 and title_like(text))) or rules[before]:
            continue
        if _whole(rows[before].text) and _whole(rows[after].text) and _UPPER.match(rows[after].text):
            rules[place] = "subhead"


def _whole(text: str) -> bool:
    return ends(text) and len(text) > 40


def _dateline(rows: Sequence[Line], rules: list[str], text: str) -> list[Mask]:
    """The "OUTLET, Place -" before the first reporting; the sentence after it stays."""
    body = [place for place, name in enumerate(rules) if not name][:_HEADS]
    for place in body:
        if found := dateline(rows[place].text, text):
            return [Mask(start=rows[place].start, end=rows[place].start + found.end, rule="dateline")]
    return []
