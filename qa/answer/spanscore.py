"""Which span of the sentence is the answer: features of each span of the one list, and their weighted sum.

Rules and network speak together here: how far the form fits, where the span stands, what it repeats of the question, and the
logits of a trained reader for exactly that span. The weights are a table a kind of question (spanweights.py), fitted on
questions that no training saw; without a trained reader the rules choose alone (score.span_score).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from qa.answer.matching import Near, Sentence, Wanted, same_root
from qa.answer.people import PRONOUNS, Candidate
from qa.answer.score import span_score
from qa.answer.spanlist import LEADING, STOPS, Read, Run, edges_of, joint, letters_of, marked, runs, words_of
from qa.answer.spanweights import WEIGHTS
from qa.language import names, spans
from qa.language.names import TITLES

_FARTHEST = 4.0  # steps of logits below the best span, beyond which nothing is told apart
_STEP = 4.0  # logits
_DATED = frozenset("tahun tanggal bulan hari pukul jam abad pada sejak".split())
_ABOUT = frozenset("sekitar lebih kurang hampir sekira kira-kira nyaris about around nearly".split())
_CLAUSES = frozenset(["why", "how", "said", "list"])
_DIGIT = re.compile(r"\d")


def group(wanted: Wanted) -> str:
    """The table of a question: its kind, `role` where it asks who a named person is, `clause` where a clause answers."""
    kind = wanted.asked.kind
    if kind == "who" and wanted.terms and all(term.name for term in wanted.terms):
        return "role"
    if kind in _CLAUSES:
        return "clause"
    return "what" if kind == "yes_no" else "how_many" if kind == "how_long" else kind


def choose(wanted: Wanted, sentence: Sentence, rules: Sequence[Candidate], near: Near, read: Sequence[Read]) -> tuple[int, int] | None:
    """The letters of the best span; None where the list is empty."""
    listed = runs(sentence, rules, read)
    if not listed:
        return None
    table = WEIGHTS[group(wanted)]
    known = features(wanted, sentence, listed, rules, near, read)
    best = max(range(len(listed)), key=lambda at: (weigh(table, known[at]), -at))
    return letters_of(sentence, listed[best])


def weigh(table: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The weighted sum of a span's features."""
    return sum(table.get(name, 0.0) * value for name, value in known.items())


def features(
    wanted: Wanted, sentence: Sentence, listed: Sequence[Run], rules: Sequence[Candidate], near: Near, read: Sequence[Read]
) -> list[dict[str, float]]:
    """What is known of each run of words in the list; a value is 0 where it does not apply."""
    logits = [_steps(listed, edges_of(sentence, one)) for one in read]
    fits = _fits(sentence, rules)
    named = {run for start, end in names.names(sentence.text) if (run := words_of(sentence, start, end))}
    counted = {run for start, end in spans.numbers(sentence.text) if (run := words_of(sentence, start, end))}
    asked = [_asked(wanted, word) for word, _, _ in sentence.words]
    of_name = [_asked(wanted, word, names_only=True) for word, _, _ in sentence.words]
    best_rule = max(fits, key=lambda run: fits[run], default=None)
    found = []
    for place, run in enumerate(listed):
        one = _form(wanted, sentence, run)
        first, last = run
        n = last - first + 1
        start, end = letters_of(sentence, run)
        one |= {f"read{number}": steps[place] for number, steps in enumerate(logits)}
        one["read_best"] = float(bool(logits) and logits[0][place] == 0.0)
        one["fit"] = fits.get(run, 0.0)
        one["like"] = max((fit * _overlap(run, other) for other, fit in fits.items()), default=0.0)
        one["like_best"] = _overlap(run, best_rule) if best_rule else 0.0
        one["near"] = span_score(wanted, sentence, Candidate(start, end, 0.0), near)[1]
        one["asked"] = sum(asked[first : last + 1]) / n
        one["only_asked"] = float(all(asked[first : last + 1]))
        one["names_asked"] = sum(of_name[first : last + 1]) / n
        one["opens_asked"] = float(asked[first])
        one["after_asked"] = float(first > 0 and asked[first - 1])
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
    close = [word for word, _, _ in sentence.words[max(0, first - 3) : first]]
    head = _head(wanted)
    return {
        "words": math.log(1 + n),
        "one": float(n == 1),
        "long": max(0, n - 8) / 8,
        "capital": float(text[start].isupper()),
        "all_capital": float(all(text[at].isupper() for _, at, _ in sentence.words[first : last + 1])),
        "figure": float(any(_DIGIT.search(word) for word in words)),
        "leads": float(words[0] in LEADING),
        "stops": float(words[-1] in STOPS or words[-1] in LEADING),
        "title": float(words[0] in TITLES and n > 1),
        "dated": float(words[0] in _DATED and n > 1),
        "about": float(words[0] in _ABOUT and n > 1),
        "pronoun": float(words[0] in PRONOUNS),
        "inner": float(any(marked(sentence, at) for at in range(first + 1, last + 1))),
        "joined": float(any(word in {"dan", "serta", "maupun", "and"} for word in words[1:])),
        "clause": float("yang" in words[1:]),
        "joints": sum(joint(sentence, at) for at in range(first + 1, last + 1)) / n,
        "before": float(first == 0 or marked(sentence, first) or sentence.words[first - 1][0] in STOPS | LEADING),
        "after": float(last + 1 == len(sentence.words) or joint(sentence, last + 1)),
        "marked_after": float(last + 1 == len(sentence.words) or marked(sentence, last + 1)),
        "bracket": float(text.count("(", start, end) > 0),
        "in_bracket": float(start > 0 and text[start - 1] == "("),
        "quoted": float(start > 0 and text[start - 1] in "\"“'‘" and text[end : end + 1] in set("\"”'’,.")),
        "head_before": float(bool(head) and any(_same(head, word) for word in close)),
        "head_first": float(bool(head) and _same(head, words[0])),
        "head_in": float(bool(head) and any(_same(head, word) for word in words[1:])),
        "whole": n / max(1, len(sentence.words)),
        "late": first / max(1, len(sentence.words)),
    }


def _head(wanted: Wanted) -> str:
    """The noun that the answer must be: "roket" in "roket apa"."""
    return wanted.asked.noun or wanted.head


def _same(one: str, other: str) -> bool:
    return one == other or same_root(one, other)


def _asked(wanted: Wanted, word: str, *, names_only: bool = False) -> bool:
    """Is it a word of the question?"""
    parts = {word, *word.split("-")}
    return any(
        term.form in parts or (not term.name and same_root(term.form, word)) for term in wanted.terms if term.name or not names_only
    )


def _overlap(one: Run, other: Run) -> float:
    """F1 of two runs as sets of words."""
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return 2 * shared / (one[1] - one[0] + other[1] - other[0] + 2) if shared > 0 else 0.0


def _cuts(run: Run, whole: Run, sentence: Sentence) -> bool:
    """Does an edge of the run fall inside `whole`? What is left outside may be titles."""
    if run[1] < whole[0] or run[0] > whole[1]:
        return False
    left = whole[0] < run[0] and not all(word in TITLES for word, _, _ in sentence.words[whole[0] : run[0]])
    return left or run[1] < whole[1]
