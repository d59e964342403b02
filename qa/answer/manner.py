"""Spans that answer "why", "how" and "what happened": the clause of the reason, the means that somebody came by, what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer.matching import Wanted, says
from qa.answer.people import Candidate
from qa.answer.spanasked import VERB
from qa.language import quotes, spans, text
from qa.language.exonyms import is_country
from qa.language.names import TITLES

_THAT_IS_WHY = re.compile(r"\b(?:itu(?:lah)? (?:sebabnya|mengapa|kenapa|alasan\w*)|that(?: is|'s|’s) why)\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:naik|pakai|menggunakan|kendaraan|transport\w*|ditumpangi|mengendarai|lewat|melalui|menumpang|tiba|datang|berangkat|pergi|sampai|"
    r"arrive\w*|travel\w*|come|came|get|got)\b",
    re.IGNORECASE,
)
_FATES = frozenset(
    "jatuh gagal tewas hancur rusak hilang tenggelam selamat mundur kalah menang pecah runtuh batal wafat lahir pulih karam fell failed died crashed".split()
)
_AUXILIARY = frozenset("adalah ialah merupakan bisa dapat akan telah sudah menuju tersebut".split())
_TURN, _TURNED = frozenset("tetapi tapi namun kemudian lalu akhirnya but then finally".split()), 4  # within so many words before
_BESIDE = frozenset("setelah sebelum karena akibat ketika saat untuk guna agar after before because when to".split())
_PREDICATE_END = re.compile(
    r"[,.;:()–—\"“”]|\s(?:yang|setelah|sebelum|karena|sehingga|ketika|saat|dan|namun|tetapi|after|before|because|when|and|but)\s|$"
)


_OF_ANOTHER = 0.6  # share of its fit that a reason keeps beside which nothing of the question stands: it is another thing's
_TO_DO = re.compile(r"(?:untuk|agar|supaya)\b", re.IGNORECASE)
_URGES = re.compile(
    r"\b(?:mem?peringatkan|mendesak|menyerukan|mengajak|mengimbau|menyuruh|melarang|memaksa|membujuk|mewanti-wanti|diperingatkan|didesak|diimbau|"
    r"berjanji|sepakat|setuju|berencana|berniat|urged?|warned)\b[^,;]*$",
    re.IGNORECASE,
)
_URGED = 0.3  # fit of what somebody is urged to do, which is no purpose: "memperingatkan Kim untuk tidak menjual senjata"
_WITH = re.compile(r"\b(?:dengan|bersama|with)\s$", re.IGNORECASE)
_FOR_WHAT = re.compile(r"\W*(?:untuk|buat|demi|for what)\b", re.IGNORECASE)  # a purpose is asked for, not a cause
_EFFECT = re.compile(
    r"\b(?:sehingga|membuat|menyebabkan|mengakibatkan|menimbulkan|memicu|berdampak(?: pada)?|berakibat(?: pada)?|akibatnya,?|hasilnya,?|causing|so that|leading to)\s(?P<clause>[^,;:]{6,}?)(?=[,;:]|\W*$)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\b(?:untuk(?!(?: yang)? \w+ kali)|guna|agar|supaya|demi|memungkinkan|bermanfaat(?: untuk| bagi)?|berfungsi(?: sebagai| untuk)?|in order to)\s(?P<clause>[^,;:]{6,}?)(?=[,;:]|\W*$)",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"(?:^|[,;:]\s)(?P<cause>[^,;:]{8,}?)\s(?:(?:dan|yang|bisa|dapat|akan|mungkin|telah|juga|turut|can|will|has|have)\s)*"
    r"(?:membuat|menyebabkan|mengakibatkan|memicu|menimbulkan|makes?|made|caused?|triggered)\s(?P<effect>[^;:]+)",
    re.IGNORECASE,
)


def why(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Clauses of reason or purpose, and what makes that which is asked about; the whole sentence where it points back, or for want of them."""
    said = [start for word, start, _ in text.words(sentence) if _asked(text.fold(word), wanted, names=False)]
    plain = any(not term.name for term in wanted.terms)
    purpose = bool(_FOR_WHAT.match(wanted.asked.said))
    for start, end, strong in spans.reasons(sentence):
        of_it = not plain or any(not start <= at < end for at in said)
        fit = 1.0 if strong else 0.7
        if _TO_DO.match(sentence, start) and _URGES.search(sentence, 0, start):
            fit = _URGED
        if purpose:
            fit = 1.0 if _PURPOSE.match(sentence, start) else _OF_ANOTHER
        yield Candidate(start, end, fit * (1.0 if of_it else _OF_ANOTHER))
    for found in _MAKES.finditer(sentence):
        if any(_asked(text.fold(word), wanted, names=False) for word, _, _ in text.words(found["effect"])):
            yield Candidate(*found.span("cause"), 0.9)
    if back := _THAT_IS_WHY.search(sentence):
        quoted = next((one for one in quotes.said(sentence) if one.direct and one.start <= back.start() < one.end), None)
        yield Candidate(quoted.start, quoted.end, 0.8) if quoted else Candidate(0, len(sentence), 0.8)
    yield Candidate(0, len(sentence), 0.25)  # a reason need not be called one, but then the form says nothing


