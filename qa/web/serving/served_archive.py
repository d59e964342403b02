"""The archive of a served index: looked into as an assistant's, and changed by the server alone, which hears of each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from qa.answer.brief.overview import Brief
    from qa.answer.spoken import Spoken
    from qa.answer.timeline import Event
    from qa.assistant import Added, Assistant
    from qa.index.store.articles import Listing
    from qa.retrieve.narrowing import Only
    from qa.schema import Article
    from qa.settings import Settings


class ServedArchive:
    """The part of Assisting (qa/web/protocol.py) that asks no question. `moved` is called after each change with the number of articles that it added."""

    def __init__(self, assistant: Assistant, moved: Callable[[int], None]) -> None:
        self.assistant = assistant
        self._notify = moved

    @property
    def name(self) -> str:
        """The name of the index."""
        return self.assistant.name

    @property
    def settings(self) -> Settings:
        """What the assistant was opened with."""
        return self.assistant.settings

    def articles(self) -> tuple[Listing, ...]:
        """As Assistant.articles."""
        return self.assistant.articles()

    def article(self, article_id: str) -> Article:
        """As Assistant.article."""
        return self.assistant.article(article_id)

    def copies(self, article_id: str) -> tuple[Listing, ...]:
        """As Assistant.copies."""
        return self.assistant.copies(article_id)

    def timeline(self, name: str, **only: Unpack[Only]) -> tuple[Event, ...]:
        """As Assistant.timeline."""
        return self.assistant.timeline(name, **only)

    def quotes(self, name: str, **only: Unpack[Only]) -> tuple[Spoken, ...]:
        """As Assistant.quotes."""
        return self.assistant.quotes(name, **only)

    def brief(self, questions: int = 5) -> Brief:
        """As Assistant.brief: asked of this process, neither counted nor logged."""
        return self.assistant.brief(questions)

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        on_skip: Callable[[Any], None] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Added:
        """As Assistant.add; the next question of each process is answered from the new generation."""
        added = self.assistant.add(paths, on_skip=on_skip, progress=progress)
        self._notify(added.articles)
        return added

    def put(self, articles: Sequence[Article]) -> Added:
        """As Assistant.put; the next question of each process is answered from the new generation."""
        added = self.assistant.put(articles)
        self._notify(added.articles)
        return added

    def remove(self, article_ids: Sequence[str]) -> int:
        """As Assistant.remove; the next question of each process is answered from the new generation."""
        gone = self.assistant.remove(article_ids)
        self._notify(0)
        return gone
