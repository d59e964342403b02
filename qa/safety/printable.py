"""Text of articles and files made safe to print on a terminal: what would steer the terminal is shown instead of obeyed.

An article may hold escape sequences that clear the screen or rename the window, carriage returns that overwrite what is
before them, and marks that turn the direction of writing so that a line reads otherwise than it is. JSON needs none of this:
it is read by programs, and a quote in it is the article's to the letter.
"""

from __future__ import annotations

import errno
import os
import sys
from unicodedata import category

_JOINERS = "\u00ad\u200b\u200c\u200d\ufeff"
"""Formats that move no other character: soft hyphen, zero-width space and the joiners that scripts are written with."""

_STEERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats (directions and tags among them), halves of surrogate pairs, separators of lines and paragraphs."""


def visible(text: str, keep: str = "") -> str:
    r"""`text` with each character that steers a terminal as its escape: "\x1b", "\u202e", "\n". Those of `keep` stay.

    >>> visible("Presiden\x1b[2J \u202eKim\n")
    'Presiden\\x1b[2J \\u202eKim\\n'
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character in keep or character in _JOINERS or category(character) not in _STEERS
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def visible_lines(text: str) -> str:
    """As `visible`, with line feeds and tabs kept: for output that was laid out in lines here."""
    return visible(text, keep="\n\t")


def inert_json(text: str) -> str:
    r"""JSON whose strings hold no character that steers a terminal; it says what it said.

    >>> inert_json('"a\u202eb"')
    '"a\\u202eb"'
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character == "\n" or category(character) not in _STEERS else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    """As JSON escapes it: in UTF-16, a pair where one unit is not enough."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def flushed(status: int) -> int:
    """`status`, once all that was printed has left this process: a full disk is reported now and not after the end."""
    sys.stdout.flush()
    return status


def unprinted(error: OSError) -> str:
    """That output could not be written, with the cure. Raises `error` itself where it is another."""
    if error.errno not in _UNWRITTEN:
        raise error
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still to be written would complain again at the end
    return f"error: the answer could not be written ({error.strerror}). Cure: free some space, or send the output elsewhere"
