"""English words as Indonesian spells the loan: cosmodrome -> kosmodrom, federation -> federasi, frequency -> frekuensi.

Spelling alone; whether the result is a word, whoever asks has to know. The rules are those of the Indonesian spelling reform
for words of European origin (Pedoman Umum Ejaan Bahasa Indonesia, part IV).
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.language import lists

_ROWS = lists.table("loanwords").rows
_ENDINGS = tuple((ending, to.split("|")) for kind, _, ending, to in _ROWS if kind == "ending")
_LETTERS = tuple((re.compile(pattern), to) for kind, _, pattern, to in _ROWS if kind == "letters")
SHORTEST = 5  # letters; shorter words are changed into others too easily


@lru_cache(maxsize=20_000)
def spellings(word: str) -> tuple[str, ...]:
    """How Indonesian may spell the English `word` (lower case), likeliest first, without the word itself; () for short ones.

    >>> spellings("cosmodrome")[0], spellings("federation")[0], spellings("kim")
    ('kosmodrom', 'federasi', ())
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return ()
    forms = [word.removesuffix("s")] if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "nces")) else [word]
    found: list[str] = []
    for form in forms:
        matched = next(((ending, to) for ending, to in _ENDINGS if form.endswith(ending)), ("", [""]))
        stem = form.removesuffix(matched[0]) if matched[0] else form
        found += [_respelled(stem, matched[0]) + ending for ending in matched[1]]
        if matched[0]:
            found.append(_respelled(form, ""))
    return tuple(dict.fromkeys(spelled for spelled in found if spelled != word and len(spelled) >= SHORTEST))


def _respelled(stem: str, following: str) -> str:
    """The stem in Indonesian letters; what followed it in English decides how its last letter is said (reduc-e, logi-c)."""
    joined = f"{stem}\0{following}"
    for pattern, to in _LETTERS:
        joined = pattern.sub(to, joined)
    return joined.partition("\0")[0]
