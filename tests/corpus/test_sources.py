from __future__ import annotations

from qa.corpus.sources import Source, counted, independent


def test_outlets_of_their_own_are_independent():
    assert independent([Source(article_id="a", outlet="A"), Source(article_id="b", outlet="B")]) == (2, 0)


def test_near_copies_are_one_source():
    copies = [Source(article_id=id_, outlet=id_.upper(), story="a") for id_ in "abc"]
    assert independent([*copies, Source(article_id="d", outlet="D")]) == (2, 2)


def test_the_same_article_twice_is_one_source_and_no_copy():
    assert independent([Source(article_id="a", outlet="A"), Source(article_id="a", outlet="A")]) == (1, 0)


def test_two_that_have_it_from_one_agency_are_one_source():
    one = Source(article_id="a", outlet="A", text="ujarnya seperti dilansir The Guardian yang mengutip Reuters.")
    two = Source(article_id="b", outlet="B", text="Melansir Reuters, menteri itu mundur.")
    assert independent([one, two]) == (1, 1)


def test_one_that_has_it_from_the_other_outlet_is_no_second_source():
    assert independent(
        [
            Source(article_id="a", outlet="Kompas.com"),
            Source(article_id="b", outlet="B", text="Dikutip dari Kompas, hujan turun."),
        ]
    ) == (1, 1)


def test_articles_without_an_outlet_are_not_one_because_of_it():
    assert independent([Source(article_id="a"), Source(article_id="b")]) == (2, 0)


def test_the_count_is_said_in_words():
    many = [Source(article_id=str(n), outlet=str(n)) for n in range(3)]
    many += [Source(article_id="x", outlet="X", story="s"), Source(article_id="y", outlet="0", story="s")]
    assert counted(many) == "3 sumber independen, 2 salinan"
    assert counted(many[:1], "en") == "1 independent source"
