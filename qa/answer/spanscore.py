"""Which span of the sentence is the answer: the weighted sum of what is known of it, and of the rules for its kind that it breaks.

Rules and network speak together here: how far the form fits, where the span stands, what it repeats of the question, and the
logits of a trained reader for exactly that span. The weights are a table a kind of question (spanweights.py), fitted on
questions that no training saw; without a trained reader the rules choose alone (score.span_score).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from qa.answer.candidates import NO_NAME, OBJECT
from qa.answer.manner import means_asked
from qa.answer.matching import Near, Sentence, Wanted
from qa.answer.people import PRONOUNS, Candidate, office_asked
from qa.answer.spanasked import VERB, asked_words, head
from qa.answer.spanfeatures import SURE, features, overlap
from qa.answer.spanlist import LEADING, STOPS, Read, Run, letters_of, runs, words_of
from qa.answer.spanweights import WEIGHTS
from qa.language import spans
from qa.language.exonyms import is_country
from qa.language.names import OFFICES

_REASON, _PART = 0.7, 0.9  # fit of a clause of reason; a share of the sentence above which a clause is the whole of it
_BY_FORM = frozenset(
    ["how_long", "said", "list"]
)  # kinds whose answers are known by their form: the network weighs them, and proposes none
_THINGS = frozenset(["who", "where", "when", "how_many", "list"])  # named, not told: no verb stands in the answer
_NAMED = frozenset(["which", "what"])  # named or told
_MEASURED = frozenset(["when", "how_many", "how_long"])  # kinds that may name a unit: another unit does not answer
_NUMBER = re.compile(r"\b(?:jumlah|total|number)\b", re.IGNORECASE)
_COUNTED = frozenset(["how_many", "how_long"])
_LED = {"": frozenset(["tahun", "bulan", "tanggal"]), "jam": frozenset(["pukul", "jam"]), "pukul": frozenset(["pukul", "jam"])}
"""Words that lead a date or an hour in, by the noun of the question ("jam berapa")."""
_NO_PLACE = frozenset(
    "dengan secara melalui via bersama kepada sebagai terhadap sejak selama telah sudah akan bisa dapat untuk karena".split()
)  # lead no place in
_JOINED = re.compile(r",?\s(?:dan|serta|and)\s|,\s")
_PEOPLES = frozenset(
    """negara negeri bangsa pihak tim timnas pemerintah pasukan kubu kontingen delegasi kesebelasan wakil anggota peserta lawan musuh sekutu mitra
    tetangga wilayah asal kebangsaan kewarganegaraan juara pemenang tuan country nation state team side government member opponent ally""".split()
)
"""Nouns that a country's name may answer."""
_FITTING, _UNFIT = 0.5, 0.15
_NAMELESS = PRONOUNS | frozenset(
    "saya aku kami kita anda kamu kalian ini itu i we us me you this that".split()
)  # name nobody and nothing


def group(wanted: Wanted) -> str:
    """The table of a question: its kind, or what it asks for more closely.

    role    who a named person is          which   one of a named sort ("roket apa"), or a name
    clause  a reason or a manner
    """
    kind = wanted.asked.kind
    if wanted.clause:
        return "clause"
    if kind == "who" and wanted.terms and all(term.name and term.form not in OFFICES for term in wanted.terms):
        return "role"
    if wanted.asked.introduces or office_asked(wanted):
        return "role"
    if kind in {"what", "yes_no"}:
        return "which" if wanted.named or head(wanted) else "what"
    return {"why": "clause", "how": "clause", "how_long": "how_many"}.get(kind, kind)


def choose(
    wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], near: Near, read: Sequence[Read]
) -> tuple[int, int] | None:
    """The letters of the best span; None where the list is empty."""
    listed, known = described(wanted, sentence, rules, near, read)
    if not listed:
        return None
    table = WEIGHTS[group(wanted)]
    best = max(range(len(listed)), key=lambda at: (weigh(table, known[at]), -at))
    return letters_of(sentence, whole(wanted, sentence, listed[best], rules))


