"""What the scripted chat models of generation.py say: true sentences in other words, and the ways of not telling the truth.

A true sentence is one of prose.jsonl (written by hand for this, in other words than the articles', before any of it was measured), or
a marked sentence reworded by rule, or two of them merged. A false one is made from a true one by one change whose kind is known,
so that what is let through can be counted by kind. Nothing here is drawn at random: the same cases give the same sayings.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from qa.language import text
from qa.language.annotate import names
from qa.schema import EvalCase

TRUE = ("own words", "reworded", "merged")
FALSE = (
    "invented quote", "misquoted", "number changed", "name changed", "date changed", "numbers swapped", "names swapped",
    "denied", "made up", "clause added",
)  # fmt: skip
MISCITED = ("wrong passage number", "quote of something else", "another fact")

_STRANGERS = {
    "id": (
        "Sutrisno Hadi",
        "Brasil",
        "Maria Lestari",
        "Surabaya",
        "Boeing",
        "Angela Merkel",
        "Universitas Airlangga",
        "Budi Santoso",
    ),
    "en": ("Peter Hargreaves", "Brazil", "Mary Whitfield", "Nairobi", "Boeing", "Angela Merkel", "Oxford", "John Carter"),
}
_CLAUSES = {
    "id": (", setelah mendapat izin parlemen", " dan menewaskan puluhan warga sipil", " karena kekurangan bahan pangan", ", yang kemudian dibatalkan sepihak",
           " demi memenangkan pemilihan umum", ", sehingga harga minyak dunia naik tajam"),
    "en": (", after parliament gave its consent", " and dozens of civilians were killed", " because of a shortage of food", ", which was cancelled later",
           " in order to win the election", ", so that oil prices rose sharply"),
}  # fmt: skip
_INVENTED = {
    "id": ("Para pejabat membenarkan bahwa perjanjian rahasia itu sudah ditandatangani pekan lalu di ibu kota.",
           "Sumber di kementerian menyebut seluruh anggaran proyek tersebut habis sebelum pembangunan selesai."),
    "en": ("Officials confirmed that the secret treaty had been signed in the capital last week.",
           "A source in the ministry said that the whole budget was spent before the work was finished."),
}  # fmt: skip
_REWORDINGS = (
    (r"\bmengatakan\b", "menyatakan"), (r"\btelah\b", "sudah"), (r"\btersebut\b", "itu"), (r"\bterletak\b", "berada"),
    (r"\bmemiliki\b", "mempunyai"), (r"\bsekitar\b", "kira-kira"), (r"\bmelakukan pertemuan dengan\b", "bertemu"), (r"\bserta\b", "dan"),
    (r"\bdapat\b", "bisa"), (r"\bdimulai\b", "mulai berjalan"), (r"\bmenggunakan\b", "memakai"), (r"\bketika\b", "saat"),
    (r"\bnamun\b", "tetapi"), (r"\bdigelar\b", "diadakan"), (r"\bselama bertahun-tahun\b", "bertahun-tahun lamanya"),
)  # fmt: skip
_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_COUNTS = {
    "id": dict(zip("dua tiga empat lima".split(), "enam tujuh delapan sembilan".split(), strict=True)),
    "en": dict(zip("two three four five".split(), "six seven eight nine".split(), strict=True)),
}
_TOGETHER = r"^\W*(?:dan|and|serta|,)?\W*$|\b(?:ber(?:temu|sama|tatap)|met|together|antara|between)\b"
_FIGURE = re.compile(r"(?<![\w/-])\d+(?:[.,:]\d+)*(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of a reply: its words, the quotes that it gives (source, words), and what kind it is."""

    kind: str
    text: str
    quotes: tuple[tuple[str, str], ...]  # (source of the article, words); source "" is nowhere


