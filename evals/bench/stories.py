"""How well near-copies are found, and how fast: python evals/bench/stories.py --data FOLDER

Plants copies among articles of text_news.jsonl.xz that have no natural copy (exact comparison of all pairs, no MinHash, says so):
cut at the end, words changed, an update before or after, paragraphs put in another order, an agency's line added. Beside them
look-alikes that are none: tomorrow's issue of a report with other figures, an article that repeats a third of another as
background. Prints pairs' precision and recall by kind of edit, and over evals/bench/stories_judged.jsonl (pairs of lines of the
same file that a person read and judged, drawn where the decision is hardest), and articles a second over the whole file.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from qa.corpus.sketches import shingles
from qa.corpus.stories import Stories
from qa.language.text import sentences
from qa.schema import Article

HERE = Path(__file__).parent
DAY = date(2019, 9, 16)
FRESH = 0.15  # resemblance of the shingles under which two articles of the file are taken for strangers


@dataclass(frozen=True)
class Planted:
    """An article, whose text it was made of, and how ("" for the original; kinds of LOOK_ALIKES are no copies)."""

    article: Article
    base: str
    kind: str


def pieces(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


def cut(said: list[str], _other: list[str], dice: random.Random) -> list[str]:
    """The last fifth to two fifths left out, as a desk cuts an agency's text."""
    return said[: max(3, round(len(said) * dice.uniform(0.6, 0.8)))]


def reworded(said: list[str], other: list[str], dice: random.Random) -> list[str]:
    """Every tenth word is another one."""
    stock = " ".join(other).split()
    return [" ".join(dice.choice(stock) if dice.random() < 0.1 else word for word in one.split()) for one in said]


