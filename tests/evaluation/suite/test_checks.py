"""Suites are checked whole: every fault with its line, what is doubtful with its figures, and nothing is raised for what they say."""

import json

import pytest

from qa.errors import ReadError
from qa.evaluation.suite.checks import balance, check, read_articles
from qa.evaluation.suite.eval_case import EvalCase, Judgement
from qa.schema import KINDS


def case(id_, question, answer="", quote="", source="moon.txt", **more):
    gold = {"answers": [answer], "sources": [{"source": source, "quote": quote}]} if answer else {}
    return {"id": id_, "question": question, **gold, **more}


FALL = case("fall", "Di mana Luna-25 jatuh?", "bulan", "Luna-25 jatuh ke bulan.")


def told(report, level="error"):
    return [(one.path.name, one.line, one.text) for one in report.findings if one.level == level and one.line]


def test_every_fault_of_every_file_is_reported_with_its_line(write_suite, articles):
    bad = write_suite(
        "{", FALL, {**FALL, "question": "Apa?"}, case("far", "Siapa?", "Mars", "Luna-25 jatuh ke Mars."), name="bad.jsonl"
    )
    empty = write_suite(name="empty.jsonl")
    report = check([bad, empty, bad.with_name("none.jsonl")], articles)
    assert [(line, text.split(":")[0].split(" (")[0]) for _, line, text in told(report)] == [
        (1, "not JSON at column 2"),
        (3, "id 'fall' is taken by line 2. Cure"),
        (4, "not letter for letter in moon.txt"),
    ]
    whole = [str(one) for one in report.errors if not one.line]
    assert any("none.jsonl: cannot be read" in one for one in whole)
    assert any("empty.jsonl: no cases" in one for one in whole)
    assert report.status == 1


def test_a_good_suite_has_no_errors_and_status_0(write_suite, articles):
    report = check([write_suite(FALL)], articles)
    assert (report.errors, report.status) == ((), 0)
    assert str(report).endswith("1 cases in 1 suites: 0 errors, 2 warnings")


def test_the_suites_that_ship_pass_and_leak_nothing_into_each_other(root):
    articles = read_articles([root / "seeds"], max_bytes=1 << 20)
    assert check([root / "evals/seeds.jsonl", root / "evals/holdout.jsonl"], articles).errors == ()
    assert check([root / "evals/followups.jsonl"], articles).errors == ()


def test_a_question_of_another_suite_is_a_leak_at_the_line_of_the_later_one(write_suite):
    first = write_suite(case("x", "Siapa dia?"), FALL, name="first.jsonl")
    second = write_suite({**FALL, "id": "again", "question": "di mana jatuh Luna-25"}, name="second.jsonl")
    assert told(check([first, second])) == [("second.jsonl", 1, f"asks the same as {first}:2 ('Di mana Luna-25 jatuh?')")]


LONG = "Kapan roket Soyuz yang membawa satelit Lomonosov diluncurkan dari kosmodrom Vostochny?"


@pytest.mark.parametrize(
    ("other", "gold", "leaks"),
    [
        (
            "Kapan roket Soyuz yang membawa satelit Lomonosov diluncurkan dari Vostochny?",
            True,
            True,
        ),  # a word less, the same place
        (
            "Kapan roket Soyuz yang membawa satelit Aist diluncurkan dari kosmodrom Vostochny?",
            False,
            False,
        ),  # the wrong satellite
        (
            "Mengapa roket Soyuz yang membawa satelit Lomonosov diluncurkan dari kosmodrom Vostochny?",
            True,
            False,
        ),  # another question
        (
            "Kapan 2 roket Soyuz yang membawa satelit Lomonosov diluncurkan dari kosmodrom Vostochny?",
            True,
            False,
        ),  # another number
    ],
)
def test_nearly_the_same_question_leaks_when_the_same_place_answers_it(other, gold, leaks, write_suite):
    place = {"answer": "bulan", "quote": "Luna-25 jatuh ke bulan."}
    first = write_suite(case("a", LONG, **place), name="first.jsonl")
    second = write_suite(case("b", other, **(place if gold else {})), name="second.jsonl")
    assert bool(told(check([first, second]))) == leaks


