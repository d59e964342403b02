"""What the answer to "how much" is measured in: hectares for "luas", kilometres for "jarak" though the article never says "jarak"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer.matching import Wanted

_MEASURES = {
    "kilometer kilometers kilometres km": r"\b(?:km|kilomet\w+)\b",
    "mil miles mile": r"\b(?:mil|miles?)\b",
    "meter meters metres": r"\b(?:m|met(?:er|re)s?)\b",
    "jarak jauh jauhnya jaraknya far distance": r"\b(?:km|kilo\s?meter|meter|mil|miles?|kilomet\w+|m)\b",
    "biaya harga nilai dana anggaran gaji uang modal kerugian much cost price tarif denda hadiah omzet": r"Rp|US\$|\$|€|£|dol+ar|rupiah|euro|yen|yuan|rubel|ringgit|poundsterling",
    "persen persentase percent percentage": r"%|persen|percent",
    "usia umur old age": r"tahun|bulan|years?|months?",
    "tinggi panjang lebar kedalaman ketinggian tall high deep wide": r"\b(?:m|meter|km|cm|kaki|feet|mdpl|kilometers?)\b",
    "luas area": r"hektare?|ha\b|km|meter persegi|m²",
    "berat bobot heavy": r"\b(?:kg|ton|gram|kilogram|kuintal)\b",
    "kali times often": r"\b(?:kali|times)\b",
    "suhu temperature": r"derajat|°|celcius|celsius",
    "kecepatan fast speed": r"km/jam|kilometer per jam|knot|mph",
    "skor skornya kedudukan score": r"\d+\s?-\s?\d+",
}
_MEASURED = {word: re.compile(pattern, re.IGNORECASE) for words, pattern in _MEASURES.items() for word in words.split()}
_UNITS = frozenset(
    "kilometer kilometers kilometres km mil miles mile meter meters metres persen kali".split()
)  # before "jarak": the unit named wins
AGE = _MEASURED["usia"]


def measured(wanted: Wanted) -> re.Pattern[str] | None:
    """What an answer has to be measured in ("berapa luas" wants hectares, metres …); None where things are counted, or another question."""
    if wanted.asked.kind != "how_many":
        return None
    named = [wanted.asked.noun, *sorted(wanted.shown), *(term.form for term in wanted.terms)]
    return next((_MEASURED[word] for word in sorted(named, key=lambda word: word not in _UNITS) if word in _MEASURED), None)
