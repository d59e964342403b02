"""Where sentences begin and end, in Indonesian and English news.

A line break ends a sentence. A stop does not when it belongs to an abbreviation, an initial, a number, a domain or a dateline, or
when it is inside a quotation: “A. B,” kata X. is one sentence, so that what was said never loses who said it.
"""

from __future__ import annotations

import re

from qa.language import calendar, lists

LONGEST_QUOTE = 700
"""Characters within which a quotation must close to hold its sentences together; one left open must not swallow an article."""

# Followed by a name or a number, never the end of a sentence.
_TITLES = frozenset(lists.column("stops", "word", place="inside")) | frozenset(calendar.months("short", besides=False))
# May be at the end of a sentence as well as inside one.
_EITHER = frozenset(lists.column("stops", "word", place="either"))
# Written with a capital after a stop, these open a sentence; "U.S. The" ends one and "U.S. Navy" does not.
_OPENERS = lists.words("openers", "sentence")
_DOMAINS = lists.words("domains", "stop")

_EVENT = re.compile(r'["“”„«»]|[.!?…؟।。！？]+')
_CLOSERS = "\"”’'»)]*"
_OPENING = re.compile(r"[\s\"“”„«‘'(\[,;–—*•-]*")  # between a stop and the word that decides
_LAST_TOKEN = re.compile(r"[^\s\"“”„«»()\[\],;/–—]+$")
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.)*[A-Z]")
_LABEL = re.compile(r"(?:\d{1,3}|[a-zA-Z])")
_DATELINE = re.compile(r"[^a-z]{2,60}")
_NEXT_WORD = re.compile(r"[^\W\d_]+")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of whole sentences in text[start:end], trimmed of white space, in order, without overlap.

    Together they cover every character that is not white space. A quotation of several sentences is one span with its
    attribution where it closes within LONGEST_QUOTE characters. Linear in the length of the text.
    """
    found: list[tuple[int, int]] = []
    begin = start
    for paragraph in text[start:end].splitlines(keepends=True):
        stop = begin + len(paragraph)
        for cut in [*_cuts(text, begin, stop), stop]:
            piece = text[begin:cut]
            kept = piece.strip()
            if kept:
                at = begin + piece.index(kept[0])
                found.append((at, at + len(kept)))
            begin = cut
    return found


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of one paragraph end, the last one left out."""
    cuts: list[int] = []
    begin, opened = start, -1  # opened: where the quotation began that this place is in, -1 outside
    for event in _EVENT.finditer(text, start, end):
        mark, at = event.group(), event.start()
        if mark in '"“”„«»':
            opened = _after_quote(text, at, opened=opened, start=start, end=end)
            continue
        stop = event.end()
        while stop < end and text[stop] in _CLOSERS and not _opens(text, stop, end, inside=opened >= 0):
            stop += 1
        if stop >= end:
            break
        closes_here = any(character in '"”»' for character in text[event.end() : stop])
        if opened >= 0 and not closes_here:
            if _closed_later(text, stop, min(end, opened + LONGEST_QUOTE), text[opened]):
                continue
            opened = -1  # never closed: a mark without a partner binds nothing
        if _ends(text, begin, event, stop, end):
            cuts.append(stop)
            begin = stop
    return cuts


def _after_quote(text: str, at: int, *, opened: int, start: int, end: int) -> int:
    """The state after the quotation mark at `at`: where the open quotation began, or -1."""
    mark = text[at]
    if opened < 0:
        before_word = at + 1 < end and not text[at + 1].isspace() and text[at + 1] not in ",.;:!?)"
        if mark in "”»":  # used on both sides, as some newsrooms type it
            before_word = before_word and (at == start or text[at - 1].isspace())
        return at if before_word else -1
    return opened if mark in "“„«" else -1


def _opens(text: str, at: int, end: int, *, inside: bool) -> bool:
    """Is the straight mark at `at` the beginning of the next quotation, glued to the stop before it?"""
    return text[at] in "\"'" and not inside and at + 1 < end and text[at + 1].isalnum()


def _closed_later(text: str, start: int, end: int, opener: str) -> bool:
    closers = '"' if opener == '"' else "”»"
    return any(text.find(closer, start, end) >= 0 for closer in closers)


def _ends(text: str, begin: int, event: re.Match[str], stop: int, end: int) -> bool:
    """Does the stop of `event` end a sentence that began at `begin`? `stop` is past closing marks, before `end`."""
    mark = event.group()
    if mark[-1] in "。！？।":
        return True
    gap = _OPENING.match(text, stop, end)
    after = gap.end() if gap else stop
    if after >= end:
        return False
    following = text[after]
    if not text[stop].isspace():
        return _glued(text, event, begin=begin, stop=stop, after=after, end=end)
    if following.islower():
        return False
    if mark != "." or stop > event.end():
        return True
    before = _LAST_TOKEN.search(text, max(begin, event.start() - 40), event.start())
    if before is None:
        return True
    token, lead = before.group(), text[begin : min(before.start(), begin + 60)]
    word = _NEXT_WORD.match(text, after, end)
    opener = word is not None and word.group().lower() in _OPENERS
    folded = token.lower()
    if _INITIALS.fullmatch(token) or folded in _EITHER:
        return opener
    if folded in _TITLES:
        return opener and token[0].islower()
    if not lead.strip() and _LABEL.fullmatch(token):
        return False  # "1. Jakarta" in a list
    return not (" - " in lead and event.start() - begin <= 60 and _DATELINE.fullmatch(text, begin, event.start()))


def _glued(text: str, event: re.Match[str], *, begin: int, stop: int, after: int, end: int) -> bool:
    """A stop with no space after it ends a sentence only between whole words: "kata dia.Menurut", not "KONTAN.CO.ID"."""
    if event.group() in {"…", "..."} or event.start() - begin < 3:
        return False
    word = _NEXT_WORD.match(text, after, end)
    if word is None or not word.group()[0].isupper() or word.group().lower() in _DOMAINS:
        return False
    if stop > event.end():
        return after == stop or text[stop:after].strip() != ""
    left = text[event.start() - 3 : event.start()]
    before = _LAST_TOKEN.search(text, max(begin, event.start() - 40), event.start())
    if before is None or before.group().lower() in _TITLES | _EITHER:
        return False
    return left.isalpha() and left.islower() and word.end() - word.start() > 1 and word.group()[1:].islower()
