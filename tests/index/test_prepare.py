from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from qa.corpus.clean import masked, with_repeated
from qa.errors import StoreError
from qa.index import prepare
from qa.index.prepare import prepare_all
from qa.schema import Article, Mask


def article(n: int) -> Article:
    text = f"Baca juga: berita {n}\nPresiden ke-{n} tiba pukul 7:09 \U0001f680 di Jakarta. “Kami siap,” katanya.\nHarga naik {n} persen.\u2028Selesai é."
    return Article(
        id=f"id {n}\t", text=text, source=f"f{n}.jsonl:{n}", sha256=hashlib.sha256(text.encode()).hexdigest(), title=f"Judul “{n}”",
        outlet="Antara", author="Ani", published=date(2024, 2, 29) if n % 2 else None, url="https://x.example", masks=(Mask(start=0, end=20, rule="read-also"),),
    )  # fmt: skip


def uncut(articles):
    return ((each, frozenset()) for each in articles)


def test_workers_give_what_one_process_gives_in_the_same_order(monkeypatch):
    monkeypatch.setattr(prepare, "ALONE", 10)
    monkeypatch.setattr(prepare, "CHUNK", 7)
    wordless = Article(id="*", text="* * *", source="*", sha256="")
    articles = [article(n) for n in range(60)] + [wordless]
    assert list(prepare_all(uncut(articles), 150, workers=2)) == list(prepare_all(uncut(articles), 150, workers=0))


def test_workers_mask_what_is_masked_here(monkeypatch):
    monkeypatch.setattr(prepare, "ALONE", 2)
    line = "Kabar dari kami untuk kamu semua"
    articles = [
        replace(article(n), masks=(), text=f"{line}\nIsi nomor {n} lain sekali.\nBaca juga: berita {n}\nTamat {n}.")
        for n in range(9)
    ]
    made = prepare_all(with_repeated(articles), 150, [line, "read-also"], workers=2)
    assert [each.article for each in made] == masked(articles, [line, "read-also"])
    made = prepare_all(with_repeated(articles), 150, workers=2)
    assert {mask.rule for each in made for mask in each.article.masks} >= {"repeated", "read-also"}


def test_a_short_stream_starts_no_process(monkeypatch):
    monkeypatch.setattr(prepare, "_Worker", None)
    assert len(list(prepare_all(uncut(map(article, range(20))), 150, workers=2))) == 20


def test_contexts_and_terms_go_with_the_passages():
    (made,) = prepare_all(uncut([article(3)]), 150)
    assert len(made.passages) == len(made.contexts) == len(made.terms) >= 1
    for passage, context, terms in zip(made.passages, made.contexts, made.terms, strict=True):
        assert context == f"{made.article.title} — {passage.text}"
        assert "judul" in terms
        assert made.article.text[passage.start : passage.end] == passage.text
        assert passage.start >= 20


def test_an_article_without_passages_is_kept():
    text = "Baca juga"
    empty = Article(id="x", text=text, source="x", sha256="", masks=(Mask(start=0, end=9, rule="read-also"),))
    assert [(made.passages, made.contexts, made.terms) for made in prepare_all(uncut([empty]), 150)] == [((), (), ())]


def test_a_worker_that_dies_is_an_error_naming_its_articles(monkeypatch):
    monkeypatch.setattr(prepare, "ALONE", 2)
    monkeypatch.setattr(prepare, "_pack", lambda article: ["too", "short"])
    with pytest.raises(StoreError, match=r"f0\.jsonl:0.*ValueError"):
        list(prepare_all(uncut(map(article, range(5))), 150, workers=1))


def test_an_error_in_the_stream_is_the_streams_own_and_ends_the_workers(monkeypatch):
    monkeypatch.setattr(prepare, "ALONE", 2)
    monkeypatch.setattr(prepare, "CHUNK", 2)

    def stream():
        yield from (article(n) for n in range(9))
        raise OSError("unplugged")

    with pytest.raises(OSError, match="unplugged"):
        list(prepare_all(uncut(stream()), 150, workers=2))


def test_reading_does_not_run_far_ahead_of_writing(monkeypatch):
    monkeypatch.setattr(prepare, "ALONE", 2)
    monkeypatch.setattr(prepare, "CHUNK", 4)
    read = []

    def stream():
        for n in range(200):
            read.append(n)
            yield article(n)

    prepared = prepare_all(uncut(stream()), 150, workers=2)
    next(prepared)
    assert len(read) < 60
    prepared.close()
