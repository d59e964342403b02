"""How well glosses carry English into Indonesian: against the Indonesian side of sentence pairs that were held out."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from qa.language.gloss.gloss import gloss, search_terms
from qa.language.gloss.lexicon import Lexicon
from qa.language.text.words import FUNCTION_WORDS, terms
from qa.training.lexicon.phrases import EN_LIGHT, ID_LIGHT
from qa.training.lexicon.sentence_pairs import root

_LIGHT = FUNCTION_WORDS | EN_LIGHT | ID_LIGHT
_FIND = 1_000  # pairs of the finding test


def measure(pairs: Sequence[tuple[str, str]], folder: Path, say: Callable[[str], None] = print) -> dict[str, float]:
    """Shares over the content words of all pairs: recovered (recall) and right (precision), by form and by root.

    "as it is" takes the English words themselves (names, numbers), "terms" all likely renderings, "gloss" one for each. "mrr": an
    English sentence searched by BM25 among 1,000 Indonesian ones.
    """
    lexicon = Lexicon(folder)
    sums = {
        name: [0, 0, 0, 0, 0] for name in ("as it is", "gloss", "terms")
    }  # wanted, given, right, wanted roots had, given roots right
    queries: dict[str, list[list[str]]] = {name: [] for name in sums}
    for english, indonesian in tqdm(pairs, desc="measuring", unit="pair"):
        wanted = _content(terms(indonesian))
        rendered = _content(terms(gloss(english, lexicon=lexicon)))
        given = {
            "as it is": _content(terms(english)),
            "gloss": rendered,
            "terms": list(dict.fromkeys(rendered + _content(search_terms(english, lexicon=lexicon)))),
        }
        for name, words in given.items():
            queries[name].append(words)
            _count(sums[name], set(words), set(wanted))
    figures: dict[str, float] = {"pairs": float(len(pairs))}
    for name, (wanted_n, given_n, right, roots_had, roots_right) in sums.items():
        figures[f"{name}: recall"] = right / max(1, wanted_n)
        figures[f"{name}: precision"] = right / max(1, given_n)
        figures[f"{name}: recall by root"] = roots_had / max(1, wanted_n)
        figures[f"{name}: precision by root"] = roots_right / max(1, given_n)
    figures |= {f"{name}: mrr": value for name, value in _found(pairs, queries).items()}
    for name, value in figures.items():
        say(f"{name}: {value:.3f}")
    return {name: round(value, 4) for name, value in figures.items()}


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word not in _LIGHT]


def _count(sums: list[int], given: set[str], wanted: set[str]) -> None:
    given_roots, wanted_roots = {root(word) for word in given}, {root(word) for word in wanted}
    sums[0] += len(wanted)
    sums[1] += len(given)
    sums[2] += len(given & wanted)
    sums[3] += sum(root(word) in given_roots for word in wanted)
    sums[4] += sum(root(word) in wanted_roots for word in given)


def _found(pairs: Sequence[tuple[str, str]], queries: dict[str, list[list[str]]]) -> dict[str, float]:
    """Mean reciprocal rank of the right Indonesian sentence, BM25 by the project's own engine."""
    import tempfile

    from qa.index.lexical import Lexical

    chosen = sorted(random.Random(7).sample(range(len(pairs)), min(_FIND, len(pairs))))
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = Lexical.write(Path(folder), [terms(pairs[place][1]) for place in chosen])
        for name, asked in queries.items():
            ranks = []
            for row, place in enumerate(chosen):
                found = [hit for hit, _ in index.search(asked[place], 50)]
                ranks.append(1 / (found.index(row) + 1) if row in found else 0.0)
            out[name] = sum(ranks) / max(1, len(ranks))
    return out