def prose(path: Path, cases: Sequence[EvalCase]) -> dict[str, str]:
    """Case id -> the sentence written by hand for it, or for another case with the same first marked sentence and language."""
    written = {row["case"]: row["text"] for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    by_place = {(case.sources[0], case.language): written[case.id] for case in cases if case.id in written and case.sources}
    return {
        case.id: by_place[place] for case in cases if case.sources and (place := (case.sources[0], case.language)) in by_place
    }


def truths(case: EvalCase, written: str) -> Iterator[Saying]:
    """True sentences for a case: in own words, a further marked sentence reworded, and the two merged with both quotes."""
    first, *others = [(span.source, span.quote) for span in case.sources]
    yield Saying("own words", written, (first,))
    if case.language == "id":
        for source, quote in [place for place in (first, *others) if len(text.sentences(place[1])) == 1][:2]:
            yield Saying("reworded", reworded(quote), ((source, quote),))
        for other in [place for place in others if len(text.sentences(place[1])) == 1][:1]:
            yield Saying("merged", f"{written.rstrip('.')}, sementara {_lowered(reworded(other[1]))}", (first, other))


def falsehoods(case: EvalCase, written: str, elsewhere: Sequence[tuple[str, str, str]]) -> Iterator[Saying]:
    """One false sentence of each kind that can be made of this case's true one.

    elsewhere: (sentence in own words, source, quote) of other cases in the same language, whose facts are others.
    """
    tongue, quote = case.language, (case.sources[0].source, case.sources[0].quote)
    pick = int(hashlib.sha256(case.id.encode()).hexdigest(), 16)
    yield Saying("invented quote", written, (("", _INVENTED[tongue][pick % 2]),))
    yield Saying("made up", _INVENTED[tongue][1 - pick % 2], (quote,))
    yield Saying("misquoted", written, (("", misquoted(quote[1])),))
    makers = {
        "number changed": number_changed(written, quote[1], tongue),
        "name changed": name_changed(written, quote[1], _STRANGERS[tongue][pick % 8]),
        "date changed": date_changed(written, quote[1], tongue),
        "numbers swapped": swapped(
            written, [match.span() for match in _FIGURE.finditer(written) if not _dated(written, *match.span(), tongue)]
        ),
        "names swapped": swapped(written, names.names(written)),
        "denied": denied(written, tongue),
        "clause added": written.rstrip(".") + _CLAUSES[tongue][pick % 6] + ".",
    }
    for kind, changed in makers.items():
        if changed and changed != written:
            yield Saying(kind, changed, (quote,))
    if elsewhere:
        sentence, source, other = elsewhere[pick % len(elsewhere)]
        yield Saying("another fact", sentence, (quote,))
        yield Saying("quote of something else", written, ((source, other),))
    yield Saying("wrong passage number", written, (quote,))


def reworded(quote: str) -> str:
    """A sentence by rule in slightly other words: what is in round brackets goes, some words give way to others of the same meaning."""
    plain = re.sub(r"\s*\([^)]*\)", "", quote)
    for pattern, other in _REWORDINGS:
        plain = re.sub(pattern, other, plain)
    return f"Menurut laporan itu, {_lowered(plain)}"


def misquoted(quote: str) -> str:
    """The quote with its longest word replaced: nearly the letters of the article, and not them."""
    longest = max((word for word, _, _ in text.words(quote)), key=len)
    return quote.replace(longest, "sebenarnya" if longest != "sebenarnya" else "kabarnya")


def number_changed(sentence: str, quote: str, tongue: str) -> str:
    """The first number that is no part of a date becomes one that the quote lacks; "" where there is none."""
    for match in _FIGURE.finditer(sentence):
        if _dated(sentence, *match.span(), tongue) or re.fullmatch(r"(?:19|20)\d\d", match.group()):
            continue
        digits = re.sub(r"\d", lambda digit: str((int(digit.group()) + 3) % 10 or 7), match.group())
        if digits not in quote:
            return sentence[: match.start()] + digits + sentence[match.end() :]
    for word, other in _COUNTS[tongue].items():
        if re.search(rf"\b{word}\b", sentence) and other not in quote:
            return re.sub(rf"\b{word}\b", other, sentence, count=1)
    return ""


def date_changed(sentence: str, quote: str, tongue: str) -> str:
    """The first month, weekday, day or year of a date becomes another; "" where there is none."""
    for wheel in (_MONTHS[tongue], _DAYS[tongue]):
        for at, word in enumerate(wheel):
            other = wheel[(at + 2) % len(wheel)]
            if re.search(rf"\b{word}\b", sentence) and other not in quote:
                return re.sub(rf"\b{word}\b", other, sentence, count=1)
    for match in re.finditer(r"\b(?:19|20)\d\d\b", sentence):
        return sentence[: match.start()] + str(int(match.group()) + 3) + sentence[match.end() :]
    return ""


def name_changed(sentence: str, quote: str, stranger: str) -> str:
    """The last name that the quote has becomes a stranger's; "" where there is none."""
    for start, end in reversed(names.names(sentence)):
        if sentence[start:end].rsplit(maxsplit=1)[-1] in quote:
            return sentence[:start] + stranger + sentence[end:]
    return ""


def swapped(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """The first two different spans change places, unless they do the same together ("Kim dan Putin"); "" where there are no two."""
    for (a, b), (c, d) in pairwise(spans):
        if sentence[a:b] != sentence[c:d] and not re.search(_TOGETHER, sentence[b:c]):
            return sentence[:a] + sentence[c:d] + sentence[b:c] + sentence[a:b] + sentence[d:]
    return ""


def denied(sentence: str, tongue: str) -> str:
    """The sentence denied, or its denial taken away: "tidak" before the first verb with a prefix; "" where no place is found."""
    without = re.sub(r"\b(?:tidak|belum|not) ", "", sentence, count=1)
    if without != sentence:
        return without
    if tongue == "en":
        return re.sub(r"\b(was|were|is|are|has|have|had|will|would|can)\b(?! not)", r"\1 not", sentence, count=1)
    return re.sub(r"(?<=\w )((?:akan|telah|sudah|bisa|dapat)\b|(?:me[mnlry]|ber|di|ter)\w{4,})", r"tidak \1", sentence, count=1)


def _dated(sentence: str, start: int, end: int, tongue: str) -> bool:
    months = tuple(_MONTHS[tongue])
    return sentence[end:].lstrip().startswith(months) or sentence[:start].rstrip().endswith(months)


def _lowered(sentence: str) -> str:
    return (
        sentence if not sentence or any(start == 0 for start, _ in names.names(sentence)) else sentence[0].lower() + sentence[1:]
    )
