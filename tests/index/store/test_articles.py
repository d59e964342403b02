from __future__ import annotations

import gc
import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import CorpusError, DuplicateError, IndexBrokenError
from qa.index.store.articles import Articles, ArticleWriter, Listing
from qa.schema import Article, Mask, Passage


def article(id_: str, text: str, **more) -> Article:
    return Article(id=id_, text=text, source=f"{id_}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), **more)


def passages(of: Article, *spans: tuple[int, int]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            id=f"{of.id}:{a}-{b}",
            article_id=of.id,
            start=a,
            end=b,
            text=of.text[a:b],
            title=of.title,
            outlet=of.outlet,
            published=of.published,
        )
        for a, b in spans
    )


A = article(
    "a",
    "Baca juga: lain.\nKim tiba di Rusia. Ia naik kereta.",
    title="Kim tiba",
    outlet="Kontan",
    author="Budi",
    published=date(2023, 9, 13),
    url="https://kontan.example/a",
    masks=(Mask(start=0, end=16, rule="read-also"),),
)
B = article("b", "Pasar naik. \U0001f680\U0001f680 Harga beras turun.", outlet="Tribunnews", published=date(2023, 9, 14))
C = article("c", "Tanpa tanggal.", outlet="kontan")
EMPTY = article("kosong", "Menu", masks=(Mask(start=0, end=4, rule="menu"),))
PASSAGES = {"a": passages(A, (17, 35), (36, 51)), "b": passages(B, (0, 11), (12, 33)), "c": passages(C, (0, 14)), "kosong": ()}


@pytest.fixture
def folder(tmp_path):
    with ArticleWriter(tmp_path) as writer:
        for each in (A, B, EMPTY, C):
            writer.add(each, PASSAGES[each.id], [p.text.lower().replace(".", "").split() for p in PASSAGES[each.id]])
    return tmp_path


@pytest.fixture
def articles(folder):
    opened = Articles(folder)
    yield opened
    opened.close()


def test_an_article_comes_back_equal_in_every_field(articles):
    for each in (A, B, C, EMPTY):
        assert articles.article(each.id) == each


def test_rows_count_from_zero_in_the_order_of_writing(articles):
    assert [articles.passage(row) for row in range(5)] == [*PASSAGES["a"], *PASSAGES["b"], *PASSAGES["c"]]
    assert (len(articles), articles.n_passages) == (4, 5)
    assert articles.rows_of("b") == range(2, 4)
    assert articles.rows_of("kosong") == range(4, 4)


def test_passages_come_in_the_order_asked_and_may_repeat(articles):
    asked = [3, 0, 3, 4]
    assert articles.passages(asked) == [articles.passage(row) for row in asked]
    assert articles.passages([]) == []


def test_more_rows_than_one_statement_can_bind_are_fetched_in_batches(tmp_path):
    long = article("panjang", "ab" * 3000)
    with Articles.write(tmp_path, [(long, passages(long, *((2 * i, 2 * i + 2) for i in range(3000))))]) as opened:
        rows = list(range(2999, -1, -1))
        assert [p.start for p in opened.passages(rows)] == [2 * row for row in rows]


@pytest.mark.parametrize("row", [-1, 5, 10**12])
def test_a_row_that_is_not_there_is_an_index_error_naming_it(articles, row):
    with pytest.raises(IndexError, match=str(row)):
        articles.passage(row)


def test_an_unknown_id_is_named(articles):
    for lookup in (articles.article, articles.rows_of):
        with pytest.raises(CorpusError, match="'nihil'"):
            lookup("nihil")


def test_the_listing_has_everything_but_the_text(articles):
    assert articles.articles()[0] == Listing(
        id="a", title="Kim tiba", outlet="Kontan", published=date(2023, 9, 13), source="a.txt", passages=2, length=34
    )
    assert [row.id for row in articles.articles()] == ["a", "b", "kosong", "c"]


def test_the_stream_gives_everything_in_the_order_of_the_rows(articles):
    assert [articles.numbered(number)[:2] for number in range(len(articles))] == [
        (each, list(PASSAGES[each.id])) for each in (A, B, EMPTY, C)
    ]


