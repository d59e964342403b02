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


# Words that are never the first of an answer: conjunctions, copulas, pointers; and such as may be, prepositions among them.
JOINING = frozenset(
    """untuk karena akibat agar supaya guna demi lantaran sebab disebabkan sehingga bahwa oleh adalah ialah merupakan yaitu yakni bernama
    disebut yang dan serta atau lalu kemudian namun tetapi tapi sementara sedangkan ketika saat setelah sebelum bagi tentang mengenai
    seperti juga itu ini tersebut untuk pada because that which who and or is was are were will as of so""".split()
)
LEADING = JOINING | frozenset(
    """dengan secara di ke dari dalam melalui via bersama kepada sebagai terhadap hingga sampai sejak selama sekitar lebih
    kurang hampir para sang si telah sudah akan bisa dapat by to in at on from for with the a an about since until""".split()
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


def runs(
    sentence: Sentence, rules: Sequence[Candidate], read: Sequence[Read], *, by_form: bool = False, pieces: bool = False
) -> list[Run]:
    """The list, in order of place. `read`: the readings of the sentence, none where no trained reader is at hand.

    `by_form`: only what the rules propose and its shorter versions count, for a kind of answer that is known by its form.
    `pieces`: what stands between two marks inside a rule's span counts too, for words said, which go on for sentences.
    """
    bases = [run for one in rules if (run := words_of(sentence, one.start, one.end))]
    if pieces:
        bases += [piece for run in bases for piece in _pieces(sentence, run)]
    if not (by_form and bases):
        for one in read:
            bases += proposed(edges_of(sentence, one))
    return sorted({part for run in bases for part in _cores(sentence, run)})


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
    return any(sign in ',.;:()–—"“”' for sign in sentence.text[sentence.words[at - 1][2] : sentence.words[at][1]])


def _pieces(sentence: Sentence, run: Run) -> Iterator[Run]:
    first, last = run
    for at in range(first + 1, last + 1):
        if marked(sentence, at):
            yield first, at - 1
            first = at
    yield first, last


def _cores(sentence: Sentence, run: Run) -> Iterator[Run]:
    """A run and its shorter versions; none begins or ends with a word that only joins."""
    for first in _openings(sentence, run):
        yield first, _shut(sentence, first, run[1])
        for at in range(first + 1, run[1] + 1):
            if joint(sentence, at):
                yield first, _shut(sentence, first, at - 1)


def _shut(sentence: Sentence, first: int, last: int) -> int:
    while last > first and sentence.words[last][0] in STOPS | LEADING:
        last -= 1
    return last


def _openings(sentence: Sentence, run: Run) -> Iterator[int]:
    """Where a span may begin: at its first word that does not only join, and after each word that may lead it in."""
    first, last = run
    while first < last and sentence.words[first][0] in JOINING:
        first += 1
    yield first
    while first < last and sentence.words[first][0] in LEADING | TITLES | _DATED:
        first += 1
        if sentence.words[first][0] not in JOINING:
            yield first
