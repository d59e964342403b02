"""Bringing two spellings of one answer together before they are compared.

`fold`        what "contains" compares: case, quotes, dashes and spaces made plain, words kept as they are
`squad`       the SQuAD way: lower case, punctuation and English articles out
              (Rajpurkar, Zhang, Lopyrev and Liang, EMNLP 2016; Rajpurkar, Jia and Liang, ACL 2018)
`indonesian`  ours, reported beside it: number words and grouped numbers become digits, dates become year-month-day,
              words become roots, and words that only point ("tahun", "sekitar") stay, since an answer may need them

A measure must not move because the search engine's own folding was improved, so nothing here is shared with `qa.language`
but the dictionary stemmer.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from qa.language.words import stem

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

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "february", "feb", "pebruari"),
            ("maret", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agu", "aug", "agt"),
            ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov", "nopember"),
            ("desember", "december", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE_WORDS = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\.?(?: (\d{{4}}))?\b")
_DATE_DIGITS = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_GROUPED = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b")
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W_]+(?:[-'.][^\W_]+)*")

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_UNITS = {name: value for value, name in enumerate(_DIGITS)}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 1_000_000}
_SCALES = {"belas": 0, "puluh": 10, "ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def fold(text: str) -> str:
    """Case folded, compatibility forms joined, quotes and dashes plain, runs of space one space. Accents are kept."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold().split())


def squad(text: str) -> list[str]:
    """Tokens the SQuAD way: lower case, ASCII punctuation dropped, the articles a, an and the dropped, split at space."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def indonesian(text: str) -> list[str]:
    """Tokens with numbers as digits, dates as dates and words as roots.

    >>> indonesian("Dua puluh tiga orang")
    ['23', 'orang']
    >>> indonesian("Rabu (13/9/2023)") == indonesian("rabu, 13 September 2023")
    True
    """
    plain = _GROUPED.sub(lambda found: found.group().replace(".", ""), fold(text))
    plain = _ISO.sub(lambda found: _date(int(found[3]), int(found[2]), found[1]), plain)
    plain = _DATE_DIGITS.sub(lambda found: _date(int(found[1]), int(found[2]), found[3]) or found.group(), plain)
    plain = _DATE_WORDS.sub(lambda found: _date(int(found[1]), _MONTHS[found[2]], found[3]) or found.group(), plain)
    tokens = [token.rstrip(".'") for token in _TOKEN.findall(plain)]
    return [token if _is_value(token) else stem(token) for token in _numbers(tokens)]


def contains(text: str, wanted: str, by: Callable[[str], str] = fold) -> bool:
    """Does `wanted` stand in `text` as whole words, after folding? An empty `wanted` never does.

    >>> contains("Peluncuran pada 28 April 2016.", "28 april"), contains("1970an", "1970"), contains("Jalan 15", "5")
    (True, False, False)
    """
    needle, hay = by(wanted), by(text)
    if not needle:
        return False
    before = r"(?<![^\W_])" if needle[0].isalnum() else ""
    after = r"(?![^\W_])" if needle[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(needle)}{after}", hay) is not None


def _date(day: int, month: int, year: str | None) -> str:
    """One token for a date, without a year where none is given; "" when it is no date ("45/20")."""
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"d{year or ''}x{month:02d}x{day:02d}"


def _is_value(token: str) -> bool:
    return not token.isalpha()


def _numbers(tokens: Sequence[str]) -> Iterator[str]:
    """Runs of number words as digits: "dua ratus lima belas" -> "215"; "beberapa ribu" keeps its words."""
    place = 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and (tokens[end] in _UNITS or tokens[end] in _WHOLE or (tokens[end] in _SCALES and end > place)):
            end += 1
        if end > place:
            yield str(_value(tokens[place:end]))
            place = end
        else:
            yield tokens[place]
            place += 1


def _value(run: Sequence[str]) -> int:
    """The number that a run of number words names.

    Units wait for their scale; a thousand or more closes what stands before it (dua ratus ribu = 200 x 1000).
    """
    total, group, unit = 0, 0, 0
    for word in run:
        if word in _UNITS:
            group, unit = group + unit, _UNITS[word]
        elif word in _WHOLE:
            group, unit = group + unit + _WHOLE[word], 0
        elif word == "belas":
            group, unit = group + 10 + unit, 0
        elif _SCALES[word] < 1000:
            group, unit = group + unit * _SCALES[word], 0
        else:
            total, group, unit = total + (group + unit) * _SCALES[word], 0, 0
    return total + group + unit
