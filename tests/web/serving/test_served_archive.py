"""The archive behind a server: the assistant's own, and whoever serves it hears of each change."""

from __future__ import annotations

import dataclasses

import pytest

from qa.assistant import Assistant
from qa.corpus.reading.read import article_of
from qa.errors import CorpusError
from qa.settings import load
from qa.web.serving import opened
from qa.web.serving.served_archive import ServedArchive

ARTICLE = "Pasar Cempaka di Kota Melati dibuka pada 4 Maret 2024 oleh Wali Kota Rahmat Saleh.\n"
ASKED = "Kapan Pasar Cempaka dibuka?"


@pytest.fixture
def own(tmp_path, root):
    """An index that the test may write to."""
    settings = load({"indexes": tmp_path, "index": "own"})
    Assistant.build([root / "seeds"], "own", settings=settings)
    return settings


def test_what_is_looked_at_is_the_assistants(assistant):
    served = ServedArchive(assistant, lambda added: pytest.fail(f"nothing was changed, {added} were told"))
    rows = served.articles()
    assert (served.name, served.settings, rows) == (assistant.name, assistant.settings, assistant.articles())
    assert [served.article(row.id) for row in rows] == [assistant.article(row.id) for row in rows]
    assert [served.copies(row.id) for row in rows] == [assistant.copies(row.id) for row in rows]
    assert served.timeline("Putin") == assistant.timeline("Putin")
    assert served.timeline("Putin")
    assert served.brief(0) == assistant.brief(0)


def test_each_change_is_reported_with_what_it_added_and_one_that_failed_is_not(own, tmp_path):
    (tmp_path / "pasar.txt").write_text(ARTICLE, encoding="utf-8")
    told: list[int] = []
    served = ServedArchive(Assistant.open(settings=own), told.append)
    served.add([tmp_path / "pasar.txt"])
    (id_,) = [row.id for row in served.articles() if row.source == "pasar.txt"]
    served.put([dataclasses.replace(served.article(id_), outlet="Koran Melati")])
    assert served.article(id_).outlet == "Koran Melati"
    assert served.remove([id_]) == 1
    with pytest.raises(CorpusError):
        served.remove([id_])
    assert told == [1, 0, 0]


def test_no_kept_answer_outlives_a_correction_or_a_removal(own, tmp_path):
    (tmp_path / "pasar.txt").write_text(ARTICLE, encoding="utf-8")
    with opened(own) as made:
        made.add([tmp_path / "pasar.txt"])
        first = made.ask(ASKED)
        (id_,) = {each.article_id for each in first.citations}
        made.put([article_of(ARTICLE.replace("4 Maret", "9 April"), "pasar.txt", article_id=id_)])
        assert "9 April" in made.ask(ASKED).citations[0].quote
        made.remove([id_])
        assert id_ not in {each.article_id for each in made.ask(ASKED).citations}


def test_what_the_page_asks_for_itself_changes_the_same_archive(own, tmp_path):
    (tmp_path / "pasar.txt").write_text(ARTICLE, encoding="utf-8")
    with opened(own) as made:
        assert made.ask(ASKED).abstained
        made.plain.add([tmp_path / "pasar.txt"])
        assert made.ask(ASKED).citations[0].source == "pasar.txt"
