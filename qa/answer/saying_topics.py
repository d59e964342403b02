"""Which of a speaker's sayings are about the subject that a question names: "Apa kata X soal Y?" is answered with what X said of Y."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer.placed_sayings import Placed
from qa.index.mentioning import name_words
from qa.language import lists, text
from qa.language.meaning.shared_words import share
from qa.language.text.words import FUNCTION_WORDS
from qa.schema import Query

ABOUT = 0.5  # share of the subject's words, by rarity, that a saying with the sentences round it must exceed to be about them
FEWEST = 5  # words of reported speech that says something of its topic: "menyinggung soal banjir" does not
_SAYING = re.compile(rf"^(?:{lists.one_of(lists.column('cues', 'word', use='saying'))})", re.IGNORECASE)

Subject = Sequence[tuple[tuple[str, float], ...]]
"""The words of a subject with their weights, in each language that the question has."""


def subject_of(query: Query, speaker: str) -> Subject:
    """The question's words other than the speaker's name and what only says that something was said; () where there are none."""
    name = name_words(speaker)
    versions = [query.terms]
    if query.language == "en":
        versions.append(tuple((term, 1.0) for term in text.terms(query.text) if term not in FUNCTION_WORDS))
    kept = (tuple(term for term in version if term[0] not in name and not says(term[0])) for version in versions)
    return tuple(version for version in kept if version)


def says(word: str) -> bool:
    """Does a word only say that something was said?"""
    return bool(_SAYING.match(word) or _SAYING.match(text.stem(word)))


def covered(subject: Subject, body: str) -> float:
    """The share of the subject's words that a text has, in the language in which it has most."""
    return max((share(version, body) for version in subject), default=0.0)


def about(subject: Subject, mine: Sequence[Placed], others: Sequence[Placed]) -> list[Placed]:
    """The speaker's sayings that are nearest to the subject; none where no saying is near to it.

    Title, the sentence before and the own sentence count in this order, for the title is of all sayings alike. Where none of them has the
    subject, its words may be elsewhere in the passage, but not in what somebody else said.
    """
    weighed = [
        (covered(subject, one.with_title), covered(subject, one.with_before), covered(subject, one.sentence)) for one in mine
    ]
    most = max(weighed, default=(0.0, 0.0, 0.0))
    if most[0] > ABOUT:
        near = [(one, part[2]) for one, part in zip(mine, weighed, strict=True) if part[:2] == most[:2]]
        near = [(one, part) for one, part in near if one.quotation.direct or len(one.words.split()) >= FEWEST] or near
        own = max(part for _, part in near)
        return [one for one, part in near if part == own or own <= ABOUT]
    return [one for one in mine if covered(subject, _without(one, others)) > ABOUT]


def _without(one: Placed, others: Sequence[Placed]) -> str:
    """The passage of a saying without the sentences of other speakers."""
    body = one.hit.passage.text
    theirs = [(each.first, each.last) for each in others if each.hit.rank == one.hit.rank]
    return " ".join(body[a:b] for a, b in text.sentences(body) if not any(first < b and a < last for first, last in theirs))
