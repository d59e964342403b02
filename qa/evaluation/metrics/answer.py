"""Is the answer the right one? Each metric takes the best over the accepted answers.

Symbols: p = the tokens of the answer, g = those of an accepted answer, after normalising (qa/evaluation/text/normalise.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from qa.evaluation.text import normalise

Tokens = Callable[[str], list[str]]

_YES = frozenset(("ya", "yes", "benar", "betul", "sudah", "pernah", "true"))
_NO = frozenset(("tidak", "no", "bukan", "belum", "tak", "false"))


def without_markers(text: str, numbers: Iterable[int]) -> str:
    """An answer's prose without the markers of its citations: the "1" of "… pada 2016. [1]" is no word of the answer.

    >>> without_markers("Dua kali. [1] Lalu [sic] tiga. [12]", (1, 12))
    'Dua kali. Lalu [sic] tiga.'
    """
    for number in numbers:
        text = text.replace(f" [{number}]", "").replace(f"[{number}]", "")
    return text


def exact_match(predicted: str, accepted: Sequence[str], tokens: Tokens = normalise.squad) -> float:
    """EM = 1 when p = g for any accepted answer, else 0. Source: Rajpurkar et al., EMNLP 2016."""
    p = tokens(predicted)
    return float(any(p == g for g in _golds(accepted, tokens)))


def f1(predicted: str, accepted: Sequence[str], tokens: Tokens = normalise.squad) -> float:
    """F1 = 2PR / (P + R), P = |p ∩ g| / |p|, R = |p ∩ g| / |g|, as bags of tokens; the best over the accepted answers.

    Where p or g has no token, F1 is 1 when both have none, else 0 (SQuAD 2.0). Source: Rajpurkar et al., EMNLP 2016 and ACL 2018.
    """
    p = tokens(predicted)
    return max((_f1(p, g) for g in _golds(accepted, tokens)), default=0.0)


def _golds(accepted: Sequence[str], tokens: Tokens) -> list[list[str]]:
    """Accepted answers as tokens; one that normalises to nothing ("The") counts only where none says more, as in SQuAD 2.0."""
    every = [tokens(gold) for gold in accepted]
    return [gold for gold in every if gold] or every


def _f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    if not predicted or not gold:
        return float(predicted == gold)
    shared = (Counter(predicted) & Counter(gold)).total()
    return 2 * shared / (len(predicted) + len(gold))  # = 2PR / (P + R)


def answer_contains(text: str, short: str, accepted: Sequence[str], *, yes_no: bool = False) -> float:
    """1 when an accepted answer is in the answer (its prose or its short form) as whole words after folding, else 0.

    A yes/no case has "Ya" or "Tidak" among its accepted answers, and beside it the words that prove it. Where the answer takes
    a side, the side decides (so that the right sentence under the wrong "Ya" is wrong); where it takes none, as a sentence
    quoted without comment does, the proving words decide.
    """
    if (
        yes_no
        and (wanted := next((side for gold in accepted if (side := polarity(gold)) is not None and _is_side(gold)), None))
        is not None
    ):
        taken = polarity(short) if short else polarity(text)
        if taken is not None:
            return float(taken == wanted)
        accepted = [gold for gold in accepted if not _is_side(gold)]
    return float(any(normalise.contains(place, gold) for gold in accepted for place in (short, text)))


def polarity(text: str) -> bool | None:
    """True for an answer that begins with a yes ("Ya", "Sudah", "Yes"), False for a no ("Tidak", "Belum"), None for neither."""
    first = normalise.fold(text).split(maxsplit=1)[:1]
    word = first[0].strip(".,:;!\"'") if first else ""
    return True if word in _YES else False if word in _NO else None


def _is_side(gold: str) -> bool:
    return normalise.fold(gold) in {"ya", "tidak", "yes", "no"}