def test_a_window_has_both_its_days_and_no_article_without_one(articles):
    assert list(articles.rows_in((date(2023, 9, 13), date(2023, 9, 14)))) == [0, 1, 2, 3]
    assert list(articles.rows_in((date(2023, 9, 14), date(2023, 9, 14)))) == [2, 3]
    assert list(articles.rows_in((date(2020, 1, 1), date(2020, 1, 2)))) == []


def test_outlets_filter_whatever_their_case_and_together_with_a_window(articles):
    assert list(articles.rows_in(None, ["KONTAN"])) == [0, 1, 4]
    assert list(articles.rows_in((date(2023, 1, 1), date(2023, 12, 31)), ["kontan"])) == [0, 1]
    assert list(articles.rows_in(None, ["tidak ada"])) == []


def test_no_filter_is_none_and_not_every_row(articles):
    assert articles.rows_in(None, ()) is None


def test_the_vocabulary_counts_passages_and_not_occurrences(tmp_path):
    each = article("x", "kereta kereta. kereta api")
    with ArticleWriter(tmp_path) as writer:
        writer.add(each, passages(each, (0, 14), (15, 25)), [["kereta", "kereta"], ["kereta", "api"]])
    with Articles(tmp_path) as opened:
        assert dict(opened.vocabulary()) == {"kereta": 2, "api": 1}
        assert opened.vocabulary() is opened.vocabulary()  # correction keeps its own tables by identity


def test_outlets_are_listed_once(articles):
    assert articles.outlets() == ("Kontan", "Tribunnews", "kontan")


def test_the_same_id_twice_is_refused(tmp_path):
    with pytest.raises(DuplicateError, match=r"a\.txt.*'a'"):
        Articles.write(tmp_path, [(A, PASSAGES["a"]), (B, ()), (A, ())])


def test_a_passage_that_is_not_its_articles_text_is_refused(tmp_path):
    moved = Passage(id="a:0-3", article_id="a", start=0, end=3, text="xyz")
    with pytest.raises(CorpusError, match="a:0-3"), ArticleWriter(tmp_path) as writer:
        writer.add(A, [moved])


def test_half_a_character_is_refused_with_its_place(tmp_path):
    broken = Article(id="s", text="ab\ud800", source="s.jsonl:3", sha256="")
    with pytest.raises(CorpusError, match=r"s\.jsonl:3.*at 2"), ArticleWriter(tmp_path) as writer:
        writer.add(broken, ())


def test_a_missing_or_overwritten_file_is_broken_and_named(tmp_path, folder):
    with pytest.raises(IndexBrokenError, match=r"articles\.sqlite is missing"):
        Articles(tmp_path / "none")
    (folder / "articles.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(IndexBrokenError, match=r"articles\.sqlite"):
        Articles(folder)


def test_nothing_can_be_written_through_an_opened_file(articles):
    with pytest.raises(IndexBrokenError, match="readonly"):
        articles._all("DELETE FROM articles")


def test_many_threads_read_one_store(articles):
    expected = [articles.passage(row) for row in range(5)]
    with ThreadPoolExecutor(8) as pool:
        for got in pool.map(lambda _: [articles.passage(row) for row in range(5)], range(64)):
            assert got == expected


def test_an_opened_store_continues_after_its_folder_was_deleted(folder):
    with Articles(folder) as opened:
        shutil.rmtree(folder)
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(opened.article, "abc")) == [A, B, C]


def test_a_store_that_is_let_go_closes_its_file(folder):
    opened = Articles(folder)
    del opened
    gc.collect()  # a ResourceWarning would fail this test


def test_a_folder_with_marks_of_a_web_address_in_its_name_opens(tmp_path):
    odd = tmp_path / "a?b#c %20é"
    odd.mkdir()
    with Articles.write(odd, [(A, PASSAGES["a"])]) as opened:
        assert opened.article("a") == A


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_any_span_of_any_text_comes_back_letter_for_letter(tmp_path_factory, text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    each = article("x", text)
    with Articles.write(tmp_path_factory.mktemp("span"), [(each, passages(each, (start, end)))]) as opened:
        assert opened.article("x").text == text
        assert opened.passage(0).text == text[start:end]
