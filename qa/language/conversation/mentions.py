"""What a conversation has named: people, places and things of its turns, in the order in which later words most likely mean them.

No list of names is used. A name is recognised as a place by the preposition before it or the word of direction behind it, a thing by
the common noun that it bears ("tragedi Kanjuruhan", "Bank Indonesia"), by figures or by capitals alone ("KTT", "G20"), a person by a
title or by several words without any of these; a single word without a sign may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.language import lists
from qa.language.annotate.names import TITLES, names
from qa.language.lists import one_of
from qa.language.question.question_types import asked
from qa.language.text import language
from qa.language.text.roots import known_root
from qa.language.text.sentences import sentences
from qa.language.text.words import FUNCTION_WORDS, listed, words
from qa.schema import Turn

Role = Literal["person", "place", "thing", "any"]

_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_READ = 400  # characters of an answer: its first sentences say what was asked for, the others what else is known
_SHORT = 60  # characters; a longer answer is a sentence, and only what the question has not named is its answer
PLACE_PREPOSITIONS = listed("di ke dari dekat in at to from near into")
_FEW = 6  # words
_COUNTED = listed(
    "when how_long how_many"
)  # kinds whose interrogative has a noun of its own ("berapa lama"), which says nothing of the topic
DIRECTIONS = lists.cue("direction")
"""Words that make one name out of another: Korea Utara is not Korea Selatan."""
# Common nouns before a proper name and say that its bearer is no person.
THINGS = lists.words("common_nouns", "thing")
PLACES = lists.words("common_nouns", "place")
_IS = re.compile(
    r"^\W*(?:siapa(?:kah)?(?:\s+(?:itu|sih))?|apa(?:kah)?(?:\s+itu)?|(?:who|what)(?:'s|\s+is|\s+was))\s+(?=[^\W\d_])(?-i:[A-Z])",
    re.IGNORECASE,
)
_VERB = re.compile(rf"(?:(?:me|ber)[a-z]{{4,}}|{one_of(lists.cue('predicate'))})$")
_BEFORE_PERSON = listed("oleh bersama kepada menurut kata ujar by with")
_LOCATED = re.compile(
    r"\b(?:letak(?:nya)?|terletak|lokasi(?:nya)?|berada|where(?:'s| is| are| was))\b|\bada di mana\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, without titles. `head`: the common noun just before it ("tragedi"), or ""; `before`: the word before that.

    `titled`: a title or an office preceded it ("Presiden", "Ketua").
    """

    text: str
    start: int
    end: int
    role: Role
    head: str = ""
    before: str = ""
    titled: bool = False

    @property
    def whole(self) -> str:
        """With the noun that it bears: "tragedi Kanjuruhan"."""
        return f"{self.head} {self.text}" if self.head else self.text


@dataclass(frozen=True, slots=True)
class TurnSummary:
    """One turn as later words refer to it. `kind`: what its question wanted; `answered`: the names that were its answer."""

    question: str
    kind: str
    asked: tuple[Name, ...]
    answered: tuple[Name, ...]
    mentioned: tuple[Name, ...]  # other names of the answer
    topic: tuple[str, ...] = ()  # the words of the question that do not only say that it is one
    answer: str = ""  # the answer itself where it is a few words

    def people(self, *, mentioned: bool = True) -> list[str]:
        """Who "dia" may be, most likely first; with those that an answer only mentions where `mentioned`."""
        answered = () if self.kind == "where" else self.answered
        first, second = (answered, self.asked) if self.kind in {"who", "list"} else (self.asked, answered)
        order = (*first, *second, *(self.mentioned if mentioned else ()))
        return _each(name.text for name in order if name.role in {"person", "any"})

    def places(self) -> list[str]:
        """Where "di sana" may be: what was located, else the place that was the answer."""
        if _LOCATED.search(self.question):
            return _each(name.text for name in (*self.asked, *self.answered, *self.mentioned))
        event = [name.text for name in self.asked if name.role == "thing" and self.kind == "where"]
        answered = [" ".join([name.text, *event]) for name in self.answered if self.kind == "where" or name.role == "place"]
        return _each([*answered, *(name.text for name in (*self.asked, *self.mentioned) if name.role == "place")])

    def things(self) -> list[str]:
        """What "-nya" of a thing may be: named answers first, then what was asked about, with the nouns that they bear."""
        answered = [name.text for name in self.answered if name.role != "person" and self.kind not in {"where", "who"}]
        return _each([*answered, *(name.whole for name in self.asked if name.role != "person")])


