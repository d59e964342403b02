"""How much of a question a sentence says: the question's terms, their weights, and which of them a sentence has.

A term is matched by its form, else by its root, else (a name) within a slip of spelling, else by the nearness of word
vectors, which is what carries an English question into an Indonesian sentence. A date is one term, compared as days.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qa.answer import headword
from qa.language import dates, kinds, names, shortforms, synonyms, text
from qa.language.function_words import denials
from qa.language.roots import same_root
from qa.language.words import FUNCTION_WORDS
from qa.schema import Hit, Language, Query

Weights = Callable[[str], float]

# Words of questions that articles need not repeat; kept out of the terms beside the function words and the cues.
_FILLER = frozenset(
    """benar betul kah sih nama namanya bernama disebut sebutkan jelaskan ceritakan tolong diketahui berita artikel menurut kata dikatakan
    mengatakan menyatakan berkata said say says told tell according answer reply did does do was were there itu ini hal saja juga pernah
    akan bakal sedang masih sudah telah jumlah banyak besar lama berlangsung digelar terjadi dilakukan berada letak terletak tersebut lalu
    new name named called happen happened take place took list give much long far ada kapan waktu tahun tanggal hari pukul jam bulan
    year date time day month kali orang nya mereka keduanya seberapa sekarang skrg now currently kalau jika bila kan paling namun tetapi tapi
    kepanjangan kepanjangannya singkatan singkatannya akronim disingkat stand stands abbreviation acronym lain lainnya another other again lagi sebuah seorang suatu memang sebenarnya ternyata if but most actually really""".split()
)
_PREDICATES = frozenset("lama banyak besar baru jauh long much far new".split())  # of a yes-no question they are what is asked
# What a unit of measurement or a kind of place already says: the form of the answer shows it, the article need not.
_SHOWN = {
    "how_many": frozenset(
        """jarak jaraknya jauh jauhnya far distance kilometer kilometers kilometre kilometres km mil mile miles meter meters metre metres
        usia usianya umur umurnya old age berat bobot beratnya heavy weight suhu temperature kecepatan kecepatannya speed fast""".split()
    ),
    "where": frozenset(
        "negara kota daerah wilayah provinsi kabupaten tempat lokasi kawasan country city town region place province location state".split()
    ),
    "how": frozenset("dipakai digunakan memakai menggunakan dinaiki ditumpangi pakai use used using".split()),
}
_NAMED = re.compile(
    r"\b(?:nama|namanya|judul|judulnya|name|title|called|disebut|julukan|julukannya|merek|merk|brand)\b", re.IGNORECASE
)
_SPELLED = re.compile(
    r"\b(?:kepanjangan(?:nya)?|singkatan(?:nya)?|akronim(?:nya)?|disingkat|stands? for|abbreviation|acronym|short for)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“](?P<said>[^\"“”]+)[\"”]")
_FUTURE = re.compile(r"\b(?:akan|bakal|nanti|will|going to)\b", re.IGNORECASE)
_LIGHT = 0.35  # weight of a filler that is the only word there is


@dataclass(frozen=True, slots=True)
class Term:
    """One word (or one date) of the question. `weight` is its rarity, `name` whether it is part of a proper name."""

    form: str
    weight: float
    name: bool
    place: int  # order in the question
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sentence has to say to answer."""

    terms: tuple[Term, ...]
    asked: kinds.Asked
    language: Language
    pairs: tuple[tuple[int, int, bool], ...] = ()  # neighbouring terms, and whether they touch in the question
    denies: bool = False
    head: str = ""  # form of the noun that the answer must be ("penerjemah" in "siapa penerjemah Kim"), "" where none is named
    named: bool = False  # a name or a title is asked for, not a thing of that kind
    shown: frozenset[str] = frozenset()  # words of the question that the answer's form shows ("mil")
    future: bool = False  # it asks for what is to come ("kapan … akan")
    spelled: bool = False  # what a short form stands for is asked, or the short form of a name
    quoted: tuple[str, ...] = ()  # folded words that it sets in quotation marks, in order; none where they are another language's

    @property
    def touching(self) -> frozenset[tuple[int, int]]:
        """The neighbouring terms that touch in the question."""
        return frozenset((one, other) for one, other, close in self.pairs if close)

    @property
    def clause(self) -> str:
        """By what sort of clause the noun that is asked for is told: effect ("apa akibatnya"), purpose ("apa kegunaan"), else empty."""
        return headword.clause(self.asked, self.head)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of a hit; start and end count from the passage, `at` from the article."""

    hit: Hit
    start: int
    end: int
    text: str
    words: tuple[tuple[str, int, int], ...]  # folded form, span in `text`
    forms: frozenset[
        str
    ]  # of its words, of what else its short and full forms are called ("AS"), and its synonyms of two words ("juru bahasa")
    days: tuple[dates.Found, ...]

    @property
    def at(self) -> int:
        return self.hit.passage.start + self.start


def sentences(hits: Sequence[Hit]) -> list[list[Sentence]]:
    """The sentences of the hits, one list an article, in the article's order; an overlap of passages counts once."""
    articles: dict[str, dict[int, Sentence]] = {}
    for hit in sorted(hits, key=lambda one: one.rank):
        found = articles.setdefault(hit.passage.article_id, {})
        for start, end in text.sentences(hit.passage.text):
            found.setdefault(hit.passage.start + start, _sentence(hit, start, end))
    return [[found[at] for at in sorted(found)] for found in articles.values()]


def _sentence(hit: Hit, start: int, end: int) -> Sentence:
    said = hit.passage.text[start:end]
    return Sentence(hit, start, end, said, *_parsed(said, hit.passage.published))