def test_the_same_follow_up_after_other_turns_is_another_question(write_suite):
    turns = [[{"question": question, "answer": "…"}] for question in ("Siapa kepala Roscosmos?", "Siapa presiden Korea Utara?")]
    first = write_suite(case("a", "Apa jabatannya?", history=turns[0]), name="first.jsonl")
    other = write_suite(case("b", "Apa jabatannya?", history=turns[1]), name="other.jsonl")
    same = write_suite(case("c", "Apa jabatannya?", history=turns[0]), name="same.jsonl")
    assert told(check([first, other])) == []
    assert len(told(check([first, same]))) == 1


@pytest.mark.parametrize("name", ["seeds_dev.jsonl", "dev.jsonl", "facqa-train.jsonl", "tuning.jsonl"])
def test_a_place_that_is_marked_in_a_suite_something_is_fitted_to_is_a_leak(name, write_suite):
    fitted = write_suite(FALL, name=name)
    gated = write_suite(case("b", "Apa yang menabrak bulan?", "Luna-25", "Luna-25 jatuh"), name="gated.jsonl")
    assert told(check([gated, fitted])) == [
        ("gated.jsonl", 1, f"its place in moon.txt is marked in {fitted}:1, which something is fitted to")
    ]


def test_a_shared_place_is_no_leak_where_nothing_is_fitted_but_training_may_be_named(write_suite):
    one = write_suite(FALL, name="device.jsonl")  # "dev" is not a word of this name
    two = write_suite(case("b", "Apa yang menabrak bulan?", "Luna-25", "Luna-25 jatuh"), name="two.jsonl")
    assert told(check([one, two])) == []
    assert len(told(check([two], training=[one]))) == 1


def test_a_question_asked_twice_in_one_suite_is_a_warning(write_suite):
    report = check([write_suite(FALL, {**FALL, "id": "again"})])
    assert told(report) == []
    assert told(report, "warning") == [
        ("suite.jsonl", 2, "asks the same as line 1, so that it weighs double ('Di mana Luna-25 jatuh?')")
    ]


def test_external_gold_that_cannot_be_reached_is_a_warning_with_its_count(write_suite, articles):
    lost = case("a", "Kapan Luna-26?", "ditunda", "Luna-26 ditunda.", tags=["external"])
    report = check([write_suite(lost, {**FALL, "tags": ["external"]})], articles)
    assert report.errors == ()
    assert told(report, "warning")[0][2].startswith("1 of 2 external cases have gold that is masked or absent")


def cases(**counts):
    return [EvalCase(id=f"{kind}{i}", question=f"{kind} {i}?", kind=kind) for kind, n in counts.items() for i in range(n)]


def test_kinds_out_of_balance_are_reported_with_figures():
    told = balance(cases(**{**dict.fromkeys(KINDS, 10), "list": 2}))
    # 102 cases, an even share is 102 / 11 = 9.3; 2 is under 5
    assert told[0] == "kinds with few cases: list 2 (of 102; an even share is 9.3, warned under 5.0)"
    crowded = balance(cases(who=30, when=10, what=10))
    assert "kind who has 30 of 50 cases (60%): it outweighs all others together" in crowded
    assert "none of 1 cases has a kind" in balance([EvalCase(id="a", question="?")])[0]


def test_a_rare_language_and_too_few_abstentions_are_reported_with_figures():
    asked = [EvalCase(id=str(i), question=f"{i}?", answers=("x",), language="en" if i < 4 else "id") for i in range(100)]
    assert "language en has 4 of 100 cases (4.0%): warned under 10%" in balance(asked)
    assert "0 of 100 cases (0.0%) must abstain: warned outside 10% to 60%" in balance(asked)


def test_a_balanced_suite_has_nothing_to_tell():
    asked = [
        EvalCase(
            id=f"{kind}{i}", question=f"{kind} {i}?", kind=kind, answers=("x",) if i % 4 else (), language=("id", "en")[i % 2]
        )
        for kind in KINDS
        for i in range(8)
    ]
    assert balance(asked) == []


def test_a_suite_judged_for_retrieval_alone_is_not_asked_for_kinds_or_abstentions():
    judged = [EvalCase(id=str(i), question=f"{i}?", relevant=(Judgement(source="d"),)) for i in range(20)]
    assert balance(judged) == []


def test_findings_go_by_file_and_line_and_what_is_about_the_file_comes_last(write_suite):
    path = write_suite(json.dumps(FALL), "{", json.dumps({**FALL, "id": "b"}))
    lines = [one.line for one in check([path]).findings]
    assert lines == [2, 3, 0, 0]


def test_articles_that_cannot_be_read_stop_the_check(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(ReadError, match=r"empty\.txt"):
        read_articles([tmp_path], max_bytes=1 << 20)
