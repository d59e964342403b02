"""Mentions of names in one text: which capitalised words name somebody or something, and what speaks for a person, a place or a body.

Titles and offices before a name are not part of it ("Ketua KPK Agus Rahardjo" mentions KPK and Agus Rahardjo). What kind of name it
is, is decided by the words around it: an office before a person, "di" before a place, "Kementerian" at the head of a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from qa.language import lists
from qa.language.annotate.names import OFFICES, TITLES, names, opens_sentence
from qa.language.annotate.people import HOLDERS, LANDS, ORGANISATIONS, institution, parted
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
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_TOKEN = re.compile(r"\S+")
_INITIALS = re.compile(r"[A-Z]{2,6}")
_EDGE = ".,'’\"“”;:()"
_CURRENCIES = frozenset(row[-1] for row in lists.table("units").rows if row[1].startswith("money:") and len(row[-1]) <= _SYMBOL)
_GOVERNING = frozenset(lists.column("cues", "word", use="governing"))
"""Offices behind which the name of a place or a club may precede its holder's, or alone."""


class NameMention(NamedTuple):
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


class _Run(NamedTuple):
    """What the words of a run say by themselves, wherever it is.

    `inside`: its mentions, with offsets in the run, None where one mention is the whole run and the words around it decide; `opens` of
    one says that it does where the run opens a sentence. `speaks`: the last of them is a person where a verb follows. `behind`: the
    end of a currency, whose amount may follow, else 0. `abroad`: the first of three words or more is a land or in capitals.
    """

    text: str
    inside: tuple[NameMention, ...] | None = ()
    speaks: bool = False
    behind: int = 0
    many: int = 0  # words
    first: str = ""  # in small letters
    abroad: bool = False


def mentions(text: str) -> Iterator[NameMention]:
    """The mentions of a text, in order. Lines are read apart: no name goes over the end of one."""
    for start, end in names(text):
        run = _alone(text[start:end])
        if run.behind and _AMOUNT.match(text, start + run.behind):
            continue  # "Rp 1,4 triliun"
        if run.inside is None:
            yield from _among(text, run, start)
        elif run.inside:
            yield from _placed(text, run, start)


@lru_cache(maxsize=50_000)
def _alone(words: str) -> _Run:
    """A run of capitalised words read by itself, once: most names are in many articles."""
    run = words.rstrip("'’")
    tokens = [word for token in run.split() if (word := token.strip(_EDGE))]
    if not tokens:
        return _Run(run)
    folded = [word.casefold() for word in tokens]
    many, first, last = len(tokens), folded[0], tokens[-1]
    behind = len(tokens[0]) if first in _CURRENCIES else 0
    inside: tuple[NameMention, ...] | None = None
    if many > 1 and first not in TITLES and (first in _HEADS or first in PLACES):
        inside = (NameMention(run, 0, len(run), "place" if first in PLACES else "thing"),)
    elif institution(first) or not TITLES.isdisjoint(folded[1:-1]):
        return _titled(run)._replace(behind=behind)
    elif many > LONGEST:
        inside = ()
    elif LANDS.issuperset(folded):
        inside = (NameMention(run, 0, len(run), "place", opens=many == 1),)
    elif last.isupper() and len(last) > (1 if many == 1 or run.isupper() else _DEGREE):
        inside = (NameMention(run, 0, len(run), "thing" if _INITIALS.fullmatch(last) else ""),)
    elif many == 1 and any(map(str.isdigit, run)):
        inside = (NameMention(run, 0, len(run), "", opens=True),)
    abroad = many > 2 and (first in LANDS or tokens[0].isupper())
    return _Run(run, inside, False, behind, many, first, abroad)


def _placed(text: str, run: _Run, start: int) -> Iterator[NameMention]:
    """The mentions inside a run that is at `start` of a text."""
    for one in run.inside or ():
        evidence = "person" if run.speaks and not one.evidence and _speaks(text, start + one.end) else one.evidence
        opens = one.opens and opens_sentence(text, start)
        yield NameMention(
            one.text, start + one.start, start + one.end, evidence, one.office, opens, one.glued, governed=one.governed
        )


