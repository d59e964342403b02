"""What is known of each span of the one list: its form, the rules' fit, a trained reader's logits, what it repeats of the question."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

from qa.answer.matching import Near, Sentence, Wanted
from qa.answer.people import PRONOUNS, Candidate
from qa.answer.score import places, reach
from qa.answer.spanasked import VERB, asked_words, broken, head, headed, is_any
from qa.answer.spanlist import LEADING, STOPS, Read, Run, edges_of, joint, marked, proposed, words_of
from qa.language import names, spans
from qa.language.names import TITLES

SURE = 0.85  # fit of a candidate that has the very form asked for
_FARTHEST = 4.0  # steps of logits below the best span, beyond which nothing is told apart
_STEP = 4.0  # logits
_CERTAIN = 12.0  # a sum of logits from which the network's span is right nine times in ten
_CLAUSE = 4  # words after the first that make a rule's span a clause: any part of it may be the answer
_OF_READER = ("read0", "read1", "read_best")  # what counts by how sure the network is, and what by how unsure
_OF_RULES = ("like", "like_best", "form", "headed", "near")
_DATED = frozenset("tahun tanggal bulan hari pukul jam abad pada sejak".split())
_ABOUT = frozenset("sekitar lebih kurang hampir sekira kira-kira nyaris about around nearly".split())
_AGAINST = frozenset(
    "sementara sedangkan tetapi tapi namun while whereas but".split()
)  # open a part that speaks of somebody else
_DIGIT = re.compile(r"\d")


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
    asked = asked_words(wanted, sentence)
    sure = [run for run, fit in fits.items() if fit >= SURE and fit == max(fits.values())] if wanted.asked.noun else []
    where = places(wanted, sentence, near)
    parts, spoken = parts_of(sentence), _spoken(sentence, asked, named)
    best_rule = max(fits, key=lambda run: fits[run] + 0.3 * reach(where, *run), default=None)
    found = []
    for place, run in enumerate(listed):
        one = _form(wanted, sentence, run)
        first, last = run
        one |= {f"read{number}": steps[place] for number, steps in enumerate(logits)}
        one["two"] = max((_two(run, each) for each in edges), default=0.0)
        one["read_best"] = sum(steps[place] == 0.0 for steps in logits) / max(1, len(logits))
        one["fit"] = fits.get(run, 0.0)
        one["like"] = max(
            (fit * (_inside if other[1] - other[0] >= _CLAUSE else overlap)(run, other) for other, fit in fits.items()),
            default=0.0,
        )
        one["form"] = max((_inside(run, other) for other in sure), default=0.0)
        one["near"] = reach(where, first, last)
        one["like_best"] = (_inside if best_rule[1] - best_rule[0] >= _CLAUSE else overlap)(run, best_rule) if best_rule else 0.0
        one["asked"] = sum(asked[first : last + 1]) / (last - first + 1)
        one["opens_asked"] = float(asked[first])
        one["after_asked"] = float(first > 0 and asked[first - 1])
        one["rival"] = float(bool(spoken) and not any(parts[first] <= parts[at] <= parts[last] for at in spoken))
        for name in _OF_READER:
            one[f"{name}_sure"] = sure_of * one.get(name, 0.0)
        for name in _OF_RULES:
            one[f"{name}_unsure"] = (1 - sure_of) * one[name]
        one["name"] = float(any(last == other[1] and first >= other[0] for other in named))
        one["whole_name"] = float(run in named)
        one["cuts_name"] = float(one["fit"] < SURE and any(_cuts(run, other, sentence, asked) for other in named))
        one["cuts_figure"] = float(any(_cuts(run, other, sentence, asked) for other in counted))
        found.append(one)
    return found


def parts_of(sentence: Sentence) -> list[int]:
    """For each word which part of the sentence it is in, counted from 0: "Putin datang dengan pesawat, | sementara Kim tiba dengan keretanya"."""
    found, part = [], 0
    for at, (word, _, _) in enumerate(sentence.words):
        part += at > 0 and (word in _AGAINST or ";" in sentence.text[sentence.words[at - 1][2] : sentence.words[at][1]])
        found.append(part)
    return found


def _spoken(sentence: Sentence, asked: Sequence[bool], named: Collection[Run]) -> list[int]:
    """The words of names that the question says."""
    return [at for at in range(len(sentence.words)) if asked[at] and any(run[0] <= at <= run[1] for run in named)]


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
    opens = [is_any(nouns, word) for word in words]
    close = [word for word, _, _ in sentence.words[max(0, first - len(nouns)) : first]]
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
        "headed": 0.0 if broken(sentence, run, opens) else headed(nouns, words, close, named=not text[start].islower()),
        "cuts_head": float(opens[0] and is_any(nouns, before)),
        "has_head": float(any(opens[1:]) and not opens[0]),
        "verb": float(any(VERB.match(word) for word in words)),
        "verb_first": float(bool(VERB.match(words[0]))),
        "small_before_name": float(text[start].islower() and text[sentence.words[last][1]].isupper()),
        "after_head_verb": float(bool(VERB.match(before))),
    }


def overlap(one: Run, other: Run) -> float:
    """F1 of two runs as sets of words."""
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return 2 * shared / (one[1] - one[0] + other[1] - other[0] + 2) if shared > 0 else 0.0


def _inside(run: Run, whole: Run) -> float:
    """1 for a run within another, less for what reaches out of it."""
    return overlap(run, whole) if run[0] < whole[0] or run[1] > whole[1] else 1.0


def _cuts(run: Run, whole: Run, sentence: Sentence, asked: Sequence[bool]) -> bool:
    """Does an edge of the run fall inside `whole`? What is left outside before it may be titles or words of the question."""
    if run[1] < whole[0] or run[0] > whole[1]:
        return False
    left = [at for at in range(whole[0], run[0]) if sentence.words[at][0] not in TITLES and not asked[at]]
    return bool(left) or run[1] < whole[1]
