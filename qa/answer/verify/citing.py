"""A span of an article as a citation, for lists that cite without an answer: quotations and events."""

from __future__ import annotations

from typing import Any

from qa.schema import Article, Citation


def citation(n: int, article: Article, start: int, end: int) -> Citation:
    """text[start:end] of `article`, numbered `n`. Raises ValueError for a span that is not in the text or lies in a mask."""
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"{article.source}: {start}-{end} is no span of its {len(article.text)} characters")
    for mask in article.masks:
        if start < mask.end and mask.start < end:
            raise ValueError(
                f"{article.source}: {start}-{end} runs into what is masked as {mask.rule} at {mask.start}-{mask.end}"
            )
    return Citation(
        n=n,
        article_id=article.id,
        source=article.source,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        start=start,
        end=end,
        quote=article.text[start:end],
        sha256=article.sha256,
    )


def as_json(cited: Citation) -> dict[str, Any]:
    """The keys that the JSON contract gives a citation."""
    return {
        "n": cited.n,
        "article_id": cited.article_id,
        "source": cited.source,
        "title": cited.title,
        "outlet": cited.outlet,
        "published": cited.published.isoformat() if cited.published else None,
        "url": cited.url,
        "start": cited.start,
        "end": cited.end,
        "quote": cited.quote,
        "sha256": cited.sha256,
    }
