"""What a chat model wrote -> sentences with the quotes that they rely on, as the reply arrives and whatever shape it has.

Asked for is one line a fact: `Sentence. [2: "exact words"]`. Understood as well: several to a line, bullets, numbers,
quotes on a line of their own, bare markers, no markers, JSON, code fences, and thinking aloud before the answer. Nothing
read here is believed: `qa.answer.generative.claim_attribution` holds each sentence against the passages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from qa.language import text as language

MAX_SENTENCES = 24
"""More than any answer needs; the rest of a model that does not stop is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quote as the model gives it: the passage number that it names (None if none) and the words ("" if none)."""

    rank: int | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySentence:
    """One sentence of the reply with what it points to."""

    text: str
    cited: tuple[Cited, ...]


_LEAD = r"(?:kutipan|passage|sumber|source|artikel|article|ref|no\.?|#)?\s*"
_MARKER = re.compile(
    rf"""[\[(【]\s*{_LEAD}(?P<rank>\d{{1,3}})\s*[:|†,–-]\s*["“„«](?P<quote>.*?)["”“»]\s*[\])】]"""  # [2: "words"]
    rf"""|[\[【]\s*{_LEAD}(?P<bare_rank>\d{{1,3}})\s*[:|†]\s*(?P<bare>[^\]】]+)[\]】]"""  # [2: words]
    rf"""|[\[【]\s*{_LEAD}(?P<ranks>\d{{1,3}}(?:\s*[,;&]\s*\d{{1,3}})*)\s*[\]】]""",  # [2] or [1, 3]
    re.IGNORECASE,
)
_QUOTE_LINE = re.compile(
    r"""^\W{0,4}(?:kutipan|quote|bukti|evidence|dasar)\s*(?:\[?(?P<rank>\d{1,3})\]?)?\s*:\s*["“„«]?(?P<quote>.+?)["”»]?\s*(?:\[(?P<after>\d{1,3})\])?\s*$""",
    re.IGNORECASE,
)
_BLOCK_QUOTE = re.compile(r"""^>\s*["“„«]?(?P<quote>.+?)["”»]?\s*(?:\[(?P<after>\d{1,3})\])?\s*$""")
_SHORT = re.compile(
    r"^\W{0,4}(?:jawaban\s+singkat|singkat(?:nya)?|short(?:\s+answer)?)\W{0,3}:\W{0,2}\s*(?P<short>.+)$", re.IGNORECASE
)
_NOTHING = re.compile(r"^\W*(?:tidak ada|none|no answer|not found|tidak ada jawaban|tidak ditemukan)\W*$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+)")
_LABEL = re.compile(r"^\W{0,4}(?:jawaban|answer|kalimat|sentence)\W{0,3}:\W{0,2}\s*", re.IGNORECASE)
_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.IGNORECASE | re.DOTALL)
_KEYS = {
    "text": ("text", "sentence", "claim", "statement", "kalimat", "klaim", "answer", "jawaban"),
    "quote": ("quote", "kutipan", "evidence", "bukti", "span", "words"),
    "rank": ("rank", "n", "passage", "citation", "source", "sumber", "number", "nomor"),
    "short": ("short", "singkat", "short_answer"),
}


class Parser:
    """Takes a reply in pieces and gives each sentence when it is whole."""

    def __init__(self) -> None:
        self.raw = ""
        self.short = ""
        self.nothing = False  # the model says that the passages do not answer
        self._read = 0  # characters of the visible reply that have become lines
        self._pending: ReplySentence | None = None  # a sentence whose quote may still come on the next line
        self._count = 0

    def feed(self, piece: str) -> list[ReplySentence]:
        """The sentences that this piece completes."""
        self.raw += piece
        visible = self._visible()
        if self._is_json(visible):
            return []
        end = visible.rfind("\n") + 1
        lines, self._read = visible[self._read : end].splitlines(), max(self._read, end)
        return [sentence for line in lines for sentence in self._line(line)]

    def close(self) -> list[ReplySentence]:
        """The reply is over: what was left."""
        visible = _THINKING.sub("", self.raw)
        if self._is_json(visible):
            return self._objects(visible)
        lines, self._read = visible[self._read :].splitlines(), len(visible)
        sentence = [one for line in lines for one in self._line(line)]
        return sentence + self._release()

    def _visible(self) -> str:
        """The reply without thinking aloud; withheld while a tag may still be open, so that line positions stay true."""
        visible = _THINKING.sub("", self.raw)
        tail = visible.rfind("<")
        return visible if tail < 0 or ">" in visible[tail:] or len(visible) - tail > 12 else visible[:tail]

    @staticmethod
    def _is_json(visible: str) -> bool:
        start = re.sub(r"^\s*(?:```\w*\s*)?", "", visible)
        return start.startswith("{") or bool(re.match(r"\[\s*[{\]]", start))

    def _line(self, line: str) -> list[ReplySentence]:
        line = line.strip()
        if not line or line.startswith("```") or self._count >= MAX_SENTENCES:
            return []
        if short := _SHORT.match(line):
            self.short = self.short or _bare(_MARKER.sub("", short["short"]))
            return self._release()
        if _NOTHING.match(line):
            self.nothing = True
            return self._release()
        if quoted := _QUOTE_LINE.match(line) or _BLOCK_QUOTE.match(line):
            return self._attach(quoted)
        released = self._release()
        found = self._sentences(_LABEL.sub("", _BULLET.sub("", line)))
        self._count += len(found)
        if found and not any(cited.quote for cited in found[-1].cited):
            self._pending = found.pop()
        return released + found

    def _attach(self, quoted: re.Match[str]) -> list[ReplySentence]:
        if self._pending is None:
            return []
        groups = quoted.groupdict()
        number = groups.get("rank") or groups.get("after")
        rank = int(number) if number else next((cited.rank for cited in self._pending.cited), None)
        self._pending = ReplySentence(text=self._pending.text, cited=(Cited(rank=rank, quote=_bare(groups["quote"])),))
        return self._release()

    def _release(self) -> list[ReplySentence]:
        pending, self._pending = self._pending, None
        return [pending] if pending else []

    def _sentences(self, line: str) -> list[ReplySentence]:
        """The sentences of a line, each with the markers that follow it; one without its own has those of the next that has."""
        found: list[ReplySentence] = []
        start = 0
        markers = list(_MARKER.finditer(line))
        for place, marker in enumerate(markers):
            text = line[start : marker.start()]
            start = marker.end()
            cited = _cited(marker)
            if not any(character.isalnum() for character in text):  # "[1][2]": a further marker of the same sentence
                if found:
                    found[-1] = ReplySentence(text=found[-1].text, cited=found[-1].cited + cited)
                continue
            after = line[start : markers[place + 1].start() if place + 1 < len(markers) else None]
            found += _split(text, cited, ends=after[:1] if after[:1] in ".!?" else "")
        found += _split(line[start:], (), ends="")
        return found

    def _objects(self, visible: str) -> list[ReplySentence]:
        body = re.sub(r"^\s*```\w*\s*|\s*```\s*$", "", visible)
        try:
            tree, _ = json.JSONDecoder().raw_decode(body.lstrip())
        except json.JSONDecodeError:
            return []
        if isinstance(tree, dict):
            self.short = self.short or _bare(str(_value(tree, "short") or ""))
            tree = next((value for value in tree.values() if isinstance(value, list)), [tree])
        sentence = [_from_object(item) for item in tree if isinstance(item, dict)] if isinstance(tree, list) else []
        return [one for one in sentence if one is not None][:MAX_SENTENCES]


def _cited(marker: re.Match[str]) -> tuple[Cited, ...]:
    if marker["ranks"]:
        return tuple(Cited(rank=int(number), quote="") for number in re.findall(r"\d+", marker["ranks"]))
    rank, quote = (marker["rank"], marker["quote"]) if marker["rank"] else (marker["bare_rank"], marker["bare"])
    return (Cited(rank=int(rank), quote=_bare(quote)),)


def _split(text: str, cited: tuple[Cited, ...], *, ends: str) -> list[ReplySentence]:
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(text.replace("**", "").replace("__", "").split())).lstrip(".,;:!? ")
    if not any(character.isalnum() for character in text):
        return []
    pieces = [text[start:end].strip() for start, end in language.sentences(text)] or [text]
    pieces[-1] += ends if pieces[-1][-1:].isalnum() else ""
    return [ReplySentence(text=piece, cited=cited) for piece in pieces if any(character.isalnum() for character in piece)]


def _bare(quote: str) -> str:
    quote = " ".join(quote.split()).strip().strip("*")
    if len(quote) > 1 and quote[0] in "\"“„«'" and quote[-1] in "\"”»'" and not any(mark in quote[1:-1] for mark in '"“”'):
        quote = quote[1:-1]
    return quote.strip()


def _value(item: dict[str, Any], what: str) -> Any:
    folded = {str(key).casefold(): value for key, value in item.items()}
    return next((folded[key] for key in _KEYS[what] if key in folded), None)


def _from_object(item: dict[str, Any]) -> ReplySentence | None:
    text, quote, rank = (_value(item, what) for what in ("text", "quote", "rank"))
    if not isinstance(text, str) or not any(character.isalnum() for character in text):
        return None
    number = re.search(r"\d{1,3}", str(rank)) if isinstance(rank, int | str) else None
    return ReplySentence(
        text=" ".join(_MARKER.sub("", text).split()),
        cited=(Cited(rank=int(number[0]) if number else None, quote=_bare(quote) if isinstance(quote, str) else ""),),
    )
