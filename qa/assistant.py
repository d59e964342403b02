"""Build, open, ask, stream, add, remove: the whole story on one page.

files ──read──▶ Article ──clean──▶ masks ──cut──▶ Passage ──build──▶ indexes/<name>/
question ──understand──▶ Query ──search──▶ Hit… ──read──▶ Draft ──verify──▶ Answer
"""

from __future__ import annotations

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
    from qa.answer.spoken import Spoken
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
        from qa.indexing import article_store
        from qa.settings import load

        settings = settings or load()
        opened = generation.open(settings.indexes, index or settings.index, store=article_store(settings))
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
        scheduler: str = "",
    ) -> Assistant:
        """Read `paths` (files and folders, mixed), write a whole new generation of `index`, and open it.

        What cannot be read is handed to `on_skip` and listed in `.added.skipped`, what was read and should be looked at to
        `on_note`. A build that was killed continues after the last part that it had finished, where the same is read with the same settings.
        With the address of a Dask `scheduler` its workers read, cut and encode.
        Raises CorpusError when nothing could be read; the index that was there before stays untouched then.
        """
        from qa.indexing import built_from
        from qa.settings import load

        settings = settings or load()
        skipped: list[Skipped] = []
        built = built_from(
            paths, index, settings, skipped, on_skip=on_skip, on_note=on_note, progress=progress, scheduler=scheduler
        )
        return cls._over(built, settings, Added(articles=built.n_articles, passages=built.n_passages, skipped=tuple(skipped)))

    @classmethod
    def _over(cls, opened: Generation, settings: Settings, added: Added | None = None) -> Assistant:
        from qa.index.encode import open_encoder
        from qa.indexing import placed

        encoder = open_encoder(opened.encoder_name)
        opened.check_encoder(encoder)
        opened = placed(opened, settings, changed=added is not None, progress=True)
        return cls(opened, pipeline=open_pipeline(settings, encoder), added=added)

    def cheaper(self) -> Assistant:
        """The same snapshot, answered with less work: the network reads one passage, and no chat model is asked."""
        configured = self._settings
        less = {
            "answer": configured.answer.model_copy(update={"depth": 1}),
            "chat": configured.chat.model_copy(update={"model": ""}),
        }
        return Assistant(self._generation, pipeline=open_pipeline(configured.model_copy(update=less), self._encoder))

    def reopen(self) -> bool:
        """Open what is served now; whether another program has published it since."""
        from qa.index import generation
        from qa.indexing import article_store

        with self._writing:
            store = article_store(self._settings)
            before, now = self._generation, generation.open(self._settings.indexes, self.name, self._encoder, store)
            if before.id != now.id:
                self._generation = self._placed(now)
            return before.id != now.id

    def _placed(self, opened: Generation, *, changed: bool = False) -> Generation:
        from qa.indexing import placed

        return placed(opened, self._settings, changed=changed)

    def _own(self, generation: Generation) -> Generation | None:
        """A generation as its own files have it; None: it must be opened, for here a store searches in their place."""
        return None if self._settings.store.url else generation

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
        asked = Assistant(self._generation, pipeline=open_pipeline(plain, self._encoder)) if chat.model else self
        return asked.ask(question)

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
        from qa.indexing import read_articles

        skipped: list[Skipped] = []
        return self._written(read_articles(paths, self._settings, skipped, on_skip, progress), skipped)

    def put(self, articles: Sequence[Article]) -> Added:
        """Add articles that are read already; one whose id is there takes the old one's place (facts corrected, text exchanged)."""
        return self._written(articles, [])

    def _written(self, articles: Iterable[Article], skipped: list[Skipped]) -> Added:
        from qa.index import generation
        from qa.indexing import article_store

        with self._writing:
            before, configured = self._generation, self._settings
            after = generation.add(
                configured.indexes,
                before.name,
                articles,
                self._encoder,
                unmask=configured.corpus.unmask,
                exact_below=configured.retrieve.exact_below,
                served=self._own(before),
                store=article_store(configured),
            )
            self._generation = self._placed(after, changed=True)
        return Added(
            articles=after.n_articles - before.n_articles, passages=after.n_passages - before.n_passages, skipped=tuple(skipped)
        )

    def timeline(self, name: str, **only: Unpack[Only]) -> tuple[Event, ...]:
        """The dated events of a name, the earliest first; `only` (since, until, outlet) narrows the articles as for `ask`."""
        from qa.answer.timeline import timeline
        from qa.retrieve.narrowing import listed

        window, outlets = listed(name, only, self._generation.articles.outlets())
        return timeline(self._generation, name, window=window, outlets=outlets)

    def quotes(self, name: str, **only: Unpack[Only]) -> tuple[Spoken, ...]:
        """What somebody said, each saying once, the earliest first; `only` as in `timeline`."""
        from qa.answer.spoken import spoken
        from qa.retrieve.narrowing import listed

        window, outlets = listed(name, only, self._generation.articles.outlets())
        return spoken(self._generation, name, window=window, outlets=outlets)

    def copies(self, article_id: str) -> tuple[Listing, ...]:
        """The other articles that say nearly the same as one, in the order of the index."""
        from qa.index.store.article_list import copies

        return copies(self.articles(), self._generation.articles.stories(), article_id)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out; gives how many were there. Raises CorpusError for an id that is not there, or when none would be left."""
        from qa.index import generation
        from qa.indexing import article_store

        with self._writing:
            before, configured = self._generation, self._settings
            after = generation.remove(
                configured.indexes,
                before.name,
                article_ids,
                exact_below=configured.retrieve.exact_below,
                served=self._own(before),
                store=article_store(configured),
            )
            self._generation = self._placed(after, changed=True)
        return before.n_articles - self._generation.n_articles
