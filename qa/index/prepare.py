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
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from qa.errors import StoreError
from qa.schema import Article, Mask, Passage

if TYPE_CHECKING:
    from qa.index.entities.name_tables import NameRow

CHUNK = 128
"""Articles that travel to a worker together."""

ALONE = 512
"""Up to so many articles the work is done here: starting workers would take longer."""


Uncut: TypeAlias = "tuple[Article, frozenset[str]]"
"""An article, and the lines that repeat over its outlet; one that has masks already keeps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be written. `contexts` and `terms` go with `passages`, one each."""

    article: Article  # with its masks
    passages: tuple[Passage, ...]
    contexts: tuple[str, ...]  # what the encoder reads: the passage after its title
    terms: tuple[tuple[str, ...], ...]  # what the lexical index reads
    names: tuple[NameRow, ...] = ()  # what the article names
    dated: str = ""  # its dated sentences, packed


def prepare(article: Article, passage_chars: int) -> Prepared:
    """Cut a masked article, and make of each passage what the encoder and the lexical index read."""
    from qa.corpus.dated import dated_sentences, packed
    from qa.corpus.passages import context, cut, lead, sentence_spans
    from qa.index.entities.name_tables import name_rows
    from qa.language.text import terms

    spans = sentence_spans(article)
    passages = cut(article, passage_chars=passage_chars, spans=spans)
    opening = lead(passages)
    contexts = tuple(context(passage, opening) for passage in passages)
    return Prepared(
        article=article,
        passages=passages,
        contexts=contexts,
        terms=tuple(tuple(terms(text)) for text in contexts),
        names=name_rows(article.text, article.masks),
        dated=packed(dated_sentences(article, spans)),
    )


def prepare_all(
    articles: Iterable[Uncut], passage_chars: int, unmask: Sequence[str] = (), *, workers: int = 2
) -> Iterator[Prepared]:
    """Mask and `prepare` a stream of articles, in its order; a long one is shared among `workers` processes.

    `unmask` is what qa.corpus.clean.masked takes.
    """
    stream = iter(articles)
    first = list(islice(stream, ALONE + 1))
    if workers < 1 or len(first) <= ALONE:
        yield from _prepared(chain(first, stream), passage_chars, unmask)
        return
    with ExitStack() as stack:
        idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(workers):
            idle.put(stack.enter_context(_Worker(passage_chars, unmask)))
        pool = stack.enter_context(ThreadPoolExecutor(workers, thread_name_prefix="prepare"))
        waiting: deque[Future[list[Prepared]]] = deque()
        for chunk in _chunks(chain(first, stream)):
            waiting.append(pool.submit(_by_any, idle, chunk))
            if len(waiting) > 2 * workers:  # so that reading never runs far ahead of writing
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _prepared(articles: Iterable[Uncut], passage_chars: int, unmask: Sequence[str]) -> Iterator[Prepared]:
    from qa.corpus.clean import with_masks

    return (prepare(with_masks(article, repeated, unmask), passage_chars) for article, repeated in articles)


class _Worker:
    """One process that prepares chunks. Used by one thread at a time."""

    def __init__(self, passage_chars: int, unmask: Sequence[str]) -> None:
        home = str(Path(__file__).resolve().parents[2])  # the worker must import the same qa, installed or not
        path = os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qa.index.prepare", str(passage_chars), json.dumps(unmask)],
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

    def prepare(self, uncut: Sequence[Uncut]) -> list[Prepared]:
        """Raises StoreError with the worker's last line when it died."""
        sent, received = self._process.stdin, self._process.stdout
        if sent is None or received is None:  # both are pipes, see above
            raise StoreError("a worker was started without pipes")
        try:
            sent.write(json.dumps(_packed(uncut), ensure_ascii=False) + "\n")
            sent.flush()
            line = received.readline()
        except BrokenPipeError:
            line = ""
        if not line.endswith("\n"):
            errors = self._process.stderr.read().strip().splitlines() if self._process.stderr else []
            between = f"articles {uncut[0][0].source!r} to {uncut[-1][0].source!r}"
            raise StoreError(f"a worker ended while it prepared {between}: {errors[-1] if errors else 'it said nothing'}")
        return [_unpack(article, *made) for (article, _), made in zip(uncut, json.loads(line), strict=True)]


def _by_any(idle: queue.SimpleQueue[_Worker], uncut: Sequence[Uncut]) -> list[Prepared]:
    worker = idle.get()
    try:
        return worker.prepare(uncut)
    finally:
        idle.put(worker)


def _chunks(articles: Iterable[Uncut]) -> Iterator[list[Uncut]]:
    stream = iter(articles)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _packed(uncut: Sequence[Uncut]) -> list[object]:
    """Articles, and the lines that repeat over the outlets of these."""
    repeated = {article.outlet: lines for article, lines in uncut}
    return [[_pack(article) for article, _ in uncut], {outlet: list(lines) for outlet, lines in repeated.items()}]


def _pack(article: Article) -> list[object]:
    """What masking and cutting depend on; the rest of the article stays where it is."""
    masks = [[mask.start, mask.end, mask.rule] for mask in article.masks]
    published = article.published.isoformat() if article.published else ""
    return [article.id, article.title, article.outlet, published, article.text, masks]


def _article(packed: Sequence[Any]) -> Article:
    """What `_pack` sent."""
    id_, title, outlet, published, text, masks = packed
    day = date.fromisoformat(published) if published else None
    return Article(id=id_, text=text, source=id_, sha256="", title=title, outlet=outlet, published=day, masks=_masks(masks))


def _masks(spans: Sequence[Sequence[Any]]) -> tuple[Mask, ...]:
    return tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in spans)


def _unpack(article: Article, *made: Any) -> Prepared:
    """What `_work` sent back of an article."""
    from qa.corpus.passages import passage

    masks, spans, contexts, terms, names, dated = made
    article = replace(article, masks=_masks(masks))
    return Prepared(
        article=article,
        passages=tuple(passage(article, start, end, story) for start, end, story in spans),
        contexts=tuple(contexts),
        terms=tuple(tuple(each.split()) for each in terms),
        names=tuple(map(tuple, names)),
        dated=dated,
    )


def _work(passage_chars: int, unmask: Sequence[str]) -> None:
    """Until the input ends: a line of packed articles in, a line of (masks, spans, contexts, terms, names, dated sentences) out."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    for line in sys.stdin:
        packed, lines = json.loads(line)
        repeated = {outlet: frozenset(own) for outlet, own in lines.items()}
        uncut = ((article, repeated[article.outlet]) for article in map(_article, packed))
        answer = [
            [
                [(mask.start, mask.end, mask.rule) for mask in each.article.masks],
                [(p.start, p.end, p.story) for p in each.passages],
                each.contexts,
                [" ".join(t) for t in each.terms],
                each.names,
                each.dated,
            ]
            for each in _prepared(uncut, passage_chars, unmask)
        ]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _work(int(sys.argv[1]), json.loads(sys.argv[2]))
