"""Article -> masks, passages, index terms: the part of a build that is plain Python, in worker processes where it is long.

A worker is this module run as a program: a JSON line of articles in, a JSON line of what was made of them out. No object is
pickled, and a script that builds an index needs no `if __name__ == "__main__"`.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qa.errors import StoreError
from qa.schema import Article, Mask, Passage

if TYPE_CHECKING:
    from qa.corpus.entities.local import Named

CHUNK = 128
"""Articles that travel to a worker together."""

ALONE = 512
"""Up to so many articles the work is done here: starting workers would take longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be written. `contexts` and `terms` go with `passages`, one each."""

    article: Article  # with its masks
    passages: tuple[Passage, ...]
    contexts: tuple[str, ...]  # what the encoder reads: the passage after its title
    terms: tuple[tuple[str, ...], ...]  # what the lexical index reads
    names: tuple[Named, ...] = ()  # what the article names


def prepare(article: Article, passage_chars: int) -> Prepared:
    """Cut a masked article, and make of each passage what the encoder and the lexical index read."""
    from qa.corpus.entities.local import named
    from qa.corpus.passages import context, cut, lead
    from qa.language.text import terms

    passages = cut(article, passage_chars=passage_chars)
    opening = lead(passages)
    contexts = tuple(context(passage, opening) for passage in passages)
    return Prepared(
        article=article,
        passages=passages,
        contexts=contexts,
        terms=tuple(tuple(terms(text)) for text in contexts),
        names=named(article.text, [(mask.start, mask.end) for mask in article.masks]),
    )


def prepare_all(articles: Iterable[Article], passage_chars: int, *, workers: int = 2) -> Iterator[Prepared]:
    """`prepare` for a stream of masked articles, in its order; a long one is shared among `workers` processes."""
    stream = iter(articles)
    first = list(islice(stream, ALONE + 1))
    if workers < 1 or len(first) <= ALONE:
        yield from (prepare(article, passage_chars) for article in chain(first, stream))
        return
    with ExitStack() as stack:
        idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(workers):
            idle.put(stack.enter_context(_Worker(passage_chars)))
        pool = stack.enter_context(ThreadPoolExecutor(workers, thread_name_prefix="prepare"))
        waiting: deque[Future[list[Prepared]]] = deque()
        for chunk in _chunks(chain(first, stream)):
            waiting.append(pool.submit(_by_any, idle, chunk))
            if len(waiting) > 2 * workers:  # so that reading never runs far ahead of writing
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


class _Worker:
    """One process that prepares chunks. Used by one thread at a time."""

    def __init__(self, passage_chars: int) -> None:
        home = str(Path(__file__).resolve().parents[2])  # the worker must import the same qa, installed or not
        path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qa.index.prepare", str(passage_chars)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
            encoding="utf-8",
            errors="surrogatepass",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def prepare(self, articles: Sequence[Article]) -> list[Prepared]:
        """Raises StoreError with the worker's last line when it died."""
        sent, received = self._process.stdin, self._process.stdout
        if sent is None or received is None:  # both are pipes, see above
            raise StoreError("a worker was started without pipes")
        try:
            sent.write(json.dumps([_pack(article) for article in articles], ensure_ascii=False) + "\n")
            sent.flush()
            line = received.readline()
        except BrokenPipeError:
            line = ""
        if not line.endswith("\n"):
            errors = self._process.stderr.read().strip().splitlines() if self._process.stderr else []
            between = f"articles {articles[0].source!r} to {articles[-1].source!r}"
            raise StoreError(f"a worker ended while it prepared {between}: {errors[-1] if errors else 'it said nothing'}")
        return [_unpack(article, *made) for article, made in zip(articles, json.loads(line), strict=True)]


def _by_any(idle: queue.SimpleQueue[_Worker], articles: Sequence[Article]) -> list[Prepared]:
    worker = idle.get()
    try:
        return worker.prepare(articles)
    finally:
        idle.put(worker)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    stream = iter(articles)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _pack(article: Article) -> list[object]:
    """What cutting depends on; the rest of the article stays where it is."""
    masks = [[mask.start, mask.end, mask.rule] for mask in article.masks]
    return [article.id, article.title, article.outlet, article.text, masks]


def _article(id_: str, title: str, outlet: str, text: str, masks: Sequence[tuple[int, int, str]]) -> Article:
    spans = tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in masks)
    return Article(id=id_, text=text, source=id_, sha256="", title=title, outlet=outlet, masks=spans)


def _unpack(
    article: Article, spans: list[tuple[int, int, str]], contexts: list[str], terms: list[str], names: list[list[Any]]
) -> Prepared:
    from qa.corpus.passages import passage
    from qa.index.entities.name_tables import stored

    passages = tuple(passage(article, start, end, story) for start, end, story in spans)
    return Prepared(
        article=article,
        passages=passages,
        contexts=tuple(contexts),
        terms=tuple(tuple(each.split()) for each in terms),
        names=tuple(stored(*row) for row in names),
    )


def _work(passage_chars: int) -> None:
    """Until the input ends: a line of packed articles in, a line of (spans, contexts, terms, names) out."""
    from qa.index.entities.name_tables import row

    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    for line in sys.stdin:
        made = [prepare(_article(*packed), passage_chars) for packed in json.loads(line)]
        answer = [
            [
                [(p.start, p.end, p.story) for p in each.passages],
                each.contexts,
                [" ".join(t) for t in each.terms],
                [row(name) for name in each.names],
            ]
            for each in made
        ]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _work(int(sys.argv[1]))
