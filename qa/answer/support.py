"""Does a quote support what a claim says? Closed checks that need no model: letters, numbers, names, denial.

They can refuse a true claim in other words; they never let a number, a day or a name through that the quote lacks. Claims
in the quote's own words, as an extractive reader makes them, pass by equality.
"""

from __future__ import annotations

import re
import unicodedata

from qa.language import names, text

_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
_SCALES = frozenset("ribu juta miliar triliun ratus belas puluh thousand million billion trillion hundred dozen".split())
_NUMBER_WORDS = {
    **dict(zip("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split(), range(12), strict=True)),
    **dict(zip("zero one two three four five six seven eight nine ten eleven twelve".split(), range(13), strict=True)),
}
_MONTHS = {
    word: number
    for number, group in enumerate(
        """januari january jan|februari february feb|maret march mar|april apr|mei may|juni june jun|juli july jul|agustus august aug agt agu|
        september sep sept|oktober october okt oct|november nov|desember december des dec""".split("|"),
        start=1,
    )
    for word in group.split()
}
_DENIALS = frozenset(
    "tidak bukan belum tak tanpa jangan tiada takkan no not never without none neither nor cannot didn't doesn't isn't wasn't won't can't".split()
)


def unsupported(claim: str, quote: str) -> str:
    """Why `quote` does not carry `claim`, "" when nothing speaks against it. Letter for letter equal: always carried."""
    if claim == quote:
        return ""
    if not any(character.isalnum() for character in claim):
        return "the claim says nothing"
    foreign = sorted(
        {
            unicodedata.name(c, repr(c))
            for c in claim
            if unicodedata.category(c) in {"Cf", "Cc", "Co", "Cn"} and c not in quote + "\n\t"
        }
    )
    if foreign:
        return f"the claim has invisible characters that the quote lacks ({', '.join(foreign)})"
    for number in sorted(_numbers(claim) - _numbers(quote)):
        return f"the number {number} does not stand in the quote"
    said, proof = _words(claim), _words(quote)
    for word in sorted((said & _SCALES) - proof):
        return f"the number word '{word}' does not stand in the quote"
    months = {_MONTHS[word] for word in proof if word in _MONTHS}
    for word in sorted(
        word for word in said if word in _MONTHS and _MONTHS[word] not in months and word not in {"may", "mar", "des"}
    ):
        return f"the month '{word}' does not stand in the quote"
    for start, end in names.names(claim):
        for word in text.terms(claim[start:end]):
            if word not in proof and not word.isdigit():
                return f"the name '{claim[start:end]}' does not stand in the quote"
    if bool(said & _DENIALS) != bool(proof & _DENIALS):
        return "the claim denies what the quote affirms, or the other way round"
    return ""


def _numbers(sentence: str) -> set[str]:
    """Numbers in figures, grouping removed ("1.500" and "1,500" are 1500), and small number words as figures."""
    found = {_plain(match.group()) for match in _NUMBER.finditer(sentence)}
    return found | {str(_NUMBER_WORDS[word]) for word in _words(sentence) if word in _NUMBER_WORDS}


def _plain(number: str) -> str:
    return re.sub(r"[.,]", "", number) if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number) else number.replace(",", ".")


def _words(sentence: str) -> set[str]:
    return set(text.terms(sentence)) | {text.fold(word) for word, _, _ in text.words(sentence)}
