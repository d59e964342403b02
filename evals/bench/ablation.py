"""What each feature, list and stage of the reading path is worth on questions that no training of the reader saw.

    python evals/bench/ablation.py --data DIR --out OUT                  features: from OUT/asked.jsonl (qa train answers --out OUT), seconds
    python evals/bench/ablation.py --data DIR --out OUT --stages         stages too: each asks the written questions again, minutes each
    … --more FILE                                                        further written questions, as in qa train answers

A feature is taken away, both models are fitted again, and every question is answered by models fitted on other articles (five folds). A
stage is switched off in the whole way and the models are fitted again. Gain = with it less without it, of the share of answerable questions
whose first sentence holds the gold, and of the area under the risk-coverage curve's complement (AUC of the confidence); intervals are of a
paired bootstrap over articles (2,000 samples, 95 %). What has no lower bound above 0 anywhere does not pay on unseen questions.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from qa.answer.extractive.features import NAMES
from qa.errors import QaError
from qa.settings import load
from qa.training.answers import train_answers as answers
from qa.training.answers.answers_fit import Asked, auc, crossed, figures, is_right

SAMPLES = 2_000
DEPTHS = (1, 2, 3, 4, 5, 6)
Row = tuple[str, str, str]  # what was left out, gain of contains, gain of AUC


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table in Markdown; 1 where the data cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of `qa train answers`, with asked.jsonl; made where it is absent"
    )
    parser.add_argument("--more", type=Path, help="further written questions (.jsonl.xz)")
    parser.add_argument("--stages", action="store_true", help="switch stages off too")
    parser.add_argument("--limit", type=int, default=0, help="questions of each set (0: all)")
    chosen = parser.parse_args(argv)
    try:
        whole = answers.gathered(chosen.data, chosen.out, chosen.more, limit=chosen.limit)
        spans = [one for one in whole if one.kind == "span"]
        print("| without | contains, gain in points | AUC of the confidence, gain |\n|---|---|---|")
        base = Outcome.of(spans)
        for name in tqdm(NAMES, desc="features", file=sys.stderr):
            print("| `{}` | {} | {} |".format(name, *base.gain_over(Outcome.of(without(spans, name)))), flush=True)
        print(
            "| {} | {} | {} |".format("all but the network", *base.gain_over(Outcome.of(without(spans, "rank", "words")))),
            flush=True,
        )
        print("\n| passages read | contains | wrongly withheld | near ones abstained | AUC |\n|---|---|---|---|---|")
        for depth in DEPTHS:
            print("| {} | {} | {} | {} | {} |".format(depth, *at_depth(spans, depth)), flush=True)
        for label, stage in STAGES.items() if chosen.stages else ():
            folder = chosen.out / label.replace(" ", "-")
            with stage():
                other = answers.gathered(chosen.data, folder, chosen.more, limit=chosen.limit)
            print(
                "| {} | {} | {} |".format(
                    label, *Outcome.of([o for o in whole if o.kind == "span"]).gain_over(Outcome.of(matched(other, spans)))
                ),
                flush=True,
            )
    except QaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def without(asked: Sequence[Asked], *names: str) -> list[Asked]:
    """The same questions with features held at 0."""
    places = [NAMES.index(name) for name in names]
    found = []
    for one in asked:
        rows = [[0.0 if at in places else value for at, value in enumerate(row)] for row in one.features]
        found.append(
            Asked(
                one.source,
                one.question,
                one.article,
                one.kind,
                one.answerable,
                rows,
                one.holds,
                one.f1,
                one.answers,
                one.gold,
                one.found,
            )
        )
    return found


def at_depth(asked: Sequence[Asked], depth: int) -> list[float]:
    """Contains, wrongly withheld, near ones abstained (per cent, at the default threshold) and AUC of the written questions with fewer passages."""
    rank = NAMES.index("rank")
    cut = []
    for one in asked:
        kept = [at for at, row in enumerate(one.features) if row[rank] > 1 / (depth + 0.5)]
        parts = [[values[at] for at in kept] for values in (one.features, one.holds, one.f1, one.answers)]
        cut.append(Asked(one.source, one.question, one.article, one.kind, one.answerable, *parts, one.gold, one.found))
    said = crossed(cut)
    rows = [at for at, one in enumerate(cut) if one.source == "news"]
    told = figures([cut[at] for at in rows], [said[at] for at in rows], load({}).answer.threshold)
    return [told[name] for name in ("contains", "wrongly", "abstained", "auc")]


def matched(asked: Sequence[Asked], base: Sequence[Asked]) -> list[Asked]:
    """The questions of `base` as the changed way met them; one that it takes for yes-no is answered wrongly there."""
    by_key = {(one.source, one.article, one.question): one for one in asked}
    found = []
    for one in base:
        other = by_key[one.source, one.article, one.question]
        found.append(other if other.kind == "span" else Asked(one.source, one.question, one.article, "span", one.answerable))
    return found


class Outcome:
    """Per question: is the first sentence right, and how sure is it, by models of other folds."""

    def __init__(self, right: np.ndarray, sure: np.ndarray, can: np.ndarray, articles: list[str]) -> None:
        self.right, self.sure, self.can = right, sure, can
        names = sorted(set(articles))
        self.members = [np.array([at for at, one in enumerate(articles) if one == name]) for name in names]

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> Outcome:
        said = crossed(asked)
        right = np.array([at >= 0 and is_right(one, at) for one, (at, _) in zip(asked, said, strict=True)])
        return cls(
            right,
            np.array([sure for _, sure in said]),
            np.array([one.answerable for one in asked]),
            [one.article for one in asked],
        )

    def gain_over(self, other: Outcome) -> tuple[str, str]:
        """(contains, AUC) of this less the other's, each with its interval."""
        random = np.random.default_rng(5)
        gains = []
        for sample in range(SAMPLES + 1):
            rows = (
                np.concatenate([self.members[at] for at in random.integers(0, len(self.members), len(self.members))])
                if sample
                else np.arange(len(self.right))
            )
            can = rows[self.can[rows]]
            contains = 100 * float(self.right[can].mean() - other.right[can].mean())
            areas = auc(self.sure[rows], self.right[rows]) - auc(other.sure[rows], other.right[rows])
            gains.append((contains, areas))
        drawn = np.array(gains[1:])
        low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
        return (
            f"{gains[0][0]:+.1f} ({low[0]:+.1f} … {high[0]:+.1f})",
            f"{gains[0][1]:+.3f} ({low[1]:+.3f} … {high[1]:+.3f})",
        )


@contextmanager
def replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    """`module.name` is `value` meanwhile."""
    kept = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, kept)


def _stages() -> dict[str, Callable[[], Any]]:
    from qa.language import text
    from qa.language.question import understand as questions
    from qa.retrieve import reading, search

    plain = search._lexical  # noqa: SLF001 - the stage that is switched off

    def words_alone(query: Any, generation: Any, k: int, allowed: Any) -> Any:
        return generation.lexical.search(text.terms(query.text), k, allowed)

    return {
        "headings": lambda: replaced(reading, "headline", lambda _: ""),
        "outlet and day in headings": lambda: replaced(reading, "headline", lambda hit: hit.passage.title),
        "mended spelling": lambda: replaced(questions, "_mend", lambda question, *_: question),
        "the gloss of English questions": lambda: replaced(questions, "_gloss", lambda *_: ""),
        "short forms, roots and function words in the search": lambda: (
            replaced(search, "_lexical", words_alone) if plain else None
        ),
        "the dense arm": lambda: replaced(search, "_dense", lambda *_: []),
        "the lexical arm": lambda: replaced(search, "_lexical", lambda *_: []),
    }


STAGES = _stages()

if __name__ == "__main__":
    sys.exit(main())
