"""Build, open, ask, stream, add, remove: the whole story on one page.

files ──read──▶ Article ──clean──▶ masks ──cut──▶ Passage ──build──▶ indexes/<name>/
question ──understand──▶ Query ──search──▶ Hit… ──read──▶ Draft ──verify──▶ Answer
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from qa.errors import UsageError
from qa.schema import MAX_QUESTION, Answer, Article, Draft, Hit, Query, Sentence, Trace, Turn
from qa.timing import Clock

if TYPE_CHECKING:
    from qa.answer.brief.overview import Brief
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
        from qa.answer.brief.checked import Briefs
        from qa.pipeline import open_passage_reader

        self._passages = open_passage_reader(settings)
        self._writing = threading.Lock()
        self._briefs = Briefs()
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
        `on_note`. Raises CorpusError when nothing could be read; the index that was there before stays untouched then.
        """
        from qa.index import generation
        from qa.index.encode import open_encoder
        from qa.pipeline import read_articles
        from qa.settings import load

        settings = settings or load()
        skipped: list[Skipped] = []
        built = generation.build(
            settings.indexes,
            index,
            read_articles(paths, settings, skipped, on_skip, on_note=on_note),
            open_encoder(settings.encoder),
            passage_chars=settings.corpus.passage_chars,
            unmask=settings.corpus.unmask,
            exact_below=settings.retrieve.exact_below,
            progress=progress,
        )
        added = Added(articles=built.n_articles, passages=built.n_passages, skipped=tuple(skipped))
        return cls._over(built, settings, added)

    @classmethod
    def _over(cls, opened: Generation, settings: Settings, added: Added | None = None) -> Assistant:
        from qa.index.encode import open_encoder
        from qa.pipeline import open_reader

        encoder = open_encoder(opened.encoder_name)
        opened.check_encoder(encoder)
        return cls(opened, encoder=encoder, reader=open_reader(settings, encoder), settings=settings, added=added)

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
        from qa.retrieve.narrowing import left_out

        generation = self._generation  # one generation from the first stage to the last, whatever is added meanwhile
        clock = Clock()
        yield clock.start("understand")
        if (query := self._understand(question, history, generation, only)) is None:
            yield verify.abstain(question, Query(text=""), "empty-question", (), self._trace(generation, clock, None))
            return
        yield clock.start("search")
        if not (hits := self._found(query, generation)):
            trace = replace(self._trace(generation, clock, query), note=left_out(query))
            yield verify.abstain(question, query, "nothing-found", (), trace)
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
        before = f"{history[-1].question} {history[-1].short or history[-1].answer}" if history else ""
        query = understand(
            rephrase(question, history),
            vocabulary=generation.articles.vocabulary(),
            outlets=outlets,
            near=generation.articles.last_day(),
            before=before,
        )
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
        """Read more articles into the index: a new generation, served from the moment it is whole."""
        from qa.pipeline import read_articles

        skipped: list[Skipped] = []
        return self._written(read_articles(paths, self._settings, skipped, on_skip, progress), skipped)

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
            )
            self._generation = after
        return Added(
            articles=after.n_articles - before.n_articles, passages=after.n_passages - before.n_passages, skipped=tuple(skipped)
        )

    def copies(self, article_id: str) -> tuple[Listing, ...]:
        """The other articles that say nearly the same as one, in the order of the index."""
        from qa.index.store.article_list import copies

        return copies(self.articles(), self._generation.articles.stories(), article_id)

    def remove(self, article_ids: Sequence[str]) -> int:
        """Take articles out; gives how many were there. Raises CorpusError for an id that is not there, or when none would be left."""
        from qa.index import generation

        with self._writing:
            before, exact = self._generation, self._settings.retrieve.exact_below
            self._generation = generation.remove(self._settings.indexes, before.name, article_ids, exact_below=exact)
        return before.n_articles - self._generation.n_articles
