from __future__ import annotations

from collections import defaultdict

from qa.corpus.entities.short_forms import Local, home, initialled, tails


def local(name, **evidence):
    return Local(tuple(name.casefold().split()), forms={name: 1}, **evidence)


def by_word(*names):
    found = defaultdict(list)
    for one in names:
        for word in one.key:
            found[word].append(one)
    return found


JOKO, MAKMUR, IRIANA = local("Joko Widodo", person=2), local("Widodo Makmur", person=1), local("Iriana Joko Widodo", person=1)


def test_a_surname_goes_to_the_one_name_that_has_it():
    assert home(local("Widodo"), by_word(JOKO)) == JOKO.key
    assert home(local("Widodo", person=1), by_word(JOKO, MAKMUR)) is None
    assert home(local("Widodo", person=1), by_word(JOKO, IRIANA)) is None


def test_a_name_is_no_short_form_of_one_with_words_before_it():
    assert home(JOKO, by_word(IRIANA)) == JOKO.key
    assert home(local("Budi Karya", person=1), by_word(local("Budi Karya Sumadi", person=1))) == ("budi", "karya", "sumadi")


def test_a_place_and_initials_are_themselves():
    club = local("Persija Jakarta", person=1)
    assert home(local("Jakarta", place=2), by_word(club)) == ("jakarta",)
    assert home(Local(("KPK",), forms={"KPK": 1}), by_word(local("KPK Banten"))) == ("KPK",)


def test_an_initial_goes_to_the_names_that_it_may_stand_for():
    full = local("Muhammad Rullyandi")
    assert initialled(local("M Rullyandi"), by_word(full)) == [full]
    assert initialled(local("A Rullyandi"), by_word(full)) == []


def test_a_club_before_a_name_is_cut_where_it_is_used_as_one():
    klopp, liverpool = local("Jurgen Klopp", person=1), local("Liverpool", place=1)
    glued = Local(("liverpool", "jurgen", "klopp"), forms={"Liverpool Jurgen Klopp": 1}, glued=1)
    names = {one.key: one for one in (klopp, liverpool, glued)}
    assert tails(names) == {glued.key: klopp.key}
    liverpool.person, liverpool.place = 1, 0
    assert tails(names) == {}
