"""Which values become sides, and what the sides are to one another."""

from __future__ import annotations

from datetime import date

import pytest

from qa.answer.agreement.sides import compared
from qa.answer.extractive import choice
from qa.answer.extractive.candidates import candidates
from qa.language.question.understand import understand
from qa.schema import AnswerSpan, Hit, Passage, Reading

FIRST, SECOND = date(2024, 5, 3), date(2024, 5, 4)
BANJIR = "Berapa orang tewas dalam banjir di Randuwangi?"


def hits(*told):
    """Hits of (text, span, score, outlet, day, story)."""
    made = []
    for rank, (text, span, score, outlet, day, *story) in enumerate(told, start=1):
        start = text.index(span)
        passage = Passage(
            id=f"a{rank}:0-{len(text)}", article_id=f"a{rank}", start=0, end=len(text), text=text, outlet=outlet, published=day,
            story=story[0] if story else "",
        )  # fmt: skip
        reading = Reading(
            relevance=4.0, answerable=3.0, spans=(AnswerSpan(start, start + len(span), score),), found_score=2.0, found_rank=rank
        )
        made.append(Hit(passage=passage, score=1.0, rank=rank, stage="reranked", reading=reading))
    return made


def comparison(question, *told):
    query = understand(question, vocabulary={})
    return compared(query, choice.ranked(query, candidates(hits(*told)), choice.shipped("span")))


def values(found):
    return [side.value for side in found.sides]


SIX = ("Enam orang tewas dalam banjir di Randuwangi.", "Enam orang", 9.5, "Harian A", FIRST)


def test_a_later_figure_updates_and_comes_first():
    found = comparison(
        BANJIR,
        SIX,
        ("Korban banjir Randuwangi bertambah menjadi sembilan orang tewas.", "sembilan orang", 9.0, "Harian B", SECOND),
    )
    assert (found.verdict, values(found)) == ("update", ["sembilan orang", "Enam orang"])
    assert (found.independent, found.copies) == (2, 0)


def test_figures_of_one_day_contradict_and_the_best_comes_first():
    found = comparison(
        BANJIR, SIX, ("Sembilan orang tewas dalam banjir di Randuwangi.", "Sembilan orang", 9.0, "Harian B", FIRST)
    )
    assert (found.verdict, values(found)) == ("contradict", ["Enam orang", "Sembilan orang"])
    assert found.confidence > max(side.confidence for side in found.sides)


def test_the_same_in_other_words_agrees_and_is_counted_by_outlets():
    same = ("Sebanyak 6 warga tewas dalam banjir di Randuwangi.", "6 warga", 9.0)
    found = comparison(BANJIR, SIX, (*same, "Harian B", FIRST), (*same, "Harian B", SECOND))
    assert (found.verdict, values(found)) == ("agree", ["Enam orang"])
    assert (found.independent, found.copies) == (2, 1)
    assert len(found.sides[0].quotes) == 3


def test_near_copies_are_one_source():
    copy = (SIX[0], SIX[1], 9.4, "Harian B", FIRST, "a1")
    found = comparison(BANJIR, (*SIX, "a1"), copy)
    assert (found.verdict, found.independent, found.copies) == ("single", 1, 1)


def test_a_value_that_the_reader_hardly_believes_is_no_side():
    found = comparison(
        BANJIR, SIX, ("Sembilan orang tewas dalam banjir di Randuwangi.", "Sembilan orang", -6.0, "Harian B", FIRST)
    )
    assert found.verdict == "single"


def test_a_value_that_the_reader_believes_little_is_a_side_where_its_sentence_has_all_that_is_asked():
    weak = ("Sembilan orang tewas dalam banjir di Randuwangi.", "Sembilan orang", 0.5, "Harian B", FIRST)
    assert comparison(BANJIR, SIX, weak).verdict == "contradict"
    other = ("Randuwangi banjir. Sembilan orang tidur di tenda.", "Sembilan orang", 0.5, "Harian B", FIRST)
    assert comparison(BANJIR, SIX, other).verdict == "single"


