"""Which span of the sentence is the answer: features of each span of the one list, and their weighted sum.

Rules and network speak together here: how far the form fits, where the span stands, what it repeats of the question, and the
logits of a trained reader for exactly that span. The weights are a table a kind of question (spanweights.py), fitted on
questions that no training saw; without a trained reader the rules choose alone (score.span_score).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from qa.answer.manner import means_asked
from qa.answer.matching import Near, Sentence, Wanted, has_figure, same_root
from qa.answer.people import PRONOUNS, Candidate
from qa.answer.score import span_score
from qa.answer.spanlist import LEADING, STOPS, Read, Run, edges_of, joint, letters_of, marked, proposed, runs, words_of
from qa.answer.spanweights import WEIGHTS
from qa.language import names, spans
from qa.language.names import TITLES

_FARTHEST = 4.0  # steps of logits below the best span, beyond which nothing is told apart
_STEP = 4.0  # logits
_DATED = frozenset("tahun tanggal bulan hari pukul jam abad pada sejak".split())
_ABOUT = frozenset("sekitar lebih kurang hampir sekira kira-kira nyaris about around nearly".split())
_REASON, _PART = 0.7, 0.9  # fit of a clause of reason; a share of the sentence above which a clause is the whole of it
_SURE = 0.85  # fit of a candidate that has the very form asked for
_OFFICES = TITLES - frozenset("dr drs dra ir prof profesor tuan nyonya bapak ibu pak bu haji hj kiai kyai ustaz ustad habib mr mrs ms sir".split())
_CERTAIN = 12.0  # a sum of logits from which the network's span is right nine times in ten
_OF_READER = ("read0", "read1", "read_best")  # what counts by how sure the network is, and what by how unsure
_OF_RULES = ("like", "like_best", "form", "headed", "near")
_MORE = 2  # words by which a name may be longer than in the question
_BY_FORM = frozenset(["how_long", "said", "list"])  # kinds whose answers are known by their form: the network weighs them, and proposes none
_MEASURED = frozenset(["when", "how_many", "how_long"])  # kinds that may name a unit: another unit does not answer
_FITTING, _UNFIT = 0.5, 0.15
_VERB = re.compile(r"(?!menteri|direktur|diplomat|dinasti|berita|ter(?:baru|akhir|besar|kecil|minal|oris)|digital|mental)(?:me[mnlr]|ber|di|ter)\w{4,}$|(?:adalah|ialah|merupakan|bisa|dapat|akan|telah|sudah)$")
_DIGIT = re.compile(r"\d")


def group(wanted: Wanted) -> str:
    """The table of a question: its kind, or what it asks for more closely.

    role    who a named person is          which   one of a named sort ("roket apa"), or a name
    clause  a reason or a manner
    """
    kind = wanted.asked.kind
    if kind == "who" and wanted.terms and all(term.name and term.form not in _OFFICES for term in wanted.terms):
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
    by_form = bool(fitting) and (wanted.asked.kind in _BY_FORM or means_asked(wanted))
    if wanted.asked.kind == "why":
        reasons = [one for one in rules if one.fit >= _REASON and one.end - one.start < len(sentence.text) * _PART]
        fitting, by_form = reasons or fitting, bool(reasons)
    if group(wanted) == "role":
        offices = [one for one in rules if one.fit >= _SURE and sentence.text[one.start].islower()]
        fitting, by_form = offices or fitting, bool(offices)
    listed = runs(sentence, fitting if by_form else rules, read, by_form=by_form)
    if fitting and wanted.asked.kind in _MEASURED:
        unfit = [run for one in rules if one.fit <= _UNFIT and (run := words_of(sentence, one.start, one.end))]
        good = [run for one in fitting if (run := words_of(sentence, one.start, one.end))]
        listed = [run for run in listed if any(_overlap(run, one) for one in good) or not any(_overlap(run, one) for one in unfit)]
    asked = _asked(wanted, sentence)
    listed = [run for run in listed if wanted.asked.kind == "said" or not all(asked[run[0] : run[1] + 1])] or listed
    return listed, features(wanted, sentence, listed, rules, near=near, read=read) if listed else []


def weigh(table: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The weighted sum of a span's features."""
    return sum(table.get(name, 0.0) * value for name, value in known.items())


