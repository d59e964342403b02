"""Spans of a sentence that could answer a question: times, numbers, durations, places, means, reasons, lists.

Each finder knows the forms in which Indonesian (and English) news writes one thing. Spans are (start, end) in the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from qa.language import calendar, dates
from qa.language import numbers as number_words
from qa.language.lists import one_of
from qa.language.names import names

Span = tuple[int, int]

_SMALL = [word for word, number in number_words.whole("cardinal").items() if number]
_SCALE = rf"(?:{one_of(number_words.values('scale'))})"
_VAGUE = (
    r"(?:puluhan|belasan|ratusan|ribuan|jutaan|miliaran|triliunan|setengah|separuh|seratus|seribu|sejuta|semiliar|"
    r"dozens|hundreds|thousands|millions|billions|half|"
    r"(?:beberapa|several)(?=\s(?:kilo\w+|km|meter|mil|ton|kg|persen|kali|detik|menit|jam|hari|minggu|pekan|bulan|tahun|miles?|minutes?|hours?|days?|weeks?|months?|years?)\b))"
)
_FIGURE = r"\d+(?:[.,:]\d+)*(?:\s?[-–]\s?\d+(?:[.,]\d+)*)?"
_AMOUNT = rf"(?:{_FIGURE}|{_VAGUE}|\b(?:{one_of(_SMALL)})\b)(?:\s{_SCALE}\b|\s{_VAGUE}\b|\sdan\s(?:setengah)\b)*"
_TIME_UNIT = (
    r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|dekade|dasawarsa|abad|malam|windu|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|nights?)"
)
_NUMBER = re.compile(
    rf"(?:(?:Rp|US\$|USD|AS\$|S\$|\$|€|£|¥)\.?\s?)?(?<![\w-])(?<!\d[.,/:])(?:ke-)?{_AMOUNT}"
    r"(?:\s?(?:%|°C?|km/jam|km²|m²|km|kg|cm|mm|m|ha|gram)(?![\w])|\s(?!(?:dan|atau|di|ke|dari|yang|pada|untuk|dengan|hingga|sampai|and|or|of|in|to|lalu|WIB)\b)[a-z][\w-]+)?",
)
_DURATION = re.compile(
    rf"(?<![\w./:-])(?<!\d[.,]){_AMOUNT}(?:\s|-){_TIME_UNIT}\b|\b(?:ber(?:tahun|bulan|hari|jam|minggu|menit)-(?:tahun|bulan|hari|jam|minggu|menit)|sehari(?:an| penuh)?|semalaman|sejam|seminggu|sebulan|setahun)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b(?:ke-?\s?(?:\d+|{one_of(number_words.whole('cardinal', 'id'))})|{one_of(number_words.values('ordinal'))}|terakhir|\d+(?:st|nd|rd|th))\b"
    r"(?:\skali(?:nya)?\b)?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?:ke-?\s?)?(?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3})\b")
_CLOCK = re.compile(
    r"\b(?:pukul|jam|at)\s\d{1,2}(?:[.:]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?:waktu\s[A-Z]\w+|waktu setempat|local time|WIB|WITA|WIT|GMT|UTC))?"
    r"|\b(?:tengah (?:hari|malam)|dini hari|midnight|noon|(?:pagi|siang|sore|petang|malam) hari)(?:\swaktu\s(?:setempat|[A-Z]\w+))?"
    r"|\b\d{1,2}[.:]\d{2}\s(?:WIB|WITA|WIT|GMT|UTC)",
)


def _capitals(words: Iterable[str]) -> str:
    return one_of(word.capitalize() for word in words)


_WRITTEN_OUT = calendar.months(*calendar.PRINTED).keys() - calendar.also("month", "auxiliary")
_WEEKDAY = re.compile(
    rf"\b(?:hari\s)?(?:{_capitals(calendar.weekdays(*calendar.PRINTED))})\b(?:\s\(\d{{1,2}}/\s?\d{{1,2}}(?:/\d{{2,4}})?\))?"
)
_BARE_MONTH = re.compile(
    rf"\b(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\s)?(?:bulan\s)?(?:{_capitals(_WRITTEN_OUT)})(?:\s(?:lalu|silam|mendatang|depan|tahun lalu|\d{{4}}))?"
)
_BETWEEN_DAYS = re.compile(
    r"\b\d{1,2}/\s?\d{1,2}\b|\b(?:tahun\s|abad\s(?:ke-)?)\d+(?:-?an)?\b|\b1[0-9]{3}-?an\b|\b(?:kemarin|tadi malam|semalam|hari ini|besok)\b"
)

_TRAILING = re.compile(
    r"[\s,;]+(?:dan|atau|serta|yang|untuk|dengan|pada|di|ke|dari|oleh|akan|juga|mereka|dia|ia|and|or|the|of|in|to|they|he|she)\Z"
)
_STOP = (
    r"(?:yang|dan|atau|serta|untuk|dengan|pada|karena|setelah|sebelum|ketika|saat|sejak|hingga|sampai|agar|supaya|sehingga|namun|tetapi|tapi|"
    r"sementara|sedangkan|adalah|ialah|merupakan|akan|telah|sudah|bisa|dapat|tidak|juga|oleh|sebagai|bahwa|dalam|terhadap|tentang|guna|demi|"
    r"lantaran|akibat|melalui|menggunakan|menuju|ke|dari|di|jika|bila|lalu|kemudian|secara|selama|bersama|kepada|antara|tersebut|itu|ini|"
    r"which|that|and|or|for|with|on|because|after|before|when|since|until|but|while|is|was|are|were|will|has|have|by|as|from|to|in|at|of)"
)
_PHRASE = rf"(?:(?!{_STOP}\b|[Mm]e[mnl]\w{{4,}}\b|ber\w{{5,}}\b|di\w{{5,}}kan\b)[\w’'./-]*\w(?:\s|(?=\W)|$)){{1,8}}"
_PLACE = re.compile(
    r"\b(?P<cue>[Dd]i(?!\s(?:antara|tengah|mana|sini|sana|saat|hari)\b)|[Kk]e|[Dd]ari|dekat|menuju|kawasan|wilayah|asal|in|at|from|near|to|off|outside)\s"
    rf"(?P<place>(?:(?:antara|dekat|luar|dalam|atas|bawah|sekitar|tengah|the)\s)?{_PHRASE}(?:di\s{_PHRASE})?(?:(?:,\s|\s\()(?=[A-Z]){_PHRASE}\)?){{0,2}})"
)
_MEANS = re.compile(
    r"\b(?:dengan|menggunakan|memakai|menaiki|menumpangi?|mengendarai|naik|lewat|melalui|pakai|via|by|using|aboard|riding)\s"
    rf"(?P<means>{_PHRASE})"
)
_REASON = re.compile(
    r"\b(?P<cue>karena|sebab|lantaran|akibat|disebabkan|gara-gara|dipicu|pasalnya|untuk|guna|demi|agar|supaya|sehingga|menyusul|mengingat|"
    r"merujuk|melambangkan|bertujuan|because|due to|in order to|so that|since|owing to)\b",
    re.IGNORECASE,
)
_HINDERED = re.compile(
    r"\b(?:ter|di)(?:hambat|sebabkan|picu|ganggu|dorong|tunda|batalkan|kendala|hentikan|latarbelakangi|pengaruhi)\s(?P<cue>oleh)\b",
    re.IGNORECASE,
)
_STRONG_REASONS = frozenset(
    [
        "karena",
        "sebab",
        "lantaran",
        "akibat",
        "disebabkan",
        "gara-gara",
        "dipicu",
        "pasalnya",
        "because",
        "due to",
        "owing to",
        "bertujuan",
        "demi",
        "guna",
        "oleh",
    ]
)
_CLAUSE_END = re.compile(r"[;.!?]\s|[;.!?]?$|,\s(?=(?:namun|tetapi|tapi|kata|ujar|ucap|tutur|sedangkan|sementara|but|said)\b)")
_SOURCE = re.compile(r"\b(?:menurut|melansir|mengutip|dikutip dari|dilansir(?: dari)?|according to)\s+$", re.IGNORECASE)
_JOINED = re.compile(
    r"^(?=.*(?:,|\bdan\b|\bserta\b|\band\b|\bhingga\b|/|;))(?:[,;/)]|\s|\(|\b(?!(?:yang|untuk|dengan|karena|setelah|ketika|bahwa|pada|dalam|me[mnl]\w{4,}|ber\w{5,}|di\w{4,}(?:kan|i))\b)[\w-]+\b){1,14}$"
)


def times(text: str) -> list[Span]:
    """Dates, months, weekdays, clock times, years; the longest of those that overlap."""
    found = [(one.start, one.end) for one in dates.find(text, date(2000, 1, 1))]
    for pattern in (_CLOCK, _WEEKDAY, _BARE_MONTH, _BETWEEN_DAYS):
        found += [match.span() for match in pattern.finditer(text)]
    return _longest(found)


def clocks(text: str) -> list[Span]:
    """Times of day only."""
    return _longest([match.span() for match in _CLOCK.finditer(text)])


def numbers(text: str) -> list[Span]:
    """Numbers in figures or words with the word they count: "1.500 km", "dua rudal", "Rp 3 triliun"."""
    return [_stripped(text, *match.span()) for match in _NUMBER.finditer(text)]


def ordinals(text: str) -> list[Span]:
    """Places in an order: "ketiga", "kedua kalinya", "ke-75", "pertama", "IV"."""
    return [match.span() for pattern in (_ORDINAL, _ROMAN) for match in pattern.finditer(text)]


def durations(text: str) -> list[Span]:
    """Stretches of time: "5 jam", "satu dekade", "bertahun-tahun"."""
    return [match.span() for match in _DURATION.finditer(text)]


def places(text: str) -> list[tuple[int, int, str]]:
    """(start, end, cue): what follows "di", "ke", "dari" and their like; the cue in small letters."""
    found = []
    at = 0
    while match := _PLACE.search(text, at):
        start, end = _stripped(text, *match.span("place"))
        if end > start:
            found.append((start, end, match.group("cue").casefold()))
        at = match.end("cue") + 1
    return found


def means(text: str) -> list[Span]:
    """What something is done with: "naik kereta", "dengan pesawat dari Vladivostok" (the thing, without its preposition)."""
    found = []
    at = 0
    while match := _MEANS.search(text, at):
        found.append(_stripped(text, *match.span("means")))
        at = match.start("means")
    return found


def reasons(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, strong): clauses that open with a reason or a purpose; strong where the word allows no other reading."""
    found = []
    for match in (*_REASON.finditer(text), *_HINDERED.finditer(text)):
        end = _CLAUSE_END.search(text, match.end())
        start, stop = _stripped(text, match.start("cue"), end.start() if end else len(text))
        if stop - start > len(match["cue"]) + 3:
            found.append((start, stop, match.group("cue").casefold() in _STRONG_REASONS))
    return found


def lists(text: str) -> list[Span]:
    """Runs of two or more names joined by commas and "dan": from the first to the last."""
    runs: list[Span] = []
    joined = False
    for start, end in names(text):
        source = runs and _SOURCE.search(text, 0, runs[-1][0]) and text[runs[-1][1] : start].startswith(",")
        if runs and not source and _JOINED.match(text[runs[-1][1] : start]) and start - runs[-1][1] < 60:
            runs[-1] = (runs[-1][0], end)
            joined = True
            continue
        if runs and not joined:
            runs.pop()
        runs.append((start, end))
        joined = False
    if runs and not joined:
        runs.pop()
    return runs


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without the joining words and pronouns that it ends with: "petinggi militer dan mereka" is "petinggi militer"."""
    while match := _TRAILING.search(text, start, end):
        end = match.start()
    return start, end


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] in "$€£¥\"“'‘"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)\"”'’²°"):
        end -= 1
    return start, end


def _longest(found: list[Span]) -> list[Span]:
    """Without overlap: of overlapping spans the longest, then the first."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)
