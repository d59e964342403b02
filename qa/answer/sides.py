"""Which side a sentence takes in a yes-no question: yes, no, or none, and then only the sentence is shown.

Words first: a denial beside what was asked about, or an opposite of a word of the question, is a no; a sentence that itself says most
of the question is a yes where all its names stand there, in their places and not in another's part of it. Where words leave it open an
entailment head judges the question turned into a statement; what it calls neutral stays open, for "Ya" under a sentence that only comes
near is worse than no side at all.
"""

from __future__ import annotations

import re

from qa.answer.binding import alike, has
from qa.answer.deeds import AGAINST, MARGIN, pairs
from qa.answer.entail import Entail
from qa.answer.matching import Sentence, Term, Wanted, says
from qa.answer.score import Features
from qa.answer.spanasked import VERB
from qa.answer.spanfeatures import parts_of
from qa.language import names, text
from qa.language.contrast import DIRECTIONS, OPPOSITES
from qa.language.function_words import denials
from qa.language.roots import same_root

_WHERE = tuple(re.compile(rf"\b{words}\b", re.IGNORECASE) for words in (r"di dalam|inside", r"di luar|outside"))
_OPENING = re.compile(
    r"^\W*(?:(?:jadi|lalu|terus|so|and),?\s+)?(?:apakah|benarkah|betulkah|apa (?:benar|betul|iya|memang)|emang(?:nya)?|memang(?:nya)?|apa)\s+|[\s?]+$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^(\w{3,})kah\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s[–—-]\s.+?\s[–—-]\s|\((?:[^\s)]+\s){2,}[^)]*\)")
_ASKED = re.compile(r"\b(?:ditanya|bertanya|menanyakan|mempertanyakan|apakah|asked|whether)\b[^,;:]*", re.IGNORECASE)
_MUTUAL = re.compile(
    r"\b(?:ber(?:temu|jumpa|unding|negosiasi|dialog|bicara|salaman|jabat|damai|perang|tempur|kerja sama|sekutu)\w*|meets?|met|talk\w*|negotiat\w+)\b",
    re.IGNORECASE,
)  # whoever does it, both do
_COMPARED = re.compile(
    r"\blebih\b.*\b(?:dari(?:pada)?|ketimbang|dibanding(?:kan)?)\b|\b(?:more|less|\w+er)\b.*\bthan\b", re.IGNORECASE
)
_THERE = re.compile(r"\b(?:(?:di|ke|dari) (?:sana|situ|sini)|there|here)\b", re.IGNORECASE)
_BY, _AGENT = frozenset(["oleh", "by"]), 4  # words after a deed in which whose it is may be said
_ACTIVE = re.compile(r"(?:me|ber)\w{4,}")
_THERE_IS = re.compile(r"^\W*(?:apakah ada|adakah|(?:is|are|was|were) there|ada)\b", re.IGNORECASE)
_SAID = 0.6  # share of a question that a sentence itself has to say where the answer is yes
_ENTAILED = 0.7  # what the head must be sure of where words leave it open
_CONTRADICTED = 0.9


def side(question: str, wanted: Wanted, sentence: Sentence, known: Features, entail: Entail | None = None) -> bool | None:
    """True for yes, False for no, None where the sentence carries neither."""
    if contradicts(question, wanted, sentence):
        return False
    if _aside(wanted, sentence) or _only_asked(wanted, sentence):
        return None
    if _THERE_IS.match(question) and known.names > 0.0 and _is_there(wanted, sentence):
        return True
    if not _in_one_part(wanted, sentence) or _other_object(wanted, sentence):
        return None
    odds = min((pair.odds for pair in pairs(statement(question), sentence.text)), default=MARGIN)
    if odds < MARGIN and not _MUTUAL.search(question):  # they may have changed places; of two that are compared that is a no
        return False if odds <= AGAINST and _COMPARED.search(question) else None
    if known.cover >= _SAID and _all_named(wanted, sentence, known):
        return True
    if entail is None or known.names <= 0.0:
        return None
    verdict = entail(sentence.text, statement(question))
    if verdict.entailed >= _ENTAILED:
        return True
    return False if verdict.contradicted >= _CONTRADICTED else None


def _aside(wanted: Wanted, sentence: Sentence) -> bool:
    """Does one of the question's names stand in an aside alone (between dashes or in brackets), another outside? They did nothing together."""
    asides = [found.span() for found in _ASIDE.finditer(sentence.text)]
    places = [
        [
            any(start <= begin < end for start, end in asides)
            for word, begin, _ in sentence.words
            if term.form in {word, *word.split("-")}
        ]
        for term in wanted.terms
        if term.name
    ]
    return any(inside and all(inside) for inside in places) and any(inside and not any(inside) for inside in places)


