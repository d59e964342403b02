"""Pending cases into a suite: only what a person completed and the checker passes, whole or not at all."""

import json

import pytest

from qa.cli import main
from qa.cli.review import dialogue
from qa.errors import SuiteError, UsageError
from qa.evaluation.review import accept as review
from qa.evaluation.review import pending
from qa.evaluation.review.accept import Revision, accept, faults, rendered, revised
from qa.evaluation.review.pending import FrozenSpan, Pending, add, read
from qa.evaluation.suite import cases
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan

FALL = "Luna-25 jatuh ke bulan."
START = "Peluncuran pada 11 Agustus."


@pytest.fixture
def frozen(articles):
    def make(quote, source="moon.txt"):
        start = articles[source].text.index(quote)
        return FrozenSpan(source=source, sha256=articles[source].sha256, start=start, end=start + len(quote), quote=quote)

    return make


@pytest.fixture
def bad(tmp_path, frozen):
    """An answer that a reader called wrong: what is right is not known."""
    case = EvalCase(id="", question="Kapan peluncuran Luna-25?", kind="when", tags=("from-use",))
    return add(
        tmp_path / "fb", Pending(verdict="bad", case=case, needs="gold", said=FALL, cited=(frozen(FALL),), near=(frozen(START),))
    )


@pytest.fixture
def suite(tmp_path):
    return tmp_path / "evals" / "mine.jsonl"


def answering(*lines):
    given = iter(lines)

    def ask(_prompt):
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    return ask


def test_a_case_without_gold_is_not_accepted_and_stays_pending(bad, suite, articles, tmp_path):
    with pytest.raises(SuiteError, match="--answer TEXT"):
        accept(tmp_path / "fb", bad.case.id, bad, suite, articles)
    assert not suite.exists()
    assert len(read(tmp_path / "fb").waiting) == 1


def test_an_answer_is_looked_for_in_the_frozen_words(bad, suite, articles, tmp_path):
    done = revised(bad, Revision(answers=("11 agustus",), id="when-1"), articles)
    accept(tmp_path / "fb", bad.case.id, done, suite, articles)
    (case,) = cases.load(suite, articles).cases
    assert (case.id, case.answers, case.sources) == ("when-1", ("11 Agustus",), (GoldSpan(source="moon.txt", quote=START),))
    assert read(tmp_path / "fb").waiting == ()


def test_words_that_have_changed_since_are_no_gold(bad, articles):
    changed = {**articles, "moon.txt": articles["ship.txt"]}
    assert revised(bad, Revision(answers=("11 Agustus",)), changed).needs == "source"
    assert "no longer in the index" in "\n".join(rendered(bad, changed))


def test_quotes_that_a_person_gives_are_the_gold_and_are_checked(bad, suite, articles):
    quote = GoldSpan(source="ship.txt", quote="Kapal itu tiba pada Senin.")
    assert faults(revised(bad, Revision(answers=("Senin",), quotes=(quote,)), articles), suite, articles) == []
    wrong = GoldSpan(source="ship.txt", quote="Kapal itu tiba pada Selasa.")
    found = faults(revised(bad, Revision(answers=("Selasa",), quotes=(wrong,)), articles), suite, articles)
    assert "not letter for letter" in found[0]


def test_masked_words_are_never_gold(bad, suite, articles):
    masked = GoldSpan(source="moon.txt", quote="Luna-26 ditunda.")
    assert "masked" in faults(revised(bad, Revision(answers=("Luna-26",), quotes=(masked,)), articles), suite, articles)[0]


def test_a_case_that_must_abstain_has_neither_answers_nor_sources(bad, suite, articles, tmp_path):
    accept(tmp_path / "fb", bad.case.id, revised(bad, Revision(abstain=True), articles), suite, articles)
    (case,) = cases.load(suite).cases
    assert case.answers == case.sources == ()
    assert case.tags == ("from-use", "unanswerable")


def test_a_suite_takes_no_id_and_no_question_twice(bad, suite, articles, tmp_path):
    done = revised(bad, Revision(abstain=True, id="mine"), articles)
    accept(tmp_path / "fb", bad.case.id, done, suite, articles)
    assert "has this id already" in faults(done, suite, articles)[0]
    assert "asks this already" in faults(revised(bad, Revision(abstain=True, id="other"), articles), suite, articles)[0]


def test_a_suite_without_a_last_line_end_is_not_glued(bad, suite, articles, tmp_path):
    suite.parent.mkdir()
    suite.write_text('{"id": "when-01", "question": "a?"}', encoding="utf-8")
    accept(tmp_path / "fb", bad.case.id, revised(bad, Revision(abstain=True), articles), suite, articles)
    assert [case.id for case in cases.load(suite).cases] == [
        "when-01",
        "when-02",
    ]  # an id that nobody chose is the next of its kind
    assert [path.name for path in suite.parent.iterdir()] == ["mine.jsonl"]


