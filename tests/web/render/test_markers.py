"""The numbers in an answer's text: the citations' own, never an article's."""

from __future__ import annotations

from qa.web.render.markers import markers, pieces


def test_a_number_is_cut_out_where_a_citation_has_it(fake, citation_from):
    citation = citation_from(fake.shelf[0], "Pasar itu memiliki 320 kios.")
    assert pieces("Pasar itu memiliki 320 kios. [1] [7]", (citation,)) == ("Pasar itu memiliki 320 kios.", 1, " [7]")


def test_a_number_inside_the_quoted_words_is_the_articles_own(article_from, citation_from):
    article = article_from("a", "Lihat lampiran [1] di sini.")
    citation = citation_from(article, article.text)
    text = f"{article.text} [1]"
    assert list(markers(text, (citation,))) == [len(article.text) + 1]
    assert pieces("", ()) == ()
