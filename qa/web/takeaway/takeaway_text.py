"""Answers as text: with footnotes for a letter or a mail, and as Markdown whose every character is literal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.takeaway.entries import CitedSource, Entry
    from qa.web.wording.languages import Words

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&^$]")
_OPENING = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"(?<=\n)[ \t]+")  # four spaces would open a block of code
_SCHEME = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\bwww\.|@")


def plain(entries: Sequence[Entry], words: Words, *, questions: bool) -> str:
    """Text with numbers in brackets and the sources below; the questions only where they are wanted."""
    blocks: list[str] = []
    for one in entries:
        lines = [one.question, ""] if questions else []
        lines.append(one.withheld or "".join(f" [{p}]" if isinstance(p, int) else p for p in one.pieces).strip())
        if one.sources:
            lines += ["", *(f"[{s.n}] {_line(s, words)}" for s in one.sources)]
        blocks.append("\n".join(lines))
    return "\n\n\n".join(blocks) + "\n"


def _line(source: CitedSource, words: Words) -> str:
    quote = f"{words.quote_open}{source.quote}{words.quote_close}"
    return ", ".join(
        part for part in (quote, source.title, source.about.replace(" · ", ", "), source.url or source.place) if part
    )


def markdown(entries: Sequence[Entry], words: Words) -> str:
    """CommonMark with footnotes ([^1]); in a conversation the notes are numbered on, for a document has one list of them."""
    body: list[str] = []
    notes: list[str] = []
    for one in entries:
        before = len(notes)
        numbers = {source.n: before + at for at, source in enumerate(one.sources, start=1)}
        body += [f"## {literal(' '.join(one.question.split()))}", ""]
        if one.withheld:
            body += [f"*{literal(one.withheld)}*", ""]
        else:
            body += ["".join(f"[^{numbers[p]}]" if isinstance(p, int) else literal(p) for p in one.pieces).strip(), ""]
        if one.short:
            body += [f"**{literal(words.short)}:** {literal(' '.join(one.short.split()))}", ""]
        notes += [f"[^{numbers[source.n]}]: {_note(source, words)}" for source in one.sources]
    return "\n".join([*body, *notes]).rstrip("\n") + "\n"


def _note(source: CitedSource, words: Words) -> str:
    link = f"<{source.url}>" if source.url else f"`{source.place.replace('`', chr(39))}`"
    quoted = f"{words.quote_open}{literal(source.quote)}{words.quote_close}"
    return " · ".join(part for part in (quoted, literal(source.title), literal(source.about), link) if part)


def literal(text: str) -> str:
    """Text that Markdown shows as it is: no mark, no HTML, no entity, no list, no address made a link."""
    escaped = _SPECIAL.sub(r"\\\g<0>", _INDENT.sub("", text))
    escaped = _OPENING.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", escaped)
    return _SCHEME.sub(lambda m: m[0][:-1] + "\\" + m[0][-1], escaped)
