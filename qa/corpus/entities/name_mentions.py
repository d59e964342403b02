"""Mentions of names in one text: which capitalised words name somebody or something, and what speaks for a person, a place or a body.

Titles and offices before a name are not part of it ("Ketua KPK Agus Rahardjo" mentions KPK and Agus Rahardjo). What kind of name it
is, is decided by the words around it: an office before a person, "di" before a place, "Kementerian" at the head of a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.language import lists
from qa.language.annotate.names import OFFICES, TITLES, names, opens_sentence
from qa.language.annotate.people import LANDS, ORGANISATIONS, People, institution, parted
from qa.language.annotate.speech_verbs import ACTIVE, ENGLISH, SPEECH_ROOTS
from qa.language.conversation.mentions import PLACES, THINGS
from qa.language.text.roots import dictionary_word
from qa.language.text.words import fold, listed

Evidence = Literal["person", "place", "thing", ""]

_PLACED = 2  # words behind a governing office that may all be its place: "bupati Rokan Hilir"
_DEGREE = 2  # letters of a degree or initials behind a name: "Mahfud MD"
LONGEST = 6  # words of a name
_AMOUNT = re.compile(r"\.?\s?\d")
_SYMBOL = 3  # letters of what stands for a currency before an amount ("Rp", "USD")
_HEADS = (
    ORGANISATIONS
    | THINGS
    | listed("kementrian direktorat dinas kodam kejaksaan kepolisian asosiasi fakultas rumah pondok majelis")
)
_SPOKE = SPEECH_ROOTS | {"menurut"}
_ACTS = re.compile(
    rf"\s+(?:(?:juga|pun|kemudian|lalu|sempat|telah|also|has|had)\s+)?(?:{ACTIVE}|{ENGLISH})\b|\s+\((?:\d\d|\d\d tahun)\)|\s+(?:lahir|meninggal|wafat|menikah|divonis|dilantik|was born|died)\b"
)
_OFFICE_AFTER = re.compile(r",\s+(?:(?:selaku|sebagai|yang|mantan|the|former)\s+)?([^\W\d_]+)")
_WHERE = PLACES | listed("di ke asal in near warga dusun")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")
_TOKEN = re.compile(r"\S+")
_INITIALS = re.compile(r"[A-Z]{2,6}")
_EDGE = ".,'’\"“”;:()"
_CURRENCIES = frozenset(row[-1] for row in lists.table("units").rows if row[1].startswith("money:") and len(row[-1]) <= _SYMBOL)
_GOVERNING = frozenset(lists.column("cues", "word", use="governing"))
"""Offices behind which the name of a place or a club may precede its holder's, or alone."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """text[start:end] names something; `evidence` is what its surroundings say of it, `office` which offices precede it.

    `opens`: one word that opens a sentence, and has its capital from there as well as from being a name. `glued`: an office opens the run,
    so that what is between the two may be a place or a club ("pelatih Liverpool Jurgen Klopp"). `leads`: the first word of several
    opens a sentence and is in a dictionary ("Kereta Kim Jong-un"). `governed`: `glued`, by an office that goes with a place or club.
    """

    text: str
    start: int
    end: int
    evidence: Evidence
    office: str = ""
    opens: bool = False
    glued: bool = False
    leads: bool = False
    governed: bool = False


def mentions(text: str) -> Iterator[NameMention]:
    """The mentions of a text, in order. Lines are read apart: no name goes over the end of one."""
    for start, end in names(text):
        yield from _of_run(text, start, end)


def _of_run(text: str, start: int, end: int) -> Iterator[NameMention]:
    """The mentions in one run of capitalised words."""
    run = text[start:end].rstrip("'’")
    end = start + len(run)
    tokens = [(found.group().strip(_EDGE), start + found.start()) for found in _TOKEN.finditer(run)]
    tokens = [(word, at) for word, at in tokens if word]
    if not tokens:
        return
    first, last = tokens[0][0].casefold(), tokens[-1][0]
    if first in _CURRENCIES and _AMOUNT.match(text, tokens[0][1] + len(tokens[0][0])):
        return  # "Rp 1,4 triliun"
    if len(tokens) > 1 and first not in TITLES and (first in _HEADS or first in PLACES):
        yield NameMention(run, start, end, "place" if first in PLACES else "thing")
        return
    if first in TITLES or institution(first) or any(word.casefold() in TITLES for word, _ in tokens[1:-1]):
        yield from _titled(text, run, start, tokens)
        return
    if len(tokens) > LONGEST:
        return
    if all(word.casefold() in LANDS for word, _ in tokens):
        yield NameMention(run, start, end, "place", opens=len(tokens) == 1 and opens_sentence(text, start))
        return
    if last.isupper() and len(last) > (1 if len(tokens) == 1 or run.isupper() else _DEGREE):
        yield NameMention(run, start, end, "thing" if _INITIALS.fullmatch(last) else "")
        return
    opens = len(tokens) == 1 and opens_sentence(text, start)
    if len(tokens) == 1 and any(map(str.isdigit, run)):
        yield NameMention(run, start, end, "", opens=opens)
        return
    noun_before = _WORD_BEFORE.search(text, max(0, start - 24), start)
    noun_at = noun_before.start() if noun_before else start
    noun = noun_before.group(1).casefold() if noun_before else ""
    evidence: Evidence = ""
    office = noun if noun in TITLES or People.is_office(noun) else ""
    if not office and (noun in PLACES or noun in _HEADS) and (before := _WORD_BEFORE.search(text, max(0, start - 48), noun_at)):
        office = before.group(1).casefold() if before.group(1).casefold() in OFFICES else ""  # "kepala stasiun Joko Prasetyo"
    if office and len(tokens) > 2 and (tokens[0][0].casefold() in LANDS or tokens[0][0].isupper()):
        yield from _titled(text, f"{noun} {run}", start - len(noun) - 1, [(noun, start - len(noun) - 1), *tokens])
        return  # "presiden Rusia Vladimir Putin"
    if noun in _WHERE and not office:
        evidence = "place"
    elif noun in _HEADS and not office:
        evidence = "thing"
    elif (office and (office not in _GOVERNING or len(tokens) > _PLACED)) or noun in _SPOKE or _speaks(text, end):
        evidence = "person"
    yield NameMention(
        run,
        start,
        end,
        evidence,
        office if office in OFFICES else "",
        opens=opens,
        glued=office in _GOVERNING,
        leads=len(tokens) > 1 and dictionary_word(first) and opens_sentence(text, start),
    )


def _titled(text: str, run: str, start: int, tokens: Sequence[tuple[str, int]]) -> Iterator[NameMention]:
    """A run that opens with a title, an office or a body's word: the bodies in capitals within it, and the name at its end."""
    role, name = parted(run)
    length = len(name.split())
    if length > LONGEST or not role:
        return
    role_tokens = tokens[: len(tokens) - length]
    for word, at in role_tokens:
        if _INITIALS.fullmatch(word) and fold(word) not in TITLES:
            yield NameMention(word, at, at + len(word), "thing")
    if not length or not role_tokens:
        return
    folded = [word.casefold() for word, _ in role_tokens]
    nearest = folded[-1]
    if length == 1 and not People.is_office(nearest):
        return  # "Kepala Badan Ekonomi Kreatif": the last word is the body's
    while length > 2 and len(tokens[-length][0]) > 1 and tokens[-length][0].isupper():
        role_tokens, length = tokens[: len(tokens) - length + 1], length - 1  # "Presiden RI Bacharuddin Jusuf Habibie"
    at = tokens[-length][1]
    titled = any(word in TITLES or People.is_office(word) for word in folded)
    offices = [word for word in folded if word in OFFICES]
    evidence: Evidence = "person" if titled and not (nearest in _GOVERNING and length <= _PLACED) else ""
    if not evidence and _speaks(text, start + len(run)):
        evidence = "person"
    yield NameMention(
        text[at : start + len(run)], at, start + len(run), evidence, " ".join(offices), glued=True, governed=nearest in _GOVERNING
    )


def _speaks(text: str, end: int) -> bool:
    """Does somebody who speaks end at `end`, or somebody whose age or office follows it?"""
    if _ACTS.match(text, end):
        return True
    after = _OFFICE_AFTER.match(text, end)
    return after is not None and after.group(1).casefold() in OFFICES
