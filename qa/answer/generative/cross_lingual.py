"""A question in one language over articles in another, where a chat model can translate it: searched for in both.

Without a chat model the encoder alone carries a question across languages; words do not. With one its translation finds the
articles' own words, and what it finds takes turns with what was found before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from qa.answer.generative.rewrite import translated
from qa.language import text
from qa.schema import Hit, Language, Query

if TYPE_CHECKING:
    from qa.protocols import Chat

_LOOKED = 10  # passages whose language is looked at


def searched_again(chat: Chat, query: Query, hits: Sequence[Hit], search: Callable[[Query], Sequence[Hit]]) -> tuple[Hit, ...]:
    """The hits of a question asked in another language than most of the passages found: those of its translation among them.

    The two lists take turns, the translation's first, so that a poor translation costs half the places at most; ranks are new and
    scores are the lists' own. The same hits where no translation is needed or none is sound.
    """
    first = hits[:_LOOKED]
    to: Language = "en" if query.language == "id" else "id"
    if sum(text.language(hit.passage.text) == to for hit in first) * 2 <= len(first):
        return tuple(hits)
    asked = translated(chat, query.text, to)
    if asked == query.text:
        return tuple(hits)
    others = search(replace(query, text=asked))
    turns = [hit for pair in zip_longest(others, hits) for hit in pair if hit is not None]
    unique = {hit.passage.id: hit for hit in reversed(turns)}
    kept = list(dict.fromkeys(unique[hit.passage.id] for hit in turns))[: max(len(hits), len(others))]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1))
