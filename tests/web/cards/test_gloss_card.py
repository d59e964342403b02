"""Glosses for English readers over Indonesian articles."""

from __future__ import annotations

from dataclasses import replace

from qa.web.cards.gloss_card import gloss_html
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def test_an_english_page_says_that_the_articles_are_indonesian_and_glosses_their_words(fake):
    answer = fake.ask("Siapa yang membuka Pasar Minggu pada Senin?")
    html = gloss_html(answer, EN)
    assert "This answer is from Indonesian articles." in html
    assert "not a translation" in html
    assert "[1]" in html
    assert "Monday" in html
    assert "4/3/2024" in html
    assert gloss_html(answer, ID) == ""


def test_english_words_are_not_glossed(fake, article_from, citation_from):
    article = article_from("en", "The mayor opened the market on Monday and thanked the traders.")
    fake.shelf.append(article)
    answer = replace(fake.ask("Siapa yang membuka Pasar Minggu pada Senin?"), citations=(citation_from(article, article.text),))
    assert gloss_html(answer, EN) == ""
