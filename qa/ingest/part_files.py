"""What a task leaves in the shared folder: a part, written beside its place and renamed, so that it is there whole or not at all.

KEY.articles.jsonl   a header (what was skipped and noted, the ids), then an article a line
KEY.masks.json       the masks of a block's articles, in their order
KEY.prepared.jsonl   an article a line with its masks, spans, terms and names
KEY.vectors.npy      (n, dim) float32, a row a passage of these articles; there before the .jsonl is
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from qa.errors import StoreError
from qa.index.prepare import Prepared
from qa.schema import Article, Mask

if TYPE_CHECKING:
    from qa.protocols import Matrix

ARTICLES, MASKS, PREPARED, VECTORS = ".articles.jsonl", ".masks.json", ".prepared.jsonl", ".vectors.npy"

_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogatepass", "newline": "\n"}


@contextmanager
def written(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A file to write that becomes `path` at the end. Two tasks that make the same part leave the same bytes, whoever is last."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    try:
        with beside.open(mode, **(_TEXT if "b" not in mode else {})) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def packed(article: Article) -> list[Any]:
    """An article without its masks, as JSON holds it."""
    day = article.published.isoformat() if article.published else None
    return [
        article.id,
        article.text,
        article.source,
        article.sha256,
        article.title,
        article.outlet,
        article.author,
        day,
        article.url,
    ]


def unpacked(row: list[Any], masks: Iterable[tuple[int, int, str]] = ()) -> Article:
    """The article that `packed` wrote."""
    id_, text, source, sha256, title, outlet, author, day, url = row
    return Article(
        id=id_,
        text=text,
        source=source,
        sha256=sha256,
        title=title,
        outlet=outlet,
        author=author,
        published=date.fromisoformat(day) if day else None,
        url=url,
        masks=tuple(Mask(start=start, end=end, rule=rule) for start, end, rule in masks),
    )


def lines(path: Path) -> Iterator[Any]:
    """The JSON values of a part, one a line. Raises StoreError where it is not there or is none."""
    try:
        with path.open(**_TEXT) as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise StoreError(
            f"{path}: this part cannot be read ({why}). Cure: the folder of parts must be shared by all workers"
        ) from error


def write_lines(path: Path, values: Iterable[Any]) -> None:
    """The values as a part."""
    with written(path) as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")


def write_prepared(folder: Path, key: str, prepared: list[Prepared], vectors: Matrix) -> None:
    """What was made of some articles."""
    import numpy as np

    with written(folder / f"{key}{VECTORS}", "wb") as file:
        np.save(file, vectors, allow_pickle=False)
    write_lines(
        folder / f"{key}{PREPARED}",
        (
            [
                packed(each.article),
                [(mask.start, mask.end, mask.rule) for mask in each.article.masks],
                [(passage.start, passage.end, passage.story) for passage in each.passages],
                [" ".join(terms) for terms in each.terms],
                each.names,
                each.dated,
            ]
            for each in prepared
        ),
    )


def read_prepared(folder: Path, key: str) -> Iterator[tuple[Prepared, Matrix]]:
    """Each article with its passages, terms and vectors, in order."""
    import numpy as np

    from qa.corpus.passages import passage

    try:
        vectors: Matrix = np.load(folder / f"{key}{VECTORS}", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder / key}{VECTORS}: this part cannot be read ({error}). Cure: build again") from error
    first = 0
    for row, masks, spans, terms, named, dated in lines(folder / f"{key}{PREPARED}"):
        article = unpacked(row, masks)
        passages = tuple(passage(article, start, end, story) for start, end, story in spans)
        made = Prepared(
            article=article,
            passages=passages,
            contexts=(),
            terms=tuple(tuple(each.split()) for each in terms),
            names=tuple(map(tuple, named)),
            dated=dated,
        )
        yield made, vectors[first : first + len(passages)]
        first += len(passages)
    if first != len(vectors):
        raise StoreError(
            f"{folder / key}{PREPARED} has {first} passages and {len(vectors)} vectors. Cure: delete the part, build again"
        )