@lru_cache(maxsize=8192)
def _parsed(
    said: str, published: date | None
) -> tuple[tuple[tuple[str, int, int], ...], frozenset[str], tuple[dates.Found, ...]]:
    """Words, forms and days of a sentence; kept, for the next question is often about the same articles."""
    words = tuple((text.fold(word), begin, stop) for word, begin, stop in text.words(said))
    also = (other for _, other in shortforms.others(said))
    forms = frozenset(form for one in (*(word for word, _, _ in words), *also) for form in _forms(one)).union(
        synonyms.phrases(text.fold(said))
    )
    return words, forms, tuple(dates.find(said, published))


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(text.terms(word))


def wanted(query: Query, weights: Weights, proper: frozenset[str] = frozenset()) -> Wanted:
    """The terms of a question with their weights. `proper`: folded words that the hits write with a capital."""
    question = query.text
    asked = kinds.asked(question, query.language)
    if asked.kind == "what" != query.kind:  # a question put into other words has lost what made it "said"
        asked = replace(asked, kind=query.kind)
    spelled = asked.kind == "what" and _SPELLED.search(question) is not None
    inside_cue = {index for start, end in asked.cues for index in range(start, end)}
    capital = {index for start, end in names.names(question) for index in range(start, end)}
    outlet_words = {form for outlet in query.outlets for form in text.terms(outlet)}
    days = dates.find(question)
    terms = [Term(found.text.casefold(), 3.0, name=False, place=found.start, days=(found.first, found.last)) for found in days]
    light: list[Term] = []
    shown = _SHOWN.get(asked.kind, frozenset())
    for word, start, _ in text.words(question):
        folded = text.fold(word)
        is_name = start in capital or folded in proper
        if start in inside_cue or any(one.start <= start < one.end for one in days) or folded in outlet_words:
            continue
        if folded in FUNCTION_WORDS and not (is_name and start in capital and start > 0):
            continue
        forms = text.terms(word)
        for form in forms[1:] if len(forms) > 1 and "-" in folded else forms[:1]:
            filler = (form in _FILLER or form in shown) and not is_name and not (asked.kind == "yes_no" and form in _PREDICATES)
            told = asked.kind in {"what", "how"} and headword.told_by_clause(
                form
            )  # the clause shows it, the article need not say it
            (light if filler else terms).append(
                Term(form, weights(form) * (_LIGHT if filler or told else 1.0), name=is_name, place=start)
            )
    terms = list({term.form: term for term in terms or light}.values())
    ordered = tuple(sorted(terms, key=lambda term: term.place))
    pairs = tuple(
        (i, i + 1, re.fullmatch(r"[\w-]+ [\w-]+", question[ordered[i].place : ordered[i + 1].place + 1]) is not None)
        for i in range(len(ordered) - 1)
    )
    return Wanted(
        ordered,
        asked,
        query.language,
        pairs,
        denies=denies(question),
        head=headword.head(question, asked, ordered),
        shown=frozenset(term.form for term in light if term.form in shown),
        named=spelled or _NAMED.search(asked.said + _after(question, asked)) is not None,
        spelled=spelled,
        future=_FUTURE.search(question) is not None,
        quoted=() if query.gloss else _quoted(question, said=asked.speaks or asked.kind == "said"),
    )


def _quoted(question: str, *, said: bool) -> tuple[str, ...]:
    """The words of its longest quotation; a short one is of words said only where words said are asked about, else it may be a title."""
    parts = [tuple(text.fold(word) for word, _, _ in text.words(found["said"])) for found in _QUOTED.finditer(question)]
    longest = max(parts, key=len, default=())
    return longest if len(longest) >= (2 if said else 4) else ()


def _after(question: str, asked: kinds.Asked) -> str:
    """The word after the one that asks, for "apa merek ..."."""
    rest = (
        question[question.find(asked.said) + len(asked.said) :].split(maxsplit=1) if asked.kind == "what" and asked.said else []
    )
    return f" {rest[0]}" if rest else ""


def denies(sentence: str) -> bool:
    """Does it deny something? Words of denial and failure count."""
    return any(True for _ in denials([text.fold(word) for word, _, _ in text.words(sentence)]))


def rarity(articles: Sequence[Sequence[Sentence]]) -> Weights:
    """The idf over the sentences at hand, for want of the whole corpus: log(1 + (n - df + 0.5) / (df + 0.5)), at least 0.3."""
    counts: Counter[str] = Counter()
    n = 0
    for sentences_ in articles:
        for sentence in sentences_:
            counts.update(sentence.forms)
            n += 1
    return lambda form: max(0.3, math.log(1 + (n - counts[form] + 0.5) / (counts[form] + 0.5)))


def proper_words(articles: Sequence[Sequence[Sentence]]) -> frozenset[str]:
    """Folded words that stand inside sentences with a capital more often than without."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentences_ in articles:
        for sentence in sentences_:
            for folded, start, _ in sentence.words:
                if not folded[0].isalpha():
                    continue
                if not sentence.text[start].isupper():
                    small[folded] += 1
                elif not names.opens_sentence(sentence.text, start):
                    capital[folded] += 1
    return frozenset(word for word, count in capital.items() if count > small[word])


Near = Mapping[tuple[str, str], float]


_DIGIT = re.compile(r"\d")


def has_figure(form: str) -> bool:
    """A term that counts or names a version: what is missing of it is not a matter of other words."""
    return bool(_DIGIT.search(form))


def says(term: Term, word: str) -> bool:
    """Is the word the term, in whatever form?"""
    return term.form == word or same_root(term.form, word)
