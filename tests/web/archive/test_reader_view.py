"""What is shown below an article."""

from __future__ import annotations

from qa.web.archive.reader_view import change_html, extras_html
from qa.web.wording.languages import words

ID = words("id")


def test_quotations_lead_to_their_very_words_and_hostile_facts_stay_text(fake, article_from):
    article = fake.article("pasar")
    html = extras_html(article, (), ID, edit=False)
    assert "Siti Rahma" in html
    at = html.index('data-start="') + len('data-start="')
    start = int(html[at : html.index('"', at)])
    assert article.text[start:].startswith("Pedagang senang sekali")
    assert 'data-ask-this="pasar"' in html
    hostile = article_from("x", "isi", title='"><script>', outlet="<b>")
    assert "<script" not in change_html(hostile, ID)


def test_an_article_without_quotations_or_copies_has_no_empty_lists(fake):
    html = extras_html(fake.article("hujan"), (), ID, edit=False)
    assert "<details" not in html


def test_copies_open_with_outlet_and_day(fake):
    html = extras_html(fake.article("hujan"), fake.articles()[:1], ID, edit=True)
    assert 'data-open-article="pasar"' in html
    assert "Koran Uji · 4 Maret 2024" in html
    assert "Salinan (1)" in html
