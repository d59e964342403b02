"""One body of tests over every engine, from an assistant's side: the index's own files, and Milvus over TCP."""

from __future__ import annotations

import uuid

import pytest

from qa.answer.verify.verify import check
from qa.assistant import Assistant
from qa.cli import main
from qa.corpus.reading.read import article_of
from qa.settings import load

pytestmark = pytest.mark.filterwarnings("ignore")


def test_answers_are_cited_and_are_in_their_articles(built):
    answer = built.ask("Berapa biaya pembangunan jembatan Kenanga?")
    assert answer.citations
    assert not check(answer, built.article)


def test_what_is_added_is_found_what_is_changed_is_new_and_what_is_removed_is_gone(own, tmp_path, make_article, make_records):
    assistant = own(range(12))
    news = make_article(3, more="Penjaga pintu bernama Zulkarnain Hadiputra.")
    assistant.add([make_records(tmp_path / "new.jsonl", [make_article(100), news])])
    assert assistant.generation.n_articles == 13
    assert {hit.passage.article_id for hit in assistant.search("museum Melati ke-100", read=False)} >= {"a100"}
    first = assistant.search("penjaga pintu Zulkarnain Hadiputra", read=False)[0].passage
    assert first.article_id == "a3"
    assert len(assistant.generation.lexical.search(["zulkarnain"], 10)) == 1
    vector = assistant._encoder.question("pasar Melati")
    found = assistant.generation.vectors.search(vector, 10**4)
    assert len(found) == assistant.generation.n_passages  # nothing of the older article is left
    assistant.remove(["a3"])
    assert assistant.generation.lexical.search(["zulkarnain"], 10) == []
    assert "a3" not in {hit.passage.article_id for hit in assistant.search("penjaga pintu Zulkarnain", read=False)}


def test_two_corpora_on_one_server_do_not_see_each_other(own, questions):
    one, other = own(range(6)), own(range(50, 56))
    assert one.name != other.name
    for assistant, ids in ((one, range(6)), (other, range(50, 56))):
        found = {hit.passage.article_id for question in questions for hit in assistant.search(question, read=False)}
        assert found <= {f"a{number}" for number in ids}


def test_a_question_to_chosen_articles_finds_these_alone(built, questions):
    chosen = ("a3", "a17")
    for question in questions:
        found = [hit.passage.article_id for hit in built.search(question, read=False, articles=chosen)]
        assert set(found) <= set(chosen)
    assert set(found) == set(chosen)
    assert {hit.passage.article_id for hit in built.search(question, read=False)} - set(chosen)


def test_an_article_that_is_put_again_is_found_as_it_is_now(own, make_article):
    assistant = own(range(6))
    text = make_article(2)["text"] + "Penjaga pintu bernama Zulkarnain Hadiputra.\n"
    assistant.put([article_of(text, "kiriman.txt", article_id="a2")])
    assert assistant.generation.n_articles == 6
    assert assistant.search("penjaga pintu Zulkarnain Hadiputra", read=False)[0].passage.article_id == "a2"
    assert assistant.copies("a2") == ()
    assert assistant.brief(0).articles == 6


def test_a_folder_that_is_synchronised_and_an_index_in_one_piece_are_searched_where_the_index_is(
    options, tmp_path, make_article, make_records, capsys
):
    name, folder, place = f"s{uuid.uuid4().hex[:8]}", tmp_path / "articles", ["--indexes", str(tmp_path / "indexes")]
    folder.mkdir()
    told = [*place, "--index", name, *(["--store", options["store.url"]] if "store.url" in options else [])]
    for number in range(2):  # the second time an addition
        make_records(folder / f"{number}.jsonl", [make_article(10 * number + each) for each in range(4)])
        assert main(["sync", str(folder), *told]) == 0, capsys.readouterr().err
    settings = load(options | {"indexes": tmp_path / "indexes", "index": name})
    found = Assistant.open(settings=settings).search("museum Melati", read=False)
    assert main(["compact", *told]) == 0, capsys.readouterr().err
    again = Assistant.open(settings=settings)
    assert again.generation.n_articles == 8
    assert {hit.passage.article_id for hit in again.search("museum Melati", read=False)} == {
        hit.passage.article_id for hit in found
    }


def test_opened_again_it_answers_as_it_was_built(built, options, questions):
    again = Assistant.open(settings=load(options))
    for question in questions:
        assert again.search(question, read=False) == built.search(question, read=False)


@pytest.fixture
def files(built, options):
    """The same index, searched in its own files."""
    return Assistant.open(settings=load({name: value for name, value in options.items() if name != "store.url"}))


def test_the_top_ten_are_those_of_the_index_here(built, files, questions):
    shared = total = 0
    for question in questions:
        here, there = ({hit.passage.id for hit in each.search(question, read=False)[:10]} for each in (files, built))
        shared, total = shared + len(here & there), total + len(here)
    assert shared / total >= 0.95