def summary_of(turn: Turn, known: Sequence[str] = ()) -> TurnSummary:
    """Names of a turn whose question stands alone; `known`: names of the turns before, by which an opening word is recognised as one."""
    shown = _MARKER.sub("", turn.answer[: 2 * _READ])[:_READ].strip()
    answer = turn.short.strip()[:_READ] or shown
    seen = {*known, *(shown[start:end] for start, end in names(shown) if start or " " in shown[:end])}
    question = tuple(found(turn.question, seen))
    wants = asked(turn.question, language(turn.question))
    kind = wants.kind
    cues = wants.cues if kind in _COUNTED else ()
    topic = tuple(word for word, start, _ in words(turn.question) if not any(first <= start < end for first, end in cues))
    words_asked = {word.casefold() for word, _, _ in words(turn.question)}
    brief = len(answer) <= _SHORT
    first = answer if brief else answer[slice(*(sentences(answer) or [(0, len(answer))])[0])]
    new = [name for name in found(first, seen, brief=brief) if not {part.casefold() for part in name.text.split()} <= words_asked]
    wanted = [name for name in new if _wanted(name, kind, brief=brief)]
    if _IS.match(turn.question) and any(not name.titled for name in question):
        wanted = []  # "Siapa Nikolay Nestechuk?", "What was Svobodny 18?": who or what is meant is the question's own
    if not brief:
        wanted = wanted[:1] if kind in {"who", "where"} else []
    if kind == "who" and wanted:  # "Siapa CEO Twitter?": the office is held by the answer, so what bears it is no person
        question = tuple(replace(name, role="thing") if name.titled and name.role == "person" else name for name in question)
    answered = tuple(_unoffice(wanted, question))
    others = tuple(name for name in found(shown, seen) if name.text not in {one.text for one in (*wanted, *answered)})
    return TurnSummary(turn.question, kind, question, answered, others, topic, answer if len(words(answer)) <= _FEW else "")


def found(text: str, known: Iterable[str] = (), *, brief: bool = False) -> list[Name]:
    """The names of a text. `brief`: it may be a name alone. A single opening word that a dictionary has is none unless it is `known`."""
    plain = words(text)
    starts = {start: place for place, (_, start, _) in enumerate(plain)}
    whole = {part for name in known for part in (name, *name.split())}
    out = []
    for start, end in names(text):
        place = starts.get(start, 0)
        while place < len(plain) - 1 and plain[place][0].casefold() in TITLES and plain[place + 1][1] < end:
            place += 1
        begin = plain[place][1] if plain else start
        name = text[begin:end]
        alone = brief and len(plain) == 1
        if place == 0 and " " not in name and not (alone or name in whole or _acts(plain)) and known_root(name):
            continue
        if name.casefold() in FUNCTION_WORDS | TITLES:
            continue
        before = [word.casefold() for word, _, _ in plain[max(0, place - 2) : place]]
        titled = begin > start
        head = before[-1] if before and not titled and before[-1] in THINGS | PLACES and plain[place - 1][2] + 1 == begin else ""
        cue = before[-2] if head and len(before) > 1 else before[-1] if before and not head else ""
        out.append(
            Name(name, begin, end, "person" if titled and role_of(name) == "any" else role_of(name, head, cue), head, cue, titled)
        )
    return out


def role_of(name: str, head: str = "", before: str = "") -> Role:
    """What bears a name, by its form and the words before it; one word without a sign may be "any"."""
    parts = name.casefold().split()
    opens = head or parts[0]
    if before in PLACE_PREPOSITIONS or opens in PLACES or (len(parts) > 1 and {parts[0], parts[-1]} & (DIRECTIONS | PLACES)):
        return "place"
    first = name.split(maxsplit=1)[0]
    coded = any(character.isdigit() for character in name) or (first.isupper() and len(first) > 1)
    if opens in THINGS or (coded and before not in _BEFORE_PERSON):
        return "thing"
    return "person" if len(parts) > 1 or before in _BEFORE_PERSON else "any"


def _acts(plain: Sequence[tuple[str, int, int]]) -> bool:
    """Does a verb follow the opening word ("Kim tiba …"), so that it names who acts?"""
    return len(plain) > 1 and bool(_VERB.match(plain[1][0]))


def _wanted(name: Name, kind: str, *, brief: bool) -> bool:
    """Is this the sort of name that the question asked for?"""
    if kind == "where":
        return brief or name.role in {"place", "any"}
    return name.role in {"person", "any"} if kind == "who" else kind in {"what", "list"}


def _unoffice(answered: Sequence[Name], question: Sequence[Name]) -> Iterable[Name]:
    """Asked for by an office, answered with office and name ("Menteri X Y Z"): the name is what the office is left off."""
    for name in answered:
        office = next((asked.text for asked in question if name.text.startswith(asked.text + " ")), "")
        cut = len(office) + 1 if office else 0
        yield Name(name.text[cut:], name.start + cut, name.end, name.role)


def _each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
