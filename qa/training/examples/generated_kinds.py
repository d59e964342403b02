"""More rule-made questions: which of a kind, reasons, purposes, means, lists, and offices with whoever holds them.

The kinds of question that people ask of news and that the question sets hardly have. As in `qa.training.examples.generated` the answer is
taken out of its sentence and the question word goes to the front; only patterns that are nearly always right are used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.training.examples.generated import NAME, GeneratedAnswer, rest_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_NOUNS = (
    "roket|pesawat|kapal|kereta|mobil|motor|kota|negara|partai|bank|klub|film|lagu|buku|novel|album|stasiun|universitas|provinsi|kabupaten|"
    "kecamatan|desa|sungai|gunung|pulau|perusahaan|aplikasi|majalah|koran|surat kabar|stadion|bandara|pelabuhan|satelit|virus|suku|grup|band|"
    "program|museum|hotel|rumah sakit|turnamen|kompetisi|merek|produk|festival|sekolah|situs|kantor berita|stasiun televisi|lembaga|badan|"
    "organisasi|operasi|proyek|sistem|rudal|senjata|makanan|tarian|bahasa|jurusan|distrik|wilayah|danau|selat|laut|kerajaan|dinasti"
)
_WHICH = re.compile(rf"\b(?P<noun>{_NOUNS}) (?P<answer>(?!Ini|Itu|Yang)[A-Z0-9][\w.'’-]*\w(?: [A-Z0-9][\w.'’-]*\w){{0,3}})")
_CLAUSE = r"[^,.;:()\"“”]{12,110}"
_WHY = re.compile(rf",? (?:karena|lantaran|akibat|sebab|gara-gara) (?P<answer>{_CLAUSE})(?=[,.;])")
_WHAT_FOR = re.compile(rf",? (?:untuk|guna|demi|agar|supaya) (?P<answer>{_CLAUSE})(?=[,.;])")
_HOW = re.compile(
    r" (?P<answer>(?:dengan (?:cara |menggunakan |me\w+ )|melalui |menggunakan |lewat )[^,.;:()\"“”]{6,70})(?=[,.;])"
)
_ITEM = r"[\w'’-]+(?: [\w'’-]+){0,3}"
_LIST = re.compile(
    rf"(?P<answer>{NAME}(?:, {NAME}){{1,6}},? (?:dan|serta) {NAME})|(?:yaitu|yakni|antara lain|seperti|meliputi|adalah) (?P<more>{_ITEM}(?:, {_ITEM}){{1,6}},? (?:dan|serta) {_ITEM})(?=[,.;])"
)
_OFFICES = (
    "Presiden|Wakil Presiden|Perdana Menteri|Menteri(?: [A-Z]\\w+){1,3}?|Gubernur|Wakil Gubernur|Bupati|Wali Kota|Walikota|Ketua(?: Umum)?|Wakil Ketua|"
    "Sekretaris Jenderal|Kepala(?: [A-Z]\\w+){0,2}?|Direktur(?: Utama| Eksekutif)?|CEO|Juru Bicara|Pelatih|Kapolda|Kapolres|Kapolsek|Rektor|Panglima|Duta Besar"
)
_OFFICE = re.compile(
    rf"\b(?P<office>{_OFFICES}) (?P<of>[A-Z][\w-]+(?: (?:Utara|Selatan|Barat|Timur|Tengah|Raya|Serikat))?) (?P<answer>[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|bin|al)){{1,3}})"
)
_ELSE = (
    "Presiden|Perdana Menteri|Gubernur|Bupati|Wali Kota|Ketua Umum|Sekretaris Jenderal|Direktur Utama|Juru Bicara|Pelatih|Kapolda|Menteri Luar Negeri|"
    "Menteri Pertahanan|Menteri Keuangan|Menteri Dalam Negeri|Menteri Pendidikan|Rektor|Duta Besar|Wakil Presiden|Kapten"
).split("|")
_COMMON = 0.6  # how often a reason or a purpose is passed over: there are many more of them than of the rest
_SENTENCE = re.compile(r"[^.\n]{40,300}(?:\.\d[^.\n]*)*\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class GeneratedQuestion:
    """A question about `GeneratedAnswer.start:end`, or where it is near and not answered, about the sentence in which it was made."""

    made: GeneratedAnswer
    answered: bool = True


def by_kind(text: str, places: tuple[str, ...], random: Random) -> Iterator[GeneratedQuestion]:
    """Questions about the sentences of a text. `places`: names that an office may belong to, for questions that miss."""
    for sentence in _SENTENCE.finditer(text):
        words, offset = sentence.group().strip(), sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
        for question, (start, end) in _cloze(words, random):
            yield GeneratedQuestion(GeneratedAnswer(question, offset + start, offset + end))
        for question, span in _offices(words, places, random):
            yield GeneratedQuestion(GeneratedAnswer(question, offset + span[0], offset + span[1]))
            missed = _missed(words, question, places, random)
            if missed:
                yield GeneratedQuestion(GeneratedAnswer(missed, offset, offset + len(words)), answered=False)


def _cloze(words: str, random: Random) -> Iterator[tuple[str, tuple[int, int]]]:
    ways = (
        (_WHY, ("Mengapa", "Kenapa", "Apa sebab", "Apa alasan", "Apa penyebab")),
        (_WHAT_FOR, ("Untuk apa", "Mengapa", "Apa tujuan", "Kenapa")),
        (_HOW, ("Bagaimana", "Bagaimana cara", "Dengan apa", "Lewat apa")),
        (_LIST, ("Siapa saja", "Apa saja", "Apa saja", "Sebutkan")),
    )
    for pattern, openings in ways:
        found = pattern.search(words)
        if not found or (pattern in {_WHY, _WHAT_FOR} and random.random() < _COMMON):
            continue
        span = found.span("more") if pattern is _LIST and found["more"] else found.span("answer")
        rest = rest_of(words, found.start(), found.end(), random)
        if rest:
            yield f"{random.choice(openings)} {rest}?", span
    found = _WHICH.search(words)
    if found:
        rest = rest_of(words, found.start(), found.end(), random)
        noun = found["noun"]
        if rest:
            preposition = words[: found.start()].split()[-1:]
            ahead = (
                f"{preposition[0].capitalize()} {noun}"
                if preposition and preposition[0] in {"di", "ke", "dari"}
                else noun.capitalize()
            )
            yield f"{ahead} {random.choice(('apa', 'mana', 'apa yang'))} {rest}?", found.span("answer")


def _offices(words: str, places: tuple[str, ...], random: Random) -> Iterator[tuple[str, tuple[int, int]]]:
    known = frozenset(places)
    for found in _OFFICE.finditer(words):
        if found["of"] not in known:
            continue
        who = random.choice(("Siapa", "Siapakah", "Siapa nama"))
        office = found["office"] if random.random() < 0.5 else found["office"].lower()
        yield f"{who} {office} {found['of']}?", found.span("answer")
        if random.random() < 0.4:
            yield (
                random.choice((f"Siapa {found['answer']}?", f"Siapa itu {found['answer']}?")),
                (found.start("office"), found.end("of")),
            )


def _missed(words: str, question: str, places: tuple[str, ...], random: Random) -> str:
    """The question after another office, or after the same one elsewhere, as far as the sentence does not say that one; or ""."""
    found = re.match(
        r"(?P<who>Siapa(?:kah| nama)?) (?P<office>.+?) (?P<of>[A-Z][\w-]+(?: (?:Utara|Selatan|Barat|Timur|Tengah|Raya|Serikat))?)\?$",
        question,
    )
    if not found or found["office"].startswith("itu"):
        return ""
    if random.random() < 0.5:
        near = [place for place in places if place != found["of"] and place in words]
        other = random.choice(near) if near and random.random() < 0.7 else random.choice(places)
        if other == found["of"] or re.search(rf"{re.escape(found['office'])} (?:\S+ )?{re.escape(other)}", words, re.IGNORECASE):
            return ""
        return f"{found['who']} {found['office']} {other}?"
    office = random.choice(_ELSE)
    if office.casefold() in words.casefold() or office.casefold() == found["office"].casefold():
        return ""
    return f"{found['who']} {office if found['office'][0].isupper() else office.lower()} {found['of']}?"
