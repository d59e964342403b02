"""Bringing two spellings of one answer together before they are compared.

`fold`        what "contains" compares: case, quotes, dashes and spaces made plain, words kept as they are
`squad`       the SQuAD way: lower case, punctuation and English articles out
              (Rajpurkar, Zhang, Lopyrev and Liang, EMNLP 2016; Rajpurkar, Jia and Liang, ACL 2018)
`indonesian`  ours, reported beside it: numbers become digits however they are written ("1,5 juta", "dua puluh", "ke-2"), dates
              become year-month-day, % and currency signs words, words become roots; words that only point ("tahun", "sekitar")
              stay, since an answer may need them

A measure must not move because the search engine's own folding was improved, so nothing here is shared with `qa.language`
but the dictionary stemmer and the names of months and numbers.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable

from qa.language import calendar, number_words
from qa.language.lists import one_of
from qa.language.text.words import stem

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation, ""))
_ARTICLES = re.compile(r"\b(a|an|the)\b")

_MONTHS = calendar.months()
_MONTH = one_of(_MONTHS)
_DATE_WORDS = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\.?(?: (\d{{4}}))?\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}}),? (\d{{4}})\b")
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\.? (\d{{4}})\b")
_DATE_DIGITS = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_DATE_DASHES = re.compile(r"\b(\d{1,2})([-.])(\d{1,2})\2(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b(?!:)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)(?![\d.,]*\d)")
_DECIMAL = re.compile(r"(?<![\d.,:/])(\d+)[.,](\d+)\b(?![.,:/]\d)")
_CURRENCY = re.compile(r"\b(rp|us|usd|idr|rm)\.? ?(?=[\d$])")
_SIGNS = str.maketrans({"%": " persen ", "$": " dolar ", "€": " euro "})
_MEASURES = {"km": "kilometer", "kg": "kilogram", "cm": "sentimeter", "mm": "milimeter"}
_TOKEN = re.compile(r"ke-\d+|\d+(?:[.,:/]\d+)*|[^\W_]+(?:[-'.][^\W_]+)*")


def fold(text: str) -> str:
    """Case folded, compatibility forms joined, quotes and dashes plain, runs of space one space. Accents are kept."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold().split())


def squad(text: str) -> list[str]:
    """Tokens the SQuAD way: lower case, ASCII punctuation dropped, the articles a, an and the dropped, split at space."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def indonesian(text: str) -> list[str]:
    """Tokens with numbers as digits, dates as dates and words as roots.

    >>> indonesian("Dua puluh tiga orang"), indonesian("Rp2,5 miliar")
    (['23', 'orang'], ['rp', '2500000000'])
    >>> indonesian("Rabu (13/9/2023)") == indonesian("rabu, 13 September 2023")
    True
    """
    plain = _CURRENCY.sub(r"\1 ", _dated(fold(text))).translate(_SIGNS)
    plain = _GROUPED.sub(lambda found: _ungrouped(found.group()), plain)
    plain = _DECIMAL.sub(lambda found: f"{int(found[1])}.{found[2]}".rstrip("0").rstrip("."), _CLOCK.sub(r"\1.\2", plain))
    tokens = list(number_words.joined([token.rstrip(".'") for token in _TOKEN.findall(plain)]))
    measured = [
        _MEASURES.get(token, token) if before[:1].isdigit() else token
        for before, token in zip(["", *tokens], tokens, strict=False)
    ]
    return [stem(token) if token.isalpha() else token for token in measured]


def contains(text: str, wanted: str, by: Callable[[str], str] = fold) -> bool:
    """Is `wanted` in `text` as whole words, after folding? An empty `wanted` never does.

    >>> contains("Peluncuran pada 28 April 2016.", "28 april"), contains("1970an", "1970"), contains("Jalan 15", "5")
    (True, False, False)
    """
    needle, hay = by(wanted), by(text)
    if not needle:
        return False
    before = r"(?<![^\W_])" if needle[0].isalnum() else ""
    after = r"(?![^\W_])" if needle[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(needle)}{after}", hay) is not None


def _dated(plain: str) -> str:
    """Every date as one token; what only looks like one ("45/20") stays."""

    def put(day: str, month: int, year: str | None, found: re.Match[str]) -> str:
        return _date(int(day), month, year) or found.group()

    plain = _ISO.sub(lambda found: put(found[3], int(found[2]), found[1], found), plain)
    plain = _DATE_DASHES.sub(lambda found: put(found[1], int(found[3]), found[4], found), plain)
    plain = _DATE_DIGITS.sub(lambda found: put(found[1], int(found[2]), found[3], found), plain)
    plain = _MONTH_FIRST.sub(lambda found: put(found[2], _MONTHS[found[1]], found[3], found), plain)
    plain = _DATE_WORDS.sub(lambda found: put(found[1], _MONTHS[found[2]], found[3], found), plain)
    return _MONTH_ALONE.sub(lambda found: f"d{found[2]}x{_MONTHS[found[1]]:02d}", plain)


def _date(day: int, month: int, year: str | None) -> str:
    """One token for a date, without a year where none is given; "" when it is no date ("45/20")."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"d{year or ''}x{month:02d}x{day:02d}"


def _ungrouped(number: str) -> str:
    """Digits without the marks between thousands; the other mark, where there is one, begins the decimals."""
    thousands = next(mark for mark in number if not mark.isdigit())
    return number.replace(thousands, "").replace(",", ".")
