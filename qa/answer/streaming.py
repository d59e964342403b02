"""What a reader says while it still writes: sentences, each verified before it is given."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from qa.answer.verify import verify
from qa.errors import UsageError
from qa.schema import Claim, Draft, Hit, Query, Sentence, Trace

if TYPE_CHECKING:
    from qa.answer.verify.verify import ArticleOf
    from qa.protocols import Reader, StreamingReader


class AtOnce:
    """A StreamingReader over a Reader that gives its whole draft at once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def name(self) -> str:
        """The reader's."""
        return self._reader.name

    def stream(self, query: Query, hits: Sequence[Hit]) -> Iterator[Claim | Draft]:
        """Its draft, and nothing before it."""
        yield self._reader.read(query, hits)


def verified_sentences(
    reader: StreamingReader, query: Query, hits: Sequence[Hit], article_of: ArticleOf, *, max_citations: int
) -> Generator[Sentence, None, Draft]:
    """Each sentence as soon as it is verified, where the reader gives its claims one by one; returns its draft.

    Claims are verified in order, so the sentences are the beginning of the answer that `verify` makes of the whole draft.
    """
    claims: list[Claim] = []
    before = ""
    for event in reader.stream(query, hits):
        if isinstance(event, Draft):
            return event
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
