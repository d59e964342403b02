"""A question that leans on earlier turns -> one that stands alone, by rules.

Three ways of leaning are known, tried in this order:

    another subject    "bagaimana dengan Putin?"          the earlier question with the name exchanged
    a pronoun          "lalu kapan dia tiba?"             the pronoun gives way to the name that it stands for
    an ellipsis        "kenapa?", "di mana tepatnya?"     the earlier question's content joins this one

A question that has its own names and no pronoun is a change of topic and stays as it is: carrying the old names along would
find the old articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.language.text import words
from qa.schema import Turn

_OPENING = re.compile(
    r"^(?:lalu|lantas|terus|trus|kemudian|nah|oke|ok|baik|dan|and|then|so|okay|well|also)\b[\s,]*", re.IGNORECASE
)
_INSTEAD = re.compile(
    r"^(?:(?:kalau|klo|kalo)(?:\s+(?:dengan|untuk|di))?|bagaimana\s+dengan|gimana\s+(?:dengan|dgn)|(?:and\s+)?(?:what|how)\s+about)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_PERSON = frozenset({"dia", "ia", "beliau", "doi", "he", "him", "she", "her", "his"})
_PEOPLE = frozenset({"mereka", "keduanya", "they", "them", "their"})
_PLACE = frozenset({"there", "sana", "situ"})
_THING = frozenset({"itu", "tersebut", "tsb", "tadi", "that", "this", "it", "its", "those", "these"})
_ASKING = frozenset(
    "apa apakah siapa siapakah kapan kapankah mana dimana di ke dari kemana berapa berapakah kenapa mengapa bagaimana gimana apanya saja aja yang "
    "what who whom whose when where which why how many much long is are was were did do does has have had the a an of in on at to for by with "
    "tepatnya persisnya alasannya sebabnya jadi karena kok sih dong saat ketika waktu pada dengan oleh untuk ada adalah exactly".split()
)
# "tibanya", "keretanya", "alasannya": the ending refers back unless the word ends so by itself.
_ENDING = re.compile(r"(?<=\w{4})nya$", re.IGNORECASE)
_ENDS_SO = frozenset(
    {
        "hanya",
        "punya",
        "tanya",
        "bertanya",
        "ditanya",
        "biasanya",
        "akhirnya",
        "sebelumnya",
        "sebenarnya",
        "umumnya",
        "pertanyaannya",
    }
)
_WHOLE = frozenset({"alasannya", "sebabnya", "penyebabnya", "caranya", "kapannya", "tepatnya", "persisnya", "lengkapnya"})
_QUESTION = frozenset(
    "apa apakah siapa siapakah kapan mana dimana kemana berapa brp kenapa knp mengapa bagaimana gimana what who when where which why how".split()
)
_WHO = re.compile(r"\b(?:siapa|siapakah|sapa|who|whom)\b", re.IGNORECASE)
_WHO_IS = re.compile(
    r"\b(?i:siapa(?:kah)?(?:\s+(?:itu|sih))?|who(?:\s+(?:is|was)|'s))\s+[A-Z]"
)  # the name is in the question itself
_FEW = 3  # words: "Putin naik apa?", "Roscosmos."
_SHORT = 120  # characters; a longer answer names too many people to say which one was meant
_PREPOSITION = frozenset({"di", "ke", "dari", "in", "at", "to", "from", "dekat", "near"})
_ROLE = frozenset(
    "presiden pemimpin menteri perdana raja ratu gubernur bupati jenderal kepala juru president leader minister prime king queen governor general".split()
)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would have been asked without the turns before it; unchanged where it does not lean on them."""
    turns: list[Turn] = []
    for turn in history:  # earlier questions may lean as well: each is made to stand alone by those before it
        turns = [*turns[-2:], Turn(question=_alone(turn.question, turns), answer=turn.answer)]
    return _alone(question, turns)


def _alone(question: str, turns: Sequence[Turn]) -> str:
    """`question` after the last few turns, which stand alone already."""
    if not turns:
        return question
    last = turns[-1].question
    bare = _OPENING.sub("", question.strip())
    if instead := _INSTEAD.match(bare):
        if not _asks(instead["rest"]):
            return _exchange(last, instead["rest"], question)
        bare = instead["rest"]
    tokens = [word for word, _, _ in words(bare)]
    folded = [token.casefold() for token in tokens]
    focus = _focus(turns)
    own = _names_with_cue(bare, first_counts=bare != question.strip())  # after "lalu" a capital is a name's, not the sentence's
    own_names = [name for name, _ in own]
    if any(token in _PERSON | _PEOPLE for token in folded):
        return _put(bare, folded, focus.people if any(token in _PEOPLE for token in folded) else focus.people[:1], own_names)
    if any(token in _PLACE for token in folded):
        return _join(bare, focus.places[:1])
    mine = {part.casefold() for name in own_names for part in name.split()}
    content = [token for token in folded if token not in _ASKING | _THING and token not in mine]
    only_places = all(before in _PREPOSITION for _, before in own)
    if own_names and not (only_places and len(content) <= 1):
        return bare
    if any(_refers(token) and token not in _WHOLE for token in folded) and not any(token in _THING for token in folded):
        return _join(bare, _subjects(turns[-1]))  # "umurnya", "kepalanya": of whom or what was just spoken about
    if any(token in _THING | _WHOLE for token in folded) or len(content) <= 2:
        return _join(bare, (_content(last),))
    return bare


