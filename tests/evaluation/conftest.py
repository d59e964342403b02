"""A small archive with three sentences in two articles, and an assistant with scripted answers."""

import hashlib
import json

import pytest

from qa.errors import CorpusError
from qa.evaluation.suite.archive import Archive
from qa.evaluation.suite.cases import load
from qa.schema import Answer, Article, Citation, Hit, Mask, Passage, Trace

MOON = "Luna-25 jatuh ke bulan. Peluncuran pada 11 Agustus. Baca juga: Luna-26 ditunda."
SHIP = "Kapal itu tiba pada Senin. Menurut laporan, Luna-25 jatuh ke bulan."


def article(source, text, masks=()):
    return Article(
        id=source.removesuffix(".txt"), text=text, source=source, sha256=hashlib.sha256(text.encode()).hexdigest(), masks=masks
    )


@pytest.fixture(scope="session")
def articles():
    start = MOON.index("Baca juga")
    return {
        "moon.txt": article("moon.txt", MOON, (Mask(start=start, end=len(MOON), rule="read-also"),)),
        "ship.txt": article("ship.txt", SHIP),
    }


@pytest.fixture(scope="session")
def archive(articles):
    by_id = {one.id: one for one in articles.values()}

    def get(article_id):
        if article_id not in by_id:
            raise CorpusError(f"no article {article_id!r}")
        return by_id[article_id]

    # moon: two passages, ship: two passages, each one sentence
    spans = {"moon": ((0, 23), (24, 51)), "ship": ((0, 26), (27, len(SHIP)))}
    return Archive(by_source=articles, passages=spans, article=get, corpus="c0ffee")


@pytest.fixture(scope="session")
def cite(articles):
    def make(source, quote, n=1):
        one = articles[source]
        start = one.text.index(quote)
        return Citation(
            n=n, article_id=one.id, source=source, title="", outlet="", published=None, url="",
            start=start, end=start + len(quote), quote=quote, sha256=one.sha256,
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def hit(archive):
    def make(article_id, row, rank):
        start, end = archive.passages[article_id][row]
        text = archive.article(article_id).text[start:end]
        passage = Passage(id=f"{article_id}:{start}-{end}", article_id=article_id, start=start, end=end, text=text)
        return Hit(passage=passage, score=1 / rank, rank=rank, stage="fused")

    return make


def case(id_, answers=(), sources=(), **more):
    gold = [{"source": source, "quote": quote} for source, quote in sources]
    return {"id": id_, "question": f"{id_}?", "answers": list(answers), "sources": gold, **more}


@pytest.fixture
def write_suite(tmp_path):
    def write(*records, name="suite.jsonl"):
        path = tmp_path / name
        path.write_text(
            "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in records), encoding="utf-8"
        )
        return path

    return write


@pytest.fixture
def suite(write_suite, articles):
    fall = "Luna-25 jatuh ke bulan."
    return load(
        write_suite(
            case(
                "fall",
                ["bulan"],
                [("moon.txt", fall), ("ship.txt", "Menurut laporan, Luna-25 jatuh ke bulan.")],
                kind="where",
                tags=["factoid"],
            ),
            case("day", ["11 Agustus"], [("moon.txt", "Peluncuran pada 11 Agustus.")], kind="when", language="en"),
            case("cook", kind="who", tags=["unanswerable"]),
            case("next", kind="when", history=[{"question": "a?", "answer": "b"}]),
        ),
        articles,
    )


class Scripted:
    """Answers each question from a dictionary; an exception in it is raised."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def ask(self, question, history=()):
        self.asked.append((question, tuple(history)))
        found = self.answers[question]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def answers(cite, hit):
    """A run in which everything is right."""
    trace = Trace(index="i1", settings="s1", models=(("reader", "scripted"),))
    gone = {"abstained": True, "reason": "not-in-articles", "trace": trace, "language": "id"}
    return {
        "fall?": Answer(
            question="fall?", language="id", text="Luna-25 jatuh ke bulan. [1]", short="bulan", trace=trace, confidence=0.9,
            citations=(cite("moon.txt", "Luna-25 jatuh ke bulan."),), hits=(hit("ship", 0, 1), hit("moon", 0, 2), hit("ship", 1, 3)),
        ),
        "day?": Answer(
            question="day?", language="en", text="Peluncuran pada 11 Agustus. [1]", short="11 Agustus", trace=trace, confidence=0.8,
            citations=(cite("moon.txt", "Peluncuran pada 11 Agustus."),), hits=(hit("moon", 1, 1),),
        ),
        "cook?": Answer(question="cook?", **gone),
        "next?": Answer(question="next?", **gone),
    }  # fmt: skip


@pytest.fixture
def scripted():
    return Scripted
