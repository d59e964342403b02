"""One body of tests over every engine, from an assistant's side: the index's own files, and Milvus over TCP."""

from __future__ import annotations

import pytest

from qa.answer.verify.verify import check
from qa.assistant import Assistant
from qa.settings import load

pytestmark = pytest.mark.filterwarnings("ignore")


def test_answers_are_cited_and_stand_in_their_articles(built):
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