def _asks(text: str) -> bool:
    """Has a question word of its own, so that nothing needs to be exchanged."""
    return any(word.casefold() in _QUESTION for word, _, _ in words(text))


def _subjects(turn: Turn) -> tuple[str, ...]:
    """Names of the last turn: those of a short answer first, for that is what was being looked for."""
    answered = _names(turn.answer, first_counts=True)[:1] if len(turn.answer) < _SHORT else []
    asked = _names(turn.question, first_counts=False)[:2]
    return (" ".join(dict.fromkeys(answered + asked)) or _content(turn.question),)


class _Focus:
    """Names that later words can stand for, most likely first."""

    def __init__(self, people: tuple[str, ...], places: tuple[str, ...]) -> None:
        self.people = people
        self.places = places


def _focus(history: Sequence[Turn]) -> _Focus:
    """People and places of the turns, the latest turn first, its question before its answer unless the question asked for a name."""
    people: list[str] = []
    places: list[str] = []
    for turn in reversed(history):
        people += _named_by_role(turn)
        unnamed = bool(_WHO.search(turn.question)) and not _WHO_IS.search(turn.question)
        parts = (turn.answer, turn.question) if unnamed and len(turn.answer) < _SHORT else (turn.question, turn.answer)
        for part in parts:
            for name, before in _names_with_cue(part, first_counts=part is turn.answer):
                target = places if before in _PREPOSITION else people
                if name not in target:
                    target.append(name)
    known_places = set(places)
    return _Focus(tuple(name for name in people if name not in known_places) or tuple(people), tuple(places) or tuple(people))


def _named_by_role(turn: Turn) -> list[str]:
    """Asked for by an office, answered with office and name ("Menteri X Y Z"): the name is what the office is left off."""
    offices = _names(turn.question, first_counts=False) if _WHO.search(turn.question) else []
    answered = _names(turn.answer, first_counts=True)
    return [name.removeprefix(office).strip() for office in offices for name in answered if name.startswith(office + " ")]


def _names_with_cue(text: str, *, first_counts: bool) -> list[tuple[str, str]]:
    """(name, word before it) for each run of capitalised words; titles such as Presiden are left off."""
    found: list[tuple[str, str]] = []
    run: list[tuple[str, int, int]] = []
    before = previous = ""
    found_words = words(text)
    for index, (word, start, end) in enumerate([*found_words, ("", len(text), len(text))]):
        # The first word is capitalised anyway: it is a name if another capital follows or hardly anything does.
        counts = index > 0 or (first_counts and (len(found_words) <= _FEW or found_words[1][0][:1].isupper()))
        opens = bool(word) and word[0].isupper() and counts and word.casefold() not in _ASKING
        near = not run or text[run[-1][2] : start].strip() == ""
        if opens and near:
            before = previous if not run else before
            run.append((word, start, end))
        else:
            while run and run[0][0].casefold() in _ROLE:
                run.pop(0)
            if run:
                found.append((text[run[0][1] : run[-1][2]], before.casefold()))
            run = [(word, start, end)] if opens else []
            before = previous
        previous = word
    return found


def _names(text: str, *, first_counts: bool) -> list[str]:
    return [name for name, _ in _names_with_cue(text, first_counts=first_counts)]


def _refers(token: str) -> bool:
    return token not in _ENDS_SO and bool(_ENDING.search(token))


def _exchange(earlier: str, rest: str, question: str) -> str:
    """The earlier question with its first name exchanged for the new one; both joined when it had no name."""
    rest = rest.strip(" ?.!")
    names = _names(earlier, first_counts=False)
    if names:
        return earlier.replace(names[0], rest, 1)
    return _join(question, (_content(earlier),))


def _put(bare: str, folded: Sequence[str], names: Sequence[str], own_names: Sequence[str]) -> str:
    """The pronoun's place taken by the names it stands for, leaving out those that the question itself has."""
    names = [name for name in names if name not in own_names][:3]
    if not names:
        return bare
    pronouns = "|".join(sorted({token for token in folded if token in _PERSON | _PEOPLE}, key=len, reverse=True))
    return re.sub(rf"\b(?:{pronouns})\b", " dan ".join(names), bare, count=1, flags=re.IGNORECASE)


def _join(bare: str, more: Sequence[str]) -> str:
    more = [part for part in more if part and part.casefold() not in bare.casefold()]
    return f"{bare.rstrip(' ?.!')} {' '.join(more)}?" if more else bare


def _content(question: str) -> str:
    """The words of a question that say what it is about."""
    return " ".join(
        word for word, _, _ in words(question) if word.casefold() not in _ASKING | _PERSON | _PEOPLE | _PLACE | _THING
    )
