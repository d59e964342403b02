"""An English question searches Indonesian articles with Indonesian words beside its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.language.question.understand import understand
from qa.retrieve.search import _dense, _lexical, search


def passages(ranking, generation) -> list[str]:
    return [generation.articles.passage(row).text for row, _ in ranking]


@pytest.fixture
def asked(assistant):
    def ask(question):
        return understand(question, vocabulary=assistant.generation.articles.vocabulary())

    return ask


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which satellites did the first launch put into orbit?", "satelit"),
        ("How many hours did the leaders spend at the base?", "jam"),
        ("Why was the decree signed?", "dekrit"),
    ],
)
def test_words_that_english_does_not_share_are_found(question, word, asked, assistant, seeds_settings):
    query = asked(question)
    found = _lexical(query, assistant.generation, seeds_settings.retrieve.top, None)
    assert any(word in text.lower() for text in passages(found[:5], assistant.generation))


def test_without_a_gloss_nothing_is_added(asked, assistant, seeds_settings):
    query = replace(asked("Why was the decree signed?"), gloss="")
    found = _lexical(query, assistant.generation, seeds_settings.retrieve.top, None)
    assert not any("dekrit" in text for text in passages(found, assistant.generation))


def test_an_english_article_is_still_found_by_its_own_words(tmp_path):
    from qa.assistant import Assistant
    from qa.settings import load

    (tmp_path / "a.txt").write_text(
        "The harbour of Calder was closed after the storm. Fishermen waited for days.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("Pelabuhan itu ramai. Para nelayan menjual ikan di pasar setiap hari.", encoding="utf-8")
    settings = load({"indexes": tmp_path / "indexes"})
    small = Assistant.build([tmp_path / "a.txt", tmp_path / "b.txt"], "small", settings=settings)
    query = understand("When was the harbour closed by the storm?", vocabulary=small.generation.articles.vocabulary())
    hits = search(query, small.generation, small._encoder, settings.retrieve)
    nearest = _dense(query, small.generation, small._encoder, settings.retrieve.top, None)
    assert "harbour" in hits[0].passage.text
    assert "harbour" in passages(nearest, small.generation)[0]
