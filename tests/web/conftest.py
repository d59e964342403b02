"""A scripted assistant for the page: it finds sentences by shared words and obeys a few magic questions."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa.errors import CorpusError, QaError
from qa.schema import Answer, Article, Citation, Hit, Mask, Passage, Sentence, Trace, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class FakeSkip:
    source: str
    why: str


@dataclass(frozen=True)
class FakeAdded:
    articles: int
    skipped: tuple[FakeSkip, ...] = ()


@dataclass(frozen=True)
class FakeRow:
    id: str
    title: str
    outlet: str
    published: date | None
    source: str
    passages: int
    length: int = 0


def make_article(id_: str, text: str, **more) -> Article:
    masks = tuple(Mask(start=m.start(), end=m.end(), rule="read-also") for m in re.finditer(r"(?m)^Baca [Jj]uga.*$", text))
    return Article(id=id_, text=text, source=f"{id_}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), masks=masks, **more)


def make_citation(article: Article, quote: str, n: int = 1) -> Citation:
    start = article.text.index(quote)
    return Citation(
        n=n,
        article_id=article.id,
        source=article.source,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        start=start,
        end=start + len(quote),
        quote=quote,
        sha256=article.sha256,
    )


@dataclass
class FakeAssistant:
    """Answers with the sentence that shares most words with the question; "meledak", "galat" and "rusak" go wrong on purpose."""

    shelf: list[Article]
    name: str = "uji"
    histories: list[tuple[Turn, ...]] = field(default_factory=list)
    asked_only: list[dict] = field(default_factory=list)
    gate: threading.Event | None = None  # when set, an answer waits for it between two stages

    def articles(self) -> list[FakeRow]:
        return [FakeRow(a.id, a.title, a.outlet, a.published, a.source, 1 + len(a.text) // 700, len(a.text)) for a in self.shelf]

    def article(self, article_id: str) -> Article:
        for article in self.shelf:
            if article.id == article_id:
                return article
        raise CorpusError(f"no article with the id {article_id!r}")

    def copies(self, article_id: str) -> tuple[FakeRow, ...]:
        return ()

    def ask(self, question: str, history: Sequence[Turn] = (), **only) -> Answer:
        *_, answer = self.stream(question, history, **only)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), **only) -> Iterator[str | Answer]:
        self.histories.append(tuple(history))
        self.asked_only.append(only)
        yield "understand"
        if "galat" in question:
            raise QaError("indeks 'uji' rusak. Cure: qa build")
        yield "search"
        if "meledak" in question:
            raise ZeroDivisionError("rahasia dalam")
        if self.gate is not None:
            self.gate.wait(20)
        yield "read"
        yield "verify"
        yield self._answer(question)

    def tell(self, question: str, history: Sequence[Turn] = (), **only) -> Iterator[str | Sentence | Answer]:
        yield from self.stream(question, history, **only)

    def search(self, question: str, history: Sequence[Turn] = (), **only) -> tuple[Hit, ...]:
        return self.ask(question, history, **only).hits

    def _answer(self, question: str) -> Answer:
        words = {w for w in re.findall(r"\w+", question.casefold()) if len(w) > 3}
        found: list[tuple[int, Article, re.Match[str]]] = []
        for article in self.shelf:
            found += [
                (len(words & set(re.findall(r"\w+", match[0].casefold()))), article, match)
                for match in re.finditer(r"[^\s.!?][^.!?\n]+[.!?]", article.text)
                if not any(m.start < match.end() and match.start() < m.end for m in article.masks)
            ]
        found.sort(key=lambda one: -one[0])
        hits = tuple(
            Hit(
                passage=Passage(
                    id=f"{a.id}:{m.start()}-{m.end()}", article_id=a.id, start=m.start(), end=m.end(), text=m[0], title=a.title
                ),
                score=s,
                rank=i + 1,
                stage="fused",
            )
            for i, (s, a, m) in enumerate(found[:5])
        )
        trace = Trace(index="gen-1", settings="abc", seconds=(("understand", 0.001), ("search", 0.002)))
        score, article, match = found[0]
        if score < 2:
            return Answer(question=question, language="id", hits=hits, abstained=True, reason="not-in-articles", trace=trace)
        citation = make_citation(article, match[0])
        if "rusak" in question:
            citation = Citation(
                **{name: getattr(citation, name) for name in citation.__dataclass_fields__ if name != "start"},
                start=citation.start + 1,
            )
        short = " ".join(match[0].split()[:3])
        return Answer(
            question=question,
            language="id",
            text=f"{match[0]} [1]",
            short=short,
            citations=(citation,),
            hits=hits,
            confidence=0.9,
            trace=trace,
        )

    def brief(self, questions: int = 5):
        from qa.answer.brief.overview import Brief

        return Brief(
            index=self.name,
            generation="",
            articles=0,
            passages=0,
            outlets=(),
            first=None,
            last=None,
            undated=0,
            days=(),
            gaps=(),
            names=(),
        )

    def timeline(self, name: str, **only) -> tuple[()]:
        return ()

    def add(self, paths, *, on_skip=None, progress=None) -> FakeAdded:
        skipped, added = [], 0
        for path in map(Path, paths):
            if progress:
                progress(path.name)
            if path.suffix != ".txt":
                skipped.append(FakeSkip(path.name, "bukan teks. Cure: simpan sebagai .txt"))
                continue
            self.shelf.append(make_article(path.stem, path.read_text(encoding="utf-8"), title=path.stem))
            added += 1
        return FakeAdded(added, tuple(skipped))


@pytest.fixture
def make_fake():
    return FakeAssistant


@pytest.fixture
def article_from():
    return make_article


@pytest.fixture
def citation_from():
    return make_citation


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant(
        [
            make_article(
                "pasar",
                "Pasar Minggu dibuka lagi\n\nWali Kota membuka Pasar Minggu pada Senin (4/3/2024).\n\nBaca juga: Harga cabai naik\n\n"
                'Pasar itu memiliki 320 kios.\n"Pedagang senang sekali," kata Siti Rahma.',
                title="Pasar Minggu dibuka lagi",
                outlet="Koran Uji",
                published=date(2024, 3, 4),
            ),
            make_article("hujan", "Hujan deras melanda Bogor. Jembatan Merah rusak karena banjir.", title="Hujan deras di Bogor"),
        ]
    )


@contextmanager
def served_whole(assistant, token: str = "", **more):
    """The page and the endpoints as `qa serve` opens them, on a free port of this machine; gives the address without a slash."""
    from qa.web.app import application
    from qa.web.server import listen, server

    listening = listen("127.0.0.1", 0)
    ready = threading.Event()
    running = []

    async def run():
        app = await application(assistant, ready.set, token=token)
        running.append(server(app, grace=1, **more))
        await running[0].serve(sockets=[listening])

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    try:
        assert ready.wait(60), "the server did not come up within a minute"
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running[0].should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture(scope="session")
def serve_whole():
    return served_whole