def _all_named(wanted: Wanted, sentence: Sentence, known: Features) -> bool:
    """Does the sentence have every name of the question, or a "di sana" for one that stands before it?"""
    missing = [
        term for term in wanted.terms if term.name and not has(sentence, term.form) and not _by_last(wanted, sentence, term)
    ]
    return not missing or (len(missing) == 1 and known.names_near > known.names and bool(_THERE.search(sentence.text)))


def _in_one_part(wanted: Wanted, sentence: Sentence) -> bool:
    """Does whatever the sentence has of the question stand in one of its parts with the names?

    "Putin datang dengan pesawat, sementara Kim tiba dengan keretanya" says nothing of a train of Putin's.
    """
    parts = parts_of(sentence)
    named = [term for term in wanted.terms if term.name]
    if not named or parts[-1:] == [0]:
        return True
    words = [(part, word) for part, (word, _, _) in zip(parts, sentence.words, strict=True)]
    of_names = {part for part, word in words if any(says(term, word) for term in named)}
    rest = [
        {part for part, word in words if says(term, word) or word in alike(term.form)} for term in wanted.terms if not term.name
    ]
    return all(not where or where & of_names for where in rest)


def _other_object(wanted: Wanted, sentence: Sentence) -> bool:
    """Is another name told of what was asked: "mengunjungi Korea Utara" for "mengunjungi Korea Selatan", "peluncuran … oleh Korea Utara"?"""
    known = {term.form for term in wanted.terms}
    opens = dict(names.names(sentence.text))
    verbs = [at for at, term in enumerate(wanted.terms) if not term.name and VERB.match(term.form)]
    objects = {one for one, other in wanted.touching if wanted.terms[other].name}
    found: list[bool] = []
    for verb in verbs:
        for at, (word, _, _) in enumerate(sentence.words):
            if not says(wanted.terms[verb], word):
                continue
            after = [at + 1] if verb in objects else []
            if not _ACTIVE.match(word):  # "mengonfirmasi peluncuran oleh Seoul": it is not Seoul that confirms
                after += [
                    place + 1
                    for place in range(at + 1, at + 1 + _AGENT)
                    if sentence.words[place : place + 1] and sentence.words[place][0] in _BY
                ]
            starts = [sentence.words[place][1] for place in after if place < len(sentence.words)]
            found += [known >= set(text.terms(sentence.text[start : opens[start]])) for start in starts if start in opens]
    return bool(found) and not any(found)


def _by_last(wanted: Wanted, sentence: Sentence, term: Term) -> bool:
    """Does the last word of the name that the term belongs to stand for it?"""
    at = wanted.terms.index(term)
    after = [other for one, other in wanted.touching if one == at and wanted.terms[other].name]
    return any(
        wanted.terms[other].form not in DIRECTIONS
        and (has(sentence, wanted.terms[other].form) or _by_last(wanted, sentence, wanted.terms[other]))
        for other in after
    )


def _is_there(wanted: Wanted, sentence: Sentence) -> bool:
    """Does the sentence speak of the thing that "apakah ada" asks for: the noun after it and what touches it?"""
    plain = [at for at, term in enumerate(wanted.terms) if not term.name]
    thing = plain[:1]
    while thing and (thing[-1], thing[-1] + 1) in wanted.touching and thing[-1] + 1 in plain:
        thing.append(thing[-1] + 1)
    return bool(thing) and all(has(sentence, wanted.terms[at].form) for at in thing)


def _only_asked(wanted: Wanted, sentence: Sentence) -> bool:
    """Does what the question says stand in the sentence only as what somebody asked? That says neither yes nor no."""
    scopes = [found.span() for found in _ASKED.finditer(sentence.text)]
    places = [start for word, start, _ in sentence.words if any(not term.name and says(term, word) for term in wanted.terms)]
    return bool(scopes and places) and all(any(first <= at < last for first, last in scopes) for at in places)


def statement(question: str) -> str:
    """The question as what it asks about: "Apakah Putin akan datang?" is "Putin akan datang", "Sudahkah" is "Sudah"."""
    return _ASKING.sub(r"\1", _OPENING.sub("", question))


def contradicts(question: str, wanted: Wanted, sentence: Sentence) -> bool:
    """Does the sentence say no? By a word of denial close before what was asked about, or an opposite."""
    asked = {term.form for term in wanted.terms}
    words = [word for word, _, _ in sentence.words]
    denied = any(
        any(form in asked or any(same_root(form, term) for term in asked) for form in words[at + 1 : at + 5])
        for at in denials(words)
    )
    if any(
        mine.search(question) and theirs.search(sentence.text) and not mine.search(sentence.text)
        for mine, theirs in (_WHERE, _WHERE[::-1])
    ):
        return not wanted.denies
    said = set(words)
    for one, other in OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if mine & asked and theirs & said and not mine & said:
                return not wanted.denies
    return denied != wanted.denies if denied else False