def update_before(said: list[str], other: list[str], _dice: random.Random) -> list[str]:
    """Fresh sentences before it, as long as a third of it."""
    return other[: max(1, len(said) // 3)] + said


def update_after(said: list[str], other: list[str], _dice: random.Random) -> list[str]:
    """Fresh sentences after it, as long as half of it."""
    return said + other[: max(1, len(said) // 2)]


def reordered(said: list[str], _other: list[str], _dice: random.Random) -> list[str]:
    """The second half before the first."""
    half = len(said) // 2
    return said[half:] + said[:half]


def agency(said: list[str], other: list[str], dice: random.Random) -> list[str]:
    """Every sentence there is, with the agency named, a lead of its own and every twenty-fifth word changed."""
    lead = "Hal itu dilaporkan kantor berita pada hari yang sama, seperti dikutip redaksi kami."
    stock = " ".join(other).split()
    return [lead, *(" ".join(dice.choice(stock) if dice.random() < 0.04 else word for word in one.split()) for one in said)]


def issue(said: list[str], _other: list[str], dice: random.Random) -> list[str]:
    """Tomorrow's report of the same outlet: the same words, other figures."""
    return ["".join(str(dice.randint(1, 9)) if c.isdigit() else c for c in one) for one in said]


def background(said: list[str], other: list[str], _dice: random.Random) -> list[str]:
    """Another article of the same outlet that repeats a third of it."""
    return other + said[-max(1, len(said) // 3) :]


COPIES: tuple[Callable[..., list[str]], ...] = (cut, reworded, update_before, update_after, reordered, agency)
LOOK_ALIKES: tuple[Callable[..., list[str]], ...] = (issue, background)


def strangers(articles: Sequence[Article]) -> list[Article]:
    """Those of which no two share FRESH of their shingles, by exact comparison over an inverted list."""
    held: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    kept = []
    for number, article in enumerate(articles):
        mine = shingles(article.text).tolist()
        shared: Counter[int] = Counter(other for shingle in mine for other in held.get(shingle, ()))
        if any(count >= FRESH * min(len(mine), sizes[other]) for other, count in shared.items()):
            continue
        for shingle in mine:
            held[shingle].append(number)
        sizes[number] = len(mine)
        kept.append(article)
    return kept


def planted(apart: Sequence[Article], seed: int) -> list[Planted]:
    """Half of them as originals, each with an edited copy or a look-alike; the other half gives the fresh sentences alone."""
    dice = random.Random(seed)
    originals, fresh = apart[: len(apart) // 2], apart[len(apart) // 2 :]
    out = [Planted(one, one.id, "") for one in originals]
    makers = [*COPIES, *LOOK_ALIKES]
    for place, one in enumerate(originals):
        other = fresh[place]
        make = makers[place % len(makers)]
        said, rest = pieces(one.text), pieces(other.text)
        if make is issue and sum(c.isdigit() for c in one.text) < 20:
            continue
        own = make in LOOK_ALIKES
        text = "\n".join(make(said, rest, dice))
        day = DAY + timedelta(days=1 if make is issue else dice.randint(0, 2))
        out.append(
            Planted(
                replace(
                    one, id=f"{one.id}-{make.__name__}", text=text, published=day, outlet=one.outlet if own else "Harian Lain"
                ),
                f"{one.id}-{make.__name__}" if own else one.id,
                make.__name__,
            )
        )
    dice.shuffle(out)
    return out


def measured(plants: Sequence[Planted]) -> dict[str, Any]:
    """Precision and recall of pairs, and recall by kind of edit."""
    found = Stories()
    for plant in plants:
        found.add(plant.article)
    of = {plant.article.id: plant for plant in plants}
    said = {frozenset(pair) for story in found.found() for pair in combinations(story.members, 2)}
    bases: dict[str, list[str]] = defaultdict(list)
    for plant in plants:
        bases[plant.base].append(plant.article.id)
    true = {frozenset(pair) for ids in bases.values() for pair in combinations(ids, 2)}
    kinds = {make.__name__: [0, 0] for make in COPIES}
    for pair in true:
        kind = next(of[id_].kind for id_ in pair if of[id_].kind)
        kinds[kind][0] += pair in said
        kinds[kind][1] += 1
    wrong = Counter(next((of[id_].kind for id_ in pair if of[id_].kind), "originals") for pair in said - true)
    return {
        "articles": len(plants),
        "true_pairs": len(true),
        "precision": round(len(said & true) / max(1, len(said)), 4),
        "recall": round(len(said & true) / max(1, len(true)), 4),
        "recall_by_edit": {kind: f"{right}/{all_}" for kind, (right, all_) in kinds.items()},
        "wrong_by_kind": dict(wrong),
    }


def judged(articles: Sequence[Article]) -> dict[str, Any]:
    """Over the natural pairs that a person judged."""
    rows = [json.loads(line) for line in (HERE / "stories_judged.jsonl").read_text(encoding="utf-8").splitlines()]
    right: Counter[str] = Counter()
    for row in rows:
        found = Stories()
        found.add(articles[row["a"]])
        found.add(articles[row["b"]])
        right[f"{'copy' if row['copy'] else 'other'} {'said' if found.pairs else 'not said'}"] += 1
    return dict(sorted(right.items()))


def main() -> None:
    """Plant, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder that has text_news.jsonl.xz")
    parser.add_argument(
        "--originals",
        type=int,
        default=4000,
        help="articles that copies and fresh sentences are taken from (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=16, help="seed of the edits (default: %(default)s)")
    parser.add_argument("--whole", action="store_true", help="also time the whole file")
    chosen = parser.parse_args()
    with lzma.open(chosen.data / "text_news.jsonl.xz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = [
        Article(id=str(n), text=r["text"], source=str(n), sha256="", outlet=r["outlet"], published=DAY)
        for n, r in enumerate(records)
    ]
    pool = [one for one in articles if len(one.text) >= 700]
    random.Random(chosen.seed).shuffle(pool)
    report = measured(planted(strangers(pool[: chosen.originals]), chosen.seed))
    report["judged"] = judged([replace(one, published=None) for one in articles])
    if chosen.whole:
        began, found = time.process_time(), Stories()
        for one in articles:
            found.add(one)
        seconds, stories = time.process_time() - began, found.found()
        report["whole"] = {
            "articles": len(articles),
            "pairs": len(found.pairs),
            "stories": len(stories),
            "cpu_seconds": round(seconds, 2),
            "articles_per_cpu_second": round(len(articles) / seconds),
        }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
