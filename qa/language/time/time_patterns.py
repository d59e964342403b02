"""How time is told in Indonesian and English news; what each way of telling means is periods.py's part."""

from __future__ import annotations

import re

from qa.language.lists import one_of
from qa.language.time.dates import _MONTHS, _NUMBERS, _WEEKDAYS
from qa.language.time.feasts import FEAST, HIJRI

_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_MONTH = rf"(?:{one_of(_MONTHS)})(?![^\W\d_])"
_WEEKDAY = "|".join(re.escape(name.capitalize()) for name in sorted(_WEEKDAYS, key=len, reverse=True))
WORDS = {**_NUMBERS, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "sebelas": 11, "belasan": 0, "a": 1, "an": 1}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_UNIT = r"(?:hari|pekan|minggu|bulan|tahun|dekade|dasawarsa|days?|weeks?|months?|years?|decades?)"
_ONE = r"(?:sehari|sepekan|seminggu|sebulan|setahun|sedekade)"
_AMOUNT = rf"(?:(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})|(?P<one>{_ONE}))"
_ORDINAL = r"(?:pertama|kedua|ketiga|keempat|first|second|third|fourth)"
_PART = r"(?P<part>awal|pertengahan|tengah|akhir|penghujung|early|mid|late|(?:the\s+)?(?:beginning|middle|end)\s+of)"
_YEAR_OR = (
    rf"(?:(?:tahun\s+)?(?P<year>{_YEAR})(?!\w|[.,]\d)|(?P<yearly>tahun\s+(?:ini|lalu|depan)|this\s+year|last\s+year|next\s+year))"
)

PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "part_century": rf"\b{_PART}[\s-]+(?:abad\s+ke-?\s?(?P<century>\d{{1,2}})|(?:the\s+)?(?P<encentury>\d{{1,2}})(?:st|nd|rd|th)\s+century)",
        "century": r"\b(?:abad\s+ke-?\s?(?P<century>\d{1,2})|(?:the\s+)?(?P<encentury>\d{1,2})(?:st|nd|rd|th)\s+century)",
        "decade": r"\b(?:(?:tahun|dekade|era)\s+)?(?:(?P<full>1[5-9]\d0|20[0-2]0)-an\b|(?P<short>[2-9]0)-an\b|(?:the\s+)?(?P<en>1[5-9]\d0|20[0-2]0)s\b)",
        "part_month": rf"\b{_PART}[\s-]+(?:bulan\s+)?(?:(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?(?:\s+(?P<last>lalu|silam)|\s+(?P<next>mendatang|depan))?|(?P<monthly>bulan\s+(?:ini|lalu|depan)|(?:this|last|next)\s+month))",
        "part_year": rf"\b{_PART}[\s-]+(?:{_YEAR_OR}|(?P<bare>tahun)\b(?!\s+(?:baru|\d)))",
        "weekend": r"\b(?:akhir\s+pekan\s+(?P<when>ini|lalu|depan|mendatang)|(?P<enwhen>this|last|next)\s+weekend)\b",
        "quarter": rf"\b(?:(?:kuartal|triwulan)\s+(?:ke-?)?(?P<q>IV|I{{1,3}}|[1-4]|{_ORDINAL})|Q(?P<qq>[1-4])|(?:the\s+)?(?P<qe>{_ORDINAL})\s+quarter(?:\s+of)?)[\s/,-]+{_YEAR_OR}",
        "half": rf"\b(?:semester|paruh)\s+(?:ke-?)?(?P<h>II?|[12]|pertama|kedua)[\s/,-]+{_YEAR_OR}",
        "week_of": rf"\b(?:pekan|minggu)\s+(?P<w>{_ORDINAL})\s+(?:bulan\s+)?(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?",
        "weekday_of": rf"\b(?P<weekday>(?-i:{_WEEKDAY}))\s+(?:pekan|minggu)\s+(?P<when>lalu|ini|depan)\b",
        "month_of": rf"\b(?P<month>{_MONTH})\s+(?P<yearly>tahun\s+(?:ini|lalu|depan))\b",
        "month_this": rf"\b(?P<month>{_MONTH})\s+ini\b",
        "days": rf"\b(?P<a>\d{{1,2}})\s?(?:[-–]|\s(?:hingga|sampai|to|dan)\s)\s?(?P<b>\d{{1,2}})\s+(?P<month>{_MONTH})(?:\s+(?P<year>{_YEAR}))?",
        "days_months": rf"\b(?P<a>\d{{1,2}})\s+(?P<month>{_MONTH})\s?(?:[-–]|\s(?:hingga|sampai|to)\s)\s?(?P<b>\d{{1,2}})\s+(?P<month2>{_MONTH})(?:\s+(?P<year>{_YEAR}))?",
        "small_week": r"\b(?-i:minggu)\s+(?P<when>lalu|ini|depan|kemarin)\b",
        "numbers": r"(?<![\d./-])(?P<day>\d{1,2})[-.](?P<mon>\d{1,2})[-.](?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)",
        "countdown": rf"\bH\s?(?P<sign>[-–+])\s?(?P<n>\d{{1,2}})\s+(?:hari\s+raya\s+)?(?P<feast>{FEAST})(?:\s+(?P<year>{_YEAR}))?",
        "around": rf"\b{_AMOUNT}\s+(?P<side>sebelum|menjelang|jelang|setelah|sesudah|pasca|before|after)\s+(?:hari\s+raya\s+)?(?P<feast>{FEAST})(?:\s+(?P<year>{_YEAR}))?",
        "feast": rf"\b(?:hari\s+raya\s+)?(?P<feast>{FEAST})(?:\s+(?:(?P<year>{_YEAR})(?!\w)|(?P<hyear>14\d\d)\s*H\b|(?P<last>lalu|kemarin)|(?P<next>mendatang|depan|nanti)))?(?!\w)",
        "hijri": rf"\b(?:(?P<day>[12]?\d|30)\s+)?(?:bulan\s+)?(?P<hmonth>{'|'.join(HIJRI)})\s+(?P<hyear>1[34]\d\d)(?:\s*H(?:ijriah|ijriyah)?\b)?",
        "later": rf"\b(?:{_AMOUNT}\s+(?P<side>kemudian|setelahnya|sesudahnya|berselang|sebelumnya|later|afterwards|earlier|before\b(?!\s+\w))|(?P<next>(?:ke)?esokan\s+hari(?:nya)?|esoknya|(?:the\s+)?(?:next|following)\s+day)|(?P<nextyear>(?:the\s+)?following\s+year|tahun\s+berikutnya)|(?P<same>(?:pada\s+)?hari\s+itu(?:\s+juga)?|hari\s+yang\s+sama|(?:the\s+)?same\s+day|that\s+day)|(?P<sameyear>tahun\s+(?:itu|yang\s+sama)|(?:the\s+)?same\s+year|that\s+year))",
        "recent": rf"\b(?:{_AMOUNT}\s+(?P<side>terakhir|mendatang|ke\s+depan)|(?:the\s+)?(?P<en>last|past|next)\s+(?P<encount>{_COUNT})\s+(?P<enunit>days|weeks|months|years))\b",
        "ahead": rf"\b(?:{_AMOUNT}\s+lagi|in\s+(?P<encount>{_COUNT})\s+(?P<enunit>days|weeks|months|years))\b",
        "ago": rf"\b(?:{_AMOUNT}\s+(?:yang\s+)?(?:lalu|silam|ago))\b",
        "hours": r"\b(?P<night>tadi\s+malam|malam\s+tadi|semalam|last\s+night|kemarin\s+(?:pagi|siang|sore|malam|petang))\b|\b(?P<today>(?:pagi|siang|sore|dini\s+hari|petang)\s+tadi|tadi\s+(?:pagi|siang|sore)|(?:pagi|siang|sore|malam)\s+ini|this\s+(?:morning|afternoon|evening)|tonight)\b",
        "month": rf"(?:(?<=\s)|^)(?P<month>{_MONTH})(?=\s*(?:[.,;)]|$)|\s+(?-i:[a-z(]))",
        "weekday": rf"\b(?P<weekday>(?-i:{_WEEKDAY}))\b(?:\s+(?:dini\s+hari|dinihari|pagi|siang|sore|petang|malam|morning|afternoon|evening|night))?",
    }.items()
}
"""Name of a way of telling time -> how it looks. `day_of` says what each means."""

