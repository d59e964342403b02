"""How long the timeline of a name takes: python evals/bench/timeline.py --index news --indexes DIR [--names KPK Jokowi] [--whole]

Over an index that exists (`qa build text_news.jsonl --index news --indexes DIR` for 25,319 articles): the names that most articles have,
of people, places and things, or those given. One line a name: seconds of processor and of the clock, articles and events. --whole reads
every article again, as before dated sentences were found when an article is indexed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.answer.timeline import timeline
from qa.assistant import Assistant
from qa.corpus.dated import dated_sentences
from qa.settings import load


def measured(generation: Any, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Of each name what its timeline cost and holds."""
    for name in names:
        clock, processor = time.perf_counter(), time.process_time()
        found = timeline(generation, name)
        yield {
            "name": name,
            "processor_s": round(time.process_time() - processor, 2),
            "clock_s": round(time.perf_counter() - clock, 2),
            "articles": len({cited.article_id for event in found for cited in event.citations}),
            "events": len(found),
        }


def most_named(generation: Any, each: int) -> list[str]:
    """The `each` names that most articles have, of each kind."""
    entities = generation.articles.entities
    return [one.name for kind in ("person", "place", "thing") for one in entities.most(each, kinds=[kind])]


def read_whole(generation: Any) -> None:
    """Give each article's dated sentences as if the index had none."""
    articles = generation.articles

    def anew(by: str, values: Sequence[Any]) -> Iterator[Any]:
        ids = values if by == "id" else dict.fromkeys(one.article_id for one in articles.passages(values))
        return ((article, dated_sentences(article)) for article in map(articles.article, ids))

    articles.dated = anew


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", required=True, help="name of the index")
    parser.add_argument("--indexes", type=Path, required=True, metavar="DIR", help="folder that holds it")
    parser.add_argument("--names", nargs="+", default=[], help="these names instead of those that most articles have")
    parser.add_argument("--each", type=int, default=3, help="names of each kind (default: %(default)s)")
    parser.add_argument("--whole", action="store_true", help="read the articles whole")
    chosen = parser.parse_args()
    generation = Assistant.open(chosen.index, settings=load({"indexes": str(chosen.indexes)})).generation
    if chosen.whole:
        read_whole(generation)
    print(f"{len(generation.articles)} articles")
    for row in measured(generation, chosen.names or most_named(generation, chosen.each)):
        print(
            "{name:<30} {processor_s:>6} s  {clock_s:>6} s  {articles:>6} articles  {events:>6} events".format(**row), flush=True
        )


if __name__ == "__main__":
    main()
