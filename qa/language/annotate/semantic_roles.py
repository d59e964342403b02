"""The role of a name in its sentence: what it does or suffers, the preposition and the nouns before it, what follows it, its clause.

No tree is built. To the left of a name lie the nouns that it describes ("roket Angara"), and left of these what gives them their
part: a preposition, a verb, or the beginning of a clause, which makes the name the subject of the verb that follows. Active and
passive give the same parts: "Putin menyambut Kim", "Kim disambut Putin", "penyambutan Kim oleh Putin".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.annotate.names import TITLES
from qa.language.annotate.verbs import BARE, BREAKS, COPULAS, HELPS, PREPOSITIONS, Word
from qa.language.text import stem

_ANDS = frozenset(("dan", "serta", "and", ","))
_TITLED = frozenset(stem(title) for title in TITLES)
_CLOSES = frozenset("itu ini tersebut".split())
_CONVERSE = {
    "lose": ("beat", {"agent": "patient", "dari": "agent", "oleh": "agent", "terhadap": "agent"}),
    "win": ("beat", {"dari": "patient", "terhadap": "patient"}),
    "receive": ("give", {"agent": "ke", "dari": "agent"}),
}
"""Converse verbs: who wins beats whom loses, who receives is given to. (the root for both, its parts here -> there)"""
_REACH = 5  # words to the left of a name that may belong to it
_AHEAD = 8  # words to the right in which the verb of a subject is looked for


@dataclass(frozen=True, slots=True)
class Standing:
    """The role of one mention of a name, over the tokens from `at` up to `end`.

    deeds: (its part, the root of the deed), parts: its parts alone; heads: roots of the nouns before it; follows: of the two words
    after it; clause: of the content words in its clause, names left out.
    """

    at: int
    end: int
    deeds: frozenset[tuple[str, str]]
    parts: frozenset[str]
    preposition: str
    heads: frozenset[str]
    follows: frozenset[str]
    clause: frozenset[str]


def standing(words: Sequence[Word], at: int, end: int, named: frozenset[int]) -> Standing:
    """The role of the name over words[at:end]; `named`: the places of all words that belong to names."""
    heads: list[str] = []
    left = at - 1
    alone = True
    while left >= 0 and at - left <= _REACH and _within(words[left]):
        alone = alone and left not in named  # the nouns before another name are that one's
        if words[left].content and alone:
            heads.append(words[left].root)
        left -= 1
    if left > 0 and words[left].word in _ANDS and not (words[left].word == "," and set(heads) - _TITLED):
        left, shared = _listed(words, left, end, named)
        heads = heads or shared
    marker = words[left] if left >= 0 else Word("", "", "")
    parts: set[tuple[str, str]] = set()
    preposition = PREPOSITIONS.get(marker.word, "")
    if preposition:
        deed = _before(words, left, nouns=preposition == "oleh") or next(iter(_deeds(words, end)), None)
        if preposition == "oleh":
            parts.add(("agent", deed.root if deed else ""))
        elif preposition == "menurut":
            parts.add(("agent", "kata"))
        else:
            parts.add((preposition, deed.root if deed else ""))
            if marker.word == "kepada":  # whom something is given or shown: in the passive its subject
                parts.add(("patient", deed.root if deed else ""))
    elif marker.word in COPULAS:
        parts.add(("complement", ""))
    elif marker.verb == "passive":
        parts.add(("agent", marker.root))
    elif marker.verb == "active":
        parts.add(("agent" if marker.root == "kata" and marker.word in BARE else "patient", marker.root))
    if not preposition and marker.verb != "passive":
        for deed in _deeds(words, end):
            if deed.word in COPULAS:
                parts.add(("topic", ""))
            else:
                parts.add(("patient" if deed.verb == "passive" else "agent", deed.root))
    if heads and words[at - 1].deed:
        parts.add((words[at - 1].deed, words[at - 1].root))
    parts = {_from_one_side(part, root) for part, root in parts}
    return Standing(
        at=at,
        end=end,
        deeds=frozenset(part for part in parts if part[1]),
        parts=frozenset(part for part, _ in parts),
        preposition=preposition,
        heads=frozenset(heads),
        follows=_following(words, end, named),
        clause=_clause(words, at, end, named),
    )


def _from_one_side(part: str, root: str) -> tuple[str, str]:
    """A role of a converse verb, as one of its two sides has it."""
    base, turns = _CONVERSE.get(root, (root, {}))
    return turns.get(part, part), base


def _listed(words: Sequence[Word], left: int, end: int, named: frozenset[int]) -> tuple[int, list[str]]:
    """Where the part of a list's members is given, and the nouns before the first: "satelit Lomonosov, Aist-2D, dan SamSat-218"."""
    heads: list[str] = []
    if words[left].word == "," and (end == len(words) or words[end].word not in _ANDS):
        return left, heads  # "Kepada Putin, Kim menyampaikan ..."
    while left > 0 and words[left].word in _ANDS:
        before = left
        while before >= 0 and words[before].word in _ANDS:
            before -= 1
        if before not in named:
            break
        heads = []
        while before >= 0 and (before in named or (left - before <= 2 * _REACH and _within(words[before]))):
            if before not in named and words[before].content:
                heads.append(words[before].root)
            before -= 1
        left = before
    return left, [root for root in heads if root not in _TITLED]


def _within(word: Word) -> bool:
    return (
        word.word[0].isalnum()
        and not word.verb
        and word.word not in PREPOSITIONS
        and word.word not in BREAKS
        and word.word not in COPULAS
        and word.word not in _CLOSES
        and word.word not in {"dan", "serta", "and", "atau", "or"}
    )


def _before(words: Sequence[Word], at: int, *, nouns: bool) -> Word | None:
    """The verb that governs a preposition: the nearest before it in its clause; nouns: or a noun made of one."""
    for word in reversed(words[max(0, at - _AHEAD) : at]):
        if word.verb or (nouns and word.deed):
            return word
        if word.stops:
            return None
    return None


def _deeds(words: Sequence[Word], end: int) -> list[Word]:
    """The verbs of a subject: the first after it, and one that follows at once ("berjanji membantu"). What is between commas is stepped over."""
    found: list[Word] = []
    for word in words[end : end + _AHEAD]:
        if word.word in HELPS:
            continue
        if word.verb or word.word in COPULAS:
            found.append(word)
        elif found or word.word in {".", "?", "!", "\n", "bahwa", "ketika", "sementara", "sedangkan"}:
            break
    return found[:2]


def _following(words: Sequence[Word], end: int, named: frozenset[int]) -> frozenset[str]:
    found: list[str] = []
    for place in range(end, min(len(words), end + 2)):
        if words[place].stops:
            break
        if words[place].content and not words[place].verb and place not in named:
            found.append(words[place].root)
    return frozenset(found)


def _clause(words: Sequence[Word], at: int, end: int, named: frozenset[int]) -> frozenset[str]:
    left, right = at, end
    while left > 0 and not words[left - 1].stops:
        left -= 1
    while right < len(words) and not words[right].stops:
        right += 1
    return frozenset(words[place].root for place in range(left, right) if words[place].content and place not in named)
