"""What narrows a question: set by what a browser sends, and by nothing that it should not send."""

from __future__ import annotations

from datetime import date

from qa.web.narrowing.filters import Narrowing, changed, from_json, standing, to_json


def test_days_outlets_and_articles_are_set_and_taken_away(fake):
    now = changed(Narrowing(), "since", "2024-03-01", fake)
    now = changed(now, "outlet", "Koran Uji", fake)
    now = changed(now, "article", "hujan", fake)
    assert now.only() == {"since": date(2024, 3, 1), "outlet": ("Koran Uji",), "articles": ("hujan",)}
    assert changed(now, "-outlet", "Koran Uji", fake).outlets == ()
    assert changed(now, "-article", "hujan", fake).articles == ()
    assert changed(now, "-since", "", fake).since is None
    assert not changed(now, "clear", "", fake)


def test_days_that_cross_are_swapped(fake):
    now = changed(Narrowing(since=date(2024, 3, 1)), "until", "2024-01-01", fake)
    assert (now.since, now.until) == (date(2024, 1, 1), date(2024, 3, 1))


def test_what_no_page_of_ours_sends_changes_nothing(fake):
    now = Narrowing(outlets=("Koran Uji",))
    for what, value in [("outlet", "Tempo"), ("outlet", ""), ("article", "../etc"), ("drop", "x"), ("", "")]:
        assert changed(now, what, value, fake) == now
    assert changed(now, "since", "31-02-2024", fake).since is None


def test_it_is_kept_with_a_conversation_and_read_back_without_trust():
    now = Narrowing(since=date(2024, 3, 1), until=date(2024, 3, 2), outlets=("A",), articles=("x",))
    assert from_json(to_json(now)) == now
    assert from_json(to_json(Narrowing())) == Narrowing()
    for told in (None, [], {"since": 3, "outlets": "A", "articles": [1, "x"]}):
        assert from_json(told) in {Narrowing(), Narrowing(articles=("x",))}


def test_what_the_archive_no_longer_has_narrows_nothing(fake):
    now = Narrowing(outlets=("Koran Uji", "Weg"), articles=("pasar", "weg"))
    assert standing(now, fake) == Narrowing(outlets=("Koran Uji",), articles=("pasar",))


def test_the_list_shows_what_is_asked(fake):
    pasar, hujan = fake.articles()
    now = Narrowing(since=date(2024, 3, 4), until=date(2024, 3, 4))
    assert now.holds(pasar)
    assert not now.holds(hujan)  # a day that is not known lies between no two days
    assert not Narrowing(until=date(2024, 3, 3)).holds(pasar)
    assert not Narrowing(outlets=("Tempo",)).holds(pasar)
    assert Narrowing().holds(hujan)
