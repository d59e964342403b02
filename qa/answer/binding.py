"""Does a sentence give the question's nouns to the same names? A near question has every word of a sentence that answers another.

"Siapa menteri pertahanan Korea Utara?" finds its office, its country and a minister in "Menteri Pertahanan Rusia Sergey Shoigu
mengunjungi Korea Utara"; what the sentence lacks is the bond between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qa.answer.matching import Sentence, Term, Wanted, says
from qa.answer.spanasked import VERB
from qa.language.contrast import DIRECTIONS, rivals
from qa.language.names import OFFICES
from qa.language.roots import same_root
from qa.language.synonyms import others

_FORMER = frozenset("mantan eks bekas former ex".split())
_SORTS = frozenset(
    """jembatan stadion bandara pelabuhan gunung pulau sungai danau kota kabupaten kecamatan desa kelurahan provinsi universitas sekolah hotel kapal
    masjid gereja partai bank museum taman stasiun kosmodrom pangkalan pasar rumah topan badai liga piala bridge stadium airport port mount
    island river lake city university hotel ship mosque church party bank museum park station cup""".split()
)
"""What has a name of its own behind it that tells it from others of its sort."""
_STEPS = 4  # further words of the noun, as in "menteri luar negeri"


def owner_missed(want: Wanted, sentence: Sentence) -> float:
    """1 where a noun stands directly before another name than in the question, and nowhere before the same; else 0.

    Only for questions after somebody: an office has one holder, while a thing that is Kim's may be told of without him.
    """
    if want.asked.kind != "who":
        return 0.0
    missed = False
    for first, second, touching in want.pairs:
        noun, name = want.terms[first], want.terms[second]
        if not touching or not _noun(noun) or _noun(name) or noun.days or name.days or VERB.match(noun.form):
            continue
        found = [_owner(want, sentence, at, first) for at, (word, _, _) in enumerate(sentence.words) if says(noun, word)]
        owners = [word for word in found if word]
        if any(_of_name(want, second, word) for word in owners):
            return 0.0
        missed = missed or bool(owners)
    return float(missed)


def office_missed(want: Wanted, sentence: Sentence) -> float:
    """1 where the holder of an office is asked for ("siapa presiden …") and the sentence speaks of no such office, or of a former holder
    alone ("mantan presiden"); else 0.
    """
    first = want.terms[0].form if want.terms else ""
    office = first if first in OFFICES else want.head
    if want.asked.kind != "who" or office not in OFFICES:
        return 0.0
    near = alike(office)
    found = [at for at, (word, _, _) in enumerate(sentence.words) if word == office or same_root(word, office) or word in near]
    if not found:
        return float(office not in sentence.forms)  # "Menlu"
    former = any(term.form in _FORMER for term in want.terms)
    return float(not former and all(at and sentence.words[at - 1][0] in _FORMER for at in found))


def role_missed(want: Wanted, sentence: Sentence) -> float:
    """1 where the question asks for somebody by what he is or does ("siapa penerjemah …", "siapa pemenang …") and the sentence has no
    word of that root or meaning; else 0. Offices: see `office_missed`.
    """
    if want.asked.kind != "who" or not want.head or want.head in OFFICES or VERB.match(want.head):
        return 0.0
    return float(not has(sentence, want.head))


def quoted(want: Wanted, sentence: Sentence) -> float:
    """Share of the words that the question sets in quotation marks which the sentence has in their order; -1 where it quotes nothing."""
    if not want.quoted:
        return -1.0
    row = [0] * (len(sentence.words) + 1)  # longest common subsequence
    for word in want.quoted:
        last = 0
        for at, (said, _, _) in enumerate(sentence.words, 1):
            last, row[at] = row[at], last + 1 if said == word else max(row[at], row[at - 1])
    return row[-1] / len(want.quoted)


def contrary(want: Wanted, sentence: Sentence) -> float:
    """1 where the sentence has, for a word of the question, only another of its kind ("ditutup" for "didirikan"); else 0."""
    for term in want.terms:
        shut_out = rivals().get(term.form, frozenset()) if not term.name else frozenset()
        if shut_out & sentence.forms and not has(sentence, term.form):
            return 1.0
    return 0.0


def has(sentence: Sentence, form: str) -> bool:
    """Does the sentence have the word, in whatever form, or one of the same meaning?"""
    meant = {form, *alike(form)}
    return not meant.isdisjoint(sentence.forms) or any(same_root(one, word) for word in sentence.forms for one in meant)


@lru_cache(maxsize=1000)
def alike(form: str) -> frozenset[str]:
    """Words of the same meaning: asked for at every sentence of a question, and dear to find."""
    return others(form, same_root)


def direction_missed(want: Wanted, around: Sequence[Sentence]) -> float:
    """1 where a name of the question is there with another direction only ("Korea Utara" for "Korea Selatan"); else 0."""
    for first, second, touching in want.pairs:
        place, direction = want.terms[first], want.terms[second]
        if direction.form not in DIRECTIONS:
            place, direction = direction, place
        if not touching or direction.form not in DIRECTIONS or not place.name or place.form in DIRECTIONS:
            continue
        said = {
            near
            for sentence in around
            for at, (word, _, _) in enumerate(sentence.words)
            if word == place.form
            for near in _beside(sentence, at)
            if near in DIRECTIONS
        }
        if said and direction.form not in said:
            return 1.0
    return float(_namesake(want, around))


def _namesake(want: Wanted, around: Sequence[Sentence]) -> bool:
    """Is another of the same sort named, and not the one asked for: "Jembatan Mahkota" for "Jembatan Suramadu"?"""
    for first, second in want.touching:
        sort, name = want.terms[first], want.terms[second]
        if sort.form not in _SORTS or not name.name or any(name.form in sentence.forms for sentence in around):
            continue
        for sentence in around:
            words = sentence.words
            if any(word == sort.form and sentence.text[words[at + 1][1]].isupper() for at, (word, _, _) in enumerate(words[:-1])):
                return True
    return False


def _owner(want: Wanted, sentence: Sentence, at: int, first: int) -> str:
    """The capitalised word that follows the noun at `at`, past the noun's own further words; "" where none does."""
    own = {term.form for term in want.terms[: first + 1] if _noun(term)}
    for word, start, _ in sentence.words[at + 1 : at + 1 + _STEPS]:
        if word in own:
            continue
        return word if sentence.text[start].isupper() else ""
    return ""


def _of_name(want: Wanted, second: int, word: str) -> bool:
    """Is this a word of the name that begins at term `second`?"""
    for term in want.terms[second:]:
        if not term.name:
            return False
        if says(term, word):
            return True
    return False


def _noun(term: Term) -> bool:
    """News writes an office with a capital ("Presiden Rusia"), which makes no name of it."""
    return not term.name or term.form in OFFICES


def _beside(sentence: Sentence, at: int) -> tuple[str, ...]:
    return tuple(word for word, _, _ in sentence.words[max(0, at - 1) : at + 2])