def features(
    wanted: Wanted, sentence: Sentence, listed: Sequence[Run], rules: Sequence[Candidate], *, near: Near, read: Sequence[Read]
) -> list[dict[str, float]]:
    """What is known of each run of words in the list; a value is 0 where it does not apply."""
    edges = [edges_of(sentence, one) for one in read]
    logits = [_steps(listed, one) for one in edges]
    sure_of = _sure_of(edges)
    fits = _fits(sentence, rules)
    named = {run for start, end in names.names(sentence.text) if (run := words_of(sentence, start, end))}
    counted = {run for start, end in spans.numbers(sentence.text) if (run := words_of(sentence, start, end))}
    asked = _asked(wanted, sentence)
    sure = [run for run, fit in fits.items() if fit >= _SURE and fit == max(fits.values())] if wanted.asked.noun else []
    best_rule = max(fits, key=lambda run: fits[run] + 0.3 * _near(wanted, sentence, run, near), default=None)
    found = []
    for place, run in enumerate(listed):
        one = _form(wanted, sentence, run)
        first, last = run
        one |= {f"read{number}": steps[place] for number, steps in enumerate(logits)}
        one["two"] = max((_two(run, each) for each in edges), default=0.0)
        one["read_best"] = sum(steps[place] == 0.0 for steps in logits) / max(1, len(logits))
        one["fit"] = fits.get(run, 0.0)
        one["like"] = max((fit * _overlap(run, other) for other, fit in fits.items()), default=0.0)
        one["form"] = max((_inside(run, other) for other in sure), default=0.0)
        one["near"] = _near(wanted, sentence, run, near)
        one["like_best"] = _overlap(run, best_rule) if best_rule else 0.0
        one["asked"] = sum(asked[first : last + 1]) / (last - first + 1)
        one["opens_asked"] = float(asked[first])
        one["after_asked"] = float(first > 0 and asked[first - 1])
        for name in _OF_READER:
            one[f"{name}_sure"] = sure_of * one.get(name, 0.0)
        for name in _OF_RULES:
            one[f"{name}_unsure"] = (1 - sure_of) * one[name]
        one["name"] = float(any(last == other[1] and first >= other[0] for other in named))
        one["whole_name"] = float(run in named)
        one["cuts_name"] = float(any(_cuts(run, other, sentence) for other in named))
        one["cuts_figure"] = float(any(_cuts(run, other, sentence) for other in counted))
        found.append(one)
    return found


def _steps(listed: Sequence[Run], edges: Sequence[tuple[float, float]]) -> list[float]:
    """How far below the best span of the list the network puts each, in steps of logits."""
    sums = [edges[first][0] + edges[last][1] for first, last in listed]
    top = max(sums)
    return [max(-_FARTHEST, (value - top) / _STEP) if math.isfinite(value) else -_FARTHEST for value in sums]


def _sure_of(edges: Sequence[Sequence[tuple[float, float]]]) -> float:
    """How sure the network is of its best span, from 0 to 1, by the mean of its best sums of logits."""
    best = [one[first][0] + one[last][1] for one in edges for first, last in proposed(one)[:1]]
    return min(1.0, max(0.0, sum(best) / len(best) / _CERTAIN)) if best else 0.0


def _two(run: Run, edges: Sequence[tuple[float, float]]) -> float:
    """How far the network would rather end one answer and begin another inside the run than keep it whole, in steps of logits."""
    first, last = run
    whole = edges[first][0] + edges[last][1]
    most, ended = -math.inf, -math.inf
    for at in range(first, last + 1):
        most = max(most, ended + edges[at][0])
        ended = max(ended, edges[at][1])
    return min(_FARTHEST, max(0.0, (most - whole) / _STEP + 1)) if math.isfinite(whole) and last > first else 0.0


def _fits(sentence: Sentence, rules: Sequence[Candidate]) -> dict[Run, float]:
    """The rules' fit of each run that they propose, the best where several share it."""
    fits: dict[Run, float] = {}
    for one in rules:
        run = words_of(sentence, one.start, one.end)
        if run:
            fits[run] = max(one.fit, fits.get(run, 0.0))
    return fits


