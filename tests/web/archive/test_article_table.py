"""The archive's list and the files that are dropped on it."""

from __future__ import annotations

from qa.assistant import Added
from qa.corpus.reading.read import Skipped
from qa.errors import IndexBusyError
from qa.web.archive.article_table import LISTED, Order, adding, listing_html, matching, ordered
from qa.web.narrowing.filters import Narrowing
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.languages import words

ID = words("id")


def test_the_list_opens_each_article_by_its_id(fake):
    html = listing_html(fake, "", ID)
    assert 'data-article="pasar"' in html
    assert "4 Maret 2024" in html
    assert "hujan.txt" in html


def test_the_filter_wants_every_word_somewhere_whatever_the_case(fake):
    rows = fake.articles()
    assert [row.id for row in matching(rows, "KORAN minggu")] == ["pasar"]
    assert [row.id for row in matching(rows, "2024-03")] == ["pasar"]
    assert len(matching(rows, "  ")) == 2
    assert ID.none_match in listing_html(fake, "zzz", ID)


def test_a_large_archive_lists_its_first_rows_and_says_how_many_there_are(fake):
    fake.shelf *= LISTED
    html = listing_html(fake, "", ID)
    assert html.count("data-article") == LISTED
    assert f"{LISTED} dari {2 * LISTED} artikel" in html


def test_an_empty_archive_says_so(make_fake):
    assert ID.archive_empty in listing_html(make_fake([]), "", ID)


def test_an_untitled_article_is_listed_by_its_first_words(make_fake, article_from):
    assert ">Gunung Salak meletus.<" in listing_html(make_fake([article_from("x", "Gunung Salak meletus.")]), "", ID)


def test_a_hostile_title_is_listed_as_text(fake, article_from):
    fake.shelf.append(article_from("x", "isi", title="<script>alert(1)</script>"))
    assert "<script" not in listing_html(fake, "", ID)


def test_adding_shows_progress_and_then_what_came_in_and_what_did_not_and_why(fake, tmp_path):
    good, bad = tmp_path / "baru.txt", tmp_path / "<foto>.png"
    good.write_text("Gunung Salak meletus.", encoding="utf-8")
    bad.write_bytes(b"\x89PNG")
    steps = list(adding(fake, [good, bad], ID))
    assert "<progress" in steps[0]
    assert ID.added.format(n=1) in steps[-1]
    assert "&lt;foto&gt;.png" in steps[-1]
    assert "simpan sebagai .txt" in steps[-1]
    assert fake.article("baru").text == "Gunung Salak meletus."


def test_adding_nothing_that_can_be_read_is_no_success(fake, tmp_path):
    bad = tmp_path / "foto.png"
    bad.write_bytes(b"\x89PNG")
    *_, last = adding(fake, [bad], ID)
    assert ID.added_none in last
    assert 'class="report none"' in last


def test_a_file_that_the_archive_has_already_is_not_passed_over_beside_one_that_is_skipped(fake, tmp_path):
    bad = tmp_path / "foto.png"
    bad.write_bytes(b"\x89PNG")
    fake.add = lambda paths, **_: Added(articles=0, passages=0, skipped=(Skipped(source="foto.png", why="is binary, not text"),))
    *_, last = adding(fake, [tmp_path / "ada.txt", bad], ID)
    assert ARCHIVE["id"].already in last
    assert "foto.png" in last


def test_an_addition_that_fails_gives_a_message(fake, tmp_path):
    def add(paths, *, on_skip=None, progress=None):
        raise IndexBusyError("indeks sedang ditulis. Cure: coba lagi")

    fake.add = add
    *_, last = adding(fake, [tmp_path / "x.txt"], ID)
    assert "indeks sedang ditulis. Cure: coba lagi" in last
    assert 'role="alert"' in last


def test_an_addition_that_fails_unexpectedly_hides_its_insides(fake, tmp_path):
    def add(paths, *, on_skip=None, progress=None):
        raise ZeroDivisionError("rahasia")

    fake.add = add
    *_, last = adding(fake, [tmp_path / "x.txt"], ID)
    assert "ZeroDivisionError" in last
    assert "rahasia" not in last


def test_a_click_on_a_head_sorts_up_then_down_then_not_and_what_is_empty_comes_last(fake):
    up = Order().after("day")
    assert (up.column, up.down) == ("day", False)
    assert up.after("day").down
    assert up.after("day").after("day") == Order()
    assert up.after("weight") == up
    assert [row.id for row in ordered(fake.articles(), up)] == ["pasar", "hujan"]
    assert [row.id for row in ordered(fake.articles(), up.after("day"))] == ["pasar", "hujan"]  # the other has no day
    assert [row.id for row in ordered(fake.articles(), Order(column="title"))] == ["hujan", "pasar"]
    assert [row.id for row in ordered(fake.articles(), Order(column="length", down=True))] == ["pasar", "hujan"]
    html = listing_html(fake, "", ID, order=up)
    assert 'aria-sort="ascending"' in html
    assert html.count('aria-sort="none"') == 4


def test_the_list_shows_what_is_narrowed_to_and_marks_what_is_chosen(fake):
    html = listing_html(fake, "", ID, Narrowing(outlets=("Koran Uji",), articles=("pasar",)))
    assert 'data-article="hujan"' not in html
    assert 'data-choose="pasar" aria-label="Pilih untuk ditanyai: Pasar Minggu dibuka lagi" checked' in html
    assert f"{len(fake.article('pasar').text)} huruf" in html