def whole(wanted: Wanted, sentence: Sentence, run: Run, rules: Sequence[Candidate]) -> Run:
    """A figure with what it counts ("dua rudal", "930 mil"), save after "jumlah"; an office with whose it is ("juru bicara Kremlin"); a date
    without the word that leads it in ("tahun 2012").
    """
    asked = wanted.asked
    counted = asked.kind in _COUNTED and not _NUMBER.search(asked.said)
    role = group(wanted) == "role"
    if counted or role:
        sure = _placed(sentence, (one for one in rules if one.fit >= SURE))
        longer = [one for one in sure if one[0] == run[0] and one[1] > run[1]]
        if role:  # by the one name that it goes on with
            longer = [one for one in longer if one[1] == run[1] + 1 and sentence.text[sentence.words[one[1]][1]].isupper()]
        return max(longer, default=run)
    led = _LED.get(asked.noun, frozenset()) if asked.kind == "when" else frozenset()
    return (run[0] + 1, run[1]) if run[0] < run[1] and sentence.words[run[0]][0] in led else run


def described(
    wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], near: Near, read: Sequence[Read]
) -> tuple[list[Run], list[dict[str, float]]]:
    """The list of a sentence and the features of each span in it."""
    fitting = [one for one in rules if one.fit >= _FITTING]
    asked = wanted.asked
    by_form = bool(fitting) and bool(asked.kind in _BY_FORM or means_asked(wanted) or asked.options)
    if asked.happening or wanted.clause:
        told = [one for one in rules if one.fit >= SURE]
        fitting, by_form = told or fitting, bool(told)
    if asked.kind == "why":
        reasons = [one for one in rules if one.fit >= _REASON and one.end - one.start < len(sentence.text) * _PART]
        fitting, by_form = reasons or fitting, bool(reasons)
    if group(wanted) == "role":
        offices = [one for one in rules if one.fit >= SURE and sentence.text[one.start].islower()]
        fitting, by_form = offices or fitting, bool(offices)
    listed = runs(sentence, fitting if by_form else rules, read, by_form=by_form, pieces=asked.kind == "said")
    for allowed in _never(wanted, sentence, rules, fitting):
        listed = [run for run in listed if allowed(run)] or listed  # a rule that leaves nothing says nothing
    if not listed:
        return listed, []
    known = features(wanted, sentence, listed, rules, near=near, read=read)
    broken = [0] * len(listed)
    for allowed in _seldom(wanted, sentence, rules):
        good = [allowed(run) for run in listed]
        if any(good):
            broken = [count + (not one) for count, one in zip(broken, good, strict=True)]
    for one, count in zip(known, broken, strict=True):
        one["seldom"] = float(count > 0)
        one["seldom_more"] = float(count > 1)
    return listed, known


Rule = Callable[[Run], bool]


def _never(wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], fitting: Sequence[Candidate]) -> Iterator[Rule]:
    """What no answer of this kind is, each as a test that a run of words has to pass."""
    words = [word for word, _, _ in sentence.words]
    kind = wanted.asked.kind
    if fitting and kind in _MEASURED:  # a figure of another unit than the one asked for
        good = _placed(sentence, fitting)
        unfit = _placed(sentence, (one for one in rules if one.fit <= _UNFIT))
        unfit = [run for run in unfit if not any(overlap(run, one) for one in good)]
        yield lambda run: not any(overlap(run, one) for one in unfit)
    if kind == "how_many":  # what is counted is said in figures
        figures = _placed(sentence, rules)
        yield lambda run: not figures or any(overlap(run, one) for one in figures)
    if kind == "where":  # "Juli" is no place
        times = [run for start, end in spans.times(sentence.text) if (run := words_of(sentence, start, end))]
        yield lambda run: not any(overlap(run, one) for one in times)
    if wanted.asked.speaks:  # another than the one who speaks
        named = [(run, one.fit) for one in rules if (run := words_of(sentence, one.start, one.end))]
        speakers = {run for run, fit in named if fit >= SURE}
        silent = {run for run, fit in named if not any(overlap(run, one) for one in speakers)} if speakers else set()
        yield lambda run: not any(overlap(run, one) for one in silent)
    if kind != "said":
        asked = asked_words(wanted, sentence)
        empty = [_empty(sentence, at) for at in range(len(words))]

        def says_more(run: Run) -> bool:
            first = next((at for at in range(run[0], run[1] + 1) if not empty[at]), None)
            return first is not None and not all(asked[first : run[1] + 1])

        yield says_more  # than the question's own words, "para", "Anda"
        verbs = [bool(VERB.match(word)) for word in words]
        yield lambda run: not (asked[run[0]] and any(verbs[run[0] + 1 : run[1] + 1]))  # the question's subject again


