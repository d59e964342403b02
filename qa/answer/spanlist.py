"""One list of the spans of a sentence that may be the answer: the rules' and the trained reader's, in whole words, and their cores.

The rules know forms and take whole clauses; the network knows places and may stop inside a word. Here both become runs of
whole words, each joined by its shorter versions: without the word that leads it in ("untuk", "Presiden", "tahun"), up to the
next joint of the sentence, without the clause that follows. Which of them is the answer is weighed in spanscore.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.answer.matching import Sentence
from qa.answer.people import Candidate
from qa.language.names import TITLES

Run = tuple[int, int]
"""First and last word of a span, as indices."""


class Reading(Protocol):
    """What a trained reader makes of one text: a probability from 0 to 1 that it answers, and where its answers begin and end."""

    @property
    def answerable(self) -> float: ...
    def edges(self, words: Sequence[tuple[int, int]], *, shift: int = 0) -> Sequence[tuple[float, float]]: ...


@dataclass(frozen=True, slots=True)
class Read:
    """A reading of a text that holds the sentence from `shift` on."""

    reading: Reading
    shift: int = 0


# Words that open a span and are none of the answer, prepositions and conjunctions among them; the words at which a phrase stops.
LEADING = frozenset(
    """untuk karena akibat agar supaya guna demi lantaran sebab disebabkan sehingga bahwa dengan secara oleh pada di ke dari dalam melalui
    menggunakan naik via bersama kepada sebagai adalah ialah merupakan yaitu yakni bernama disebut seperti tentang mengenai terhadap
    hingga sampai sejak selama sekitar lebih kurang hampir para sang si yang merujuk dan serta atau juga telah sudah akan bisa dapat
    because to by in at on from for with as is was are were the a an about that which and of since until""".split()
)
_DATED = frozenset("tahun tanggal bulan hari pukul jam abad".split())
STOPS = frozenset(
    """yang untuk dengan pada karena setelah sebelum ketika saat di ke dari oleh sejak agar supaya sehingga guna demi lantaran akibat
    dalam dan serta atau maupun sambil menjelang selama melalui menggunakan terhadap bagi kepada sebagai bahwa namun tetapi tapi
    sementara sedangkan hingga sampai menuju berdasarkan menurut tersebut lalu kemudian usai mulai jika bila meski antara lainnya lain
    adalah ialah merupakan yaitu yakni
    which that who on in at by from for with because after before when while and or as to of is was""".split()
)
_STARTS = 8  # words that the network would most like to begin with, and as many to end with, are combined
_PROPOSED = 24  # of their combinations
_LONGEST = 45  # words of an answer
_CURRENCY = frozenset("$€£¥")


def runs(sentence: Sentence, rules: Sequence[Candidate], read: Sequence[Read]) -> list[Run]:
    """The list, in order of place. `read`: the readings of the sentence, none where no trained reader is at hand."""
    found: dict[Run, None] = {}
    bases = [run for one in rules if (run := words_of(sentence, one.start, one.end))]
    for one in read:
        bases += proposed(edges_of(sentence, one))
    for run in bases:
        for part in _cores(sentence, run):
            found[part] = None
    return sorted(found)


def words_of(sentence: Sentence, start: int, end: int) -> Run | None:
    """The words that a span of letters touches: what ends inside a word has all of it."""
    inside = [at for at, (_, first, last) in enumerate(sentence.words) if first < end and last > start]
    return (inside[0], inside[-1]) if inside else None


def letters_of(sentence: Sentence, run: Run) -> tuple[int, int]:
    """The letters of a run of words, with the sign of money before it, the per cent after it and the bracket that it opened."""
    start, end = sentence.words[run[0]][1], sentence.words[run[1]][2]
    text = sentence.text
    if start and text[start - 1] in _CURRENCY:
        start -= 1
    if text[end : end + 1] in {"%", "°"}:
        end += 1
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    return start, end


def edges_of(sentence: Sentence, read: Read) -> Sequence[tuple[float, float]]:
    """For each word the network's logits that the answer begins and ends with it."""
    return read.reading.edges([(start, end) for _, start, end in sentence.words], shift=read.shift)


def proposed(edges: Sequence[tuple[float, float]]) -> list[Run]:
    """The network's best runs of words, best first."""
    places = range(len(edges))
    starts = sorted(places, key=lambda at: -edges[at][0])[:_STARTS]
    ends = sorted(places, key=lambda at: -edges[at][1])[:_STARTS]
    pairs = [(first, last) for first in starts for last in ends if first <= last < first + _LONGEST]
    return sorted(pairs, key=lambda run: (-edges[run[0]][0] - edges[run[1]][1], run))[:_PROPOSED]


def joint(sentence: Sentence, at: int) -> bool:
    """Is there a joint before word `at`: a mark, or a word that opens another phrase?"""
    return at > 0 and (sentence.words[at][0] in STOPS or marked(sentence, at))


def marked(sentence: Sentence, at: int) -> bool:
    """Does a mark stand before word `at`?"""
    return any(sign in ",.;:()–—\"“”" for sign in sentence.text[sentence.words[at - 1][2] : sentence.words[at][1]])


def _cores(sentence: Sentence, run: Run) -> Iterator[Run]:
    for first in _openings(sentence, run):
        yield first, run[1]
        for at in range(first + 1, run[1] + 1):
            if joint(sentence, at) and sentence.words[at - 1][0] not in STOPS:
                yield first, at - 1


def _openings(sentence: Sentence, run: Run) -> Iterator[int]:
    """Where a span may begin: at its first word, after each word that only leads it in."""
    first, last = run
    yield first
    while first < last and sentence.words[first][0] in LEADING | TITLES | _DATED:
        first += 1
        yield first