PRECISION = {
    "part_century": "part", "century": "century", "decade": "decade", "part_month": "part", "part_year": "part", "weekend": "range",
    "quarter": "quarter", "half": "part", "week_of": "week", "month_of": "month", "month_this": "month", "days": "range",
    "days_months": "range", "recent": "range", "month": "month",
}  # fmt: skip

_PARTS = ("awal", "tengah", "akhir", "penghujung", "early", "mid", "late", "beginning", "end of")
_FEASTS = (
    "idul", "lebaran", "eid", "kurban", "islam", "hijri", "maulid", "isra", "nyepi", "waisak", "vesak", "imlek", "lunar", "chinese", "jumat agung",
    "wafat", "good friday", "kenaikan", "ascension", "natal", "christmas", "baru", "pergantian", "new year", "kemerdekaan", "hut", "pancasila", "buruh",
    "may day", "labo", "kartini", "hardiknas", "pendidikan", "kebangkitan", "harkitnas", "sumpah pemuda", "pahlawan", "hari ibu", "valentine",
    "paskah", "easter",
)  # fmt: skip
MONTHS = tuple(sorted({name.lower() for name in _MONTHS}))
WEEKDAYS = tuple(sorted({name.lower() for name in _WEEKDAYS}))
_THEN = (
    "kemudian", "setelahnya", "sesudahnya", "berselang", "sebelumnya", "berikutnya", "esok", "itu", "sama", "later", "afterwards", "earlier", "before",
    "next", "following", "same", "that",
)  # fmt: skip
NEEDS: dict[str, tuple[str, ...]] = {
    "part_century": ("abad", "century"), "century": ("abad", "century"), "decade": ("0-an", "0s"), "part_month": _PARTS, "part_year": _PARTS,
    "weekend": ("akhir", "weekend"), "quarter": ("kuartal", "triwulan", "q1", "q2", "q3", "q4", "quarter"), "half": ("semester", "paruh"),
    "week_of": ("pekan", "minggu"), "weekday_of": ("pekan", "minggu"), "month_of": ("tahun",), "month_this": (" ini",), "small_week": ("minggu",),
    "countdown": _FEASTS, "around": _FEASTS, "feast": _FEASTS, "hijri": ("13", "14"), "later": _THEN, "recent": ("terakhir", "mendatang", "depan", "last", "past", "next"),
    "ahead": ("lagi", "days", "weeks", "months", "years"),
    "ago": ("lalu", "silam", "ago"), "days": MONTHS, "days_months": MONTHS, "month": MONTHS, "weekday": WEEKDAYS, "hours": ("malam", "pagi", "siang", "sore", "dini", "petang", "night", "morning", "afternoon", "evening"),
}  # fmt: skip
"""What stands, in small letters, in every text that a pattern can match: looking for it is far cheaper than looking for the pattern."""
DIGITS = frozenset({"decade", "days", "days_months", "numbers", "countdown", "hijri"})
"""The patterns of which every match has a digit."""
