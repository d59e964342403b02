"""Several processes give what one gives, and one that dies costs its case alone."""

import os
import sys
import textwrap

import pytest

from qa.errors import QaError, StoreError, UsageError
from qa.evaluation.gate import baseline
from qa.evaluation.run.results import CaseResult
from qa.evaluation.run.run import run
from qa.evaluation.run.workers import ask_all, cores
from qa.evaluation.suite.archive import archive_of
from qa.evaluation.suite.cases import load
from qa.evaluation.suite.eval_case import EvalCase
from qa.schema import Trace

FAKE = """
    import os, signal, time
    from qa.evaluation.suite.archive import Archive
    from qa.schema import Answer, Trace

    class Fake:
        def ask(self, question, history=()):
            if question == "die?":
                os.kill(os.getpid(), signal.SIGKILL)
            if question == "leave?":
                os._exit(7)
            if question == "sleep?":
                time.sleep(600)
            if question == "raise?":
                raise ValueError("no")
            answer = dict(question=question, language="id", abstained=True, reason="not-in-articles")
            return Answer(**answer, trace=Trace(index="i", models=(("pid", str(os.getpid())),)))

    def opened():
        return Fake(), Archive(by_source={}, passages={}, article=None)

    def broken():
        raise RuntimeError("no such index")

    def dead():
        os._exit(3)
"""


@pytest.fixture
def fakes(tmp_path, monkeypatch):
    """A module that the workers can import, as they would a program's own."""
    (tmp_path / "fake_for_workers.py").write_text(textwrap.dedent(FAKE))
    monkeypatch.syspath_prepend(tmp_path)
    import fake_for_workers

    yield fake_for_workers
    sys.modules.pop("fake_for_workers", None)


def cases(*questions):
    return [EvalCase(id=str(place), question=question) for place, question in enumerate(questions)]


def outcomes(found):
    return [result.outcome for result, _ in found]


def test_results_come_in_the_order_of_the_cases_from_other_processes(fakes):
    asked = cases(*(f"{i}?" for i in range(20)))
    found = ask_all(fakes.opened, asked, workers=2)
    assert [result.case for result, _ in found] == asked
    assert outcomes(found) == ["declined"] * 20
    pids = {dict(trace.models)["pid"] for _, trace in found}
    assert str(os.getpid()) not in pids
    assert len(pids) <= 2


def test_a_worker_that_dies_is_a_crash_of_its_case_and_no_other(fakes):
    found = ask_all(fakes.opened, cases("a?", "die?", "b?", "leave?", "raise?", "c?"), workers=2)
    assert outcomes(found) == ["declined", "crash", "declined", "crash", "crash", "declined"]
    assert found[1][0].error == "WorkerDied: the worker process died (killed by signal 9)"
    assert found[3][0].error == "WorkerDied: the worker process died (exit status 7)"
    assert found[4][0].error == "ValueError: no"


@pytest.mark.integration
def test_a_question_that_never_ends_is_given_up(fakes):
    found = ask_all(fakes.opened, cases("sleep?", "a?", "b?"), workers=1, limit=2.0)
    assert outcomes(found) == ["crash", "declined", "declined"]
    assert found[0][0].error == "WorkerDied: gave no answer in 2 seconds"


def test_what_cannot_be_opened_is_reported_at_once(fakes):
    with pytest.raises(QaError, match="RuntimeError: no such index"):
        ask_all(fakes.broken, cases("a?", "b?"), workers=2)


def test_workers_that_die_before_their_first_question_are_not_restarted_for_ever(fakes):
    found = ask_all(fakes.dead, cases("a?", "b?", "c?"), workers=1)
    assert outcomes(found) == ["crash"] * 3
    assert found[0][0].error == "WorkerDied: no worker lived to its first question"


@pytest.mark.integration
def test_two_processes_give_the_same_baseline_to_the_byte_as_one(assistant, root):
    whole = load(root / "evals" / "seeds.jsonl")
    few = type(whole)(path=whole.path, cases=whole.cases[::28], lines=whole.lines[::28], sha256=whole.sha256)
    archive = archive_of(assistant, few.cases)
    one, two, again = (baseline.dumps(baseline.of(run(assistant, few, archive, workers=workers))) for workers in (1, 2, 2))
    assert one == two == again


def test_an_index_that_is_rebuilt_meanwhile_is_reported(assistant, suite, archive, monkeypatch):
    built = [(CaseResult(case=case, outcome="declined"), Trace(index=f"generation {at}")) for at, case in enumerate(suite.cases)]
    monkeypatch.setattr("qa.evaluation.run.workers.ask_all", lambda *_, **__: built)
    with pytest.raises(StoreError, match="rebuilt while it was asked"):
        run(assistant, suite, archive, workers=2)


def test_only_an_opened_assistant_can_be_asked_by_several_processes(scripted, suite, archive):
    with pytest.raises(UsageError, match="workers=1"):
        run(scripted({}), suite, archive, workers=2)


def test_there_is_a_core():
    assert cores() >= 1