def means_asked(wanted: Wanted) -> bool:
    """Does "how" ask by what somebody came or went?"""
    return wanted.asked.kind == "how" and bool(_BY.search(" ".join([wanted.asked.said, *(term.form for term in wanted.terms)])))


def how(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """Means ("dengan pesawat"), and the sentence itself, which hardly answers where means are asked for."""
    by = means_asked(wanted)
    for start, end in spans.means(sentence):
        said = sentence[start:end]
        somebody = said[0].isupper() or said.split()[0].casefold() in TITLES or is_country(said, whole=True)
        named = by and somebody and (_WITH.search(sentence, 0, start) or is_country(said, whole=True))
        yield Candidate(start, end, 0.1 if named else 1.0 if by else 0.6)  # "dengan Kim": in company, not by means
    yield Candidate(0, len(sentence), 0.2 if by else 0.5)


def happened(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """What is told of it, from a verb that the question does not say to the end of its phrase: "meledak di udara".

    Of several what comes by a turn ("tetapi kapal itu kemudian tenggelam"); what merely went before it or caused it counts less.
    """
    words = [(text.fold(word), start, stop) for word, start, stop in text.words(sentence)]
    found: list[tuple[int, int, float, bool]] = []
    for at, (word, start, stop) in enumerate(words):
        if not (word in _FATES or (VERB.match(word) and word not in _AUXILIARY)) or _asked(word, wanted):
            continue
        ends = _PREDICATE_END.search(sentence, stop)
        end = ends.start() if ends else len(sentence)
        before = [other for other, _, _ in words[max(0, at - _TURNED) : at]]
        again = any(VERB.match(other) and _asked(other, wanted) for other in text.fold(sentence[stop:end]).split())
        beside = bool(before) and before[-1] in _BESIDE
        found.append((start, end, 0.45 if again else 0.6 if beside else 0.9, not _TURN.isdisjoint(before)))
    turned = any(turn and fit >= 0.9 for _, _, fit, turn in found)
    for start, end, fit, turn in found:
        yield Candidate(start, end, fit if turn or not turned else min(fit, 0.6))


def _asked(word: str, wanted: Wanted, *, names: bool = True) -> bool:
    return any(says(term, word) and (names or not term.name) for term in wanted.terms)


def clauses(sentence: str, wanted: Wanted) -> Iterator[Candidate]:
    """What an effect or a purpose is told by: the clause after "sehingga" or "untuk"."""
    for found in (_EFFECT if wanted.clause == "effect" else _PURPOSE).finditer(sentence):
        yield Candidate(*found.span("clause"), 0.9)
