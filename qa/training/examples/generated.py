"""Rule-made questions: from a text, questions whose answer is a span of it. Rules, so that nothing has to be trusted.

Leads give births, deaths, definitions and places; any text gives "the rest of the sentence" questions about its dates,
numbers, places, subjects and speakers: the answer is taken out, the question word goes to the front, and some words are
left out so that the question is not a copy. Idea: Lewis, Denoyer and Riedel, ACL 2019 (questions from cloze sentences).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.language import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

MONTH = "|".join(map(str.capitalize, calendar.months("full", language="id")))
DAY = "|".join(map(str.capitalize, calendar.weekdays("full", language="id")))
DATE = rf"\d{{1,2}} (?:{MONTH}) \d{{4}}"
_WORD = r"[A-Z][\w'’-]*\w"
NAME = rf"{_WORD}(?: (?:bin|van|de|al|of|{_WORD}))*"

_BORN = re.compile(
    rf"\blahir(?: (?:di|pada))? (?:(?P<place>[A-Z][^,;()\d]{{2,40}}(?:, [A-Z][^,;()\d]{{2,30}})?), )?(?:pada )?(?P<date>{DATE})"
)
_DIED = re.compile(
    rf"\b(?:meninggal|wafat)(?: dunia)?(?: (?:di|pada))? (?:(?P<place>[A-Z][^,;()\d]{{2,40}}(?:, [A-Z][^,;()\d]{{2,30}})?), )?(?:pada )?(?P<date>{DATE})"
)
_IS = re.compile(r"\b(?:adalah|merupakan|ialah) (?P<what>[^.]{12,220})\.")
_SENTENCE = re.compile(r"[^.\n]{30,260}(?:\.\d[^.\n]*)*\.(?=\s|$)")

_WHEN = re.compile(
    rf"(?:pada |sejak |hingga )?(?:(?:hari|tanggal) )?(?P<answer>(?:(?:{DAY}),? )?(?:{DATE}|\(\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?\)|tahun \d{{4}})|(?:{DAY}) \(\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?\))"
)
_COUNT = re.compile(
    r"(?<![\w/.,-])(?:sebanyak |sekitar |mencapai |sebesar )?"
    r"(?P<answer>(?:Rp ?)?(?!(?:1[5-9]|20)\d\d )\d(?:[\d.,]*\d)?(?: (?:ribu|juta|miliar|triliun|persen))?(?: ?%)?) (?P<unit>[a-z]{3,})"
)
_WHERE = re.compile(rf"\bdi (?P<answer>(?:Kota |Kabupaten |Desa |Kecamatan |Jalan |Provinsi )?{NAME}(?:, {NAME})?)")
_WHO = re.compile(rf"^(?P<answer>{NAME}) (?=(?:me|ber|di|ter)[a-z]{{3,}})")
_SPEAKER = re.compile(rf"[\"”],? (?:ujar|kata|tutur|ucap|jelas|ungkap|tegas)(?:nya)? (?P<answer>(?:[A-Z][\w.-]+ ){{0,4}}{NAME})")
_QUOTE = re.compile(r"[\"“](?P<said>[^\"“”]{20,200})[\"”],? (?:ujar|kata|tutur|ucap|jelas|ungkap|tegas)")

_CLOZE = (
    (_WHEN, ("Kapan", "Kapankah", "Tanggal berapa")),
    (_WHERE, ("Di mana", "Dimanakah", "Di manakah")),
    (_WHO, ("Siapa yang", "Siapakah yang", "Apa yang")),
)
_LOOSE = frozenset(
    (
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "pada",
        "untuk",
        "dengan",
        "oleh",
        "ini",
        "itu",
        "tersebut",
        "juga",
        "telah",
        "sudah",
        "akan",
        "para",
        "sang",
        "adalah",
    )
)


@dataclass(frozen=True, slots=True)
class GeneratedAnswer:
    """A question, and its answer as a span of the text."""

    question: str
    start: int
    end: int


def from_lead(title: str, text: str, random: Random) -> Iterator[GeneratedAnswer]:
    """Questions about the subject of an encyclopaedia's lead section."""
    name = re.sub(r" \(.*\)$", "", title)
    for pattern, verb in ((_BORN, "lahir"), (_DIED, random.choice(("meninggal", "wafat", "meninggal dunia")))):
        found = pattern.search(text[:400])
        if found:
            when = random.choice((f"Kapan {name} {verb}?", f"kapankah {name} {verb}?", f"Tanggal berapa {name} {verb}?"))
            yield GeneratedAnswer(when, *found.span("date"))
            if found["place"]:
                yield GeneratedAnswer(
                    random.choice((f"Di mana {name} {verb}?", f"dimanakah {name} {verb} ?")), *found.span("place")
                )
    found = _IS.search(text[:400])
    if found and found.start() < 160:
        person = found["what"].startswith("seorang")
        forms = (
            (f"Siapa {name}?", f"Siapakah {name} ?")
            if person
            else (f"Apa itu {name}?", f"Apa yang dimaksud dengan {name}?", f"apakah {name} itu?")
        )
        start, end = found.span("what")
        comma = text.find(", ", start + 20, end)
        yield GeneratedAnswer(random.choice(forms), start, comma if comma > 0 and random.random() < 0.5 else end)
    yield from from_text(text, random)


def from_text(text: str, random: Random) -> Iterator[GeneratedAnswer]:
    """Questions about single sentences of any text."""
    for sentence in _SENTENCE.finditer(text):
        words, offset = sentence.group().strip(), sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
        for pattern, openings in _CLOZE:
            found = pattern.search(words)
            if found:
                rest = rest_of(words, found.start(), found.end(), random)
                if rest:
                    yield GeneratedAnswer(
                        f"{random.choice(openings)} {rest}?", offset + found.start("answer"), offset + found.end("answer")
                    )
        found = _COUNT.search(words)
        if found and found["unit"] not in _LOOSE:
            rest = rest_of(words, found.start(), found.end(), random)
            if rest:
                money = found["answer"].startswith("Rp")
                asked = "Berapa" if money else f"{random.choice(('Berapa', 'Berapa jumlah', 'Ada berapa'))} {found['unit']}"
                yield GeneratedAnswer(f"{asked} {rest}?", offset + found.start("answer"), offset + found.end("answer"))
    quote = _QUOTE.search(text)
    speaker = _SPEAKER.search(text, quote.end() - 30) if quote else None
    if quote and speaker:
        about = rest_of(quote["said"], len(quote["said"]), len(quote["said"]), random)
        if about:
            yield GeneratedAnswer(
                f"{random.choice(('Siapa yang mengatakan', 'Menurut siapa', 'Siapa yang menyebut'))} {about}?",
                *speaker.span("answer"),
            )
            yield GeneratedAnswer(f"Apa kata {speaker['answer']} tentang {about}?", *quote.span("said"))


def rest_of(sentence: str, start: int, end: int, random: Random) -> str:
    """Up to a dozen words of the sentence nearest to the answer, without it, some left out. Empty when too little stays."""
    before, after = sentence[:start].split(), sentence[end:].rstrip(".").split()
    limit = random.randint(6, 12)
    keep_before = before[-max(limit - len(after), limit // 2) :]
    words = [*keep_before, *after[: limit - len(keep_before)]]
    drop = random.uniform(0.1, 0.45)
    left = [word for word in words if random.random() > (0.7 if word.lower() in _LOOSE else drop)]
    if len(left) < 3 or sum(word[0].isalpha() for word in left) < 3:
        return ""
    return " ".join(left).strip(",;:()\"'“” ")
