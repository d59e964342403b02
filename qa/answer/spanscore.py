"""Which span of the sentence is the answer: what an answer of its kind never is, and the weighted sum of what is known of the rest.

Rules and network speak together here: how far the form fits, where the span stands, what it repeats of the question, and the
logits of a trained reader for exactly that span. The weights are a table a kind of question (spanweights.py), fitted on
questions that no training saw; without a trained reader the rules choose alone (score.span_score).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qa.answer.manner import means_asked
from qa.answer.matching import Near, Sentence, Wanted
from qa.answer.people import Candidate
from qa.answer.spanasked import VERB, asked_words, head
from qa.answer.spanfeatures import SURE, features, overlap
from qa.answer.spanlist import Read, Run, letters_of, runs, words_of
from qa.answer.spanweights import WEIGHTS
from qa.language.names import OFFICES

_REASON, _PART = 0.7, 0.9  # fit of a clause of reason; a share of the sentence above which a clause is the whole of it
_BY_FORM = frozenset(
    ["how_long", "said", "list"]
)  # kinds whose answers are known by their form: the network weighs them, and proposes none
_THINGS = frozenset(["who", "where", "when", "how_many", "list"])  # named, not told: no verb stands in the answer
_NAMED = frozenset(["which", "what"])  # named or told
_MEASURED = frozenset(["when", "how_many", "how_long"])  # kinds that may name a unit: another unit does not answer
_FITTING, _UNFIT = 0.5, 0.15


def group(wanted: Wanted) -> str:
    """The table of a question: its kind, or what it asks for more closely.

    role    who a named person is          which   one of a named sort ("roket apa"), or a name
    clause  a reason or a manner
    """
    kind = wanted.asked.kind
    if kind == "who" and wanted.terms and all(term.name and term.form not in OFFICES for term in wanted.terms):
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
    return letters_of(sentence, listed[best])


def described(
    wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], near: Near, read: Sequence[Read]
) -> tuple[list[Run], list[dict[str, float]]]:
    """The list of a sentence and the features of each span in it.

    What only says the question's own words again is no answer, nor is a figure of another unit where one of the unit stands.
    """
    fitting = [one for one in rules if one.fit >= _FITTING]
    by_form = bool(fitting) and bool(wanted.asked.kind in _BY_FORM or means_asked(wanted) or wanted.asked.options)
    if wanted.asked.kind == "why":
        reasons = [one for one in rules if one.fit >= _REASON and one.end - one.start < len(sentence.text) * _PART]
        fitting, by_form = reasons or fitting, bool(reasons)
    if group(wanted) == "role":
        offices = [one for one in rules if one.fit >= SURE and sentence.text[one.start].islower()]
        fitting, by_form = offices or fitting, bool(offices)
    listed = runs(sentence, fitting if by_form else rules, read, by_form=by_form, pieces=wanted.asked.kind == "said")
    for allowed in _allowed(wanted, sentence, rules, fitting):
        listed = [run for run in listed if allowed(run)] or listed  # a rule that leaves nothing says nothing
    return listed, features(wanted, sentence, listed, rules, near=near, read=read) if listed else []


def _allowed(
    wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], fitting: Sequence[Candidate]
) -> Iterator[Callable[[Run], bool]]:
    """What an answer of this kind never is, each as a test that a run of words has to pass."""
    words = [word for word, _, _ in sentence.words]
    kind, noun = wanted.asked.kind, wanted.asked.noun
    asked = asked_words(wanted, sentence)
    if fitting and kind in _MEASURED:  # a figure of another unit than the one asked for
        good = [run for one in fitting if (run := words_of(sentence, one.start, one.end))]
        unfit = [run for one in rules if one.fit <= _UNFIT and (run := words_of(sentence, one.start, one.end))]
        unfit = [run for run in unfit if not any(overlap(run, one) for one in good)]
        yield lambda run: not any(overlap(run, one) for one in unfit)
    if group(wanted) in _THINGS:  # what is named and not told
        yield lambda run: not any(VERB.match(word) for word in words[run[0] + 1 : run[1] + 1])
    if group(wanted) in _NAMED:  # nor does a name go on with what its bearer does
        yield (
            lambda run: (
                not (
                    sentence.text[sentence.words[run[0]][1]].isupper()
                    and any(VERB.match(word) for word in words[run[0] + 1 : run[1] + 1])
                )
            )
        )
    if kind == "said":
        return
    yield lambda run: not all(asked[run[0] : run[1] + 1])  # the question's own words
    yield (
        lambda run: not (asked[run[0]] and any(VERB.match(word) for word in words[run[0] + 1 : run[1] + 1]))
    )  # its subject again
    if noun:  # "tahun 2016" where the question says "tahun berapa": the noun again before what is named by it
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


def weigh(table: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The weighted sum of a span's features."""
    return sum(table.get(name, 0.0) * value for name, value in known.items())