def _form(wanted: Wanted, sentence: Sentence, run: Run) -> dict[str, float]:
    """What a run of words is by itself: its length, its edges, what stands around it."""
    first, last = run
    words = [word for word, _, _ in sentence.words[first : last + 1]]
    text = sentence.text
    start, end = sentence.words[first][1], sentence.words[last][2]
    n = len(words)
    nouns = head(wanted)
    before = sentence.words[first - 1][0] if first else ""
    opens = [_is(nouns, word) for word in words]
    return {
        "words": math.log(1 + n),
        "one": float(n == 1),
        "long": max(0, n - 8) / 8,
        "capital": float(text[start].isupper()),
        "all_capital": float(all(text[at].isupper() for _, at, _ in sentence.words[first : last + 1])),
        "figure": float(any(_DIGIT.search(word) for word in words)),
        "leads": float(words[0] in LEADING),
        "title": float(words[0] in TITLES and n > 1),
        "dated": float(words[0] in _DATED and n > 1),
        "about": float(words[0] in _ABOUT and n > 1),
        "pronoun": float(words[0] in PRONOUNS),
        "inner": float(any(marked(sentence, at) for at in range(first + 1, last + 1))),
        "joined": float(any(word in {"dan", "serta", "maupun", "and"} for word in words[1:])),
        "clause": float("yang" in words[1:]),
        "joints": sum(joint(sentence, at) for at in range(first + 1, last + 1)) / n,
        "before": float(first == 0 or marked(sentence, first) or before in STOPS | LEADING),
        "after": float(last + 1 == len(sentence.words) or joint(sentence, last + 1)),
        "bracket": float(text.count("(", start, end) > 0),
        "in_bracket": float(start > 0 and text[start - 1] == "("),
        "quoted": float(start > 0 and text[start - 1] in "\"“'‘"),
        "headed": _headed(nouns, words, [word for word, _, _ in sentence.words[max(0, first - len(nouns)) : first]]),
        "cuts_head": float(opens[0] and _is(nouns, before)),
        "has_head": float(any(opens[1:]) and not opens[0]),
        "verb": float(any(_VERB.match(word) for word in words)),
        "verb_first": float(bool(_VERB.match(words[0]))),
        "small_before_name": float(text[start].islower() and text[sentence.words[last][1]].isupper()),
        "after_head_verb": float(bool(_VERB.match(before))),
    }


@lru_cache(maxsize=64)
def head(wanted: Wanted) -> frozenset[str]:
    """The noun that the answer must be, with what stands before it: "bahan bakar" in "bahan bakar apa"; nothing for a verb or a name."""
    noun = wanted.asked.noun or wanted.head
    at = next((i for i, term in enumerate(wanted.terms) if term.form == noun), -1)
    if at < 0 or _VERB.match(noun) or wanted.asked.kind not in {"what", "list", "who", "where"}:
        return frozenset()
    touching = {(one, other) for one, other, close in wanted.pairs if close}
    beside = [other for other in (at - 1, at + 1) if (min(at, other), max(at, other)) in touching]
    terms = [wanted.terms[other] for other in beside]
    return frozenset([noun, *(one.form for one in terms if not one.name and not _VERB.match(one.form) and not has_figure(one.form))])


def _headed(nouns: frozenset[str], words: Sequence[str], before: Sequence[str]) -> float:
    """The share of the asked noun's words that open the run or stand right before it: "roket | Soyuz", "bahan bakar roket padat"."""
    if not nouns or all(_is(nouns, word) for word in words):
        return 0.0
    opening = next(at for at, word in enumerate(words) if not _is(nouns, word))
    trailing = list(takewhile(lambda word: _is(nouns, word), reversed(before)))
    return (opening + len(trailing)) / len(nouns) if not (opening and trailing) else 0.0


def _is(nouns: frozenset[str], word: str) -> bool:
    return any(noun == word or same_root(noun, word) for noun in nouns)


def _near(wanted: Wanted, sentence: Sentence, run: Run, near: Near) -> float:
    start, end = letters_of(sentence, run)
    return span_score(wanted, sentence, Candidate(start, end, 0.0), near)[1]


def _asked(wanted: Wanted, sentence: Sentence) -> list[bool]:
    """For each word whether the question says it; of a name that the question shortens ("Kim") all that belongs to it."""
    said = [_says(wanted, word) for word, _, _ in sentence.words]
    if wanted.asked.kind not in {"who", "list"}:
        short = {term.form for term in wanted.terms if term.name}
        for start, end in names.names(sentence.text):
            run = words_of(sentence, start, end)
            if run and run[1] - run[0] <= _MORE and sentence.words[run[0]][0] in short and sum(said[run[0] : run[1] + 1]) == 1:
                said[run[0] : run[1] + 1] = [True] * (run[1] - run[0] + 1)
    return said


def _says(wanted: Wanted, word: str) -> bool:
    parts = {word, *word.split("-")}
    return any(term.form in parts or (not term.name and same_root(term.form, word)) for term in wanted.terms)


def _overlap(one: Run, other: Run) -> float:
    """F1 of two runs as sets of words."""
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return 2 * shared / (one[1] - one[0] + other[1] - other[0] + 2) if shared > 0 else 0.0


def _inside(run: Run, whole: Run) -> float:
    """1 for a run within another, less for what reaches out of it."""
    return _overlap(run, whole) if run[0] < whole[0] or run[1] > whole[1] else 1.0


def _cuts(run: Run, whole: Run, sentence: Sentence) -> bool:
    """Does an edge of the run fall inside `whole`? What is left outside may be titles."""
    if run[1] < whole[0] or run[0] > whole[1]:
        return False
    left = whole[0] < run[0] and not all(word in TITLES for word, _, _ in sentence.words[whole[0] : run[0]])
    return left or run[1] < whole[1]
