"""Build, open, ask, stream, add, remove: the whole story on one page.

files ──read──▶ Article ──clean──▶ masks ──cut──▶ Passage ──build──▶ indexes/<name>/
question ──understand──▶ Query ──search──▶ Hit… ──read──▶ Draft ──verify──▶ Answer
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from qa.errors import CorpusError, UsageError
from qa.schema import MAX_QUESTION, Answer, Article, Draft, Hit, Query, Sentence, Trace, Turn
from qa.timing import Clock

if TYPE_CHECKING:
    from qa.corpus.reading.read import Noted, Skipped
    from qa.index.generation import Generation
    from qa.index.store.articles import Listing
    from qa.protocols import Encoder, Reader
    from qa.retrieve.narrowing import Only
    from qa.settings import Settings

STAGES = ("understand", "search", "read", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What a build or an addition did."""

    articles: int
    passages: int
    skipped: tuple[Skipped, ...]


class Assistant:
    """An opened index that answers questions. Reading is safe from many threads; a write swaps the generation whole."""

    def __init__(
        self, generation: Generation, *, encoder: Encoder, reader: Reader, settings: Settings, added: Added | None = None
    ) -> None:
        self._generation = generation
        self._encoder = encoder
        self._reader = reader
        self._settings = settings
        from qa.pipeline import open_passage_reader

        self._passages = open_passage_reader(settings)
        self._writing = threading.Lock()
        self.added = added

    # -- opening and building ----------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, index: str | None = None, *, settings: Settings | None = None) -> Assistant:
        """The index called `index` (default: the setting). Raises IndexMissingError, IndexBrokenError."""
        from qa.index import generation
        from qa.settings import load

        settings = settings or load()
        return cls._over(generation.open(settings.indexes, index or settings.index), settings)

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
        `on_note`. With the address of a Dask `scheduler` its workers read, cut and encode. Raises CorpusError when nothing could be read; the index that was there before stays untouched then.
        """
        from qa.pipeline import built_from
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
        from qa.pipeline import open_reader, placed

        encoder = open_encoder(opened.encoder_name)
        opened.check_encoder(encoder)
        opened = placed(opened, settings, changed=added is not None, progress=True)
        return cls(opened, encoder=encoder, reader=open_reader(settings, encoder), settings=settings, added=added)

    def cheaper(self) -> Assistant:
        """The same snapshot, answered with less work: the network reads one passage, and no chat model is asked."""
        from qa.pipeline import less, open_reader

        settings, encoder = less(self._settings), self._encoder
        return Assistant(self._generation, encoder=encoder, reader=open_reader(settings, encoder), settings=settings)

    def reopen(self) -> bool:
        """Open what is served now; whether another program has published it since."""
        from qa.index import generation

        with self._writing:
            before, now = self._generation, generation.open(self._settings.indexes, self.name, self._encoder)
            if before.id != now.id:
                self._generation = self._placed(now)
            return before.id != now.id

    def _placed(self, opened: Generation, *, changed: bool = False) -> Generation:
        from qa.pipeline import placed

        return placed(opened, self._settings, changed=changed)

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
        """As `stream`, and between "read" and "verify" each Sentence of a chat model as soon as it is proved."""
        from qa.answer.streaming import told
        from qa.answer.verify import verify

        generation = self._generation  # one generation from the first stage to the last, whatever is added meanwhile
        clock = Clock()
        yield clock.start("understand")
        if (query := self._understand(question, history, generation, only)) is None:
            yield verify.abstain(question, Query(text=""), "empty-question", (), self._trace(generation, clock, None))
            return
        yield clock.start("search")
        if not (hits := self._found(query, generation)):
            yield verify.abstain(question, query, "nothing-found", (), self._trace(generation, clock, query))
            return
        yield clock.start("read")
        hits = self._passages.read(query.text, hits)
        draft = Draft()
        for event in told(
            self._reader, query, hits, generation.articles.article, max_citations=self._settings.answer.max_citations
        ):
            if isinstance(event, Draft):
                draft = event
            else:
                yield event
        yield clock.start("verify")
        answer = verify.verify(
            question,
            query,
            draft,
            hits,
            generation.articles.article,
            threshold=self._settings.answer.threshold,
            max_citations=self._settings.answer.max_citations,
            trace=replace(self._trace(generation, clock, query), prompt=draft.prompt, note=draft.note, dropped=draft.dropped),
        )
        yield verify.with_seconds(answer, clock.stop())

    def search(self, question: str, history: Sequence[Turn] = (), *, read: bool = True, **only: Unpack[Only]) -> tuple[Hit, ...]:
        """The passages that an answer would be read from, best first; without `read` as search found them, unread and not reordered."""
        generation = self._generation
        query = self._understand(question, history, generation, only)
        found = () if query is None else self._found(query, generation)
        return self._passages.read(query.text, found) if query is not None and read else found

    def query(self, question: str, history: Sequence[Turn] = (), **only: Unpack[Only]) -> Query | None:
        """The question as the engine sees it; None where nothing was asked."""
        return self._understand(question, history, self._generation, only)

    def _found(self, query: Query, generation: Generation) -> tuple[Hit, ...]:
        from qa.retrieve.search import search

        hits = search(query, generation, self._encoder, self._settings.retrieve)
        if translated := getattr(self._reader, "searched", None):  # a reader with a chat model asks in the articles' language too
            hits = translated(query, hits, lambda other: search(other, generation, self._encoder, self._settings.retrieve))
        return hits

    def _understand(self, question: str, history: Sequence[Turn], generation: Generation, only: Only) -> Query | None:
        from qa.language.conversation.standalone import standalone
        from qa.language.question.understand import understand
        from qa.retrieve.narrowing import narrowed

        if len(question) > MAX_QUESTION:
            raise UsageError(f"the question has {len(question)} characters. Cure: at most {MAX_QUESTION}")
        if not any(character.isalnum() for character in question):
            return None
        rephrase = getattr(self._reader, "standalone", standalone)  # a reader with a chat model has it mend follow-ups too
        outlets = generation.articles.outlets()
        query = understand(rephrase(question, history), vocabulary=generation.articles.vocabulary(), outlets=outlets)
        return narrowed(query, outlets, only)

    def _trace(self, generation: Generation, clock: Clock, query: Query | None) -> Trace:
        return Trace(
            index=generation.id,
            settings=self._settings.fingerprint(),
            models=(("encoder", self._encoder.name), ("reader", self._reader.name)),
            kind=query.kind if query else "",
            query=query.text if query else "",
            seconds=clock.stop(),
        )

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
        """Read more articles into the index: a new generation, served from the moment it is whole."""
        from qa.index import generation
        from qa.pipeline import read_articles

        skipped: list[Skipped] = []
        with self._writing:
            before = self._generation
            read = read_articles(paths, self._settings, skipped, on_skip, progress)
            after = generation.add(
                self._settings.indexes, before.name, read, self._encoder, exact_below=self._settings.retrieve.exact_below
            )
            self._generation = self._placed(after, changed=True)
        return Added(
            articles=after.n_articles - before.n_articles, passages=after.n_passages - before.n_passages, skipped=tuple(skipped)
        )

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out; gives how many were there. Raises CorpusError when none would be left."""
        from qa.index import generation

        with self._writing:
            before = self._generation
            known = {row.id for row in before.articles.articles()}
            if unknown := [id_ for id_ in article_ids if id_ not in known]:
                raise CorpusError(
                    f"no article with the id {unknown[0]!r} in index '{before.name}'. Cure: take an id from Assistant.articles()"
                )
            after = generation.remove(
                self._settings.indexes, before.name, article_ids, exact_below=self._settings.retrieve.exact_below
            )
            self._generation = self._placed(after, changed=True)
        return before.n_articles - self._generation.n_articles
