"""Which reader answers, and what it says while it still writes: sentences, each proved before it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.answer.verify import verify
from qa.errors import UsageError
from qa.schema import Claim, Draft, Hit, Query, Sentence, Trace

if TYPE_CHECKING:
    from qa.answer.verify.verify import ArticleOf
    from qa.protocols import Reader, Verifier
    from qa.settings import Settings


def with_chat(reader: Reader, settings: Settings, verifier: Verifier | None = None) -> Reader:
    """`reader` itself, or a chat model before it where one is set; `reader` answers then when the model's words cannot be proved."""
    if not settings.chat.model:
        return reader
    from qa.answer.generative.chat import open_chat
    from qa.answer.generative.chat_reader import GenerativeReader

    chat = open_chat(
        settings.chat.model, base_url=settings.chat.base_url, seconds=settings.chat.seconds, max_tokens=settings.chat.max_tokens
    )
    return GenerativeReader(
        chat,
        reader,
        verifier=verifier,
        threshold=settings.answer.threshold,
        passages=settings.chat.passages,
        sentences=min(settings.chat.sentences, settings.answer.max_citations),
    )


def told(
    reader: Reader, query: Query, hits: Sequence[Hit], article_of: ArticleOf, *, max_citations: int
) -> Iterator[Sentence | Draft]:
    """Each sentence as soon as it is proved, where the reader says them one by one; at last its Draft.

    Claims are proved in order, so what was told is the beginning of the answer that `verify` makes of the whole draft.
    """
    stream = getattr(reader, "stream", None)
    if stream is None:
        yield reader.read(query, hits)
        return
    claims: list[Claim] = []
    before = ""
    for event in stream(query, hits):
        if isinstance(event, Draft):
            yield event
            return
        claims.append(event)
        draft = Draft(claims=tuple(claims), confidence=1.0)
        so_far = verify.verify("", query, draft, hits, article_of, threshold=0.0, max_citations=max_citations, trace=Trace())
        if len(so_far.text) > len(before):
            piece, before = so_far.text[len(before) :].strip(), so_far.text
            first, *also = (so_far.citations[number - 1] for number in _numbers(piece))
            yield Sentence(text=piece, citation=first, also=tuple(also))
    raise UsageError(f"reader '{reader.name}' ended without a draft. Cure: its stream must end with one")


def _numbers(piece: str) -> list[int]:
    """The numbers of the markers that end a sentence: "… [1][3]" gives 1 and 3."""
    found = re.search(r"(?:\[\d+\])+$", piece)
    return [int(number) for number in re.findall(r"\d+", found[0])] if found else []
