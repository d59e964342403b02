"""Indonesian word for word in English, for a reader who has no Indonesian: the lexicon turned round. No translation, and never cited.

The order of the words, names and numbers stay; of a word that the lexicon does not have its root's rendering is used, else the word itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from qa.language import calendar, lists
from qa.language.gloss.lexicon import LONGEST, opened
from qa.language.text.words import stem

_TOKEN = re.compile(r"\d[\d.,/:]*\d|\w+(?:[-'’]\w+)*|[^\w\s]")
_SUFFIX = re.compile(r"(?P<word>\w{3,}?)(?:nya|lah|kah|pun)")
_ACTIVE = re.compile(r"(?:me|be|te|di|pe|ke|se)\w{4,}")
_FEWEST = 0.08  # score below which an entry's rendering says something else too often


def gloss(text: str) -> str:
    """An Indonesian text word for word in English; an empty text gives "".

    >>> gloss("Dermaga itu dibangun pada 1997.")
    'dock that build on 1997.'
    """
    tokens = list(_TOKEN.finditer(text))
    words = [token[0] for token in tokens]
    sentence = ""
    for at, piece in _pieces(words):
        if piece:
            apart = at and tokens[at].start() > tokens[at - 1].end()  # as it was apart in the text
            sentence += f" {piece}" if sentence and apart else piece
    return sentence


def _pieces(words: list[str]) -> Iterator[tuple[int, str]]:
    """(place of its first word, rendering) of each word, and of phrases that the lexicon has."""
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST), at + 1, -1):
            run = words[at:end]
            entry = " ".join(run).lower()
            if entry in _table() and all(word[0].isalpha() for word in run):
                yield at, _table()[entry]
                at = end
                break
        else:
            yield at, _word(words[at], opens=at == 0 or words[at - 1] in {".", "!", "?", '"', "“"})
            at += 1


def _word(word: str, *, opens: bool) -> str:
    """One word; with a capital inside a sentence it may be a name, and only what the lexicon has in this very form is rendered."""
    form = word.lower()
    if not form[0].isalpha() or (word.isupper() and len(word) > 1):
        return word
    known = _small().get(form) or _times().get(form) or _table().get(form)
    if known:
        return known[0].upper() + known[1:] if word[0].isupper() and not opens else known
    if word[0].isupper() and not opens:
        return word
    twice = re.fullmatch(r"(\w+)-\1", form)
    if twice and (known := _small().get(twice[1]) or _table().get(twice[1])):
        return f"{known} (several)"
    ending = _SUFFIX.fullmatch(form)
    if ending and (known := _table().get(ending["word"])):
        return known
    root = stem(form)
    if root != form and _ACTIVE.match(form) and (known := _table().get(root)):
        return known
    return word


@cache
def _table() -> Mapping[str, str]:
    """Indonesian word or phrase -> the English entry that it renders best, the shorter one of equals."""
    best: dict[str, tuple[float, int, str]] = {}
    for entry, options in opened().entries():
        for indonesian, score in options:
            if score >= _FEWEST:
                form = indonesian.lower()
                rank = (1.0 if entry == form else score, -len(entry), entry)  # a loan in the same letters is sure
                best[form] = max(best.get(form, rank), rank)
    return {form: entry for form, (_, _, entry) in best.items()}


@cache
def _small() -> Mapping[str, str]:
    return dict(lists.mapping("indonesian_small_words", "indonesian", "english"))


@cache
def _times() -> Mapping[str, str]:
    """Months and weekdays, with a capital."""
    months = {number: name for name, number in calendar.months("full", language="en").items()}
    days = {number: name for name, number in calendar.weekdays("full", language="en").items()}
    found = {
        name: months[number].capitalize() for name, number in calendar.months("full", language="id").items() if number in months
    }
    found |= {
        name: days[number].capitalize() for name, number in calendar.weekdays("full", language="id").items() if number in days
    }
    return found