def test_of_an_articles_values_the_one_beside_what_is_asked_is_compared():
    text = "Banjir di Randuwangi dilihat sembilan orang. Enam orang tewas dalam banjir di Randuwangi."
    made = hits(SIX, (text, "sembilan orang", 9.2, "Harian B", FIRST))
    start = text.index("Enam orang")
    both = (*made[1].reading.spans, AnswerSpan(start, start + len("Enam orang"), 8.8))
    reading = Reading(relevance=4.0, answerable=3.0, spans=both, found_score=2.0, found_rank=2)
    made[1] = Hit(passage=made[1].passage, score=1.0, rank=2, stage="reranked", reading=reading)
    query = understand(BANJIR, vocabulary={})
    assert compared(query, choice.ranked(query, candidates(made), choice.shipped("span"))).verdict == "agree"


def test_the_height_of_a_hill_is_not_of_a_year_and_what_is_counted_is():
    later = date(2024, 9, 30)
    hill = ("Tinggi Bukit Serayu 1.874 meter.", "1.874 meter", 9.5, "Harian A", FIRST)
    other = ("Tinggi Bukit Serayu 1.920 meter.", "1.920 meter", 9.5, "Harian B", later)
    assert comparison("Berapa tinggi Bukit Serayu?", hill, other).verdict == "contradict"
    jobless = ("Di Randuwangi ada 900 penganggur.", "900 penganggur", 9.5, "Harian A", FIRST)
    fewer = ("Di Randuwangi ada 700 penganggur.", "700 penganggur", 9.5, "Harian B", later)
    found = comparison("Berapa penganggur di Randuwangi?", jobless, fewer)
    assert (found.verdict, [side.scope for side in found.sides]) == ("single", ["2024", "2024"])


def test_another_event_is_no_side():
    found = comparison(BANJIR, SIX, ("Sembilan orang tewas dalam banjir di Kembangan.", "Sembilan orang", 9.5, "Harian B", FIRST))
    assert found.verdict == "single"


def test_a_sentence_about_something_else_is_no_side():
    found = comparison(
        BANJIR, SIX, ("Randuwangi ramai. Pasar baru dikunjungi sembilan warga.", "sembilan warga", 9.5, "Harian B", FIRST)
    )
    assert found.verdict == "single"


def test_an_article_that_tells_the_old_figure_beside_the_new_one_is_for_the_new_one():
    text = "Korban tewas dalam banjir di Randuwangi bertambah dari enam orang menjadi sembilan orang."
    made = hits(SIX, (text, "sembilan orang", 9.3, "Harian B", SECOND))
    old = text.index("enam orang")
    reading = made[1].reading
    both = (*reading.spans, AnswerSpan(old, old + len("enam orang"), 9.0))
    made[1] = Hit(
        passage=made[1].passage, score=1.0, rank=2, stage="reranked",
        reading=Reading(relevance=4.0, answerable=3.0, spans=both, found_score=2.0, found_rank=2),
    )  # fmt: skip
    query = understand(BANJIR, vocabulary={})
    found = compared(query, choice.ranked(query, candidates(made), choice.shipped("span")))
    assert found.verdict == "update"


def test_values_of_different_places_are_kept_apart_and_do_not_contradict():
    found = comparison(
        "Berapa kasus demam berdarah yang tercatat pada Februari?",
        ("Dinas Kesehatan Kota Lembayu mencatat 84 kasus demam berdarah selama Februari. Wali kota Rina Sari datang.", "84 kasus", 9.6, "A", FIRST),
        ("Provinsi Tirtasari mencatat 1.310 kasus demam berdarah selama Februari. Rina Sari meminta warga waspada.", "1.310 kasus", 9.3, "B", FIRST),
    )  # fmt: skip
    assert found.verdict == "single"
    assert [side.scope for side in found.sides] == ["Kota Lembayu", "Provinsi Tirtasari"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("Siapa ketua kongres Mendaru?", "contradict"), ("Siapa yang hadir dalam kongres Mendaru?", None)],
)
def test_names_contradict_only_where_one_answer_is_right(question, verdict):
    found = comparison(
        question,
        ("Ketua kongres Mendaru yang hadir adalah Rustam Effendi.", "Rustam Effendi", 9.5, "A", FIRST),
        ("Ketua kongres Mendaru yang hadir adalah Daud Lamba.", "Daud Lamba", 9.4, "B", FIRST),
    )
    assert (found.verdict if found else None) == verdict


