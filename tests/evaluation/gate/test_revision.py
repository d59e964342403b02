"""An update of the baseline tells every question that changes, losses first."""

from dataclasses import replace

from qa.evaluation.gate.baseline import Baseline, RecordedCase
from qa.evaluation.gate.revision import revision
from qa.evaluation.run.results import Provenance


def recorded(id_, outcome="right", **more):
    fields = {"sha256": "x", "scores": {"contains": 1.0}, "answer": f"{id_}. [1]", "short": id_, "cited": ("a.txt:0-5",), **more}
    return RecordedCase(id=id_, outcome=outcome, **fields)


def of(*cases, **made):
    return Baseline(suite="s", suite_sha256="x", figures={}, cases={case.id: case for case in cases}, made=Provenance(**made))


def test_a_first_baseline_has_nothing_to_compare_with():
    assert revision(None, of(recorded("a"), recorded("b"))) == "a new baseline of 2 cases"


def test_nothing_changed_is_one_line():
    same = of(recorded("a"))
    assert revision(same, same) == "0 cases change (0 for the worse, 0 for the better), 0 added, 0 removed, 1 stay as they are"


def test_losses_come_first_then_gains_then_other_words():
    before = of(recorded("a"), recorded("b", "wrong"), recorded("c"), recorded("d"), recorded("e"))
    after = of(
        replace(recorded("a"), answer="other. [1]"),
        recorded("b"),
        replace(recorded("c"), outcome="withheld", answer="", short="", cited=(), scores={"contains": 0.0}),
        recorded("d"),
        recorded("new", "declined"),
        settings={"x": 1},
    )
    assert revision(before, after).splitlines() == [
        "c: right -> withheld",
        "    - c | c. [1]",
        "    + (nothing)",
        "    cites nothing instead of a.txt:0-5",
        "b: wrong -> right",
        "a: right",
        "    - a | a. [1]",
        "    + a | other. [1]",
        "new: added, declined: new | new. [1]",
        "e: removed, was right",
        "3 cases change (1 for the worse, 1 for the better), 1 added, 1 removed, 1 stay as they are",
    ]


def test_a_score_that_moved_under_the_same_answer_is_named():
    before, after = of(recorded("a", scores={"mrr": 1.0})), of(recorded("a", scores={"mrr": 0.5}))
    assert revision(before, after).splitlines()[:2] == ["a: right", "    mrr 1.0 -> 0.5"]


def test_other_words_or_gold_and_other_settings_are_said():
    before = of(recorded("a"), settings={"retrieve.depth": 100})
    after = of(recorded("a", sha256="y"), settings={"retrieve.depth": 20})
    told = revision(before, after).splitlines()
    assert told[:2] == ["settings changed since the baseline: retrieve.depth 100 -> 20", "a: right, with other words or gold"]


def test_no_line_is_wider_than_a_terminal():
    before, after = of(recorded("a")), of(recorded("a", answer="panjang " * 50, cited=tuple(f"{i}.txt:0-9" for i in range(30))))
    assert max(map(len, revision(before, after).splitlines())) <= 100
