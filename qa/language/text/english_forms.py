"""English words: short forms taken apart, and the bases that an inflected form may come from ("accompanied" -> "accompany").

Rules and a table of irregular forms, no dictionary: whoever asks knows which of the candidates are words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.language import lists
from qa.language.text.words import words

_NOT = re.compile(rf"\b({lists.one_of(lists.cue('before-not'))})n['’]t\b", re.IGNORECASE)
_WHOLE_VERB = {"can": "can", "wo": "will", "sha": "shall", "ai": "is"}
_SHORT = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_ENDING = re.compile(r"(?<=\w)['’](s|m|re|ve|ll|d)\b|(?<=s)['’](?=\s)", re.IGNORECASE)
POSSESSIVE = "'s"

_IRREGULAR = {
    form: base for kind, base, forms in lists.table("english_forms").rows if kind == "irregular" for form in forms.split()
}
_WHOLE = frozenset(lists.column("english_forms", "base", kind="whole"))  # "news" is no plural
_COMPARED = frozenset(lists.column("english_forms", "base", kind="compared"))  # "big" has "bigger", and "work" is not in "worker"
_VOWELS = frozenset("aeiou")


def english_words(text: str) -> list[str]:
    """Words as written; short forms apart ("don't" -> do not, "Kim's" -> Kim 's), compounds in small letters in their parts.

    >>> english_words("Kim's face-to-face talks weren't about Soyuz-2.1a")
    ['Kim', "'s", 'face', 'to', 'face', 'talks', 'were', 'not', 'about', 'Soyuz-2.1a']
    """
    plain = _NOT.sub(lambda found: f"{_WHOLE_VERB.get(found[1].lower(), found[1])} not", text)
    plain = _ENDING.sub(lambda found: f" {_SHORT.get((found[1] or '').lower(), POSSESSIVE)}", plain)
    out: list[str] = []
    for piece in plain.split():
        if piece.startswith(POSSESSIVE) and not piece[2:3].isalnum():
            out.append(POSSESSIVE)
            continue
        for word, _, _ in words(piece):
            parts = word.split("-")
            out += parts if word.islower() and len(parts) > 1 and all(part.isalpha() for part in parts) else [word]
    return out


@lru_cache(maxsize=50_000)
def bases(word: str) -> tuple[str, ...]:
    """Words in lower case that `word` (in lower case) may be a form of, likeliest first, without `word` itself.

    >>> bases("accompanied")
    ('accompany', 'accompani', 'accompanie')
    >>> bases("stopping")[0], bases("took"), bases("news")
    ('stop', ('take',), ())
    """
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word in _WHOLE or len(word) < 4 or not word.isalpha():
        return ()
    found: list[str] = []
    if word.endswith("ies"):
        found += [word[:-3] + "y", word[:-1]]
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found += [word[:-1], word[:-2]] if word.endswith(("ses", "zes")) else [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.append(word[:-1])
    elif word.endswith("ied"):
        found += [word[:-3] + "y", word[:-2], word[:-1]]
    elif word.endswith("ed"):
        found += _without_ending(word[:-2])
    elif word.endswith("ing") and len(word) > 5:
        found += _without_ending(word[:-3])
    elif word.endswith(("er", "est")):  # "worker" is no form of "work": only what is known to be compared is
        rest = word.removesuffix("er").removesuffix("est")
        found += [base for base in (rest, rest + "e", rest[:-1], rest[:-1] + "y") if base in _COMPARED]
    return tuple(dict.fromkeys(base for base in found if len(base) > 1 and any(letter in "aeiouy" for letter in base)))


def _without_ending(rest: str) -> list[str]:
    """visit-ed -> visit, visite; stopp-ed -> stop, stopp, stoppe; clos-ed -> close, clos."""
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz" and rest[-1] not in _VOWELS:
        return [rest[:-1], rest, rest + "e"]
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] in "lsz":
        return [rest, rest[:-1], rest + "e"]
    silent = rest.endswith(
        ("c", "v", "u", "g", "z", "rs", "ns", "as", "is", "os", "us", "at", "ir", "ur", "ar", "in", "id", "ud")
    )
    return [rest + "e", rest] if silent else [rest, rest + "e"]