def _seldom(wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate]) -> Iterator[Rule]:
    """What an answer of this kind seldom is: a trained reader that is sure may say otherwise."""
    words = [word for word, _, _ in sentence.words]
    verbs = [bool(VERB.match(word)) for word in words]
    kind, noun, table = wanted.asked.kind, wanted.asked.noun, group(wanted)
    if table in _THINGS:  # what is named is not told
        yield lambda run: not any(verbs[run[0] + 1 : run[1] + 1])
    if table in _NAMED:  # nor does a name go on with what its bearer does
        yield lambda run: not (sentence.text[sentence.words[run[0]][1]].isupper() and any(verbs[run[0] + 1 : run[1] + 1]))
    if table == "role":  # "kepala | komite teknologi" leaves out what he is
        yield lambda run: run[0] == 0 or words[run[0] - 1] not in OFFICES
    if kind == "what" and noun:  # something there is of the very form
        sure = _placed(sentence, (one for one in rules if one.fit >= OBJECT))
        yield lambda run: not sure or any(overlap(run, one) for one in sure)
    if kind == "what" and (noun or wanted.head) and _PEOPLES.isdisjoint({noun, wanted.head}):  # a country is no sort of thing
        yield lambda run: not _countries(sentence.text[slice(*letters_of(sentence, run))])
    if kind == "what" and wanted.named:  # "dari Vostochny" names no satellite where "satelit Lomonosov" stands
        good = _placed(sentence, (one for one in rules if one.fit >= SURE))
        unfit = _placed(sentence, (one for one in rules if one.fit <= NO_NAME))
        yield lambda run: not good or not any(overlap(run, one) for one in unfit) or any(overlap(run, one) for one in good)
    if kind == "where":  # "dengan selang waktu 10 menit dari Sunan" is no place
        yield lambda run: words[run[0]] not in _NO_PLACE
    if noun and kind != "said":  # "tahun 2016" where the question says "tahun berapa": the noun again before what is named by it
        yield (
            lambda run: (
                not (
                    run[0] < run[1]
                    and words[run[0]] == noun
                    and sentence.text[sentence.words[run[0]][1]].islower()
                    and not sentence.text[sentence.words[run[0] + 1][1]].islower()
                )
            )
        )


def _placed(sentence: Sentence, proposed: Iterable[Candidate]) -> list[Run]:
    """The words of each candidate, of those that have any."""
    return [run for one in proposed if (run := words_of(sentence, one.start, one.end))]


def _countries(said: str) -> bool:
    """Is it the names of countries and nothing else?"""
    return all(is_country(part, whole=True) for part in _JOINED.split(said))


def _empty(sentence: Sentence, at: int) -> bool:
    """Does the word name nobody and nothing ("para", "Anda")? Capitals inside a sentence may be a name that is spelled like one ("AS")."""
    word, start, _ = sentence.words[at]
    return word in _NAMELESS or (word in LEADING | STOPS and (at == 0 or sentence.text[start].islower()))


def weigh(table: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The weighted sum of a span's features."""
    return sum(table.get(name, 0.0) * value for name, value in known.items())
