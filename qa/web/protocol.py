"""What the page asks of an assistant: nothing else of the house is visible from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from qa.answer.brief.overview import Brief
    from qa.answer.spoken import Spoken
    from qa.answer.timeline import Event
    from qa.retrieve.narrowing import Only
    from qa.schema import Answer, Article, Hit, Sentence, Turn


class Row(Protocol):
    """One article in the list of the archive."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def published(self) -> date | None: ...
    @property
    def source(self) -> str: ...
    @property
    def passages(self) -> int: ...
    @property
    def length(self) -> int: ...


class Skip(Protocol):
    """A file or record that was left out, and why."""

    @property
    def source(self) -> str: ...
    @property
    def why(self) -> str: ...


class AddedArticles(Protocol):
    """What an addition did."""

    @property
    def articles(self) -> int: ...
    @property
    def skipped(self) -> Sequence[Skip]: ...


class Assisting(Protocol):
    """An opened index that can be asked, looked into and added to."""

    @property
    def name(self) -> str:
        """The index's name."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Answer: ...

    def stream(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[str | Answer]:
        """The names of the stages as each begins ("understand", "search", "read", "verify"), then the Answer.

        `only` (since, until, outlet, articles) narrows what is searched.
        """
        ...

    def tell(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[str | Sentence | Answer]:
        """As `stream`, with each sentence as it is verified where they are written one by one."""
        ...

    def search(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Sequence[Hit]:
        """The passages that an answer would be read from, best first."""
        ...

    def articles(self) -> Sequence[Row]:
        """Every article, in the order of the index."""
        ...

    def article(self, article_id: str) -> Article:
        """One article; a QaError where the index has none of that id."""
        ...

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        on_skip: Callable[[Any], None] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> AddedArticles:
        """Add files to the index as a new generation and answer from it.

        `progress(source)` is called as each file is read; what was left out is in the result, with the reason.
        """
        ...

    def put(self, articles: Sequence[Article]) -> Any:
        """Add articles that are read already; one whose id is there takes the old one's place."""
        ...

    def copies(self, article_id: str) -> Sequence[Row]:
        """The near-copies of an article: the others of its story."""
        ...

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out; gives how many were there."""
        ...

    def timeline(self, name: str, **only: Unpack[Only]) -> tuple[Event, ...]:
        """The dated events of a name, the earliest first."""
        ...

    def quotes(self, name: str, **only: Unpack[Only]) -> tuple[Spoken, ...]:
        """What somebody said, the earliest first."""
        ...

    def brief(self, questions: int = 5) -> Brief:
        """What the archive holds; with 0 no question is asked for it."""
        ...