def test_an_id_may_be_shortened_but_not_to_two_cases(tmp_path, bad):
    assert review.the(tmp_path / "fb", bad.case.id[:8]) == bad
    add(tmp_path / "fb", Pending(verdict="bad", case=EvalCase(id="", question="b?"), needs="gold"))
    with pytest.raises(UsageError, match="more than one"):
        review.the(tmp_path / "fb", "bad-")
    with pytest.raises(UsageError, match=f"Waiting: {bad.case.id}"):
        review.the(tmp_path / "fb", "nothing")


def test_at_a_terminal_a_person_edits_accepts_rejects_and_leaves(bad, suite, articles, tmp_path, capsys):
    folder = tmp_path / "fb"
    add(folder, Pending(verdict="should-abstain", case=EvalCase(id="", question="Siapa juru masaknya?")))
    add(folder, Pending(verdict="bad", case=EvalCase(id="", question="c?"), needs="gold"))
    add(folder, Pending(verdict="bad", case=EvalCase(id="", question="d?"), needs="gold"))
    keys = ["a", "e", "Kapan Luna-25 diluncurkan?", "11 Agustus", "when-1", "a", "a", "r", "q"]  # the first "a" has no gold yet
    assert dialogue(folder, read(folder).waiting, suite, articles, ask=answering(*keys)) == 0
    assert [case.question for case in cases.load(suite, articles).cases] == ["Kapan Luna-25 diluncurkan?", "Siapa juru masaknya?"]
    assert [one.case.question for one in read(folder).waiting] == ["d?"]
    assert "2 accepted into" in capsys.readouterr().out


def test_at_a_terminal_the_place_is_asked_for_where_no_frozen_words_hold_the_answer(bad, suite, articles, tmp_path):
    keys = ["e", "", "Senin", "", "no colon", "ship.txt:Kapal itu tiba pada Senin.", "a"]
    dialogue(tmp_path / "fb", (bad,), suite, articles, ask=answering(*keys))
    assert cases.load(suite, articles).cases[0].answers == ("Senin",)


def test_the_whole_way_on_the_command_line(assistant, seeds_settings, root, tmp_path, capsys):
    folder, suite = tmp_path / "fb", tmp_path / "mine.jsonl"
    common = ["--pending", str(folder)]
    assert main(["eval", "draft", str(root / "seeds"), "--limit", "2", *common]) == 0
    assert main(["eval", "draft", str(root / "seeds"), "--limit", "2", *common]) == 0
    assert "0 new cases" in capsys.readouterr().out.splitlines()[-1]
    waiting = read(folder).waiting
    assert {one.verdict for one in waiting} == {"draft"}
    reviewing = ["eval", "review", *common, "--indexes", str(seeds_settings.indexes), "--to", str(suite)]
    assert main([*reviewing, "--list"]) == 0
    assert waiting[0].case.question in capsys.readouterr().out
    assert main([*reviewing, "--accept", waiting[0].case.id, "--id", "d-1", "--question", "Dengan kata lain?"]) == 0
    assert main([*reviewing, "--reject", waiting[1].case.id]) == 0
    assert main(["eval", "check", str(suite), "--articles", str(root / "seeds")]) == 0
    (record,) = map(json.loads, suite.read_text(encoding="utf-8").splitlines())
    assert (record["id"], record["question"], "draft" in record["tags"]) == ("d-1", "Dengan kata lain?", False)
    assert len(read(folder).waiting) == len(waiting) - 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--accept", "a", "--reject", "b"], "contradict"),
        (["--answer", "x"], "--accept ID"),
        (["--accept", "a", "--quote", "no colon"], "SOURCE:WORDS"),
        (["--reject", "a"], "no pending case 'a'"),
    ],
)
def test_misuse_is_an_error_with_the_cure(arguments, complaint, tmp_path, capsys):
    assert main(["eval", "review", "--pending", str(tmp_path), *arguments]) == 2
    assert complaint in capsys.readouterr().err


def test_nothing_waiting_says_where_cases_come_from(assistant, seeds_settings, tmp_path, capsys):
    assert main(["eval", "review", "--pending", str(tmp_path), "--indexes", str(seeds_settings.indexes)]) == 0
    assert "qa eval draft" in capsys.readouterr().out


def test_lines_that_cannot_be_read_are_reported_and_the_rest_is_reviewed(bad, tmp_path, seeds_settings, assistant, capsys):
    with (tmp_path / "fb" / pending.PENDING).open("a", encoding="utf-8") as file:
        file.write("{\n")
    assert main(["eval", "review", "--pending", str(tmp_path / "fb"), "--list", "--indexes", str(seeds_settings.indexes)]) == 0
    printed = capsys.readouterr()
    assert "pending.jsonl:2" in printed.err
    assert bad.case.id in printed.out
