"""The names of a claim: the role of each there, its roles in the quote, and which two are one or do the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.language import lists, text
from qa.language.annotate import names
from qa.language.annotate.semantic_roles import Standing, standing
from qa.language.annotate.verbs import COPULAS, Word, acts, spans, tokens
from qa.language.meaning.exonyms import spellings
from qa.language.text.roots import known_root

_MUTUAL = lists.cue("mutual")
_IS = COPULAS - {"menjadi", "sebagai"}
_WITH = frozenset("dengan with".split())
_ANDS = frozenset("dan serta and atau or".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the claim: its span, its role there, and each of its roles in the quote."""

    name: str
    span: tuple[int, int]
    here: Standing
    there: tuple[Standing, ...]


def mentions(claim: str, quote: str, claimed: Sequence[Word], written: Sequence[Word], *, english: bool) -> list[Mention]:
    """The names of `claim` that are in `quote`, left to right; `said` and `written` are the tokens of the two."""
    where, there = spans(claim), _covered(spans(quote), names.names(quote))
    mine = _named(claim, quote, english=english)
    here = _covered(where, mine)
    found = []
    everywhere = {span: _runs(claim[slice(*span)], written) for span in mine}
    for span in mine:
        places = sorted(_covered(where, [span]))
        runs = _apart(everywhere[span], [run for runs in everywhere.values() for run in runs])
        if places and runs:
            standings = tuple(standing(written, left, right, there) for left, right in runs)
            found.append(
                Mention(text.fold(claim[slice(*span)]), span, standing(claimed, places[0], places[-1] + 1, here), standings)
            )
    return found


def same(one: Mention, other: Mention) -> bool:
    """Two names for one: the quote has them in the same places."""
    return one.name == other.name or {there.at for there in one.there} == {there.at for there in other.there}


def together(claimed: Sequence[Word], one: Mention, other: Mention, every: Sequence[Mention]) -> bool:
    """Do they do the same, whoever is named first: "Kim dan Putin", "Kim bertemu dengan Putin", "Rahman adalah Ketua Umum"."""
    named = {at for mention in every for at in range(mention.here.at, mention.here.end)}
    between = [
        claimed[at].word for at in range(one.here.end, other.here.at) if at not in named and claimed[at].word not in names.TITLES
    ]
    if not between:
        return False
    words = set(between)
    after = [word.word for word in claimed[other.here.end : other.here.end + 2]]
    alone = not any(at in named for at in range(one.here.end, other.here.at))
    whole = one.here.at == 0 and not any(word.word[0].isalnum() for word in claimed[other.here.end :])
    return (
        (bool({"bersama", "together"} & set(between[-2:])) and words.isdisjoint({","}) and set(between[-1:]) <= _WITH | _MUTUAL)
        or (len(between) <= 2 and between[0].startswith("ber") and between[-1] in _WITH)
        or (whole and words <= _IS)
        or (alone and words <= _MUTUAL | _WITH and bool(words & _MUTUAL))
        or (words <= _ANDS | {","} and bool(words & _ANDS))
        or (words == {","} and bool(_ANDS & set(after)) and set(after[:1]) <= _ANDS | {","})  # "Aceh, Riau, dan Jambi"
    )


def beside(claimed: Sequence[Word], written: Sequence[Word], one: Mention, other: Mention, quote: str) -> bool:
    """A name and what its bearer is, with nothing but a comma between, here as there: "Direktur Utama Mandiri, Darmawan Junaidi, ..."."""
    ends = [word.word for word in claimed[other.here.end : other.here.end + 1]]
    apart = [[written[at].word for at in range(min(x.end, y.end), max(x.at, y.at))] for x in one.there for y in other.there]
    comma = [word.word for word in claimed[one.here.end : other.here.at]] == [","] == ends
    return comma and [","] in apart and one.name in text.fold(quote) and other.name in text.fold(quote)


def _apart(runs: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of a name that are no part of a longer one ("Jokowi" in "Iriana Jokowi"), or all where each is."""
    alone = [run for run in runs if not any(start <= run[0] and run[1] <= end and run != (start, end) for start, end in others)]
    return alone or list(runs)


def _covered(where: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The places of the tokens that these spans touch."""
    return frozenset(at for at, (left, right) in enumerate(where) if any(left < end and start < right for start, end in named))


def _named(claim: str, quote: str, *, english: bool) -> list[tuple[int, int]]:
    """The spans of the claim's names, with short forms in capitals ("AS"), which are small words otherwise.

    The capital of an opening word counts where the quote has it inside a sentence, where no dictionary has the word, or where
    a verb follows: then it is who does it.
    """
    inside = {
        quote[start:end].split(maxsplit=1)[0] for start, end in names.names(quote) if not names.opens_sentence(quote, start)
    }
    found = []
    for start, end in names.names(claim):
        name = claim[start:end]
        plain = not english and names.opens_sentence(claim, start) and " " not in name and known_root(name)
        if not plain or name in inside or acts(claim[end:]):
            found.append((start, end))
    taken = {at for span in names.names(claim) for at in range(*span)}
    found += [match.span() for match in re.finditer(r"\b[A-Z]{2,}\b", claim) if match.start() not in taken]
    first = re.match(r"\W*([^\W_]+)", claim)
    if first and first.start(1) not in taken and first[1][0].isupper():
        word = tokens(first[1])[0]
        if first[1] in inside or (word.content and not word.stops and acts(claim[first.end() :])):
            found.append(first.span(1))
    return sorted(set(found))


def _runs(name: str, written: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the quote has the name: the longest stretches of its words, in any spelling of either language."""
    best: list[tuple[int, int]] = []
    most = 0.0
    for form in spellings(name):
        terms = set(text.terms(form))
        wanted = terms - names.TITLES or terms
        at = 0
        while wanted and at < len(written):
            stop = at
            while stop < len(written) and written[stop].word in wanted:
                stop += 1
            share = len({word.word for word in written[at:stop]}) / len(wanted)
            if share > most:
                best, most = [], share
            if share and share == most:
                best.append((at, stop))
            at = max(stop, at + 1)
    return list(dict.fromkeys(best))
