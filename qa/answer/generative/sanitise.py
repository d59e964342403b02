"""Passages as a chat model is shown them: numbered, walled in, and unable to imitate the wall or the model's own marks.

An article is written by strangers. What could pass for something else than news text is defused before it is shown: hidden
and control characters are left out, line breaks become spaces (no line can look like a heading or a turn of the
conversation), square and angle brackets and back quotes become look-alikes (no fake citation, tag, tool call, template token
or code fence). Each character shown remembers where it was, so that a quote finds back to the article's own letters.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from qa.schema import Hit

_LOOKALIKES = str.maketrans(
    {"<": "‹", ">": "›", "[": "(", "]": ")", "{": "(", "}": ")", "`": "'", "|": "¦", "【": "(", "】": ")", "＜": "‹", "＞": "›"}
)
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("[{【", "("),
        **dict.fromkeys("]}】", ")"),
        **dict.fromkeys("<＜", "‹"),
        **dict.fromkeys(">＞", "›"),
        "|": "¦",
    }
)
_EDGES = " .,;:…\"'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walled:
    """The part of the prompt between the marks: the passages between the two marks, which no article can have written."""

    open: str
    close: str
    passages: str


def wall(question: str, hits: Sequence[Hit]) -> Walled:
    """The passages of `hits`, each numbered by its rank, between marks that come from a hash over everything between them.

    The same question and passages give the same prompt, so that a cache or a recording can answer it again.
    """
    shown = [(hit, defuse(hit.passage.title), defuse(hit.passage.text)) for hit in hits]
    digest = hashlib.sha256(
        "\0".join([question, *(f"{title}\0{text}" for _, title, text in shown)]).encode(errors="replace")
    ).hexdigest()[:8]
    mark, end = f"<<{digest}", f"{digest}>>"
    blocks = []
    for hit, title, text in shown:
        about = " · ".join(part for part in (title, hit.passage.published.isoformat() if hit.passage.published else "") if part)
        blocks.append("\n".join(line for line in (f"{mark} {hit.rank}", f"# {about}" if about else "", text, end) if line))
    return Walled(open=mark, close=end, passages="\n\n".join(blocks))


def defuse(text: str) -> str:
    """Untrusted text as it may be put into a prompt: one line, nothing hidden, nothing that looks like a mark."""
    seen = "".join(
        " " if character.isspace() else character for character in text if character.isspace() or not hidden(character)
    )
    return re.sub(r" {2,}", " ", seen.translate(_LOOKALIKES)).strip()


def hidden(character: str) -> bool:
    """Characters that a reader does not see and a model does: format, control, private and unassigned ones."""
    return unicodedata.category(character) in {"Cf", "Cc", "Co", "Cn", "Cs"} or character in "\u115f\u1160\u3164\uffa0\u2800"


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """The span of `text` that `quote` repeats: letter for letter, else up to white space, case, quotation marks and brackets.

    Never up to letters, accents or numbers. A span does not begin or end inside a word. None where there is no such span.
    """
    quote = quote.strip()
    if not any(character.isalnum() for character in quote):
        return None
    at = text.find(quote)
    while at >= 0:
        if whole(text, at, at + len(quote)):
            return at, at + len(quote)
        at = text.find(quote, at + 1)
    folded, places = _fold(text)
    exact = _fold(quote)[0].strip()
    for wanted in dict.fromkeys((exact, exact.strip(_EDGES))):  # a model often ends its quote with a stop of its own
        at = folded.find(wanted)
        while at >= 0:
            start, end = places[at], places[at + len(wanted) - 1] + 1
            if whole(text, start, end):
                return start, end
            at = folded.find(wanted, at + 1)
    return None


def whole(text: str, start: int, end: int) -> bool:
    """Begins and ends at the edge of a word."""
    left = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return left and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


def _fold(text: str) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the place in `text`; runs of white space are one space."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if folded and folded[-1] != " ":
                folded.append(" ")
                places.append(place)
            continue
        if hidden(character):
            continue
        for small in character.translate(_ALIKE).casefold():  # one letter may fold to several ("ß")
            folded.append(small)
            places.append(place)
    return "".join(folded), places
