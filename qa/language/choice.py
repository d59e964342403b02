"""Questions that lay two answers before the reader: "Siapa yang lebih dulu tiba, Kim atau Putin?", "Apakah Kim naik pesawat atau kereta?"."""

from __future__ import annotations

import re

from qa.language import names

Span = tuple[int, int]

_OR = re.compile(r"\b(?:atau(?:kah)?|or)\b", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s*(?:\w{1,6}\s+)?$")
_OPENS = re.compile(r"\W*(?:(?:apakah|benarkah|antara)\s+)?", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.-]*\w")
# What may stand before an option and belongs to both; and what shows that there is no second answer, but no or another question.
_BEFORE = frozenset("di ke dari dengan oleh pada dalam lewat melalui untuk in at on to from by with the a an".split())
_NO_OPTION = frozenset(
    """tidak bukan belum tak nggak ngga gak enggak not no apa apakah siapa mana kapan berapa bagaimana mengapa kenapa lebih kurang sebelum
    sesudah more less lainnya lain tidaknya what who where when which how why sebaliknya seterusnya sejenisnya""".split()
)
_MOST, _PLAIN = 3, 2  # words of an option that is a name, and of another


def options(question: str, *, plain: bool = False) -> tuple[Span, Span] | None:
    """The two answers that a question lays before us; None where it lays none.

    The second ends the question, or stands before "yang"; the first is a name, or as many words as the second. The first opens the
    question or follows a comma, save where `plain`: elsewhere "atau" explains ("cacing emas atau nematoda"), but in a question that
    would be answered by yes or no.
    """
    found = list(_OR.finditer(question))
    if len(found) != 1:
        return None
    middle = found[0]
    after = _words(question, middle.end(), len(question))
    stop = next((at for at, (start, end) in enumerate(after) if question[start:end].casefold() == "yang"), len(after))
    other = _bare(question, after[:stop])
    before = _words(question, 0, middle.start())[-_MOST - 1 :]
    if not other or not before or question[before[-1][1] : middle.start()].strip() or _refused(question, other):
        return None
    left = next((span for span in names.names(question) if span[1] == before[-1][1]), None)
    one = left or (_bare(question, before[-len(other) :])[0][0] if len(other) <= len(before) else 0, before[-1][1])
    if len(other) > (_MOST if left else _PLAIN) or _refused(question, _words(question, *one)):
        return None
    opens = _OPENS.fullmatch(question, 0, one[0]) is not None or _AFTER_COMMA.search(question, 0, one[0]) is not None
    if not (opens or plain) or (stop < len(after) and not opens):
        return None
    return one, (other[0][0], other[-1][1])


def _words(question: str, start: int, end: int) -> list[Span]:
    return [match.span() for match in _WORD.finditer(question, start, end)]


def _bare(question: str, words: list[Span]) -> list[Span]:
    """Without the preposition that leads in."""
    while words and question[slice(*words[0])].casefold() in _BEFORE:
        words = words[1:]
    return words


def _refused(question: str, words: list[Span]) -> bool:
    return any(question[start:end].casefold() in _NO_OPTION for start, end in words)
