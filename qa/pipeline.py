"""The way of a question on one page: six stages, each of which takes what the one before gives.

Request ─rewrite─▶ Standalone ─understand─▶ Understood ─retrieve─▶ Retrieved ─rerank─▶ Reranked ─read─▶ Drafted ─verify─▶ Answer

Where there is nothing to pass on, a stage gives Withheld with its reason instead. `tests/test_pipeline.py` holds the order of
the types; `open_pipeline` is the only place that knows implementations of readers.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from qa.errors import UsageError
from qa.schema import MAX_QUESTION, Answer, Draft, Hit, Query, Reason, Sentence, Trace, Turn

if TYPE_CHECKING:
    from qa.index.generation import Generation
    from qa.protocols import Encoder, QuotationReader, Reader, Rewriter, StreamingReader
    from qa.retrieve.narrowing import Only
    from qa.retrieve.reading import PassageReader
    from qa.retrieve.search import Retriever
    from qa.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A question as it was asked, of one generation of an index from the first stage to the last."""

    question: str
    history: tuple[Turn, ...]
    only: Only  # what the reader narrows the search to
    generation: Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class Standalone:
    """The question as it would have been asked without the turns before it."""

    request: Request
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """The question as the engine sees it."""

    request: Request
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """The passages that search found, best first, at least one."""

    request: Request
    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reranked:
    """The same passages, the first of them read whole by the cross-encoder, in their new order."""

    request: Request
    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What the reader proposes of them."""

    request: Request
    query: Query
    hits: tuple[Hit, ...]
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """There is nothing to read: no question was asked, or no passage found."""

    request: Request
    query: Query | None
    reason: Reason
    note: str = ""  # what a person should know of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The six stages over what implements them."""

    settings: Settings
    encoder: Encoder
    rewriter: Rewriter
    retriever: Retriever
    reranker: PassageReader
    reader: StreamingReader
    quotation_reader: QuotationReader | None = None  # is asked first; a chat model quotes by itself

    def rewrite(self, request: Request) -> Standalone | Withheld:
        """Make a follow-up stand alone. Raises UsageError for a question that is too long."""
        question = request.question
        if len(question) > MAX_QUESTION:
            raise UsageError(f"the question has {len(question)} characters. Cure: at most {MAX_QUESTION}")
        if not any(character.isalnum() for character in question):
            return Withheld(request=request, query=None, reason="empty-question")
        return Standalone(request=request, question=self.rewriter.rewrite(question, request.history))

    def understand(self, standalone: Standalone) -> Understood:
        """Find language, spelling, type of answer, names, period and outlets; narrow them to what the reader set."""
        from qa.language.question.understand import understand
        from qa.retrieve.narrowing import narrowed

        request = standalone.request
        articles, earlier = request.generation.articles, request.history
        outlets = articles.outlets()
        query = understand(
            standalone.question,
            vocabulary=articles.vocabulary(),
            outlets=outlets,
            near=articles.last_day(),
            before=f"{earlier[-1].question} {earlier[-1].short or earlier[-1].answer}" if earlier else "",
        )
        return Understood(request=request, query=narrowed(query, outlets, request.only))

    def retrieve(self, understood: Understood) -> Retrieved | Withheld:
        """Search both indexes."""
        from qa.retrieve.narrowing import left_out

        request, query = understood.request, understood.query
        hits = self.retriever.retrieve(query, request.generation)
        if not hits:
            return Withheld(request=request, query=query, reason="nothing-found", note=left_out(query))
        return Retrieved(request=request, query=query, hits=hits)

    def rerank(self, retrieved: Retrieved) -> Reranked:
        """Read the first passages whole, once, and put them in order."""
        from qa.answer.extractive.digest import is_broad

        query = retrieved.query
        hits = self.reranker.read(query.read, retrieved.hits, wide=query.kind == "list" or is_broad(query))
        return Reranked(request=retrieved.request, query=query, hits=hits)

    def read(self, reranked: Reranked) -> Generator[Sentence, None, Drafted]:
        """Draft an answer, from quotations where somebody's words are asked for; give the sentences of a reader that streams them."""
        from qa.answer.streaming import verified_sentences

        request, query, hits = reranked.request, reranked.query, reranked.hits
        article_of, most = request.generation.articles.article, self.settings.answer.max_citations
        draft = self.quotation_reader(query, hits, article_of) if self.quotation_reader else None
        if draft is None:
            draft = yield from verified_sentences(self.reader, query, hits, article_of, max_citations=most)
        return Drafted(request=request, query=query, hits=hits, draft=draft)

    def verify(self, drafted: Drafted) -> Answer:
        """Verify the draft against the articles."""
        from qa.answer.verify import verify

        draft = drafted.draft
        trace = self._trace(drafted.request, drafted.query)
        return verify.verify(
            drafted.request.question,
            drafted.query,
            draft,
            drafted.hits,
            drafted.request.generation.articles.article,
            threshold=self.settings.answer.threshold,
            max_citations=self.settings.answer.max_citations,
            trace=replace(trace, prompt=draft.prompt, note=draft.note, dropped=draft.dropped),
        )

    def stages(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        """The stages in order, each with the name under which its time is counted and shown."""
        return (
            ("understand", self.rewrite),
            ("understand", self.understand),
            ("search", self.retrieve),
            ("read", self.rerank),
            ("read", self.read),
            ("verify", self.verify),
        )

    def abstain(self, withheld: Withheld) -> Answer:
        """The abstention for what was withheld before anything was read."""
        from qa.answer.verify import verify

        trace = replace(self._trace(withheld.request, withheld.query), note=withheld.note)
        return verify.abstain(withheld.request.question, withheld.query or Query(text=""), withheld.reason, (), trace)

    def _trace(self, request: Request, query: Query | None) -> Trace:
        return Trace(
            index=request.generation.id,
            settings=self.settings.fingerprint(),
            models=(("encoder", self.encoder.name), ("reader", self.reader.name)),
            kind=query.kind if query else "",
            query=query.text if query else "",
        )


def open_pipeline(settings: Settings, encoder: Encoder, reader: Reader | None = None) -> Pipeline:
    """The pipeline that the settings ask for: the extractive reader, or a chat model before it where one is set.

    `reader` takes the extractive reader's place. The cross-encoder is loaded at the first question.
    """
    from qa.answer import sayings
    from qa.answer.agreement import polar
    from qa.answer.agreement.evidence import nearness
    from qa.answer.agreement.sides import compared
    from qa.answer.extractive.reader import ExtractiveReader
    from qa.answer.streaming import AtOnce
    from qa.language.conversation.standalone import RuleRewriter
    from qa.retrieve.reading import PassageReader, entailed, shipped
    from qa.retrieve.search import Search

    reranker = PassageReader(settings.answer.depth)
    plain = reader or ExtractiveReader(
        readings=reranker.readings,
        encoder=encoder,
        max_citations=settings.answer.max_citations,
        compare=partial(compared, near=nearness(encoder)),
        compare_sides=partial(polar.compared, entail=entailed),
    )
    search = Search(encoder, settings.retrieve)
    pipeline = Pipeline(
        settings=settings, encoder=encoder, rewriter=RuleRewriter(), retriever=search, reranker=reranker, reader=AtOnce(plain)
    )
    if not settings.chat.model:
        return pipeline if reader else replace(pipeline, quotation_reader=sayings.draft_of)
    from qa.answer.generative.chat import open_chat
    from qa.answer.generative.chat_reader import GenerativeReader
    from qa.answer.generative.cross_lingual import TranslatingRetriever
    from qa.answer.generative.rewrite import ChatRewriter
    from qa.answer.verify.entailment import EntailmentVerifier

    asked = settings.chat
    chat = open_chat(asked.model, base_url=asked.base_url, seconds=asked.seconds, max_tokens=asked.max_tokens)
    generative = GenerativeReader(
        chat,
        plain,
        verifier=EntailmentVerifier(lambda: shipped().entail),
        threshold=settings.answer.threshold,
        passages=asked.passages,
        sentences=min(asked.sentences, settings.answer.max_citations),
    )
    return replace(pipeline, rewriter=ChatRewriter(chat), retriever=TranslatingRetriever(search, chat), reader=generative)
