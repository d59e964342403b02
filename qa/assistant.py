"""Build, open, ask, stream, add, remove: the whole story on one page.

files ──read──▶ Article ──clean──▶ masks ──cut──▶ Passage ──build──▶ indexes/<name>/
question ──understand──▶ Query ──search──▶ Hit… ──read──▶ Draft ──verify──▶ Answer
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from qa.answer.verify.verify import with_seconds
from qa.pipeline import Request, Understood, Withheld, open_pipeline
from qa.schema import Answer, Article, Hit, Query, Sentence, Turn
from qa.timing import Clock

if TYPE_CHECKING:
    from qa.answer.brief.overview import Brief
    from qa.answer.timeline import Event
    from qa.corpus.reading.read import Noted, Skipped
    from qa.index.generation import Generation
    from qa.index.store.articles import Listing
    from qa.pipeline import Pipeline
    from qa.retrieve.narrowing import Only
    from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What a build or an addition did."""

    articles: int
    passages: int
    skipped: tuple[Skipped, ...]


class Assistant:
    """An opened index that answers questions. Reading is safe from many threads; a write swaps the generation whole."""

    def __init__(self, generation: Generation, *, pipeline: Pipeline, added: Added | None = None) -> None:
        from qa.answer.brief.checked import Briefs

        self._briefs = Briefs()
        self._generation = generation
        self._pipeline = pipeline
        self._encoder = pipeline.encoder
        self._settings = pipeline.settings
        self._writing = threading.Lock()
        self.added = added

    # -- opening and building ----------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, index: str | None = None, *, settings: Settings | None = None) -> Assistant:
        """The index called `index` (default: the setting). Raises IndexMissingError, IndexBrokenError."""
        from qa.index import generation
        from qa.settings import load

        settings = settings or load()
        opened = generation.open(settings.indexes, index or settings.index)
        return cls._over(opened, settings)

    @classmethod
    def build(
        cls,
        paths: Sequence[str | Path],
        index: str,
        *,
        settings: Settings | None = None,
        on_skip: Callable[[Skipped], None] | None = None,
        on_note: Callable[[Noted], None] | None = None,
        progress: bool = False,
    ) -> Assistant:
        """Read `paths` (files and folders, mixed), write a whole new generation of `index`, and open it.

        What cannot be read is handed to `on_skip` and listed in `.added.skipped`, what was read and should be looked at to
        `on_note`. A build that was killed goes on after the last part that it had finished, where the same is read with the same settings.
        Raises CorpusError when nothing could be read; the index that was there before stays untouched then.
        """
        from qa.corpus.reading.read import count
        from qa.index import generation
        from qa.index.encode import open_encoder
        from qa.settings import load

        settings = settings or load()
        skipped: list[Skipped] = []
        built = generation.build(
            settings.indexes,
            index,
            _read(paths, settings, skipped, on_skip, on_note=on_note),
            open_encoder(settings.encoder),
            passage_chars=settings.corpus.passage_chars,
            unmask=settings.corpus.unmask,
            exact_below=settings.retrieve.exact_below,
            progress=progress,
            total=count(paths, follow_links=settings.corpus.follow_links) if progress else None,
            resume=repr(([os.path.realpath(path) for path in paths], settings.corpus.model_dump())),
        )
        added = Added(articles=built.n_articles, passages=built.n_passages, skipped=tuple(skipped))
        return cls._over(built, settings, added)

    @classmethod
    def _over(cls, opened: Generation, settings: Settings, added: Added | None = None) -> Assistant:
        from qa.index.encode import open_encoder

        encoder = open_encoder(opened.encoder_name)
        opened.check_encoder(encoder)
        return cls(opened, pipeline=open_pipeline(settings, encoder), added=added)

    # -- asking ------------------------------------------------------------------------------------------------------------

    def ask(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Answer:
        """The verified answer, or an abstention with its reason. since=, until=, outlet= narrow what is searched."""
        *_, answer = self.stream(question, history, **only)
        if not isinstance(answer, Answer):  # the stream's last item is its answer, by construction
            raise TypeError("stream ended without an answer")
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[str | Answer]:
        """The name of each stage as it begins, and at last the Answer."""
        yield from (event for event in self.tell(question, history, **only) if not isinstance(event, Sentence))

    def tell(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Iterator[str | Sentence | Answer]:
        """As `stream`, and between "read" and "verify" each Sentence of a chat model as soon as it is verified."""
        clock = Clock()
        value: Any = self._request(question, history, only)
        for name, stage in self._pipeline.stages():
            if name != clock.stage:
                yield clock.start(name)
            value = stage(value)
            if isinstance(value, Generator):
                value = yield from value
            if isinstance(value, Withheld):
                value = self._pipeline.abstain(value)
                break
        yield with_seconds(value, clock.stop())

    def search(self, question: str, history: Sequence[Turn] = (), *, read: bool = True, **only: Unpack[Only]) -> tuple[Hit, ...]:
        """The passages that an answer would be read from, best first; without `read` as search found them, unread and not reordered."""
        understood = self._understood(self._request(question, history, only))
        found = None if understood is None else self._pipeline.retrieve(understood)
        if found is None or isinstance(found, Withheld):
            return ()
        return self._pipeline.rerank(found).hits if read else found.hits

    def query(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Query | None:
        """The question as the engine sees it; None where nothing was asked."""
        understood = self._understood(self._request(question, history, only))
        return None if understood is None else understood.query

    def _request(self, question: str, history: Sequence[Turn], only: Only) -> Request:
        return Request(question=question, history=tuple(history), only=only, generation=self._generation)

    def _understood(self, request: Request) -> Understood | None:
        alone = self._pipeline.rewrite(request)
        return None if isinstance(alone, Withheld) else self._pipeline.understand(alone)

    # -- the corpus --------------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of the index."""
        return self._generation.name

    @property
    def generation(self) -> Generation:
        """The generation that is being asked."""
        return self._generation

    @property
    def settings(self) -> Settings:
        """What this assistant was opened with."""
        return self._settings

    def articles(self) -> tuple[Listing, ...]:
        """One row an article, without its text."""
        return self._generation.articles.articles()

    def brief(self, questions: int = 5) -> Brief:
        """What the archive holds, and up to `questions` that it was found to answer, without a chat model: kept, for asking takes seconds."""
        return self._briefs.of(self._generation, self._ask_plainly, questions)

    def _ask_plainly(self, question: str) -> Answer:
        chat = self._settings.chat
        plain = self._settings.model_copy(update={"chat": type(chat)()})
        return (Assistant._over(self._generation, plain) if chat.model else self).ask(question)

    def article(self, article_id: str) -> Article:
        """The whole article with its masks. Raises CorpusError for an unknown id."""
        return self._generation.articles.article(article_id)

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        on_skip: Callable[[Skipped], None] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Added:
        """Read more articles into the index: a new segment, served from the moment it is whole. It costs what it adds."""
        skipped: list[Skipped] = []
        return self._written(_read(paths, self._settings, skipped, on_skip, progress), skipped)

    def put(self, articles: Sequence[Article]) -> Added:
        """Add articles that are read already; one whose id is there takes the old one's place (facts corrected, text exchanged)."""
        return self._written(articles, [])

    def _written(self, articles: Iterable[Article], skipped: list[Skipped]) -> Added:
        from qa.index import generation

        with self._writing:
            before, told = self._generation, self._settings
            after = generation.add(
                told.indexes,
                before.name,
                articles,
                self._encoder,
                unmask=told.corpus.unmask,
                exact_below=told.retrieve.exact_below,
                served=before,
            )
            self._generation = after
        return Added(
            articles=after.n_articles - before.n_articles, passages=after.n_passages - before.n_passages, skipped=tuple(skipped)
        )

    def timeline(self, name: str) -> tuple[Event, ...]:
        """The dated events of a name, the earliest first."""
        from qa.answer.timeline import timeline

        return timeline(self._generation, name)

    def copies(self, article_id: str) -> tuple[Listing, ...]:
        """The other articles that say nearly the same as one, in the order of the index."""
        from qa.index.store.article_list import copies

        return copies(self.articles(), self._generation.articles.stories(), article_id)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out; gives how many were there. Raises CorpusError for an id that is not there, or when none would be left."""
        from qa.index import generation

        with self._writing:
            before, told = self._generation, self._settings
            self._generation = generation.remove(
                told.indexes, before.name, article_ids, exact_below=told.retrieve.exact_below, served=before
            )
        return before.n_articles - self._generation.n_articles


def _read(
    paths: Sequence[str | Path],
    settings: Settings,
    skipped: list[Skipped],
    on_skip: Callable[[Skipped], None] | None,
    progress: Callable[[str], None] | None = None,
    *,
    on_note: Callable[[Noted], None] | None = None,
) -> Iterator[Article]:
    from qa.corpus.reading.read import read

    def skip(what: Skipped) -> None:
        skipped.append(what)
        if on_skip:
            on_skip(what)

    told = settings.corpus
    return read(paths, max_bytes=told.max_bytes, on_skip=skip, on_note=on_note, follow_links=told.follow_links, progress=progress)
