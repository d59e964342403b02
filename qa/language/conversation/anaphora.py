"""Words that refer back, and what they stand for: "dia", "mereka", "di sana", "-nya", "itu", and their English counterparts.

Each function takes a question and what the turns before it said (oldest first), and gives the question with the first such word replaced,
or as it was. Where no name can be found the words of the earlier question join instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa.language import lists
from qa.language.annotate.names import TITLES
from qa.language.conversation.mentions import PLACE_PREPOSITIONS, Name, TurnSummary
from qa.language.text.words import listed, words

PERSON = listed("dia ia beliau doi he him she her his hers")
PEOPLE = listed("mereka keduanya they them their theirs both")
PLACE = listed("sana situ sini there")
THING = listed("itu tersebut tsb tadi that this it its those these")
QUESTION = lists.cue("question-word")
ASKING = QUESTION | lists.cue("not-carried")
"""Words that ask, or only hold others together: they are never carried to another question."""

_CARRIED = 14  # words of an earlier question that are carried along: a chain of "kenapa?" must not grow
_WHO = re.compile(r"\b(?:siapa|siapakah|sapa|who)\b", re.IGNORECASE)
# "tibanya", "keretanya", "alasannya": the ending refers back unless the word ends so by itself.
_ENDING = re.compile(r"(?<=\w{3})nya$", re.IGNORECASE)
_ENDS_SO = lists.cue("ends-in-nya")
WHOLE = lists.cue("asked-with-nya")
# Nouns with this ending that only a person bears.
_OF_PERSON = lists.cue("of-person")
REPLY = lists.cue("reply")
_ENGLISH = listed("what who whom whose when where which why how")
_AUXILIARIES = listed("is are was were do did does has have had")
_TIMES = lists.cue("time-noun")
# "tempat itu" is a place that was named.
_HERE = listed("tempat lokasi daerah wilayah kota negara kawasan")
_TOWARDS = listed("ke di to in at")
# Where somebody arrived was said before: "kapan dia tiba?".
_TRAVEL = lists.cue("travel")


def pronoun(question: str, before: Sequence[TurnSummary], own: Sequence[Name]) -> str:
    """The words "dia" and "mereka" as the names that they stand for, leaving out those that the question has itself (`own`)."""
    there = set(folded(question))
    pronouns = there & PEOPLE or there & PERSON
    if not pronouns:
        return question
    chosen = _group(before) if pronouns & PEOPLE else [name for turn in reversed(before) for name in turn.people()]
    if pronouns & PEOPLE and not before[-1].people() and all(name.role == "place" for name in before[-1].asked):
        return join(question, about(before[-1], without=question))  # "where did they land": what a country fired, not the country
    mine = " ".join(name.text for name in own)
    chosen = [name for name in dict.fromkeys(chosen) if name not in mine][: 3 if pronouns & PEOPLE else 1]
    if not chosen:
        return question
    if there & TITLES and not own:  # "who was director before him?": of what
        chosen[-1] = " ".join([chosen[-1], *[name for turn in reversed(before) for name in turn.things()][:1]])
    english = bool(there & _ENGLISH)
    replaced = _replace(question, pronouns, (" and " if english else " dan ").join(chosen))
    where = [name.text for name in before[-1].asked if name.before in _TOWARDS and name.text not in replaced]
    if there & _TRAVEL and where and not own and not there & (PLACE | PLACE_PREPOSITIONS | {"mana", "dimana", "where"}):
        return join(replaced, [f"{'in' if english else 'di'} {where[0]}"])
    return replaced


def _group(before: Sequence[TurnSummary]) -> list[str]:
    """Whom "mereka" means: the people of the last turn, else whatever else it names, else people of earlier turns."""
    last = before[-1]
    return last.people(mentioned=False) or last.things() or [name for turn in reversed(before) for name in turn.people()]


def there(question: str, before: Sequence[TurnSummary]) -> str:
    """The words "di sana" and "there" as the place."""
    places = [place for turn in reversed(before) for place in turn.places()]
    places += [
        name.text
        for turn in reversed(before)
        for name in (*turn.answered, *turn.asked)
        if name.role == "thing" and not name.titled
    ]
    tokens = folded(question)
    at = next((index for index, word in enumerate(tokens) if word in PLACE and index), None)
    if at is None or not places:
        return question
    before_it = tokens[at - 1]
    if tokens[at] != "there":
        return _replace(question, {tokens[at]}, places[0]) if before_it in PLACE_PREPOSITIONS else question
    if before_it in _AUXILIARIES or set(tokens[at + 1 : at + 2]) & _AUXILIARIES:
        return question  # "was there an agreement?"
    return _replace(question, {"there"}, places[0] if before_it in PLACE_PREPOSITIONS else f"in {places[0]}")


def ending(question: str, before: Sequence[TurnSummary], own: Sequence[Name], *, named: bool) -> str:
    """The first "-nya" that refers back, as the name it stands for behind the word that bore it.

    `named`: "dia" has taken its name already, so that only what was done to something ("mencetaknya") still wants one.
    """
    for word, start, end in words(question):
        low = word.casefold()
        if not refers(low) or low in WHOLE or owned(question, end, own) or (named and not low.startswith("me")):
            continue
        stem = word[: -len("nya")]
        if meant := _meant(stem.casefold(), before, question):
            return f"{question[:start]}{stem} {meant}{question[end:]}"
    return question


def owned(question: str, end: int, own: Sequence[Name]) -> bool:
    """Does a name follow at once ("jatuhnya Lion Air"), so that the ending refers to nothing earlier?"""
    return any(name.start >= end and not question[end : name.start].strip() for name in own)


def _meant(noun: str, before: Sequence[TurnSummary], question: str) -> str:
    """What "-nya" behind `noun` stands for."""
    last = before[-1]
    people = [name for turn in reversed(before) for name in turn.people() if name not in question]
    things = [name for name in last.things() if name not in question]
    answered = [name.text for name in last.answered if name.text not in question and last.kind != "where"]
    whole = " ".join(about(last, without=question))
    if noun in REPLY:
        return whole
    if noun in _OF_PERSON and people:
        return people[0]
    verb = noun.startswith(("me", "di")) and len(noun) > 5
    certain = (last.answered and last.kind != "where") or any(name.role in {"thing", "place"} for name in last.asked)
    if things and certain and not verb:  # of a team or a bridge, not of whoever was named beside it
        place = [name.text for name in last.answered if last.kind == "where" and _WHO.search(question)]
        return " ".join([*things[: 1 if last.answered else 2], *place])
    if answered and not noun.startswith("me"):
        return " ".join(answered[:2])
    return whole  # of whatever was asked about, or done to it or by it


def thing(question: str, before: Sequence[TurnSummary], own: Sequence[Name]) -> str | None:
    """The words "itu" and "it" as what was asked about; None where the question has no such word."""
    last = before[-1]
    tokens = words(question)
    low = [word.casefold() for word, _, _ in tokens]
    at = next((index for index, word in enumerate(low) if word in THING and not _timely(low, index)), None)
    if at is None:
        leans = any(word.casefold() in WHOLE and not owned(question, end, own) for word, _, end in tokens)
        return join(question, about(last, without=question)) if leans else None
    _, start, end = tokens[at]
    if low[at] in {"it", "this", "that", "these", "those"} and len(own) > (low[at] != "it"):
        return None  # "is it true that Kim met Putin": the names say what is meant
    noun = low[at - 1] if at and low[at] in {"itu", "tersebut", "tsb", "tadi"} and low[at - 1] not in ASKING else ""
    if noun:
        names = [name.whole for turn in reversed(before) for name in (*turn.answered, *turn.asked, *turn.mentioned)]
        names = [name for name in names if name.casefold().startswith(noun + " ")] or (last.places() if noun in _HERE else [])
        if names:  # "stasiun itu" after "Stasiun Manggarai"
            return question[: tokens[at - 1][1]] + names[0] + question[end:]
    elif last.answered and not own and (last.kind in {"what", "list"} or (last.kind == "where" and {"mana", "where"} & set(low))):
        return _tidy(question[:start] + last.answered[0].text + question[end:])
    things = last.things()
    if low[at] in {"it", "its"} and len(things) == 1 and len(about(last)) <= len(things[0].split()) + 1:
        return _tidy(question[:start] + things[0] + question[end:])
    rest = join(_tidy(question[:start] + question[end:]), about(last, without=question))
    return rest if folded(rest) else question  # "itu?" after a turn that was about nothing


def _timely(low: Sequence[str], at: int) -> bool:
    return any(word in _TIMES for word in (*low[max(0, at - 1) : at], *low[at + 1 : at + 2]))


def about(last: TurnSummary, *, without: str = "") -> list[str]:
    """The words of the earlier question that say what it is about, and what answered it where that was asked to be named."""
    had = set(folded(without))
    left = ASKING | PERSON | PEOPLE | PLACE | THING | had
    carried = list(dict.fromkeys(word for word in last.topic if word.casefold() not in left))[:_CARRIED]
    had |= {word.casefold() for word in carried}
    if last.kind in {"what", "list"} and last.answer and not last.answered:  # "dua rudal balistik": an answer without a name
        return [*carried, *(word for word, _, _ in words(last.answer) if word.casefold() not in left | had)]
    return [*carried, *(name.text for name in last.answered[:2] if not set(folded(name.text)) <= had)]


def join(question: str, more: Iterable[str]) -> str:
    """The question with more words at its end, those that it lacks; its own mark of punctuation becomes one question mark."""
    had = set(folded(question))
    more = [part for part in more if not set(folded(part)) <= had]
    return f"{question.rstrip(' ?.!')} {' '.join(more)}?" if more else question


def folded(text: str) -> list[str]:
    """Words in small letters."""
    return [word.casefold() for word, _, _ in words(text)]


def refers(word: str) -> bool:
    """Does a word, in small letters, end in a "-nya" that refers to something?"""
    return word not in _ENDS_SO and bool(_ENDING.search(word))


def _replace(text: str, tokens: Iterable[str], by: str) -> str:
    pattern = "|".join(sorted(map(re.escape, tokens), key=len, reverse=True))
    return re.sub(rf"\b(?:{pattern})\b", lambda _: by, text, count=1, flags=re.IGNORECASE)


def _tidy(text: str) -> str:
    return re.sub(r"\s+(?=[?.!,]|$)|(?<=\s)\s+", "", text).strip()
