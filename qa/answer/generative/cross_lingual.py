"""A question in one language over articles in another, where a chat model can translate it: searched for in both.

Without a chat model the encoder alone carries a question across languages; words do not. With one its translation finds the
articles' own words, and what it finds takes turns with what was found before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from qa.answer.generative.rewrite import translated
from qa.language import text
from qa.schema import Hit, Language, Query

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.protocols import Chat
    from qa.retrieve.search import Retriever

_LOOKED = 10  # passages whose language is looked at


class TranslatingRetriever:
    """Retriever that also searches with the question's translation, where most of the passages found are in the other language.

    The two lists take turns, the translation's first, so that a poor translation costs half the places at most; ranks are new and
    scores are the lists' own. The hits stay as they are where no translation is needed or none is sound.
    """

    def __init__(self, retriever: Retriever, chat: Chat) -> None:
        self._retriever = retriever
        self._chat = chat

    def retrieve(self, query: Query, generation: Generation) -> tuple[Hit, ...]:
        """The best passages, ranks from 1."""
        hits = self._retriever.retrieve(query, generation)
        translation = self._translated(query, hits)
        if translation == query.text:
            return hits
        return in_turns(self._retriever.retrieve(replace(query, text=translation), generation), hits)

    def _translated(self, query: Query, hits: Sequence[Hit]) -> str:
        first = hits[:_LOOKED]
        to: Language = "en" if query.language == "id" else "id"
        if sum(text.language(hit.passage.text) == to for hit in first) * 2 <= len(first):
            return query.text
        return translated(self._chat, query.text, to)


def in_turns(first: Sequence[Hit], second: Sequence[Hit]) -> tuple[Hit, ...]:
    """Two lists as one, by turns, each passage once, as long as the longer one; ranks from 1."""
    turns = [hit for pair in zip_longest(first, second) for hit in pair if hit is not None]
    unique = {hit.passage.id: hit for hit in reversed(turns)}
    kept = list(dict.fromkeys(unique[hit.passage.id] for hit in turns))[: max(len(first), len(second))]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))