def test_without_candidates_and_for_accounts_nothing_is_compared():
    assert compared(understand(BANJIR, vocabulary={}), []) is None
    assert comparison("Bagaimana banjir terjadi di Randuwangi?", SIX) is None


def test_a_value_of_another_day_than_the_one_asked_for_is_no_side():
    asked = "Berapa orang tewas dalam banjir di Randuwangi pada 2 Mei 2024?"
    other = ("Pada 20 April 2024 sembilan orang tewas dalam banjir di Randuwangi.", "sembilan orang", 9.4, "Harian B", FIRST)
    same_day = ("Pada 2 Mei 2024 sembilan orang tewas dalam banjir di Randuwangi.", "sembilan orang", 9.4, "Harian B", FIRST)
    assert comparison(asked, SIX, other).verdict == "single"
    assert comparison(asked, SIX, same_day).verdict == "contradict"


def test_a_plan_is_no_side_against_what_was_built():
    built = ("Dermaga Bolo dibangun pada 1997.", "1997", 9.5, "Harian A", SECOND)
    plan = ("Dinas berjanji membangun dermaga pengganti di Bolo pada 2026.", "2026", 9.0, "Harian B", SECOND)
    found = comparison("Kapan dermaga Bolo dibangun?", built, plan)
    assert (found.verdict, values(found), found.instead) == ("single", ["1997"], False)


def test_what_was_planned_and_when_it_took_place_is_an_update_that_says_which_is_the_plan():
    plan = ("Pasar Bolo akan dibuka pada 12 Juni 2024.", "12 Juni 2024", 9.5, "Harian A", FIRST)
    opened = ("Pasar Bolo dibuka pada 6 Juli 2024.", "6 Juli 2024", 9.0, "Harian B", date(2024, 7, 7))
    found = comparison("Kapan pasar Bolo dibuka?", plan, opened)
    assert (found.verdict, values(found)) == ("update", ["6 Juli 2024", "12 Juni 2024"])
    assert [side.scope for side in found.sides] == ["", "rencana"]


def test_a_question_for_the_plan_is_answered_with_it():
    built = ("Dermaga Bolo dibangun pada 1997.", "1997", 9.5, "Harian A", SECOND)
    plan = ("Dermaga Bolo akan dibangun lagi pada 2026.", "2026", 9.0, "Harian B", SECOND)
    found = comparison("Kapan dermaga Bolo akan dibangun?", built, plan)
    assert (found.verdict, values(found), found.instead) == ("single", ["2026"], True)


def test_a_day_planned_anew_a_month_later_is_an_update_and_the_next_day_a_contradiction():
    first = ("Jalur kedua trem Bolo akan dibuka pada 2025.", "2025", 9.5, "Harian A", FIRST)
    anew = ("Jalur kedua trem Bolo akan dibuka pada 2026.", "2026", 9.0, "Harian B")
    asked = "Kapan jalur kedua trem Bolo dibuka?"
    found = comparison(asked, first, (*anew, date(2024, 8, 1)))
    assert (found.verdict, values(found)) == ("update", ["2026", "2025"])
    assert comparison(asked, first, (*anew, SECOND)).verdict == "contradict"


DIBUKA = "Kapan jembatan Wulur dibuka?"
IN_THAT_YEAR = ("Jembatan Wulur dibuka pada tahun 2016.", "tahun 2016", 9.5, "Harian A", FIRST)


def test_of_two_days_that_agree_the_more_exact_answers_though_it_is_a_little_less_sure():
    exact = ("Jembatan Wulur dibuka pada 28 April 2016.", "28 April 2016", 9.0, "Harian B", SECOND)
    found = comparison(DIBUKA, IN_THAT_YEAR, exact)
    assert (found.verdict, found.instead, values(found)) == ("agree", True, ["28 April 2016"])
    assert found.independent == 2
    assert not comparison(DIBUKA, exact, IN_THAT_YEAR).instead, "it is the best one already"


def test_a_more_exact_day_that_is_hardly_believed_does_not_answer():
    doubtful = ("Jembatan Wulur dibuka pada 28 April 2016.", "28 April 2016", 0.0, "Harian B", SECOND)
    found = comparison(DIBUKA, IN_THAT_YEAR, doubtful)
    assert (found.instead, values(found)[0]) == (False, "tahun 2016")
