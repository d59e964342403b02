"""Bytes to characters: which encoding a text is in, and whether that was read off it or judged by its letters."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from qa.errors import ReadError

SAMPLE = 1_000_000
"""Bytes that an unknown encoding is judged by."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = re.compile(r"[\x20-\x7e\s\u2013\u2014\u2018-\u201e\u2020-\u2026\u2030\u20ac\u2122\xa0-\xff]*")
_IN_A_WORD = re.compile(r"[^\W\d_][\xa1-\xa9\xab\xac\xae-\xb6\xb8\xb9\xbb-\xbf\xd7\xf7][^\W\d_]")
"""A sign between two letters, as in "Wa³êsa": the word is written in another encoding."""
_NEAR = ("cp1250", "cp1254")
"""Where these read the same letters, whichever of the three it was is all the same."""


class Encoding(NamedTuple):
    """The name that Python has for it. `sure`: stated by the text itself, or the only one that its bytes allow."""

    name: str
    sure: bool

    def note(self) -> str:
        """The note for a reader where the encoding is uncertain."""
        return f"is read as {self.name}, judged by its letters alone: look at it, and save it as UTF-8 to be sure"


def marked(data: bytes) -> str:
    """The encoding that a byte order mark states; "" for none."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), "")


def judged(data: bytes, source: str) -> Encoding:
    """The encoding of bytes that are no UTF-8 and have no mark: Windows-1252 where they read as Western print, else the likeliest.

    Raises ReadError where none is likely.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    few = sum(byte > 127 for byte in data) * 10 <= len(data)
    if text and few and _WESTERN.fullmatch(text) and not _IN_A_WORD.search(text):
        return Encoding("cp1252", all(data.decode(other, "replace") == text for other in _NEAR))
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise ReadError(source, "is in no encoding that we can tell; save it as UTF-8")
    return Encoding(best.encoding, sure=False)


def decode(data: bytes, source: str) -> tuple[str, Encoding]:
    """The text of `data`: by its byte order mark, as UTF-8, else as `judged`.

    A byte order mark is no part of the text; every other character is, line ends as they are. Raises ReadError.
    """
    stated = marked(data)
    if not stated and b"\0" in data:
        raise ReadError(source, "is binary, not text (it holds NUL bytes)")
    try:
        return _checked(data.decode(stated or "utf-8"), source), Encoding(stated or "utf-8", sure=True)
    except UnicodeDecodeError as error:
        if stated:
            raise ReadError(source, f"says it is {stated} and is not: {error.reason} at byte {error.start}") from error
    encoding = judged(data, source)
    try:
        return _checked(data.decode(encoding.name), source), encoding
    except UnicodeDecodeError as error:
        raise ReadError(source, f"looks like {encoding.name} and is not; save it as UTF-8") from error


def _checked(text: str, source: str) -> str:
    """Text without control characters beyond those of print; more of them mean that the bytes were no text."""
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    if "\0" in text or controls * 50 > len(text):
        raise ReadError(source, "is binary, not text")
    return text