def _among(text: str, run: _Run, start: int) -> Iterable[NameMention]:
    """The mention that a whole run is, by the words before and after it."""
    end = start + len(run.text)
    noun, noun_at = _word_before(text, start, 24)
    evidence: Evidence = ""
    office = noun if noun in HOLDERS else ""
    if not office and (noun in PLACES or noun in _HEADS):
        before, _ = _word_before(text, noun_at, 48 - start + noun_at)
        office = before if before in OFFICES else ""  # "kepala stasiun Joko Prasetyo"
    if office and run.abroad:
        return _placed(text, _titled(f"{noun} {run.text}"), start - len(noun) - 1)  # "presiden Rusia Vladimir Putin"
    if noun in _WHERE and not office:
        evidence = "place"
    elif noun in _HEADS and not office:
        evidence = "thing"
    elif (office and (office not in _GOVERNING or run.many > _PLACED)) or noun in _SPOKE or _speaks(text, end):
        evidence = "person"
    glued = office in _GOVERNING
    office = office if office in OFFICES else ""
    opens = opens_sentence(text, start)
    leads = opens and run.many > 1 and dictionary_word(run.first)
    return (NameMention(run.text, start, end, evidence, office, opens and run.many == 1, glued, leads),)


def _word_before(text: str, at: int, reach: int) -> tuple[str, int]:
    """The word before `at`, casefolded, and where it begins; "" where white space and a word do not end there, within `reach` characters."""
    before = text[max(0, at - reach) : at]
    kept = before.rstrip()
    if len(kept) == len(before) or not kept or not kept[-1].isalnum():
        return "", at
    word = kept.rsplit(maxsplit=1)[-1]
    if not word.isalpha():
        letters = _LETTERS.search(word)
        word = letters.group() if letters else ""
    return word.casefold(), at - len(before) + len(kept) - len(word)


def _titled(run: str) -> _Run:
    """A run that opens with a title, an office or a body's word: the bodies in capitals within it, and the name at its end."""
    role, name = parted(run)
    length = len(name.split())
    if length > LONGEST or not role:
        return _Run(run)
    tokens = [(word, token.start()) for token in _TOKEN.finditer(run) if (word := token.group().strip(_EDGE))]
    role_tokens = tokens[: len(tokens) - length]
    found = [
        NameMention(word, at, at + len(word), "thing")
        for word, at in role_tokens
        if _INITIALS.fullmatch(word) and fold(word) not in TITLES
    ]
    if not length or not role_tokens:
        return _Run(run, tuple(found))
    folded = [word.casefold() for word, _ in role_tokens]
    nearest = folded[-1]
    if length == 1 and nearest not in HOLDERS:
        return _Run(run, tuple(found))  # "Kepala Badan Ekonomi Kreatif": the last word is the body's
    while length > 2 and len(tokens[-length][0]) > 1 and tokens[-length][0].isupper():
        length -= 1  # "Presiden RI Bacharuddin Jusuf Habibie"
    at = tokens[-length][1]
    titled = not HOLDERS.isdisjoint(folded)
    offices = [word for word in folded if word in OFFICES]
    evidence: Evidence = "person" if titled and not (nearest in _GOVERNING and length <= _PLACED) else ""
    found.append(NameMention(run[at:], at, len(run), evidence, " ".join(offices), glued=True, governed=nearest in _GOVERNING))
    return _Run(run, tuple(found), speaks=True)


def _speaks(text: str, end: int) -> bool:
    """Does somebody who speaks end at `end`, or somebody whose age or office follows it?"""
    if _ACTS.match(text, end):
        return True
    after = _OFFICE_AFTER.match(text, end)
    return after is not None and after.group(1).casefold() in OFFICES
