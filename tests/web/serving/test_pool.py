"""Several processes that answer: the same answers, and none is lost when a process dies or hangs."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time

import pytest

from qa.answer.verify.verify import check
from qa.assistant import Assistant
from qa.errors import UsageError, WorkerError
from qa.schema import Answer, Turn
from qa.settings import load
from qa.web.serving.pool import Pool
from qa.web.serving.service import Service, cheaper

pytestmark = pytest.mark.integration

QUESTIONS = ("Kapan peluncuran pertama dari Vostochny?", "Siapa yang bertemu Putin?", "Berapa harga cabai rawit di Mars?")


@pytest.fixture(scope="module")
def settings(tmp_path_factory, root):
    made = load({"indexes": tmp_path_factory.mktemp("pool"), "index": "own", "web.workers": 2, "web.cache": 0})
    Assistant.build([root / "seeds"], "own", settings=made)
    return made


@pytest.fixture(scope="module")
def served(settings):
    pool = Pool(settings)
    made = Service(Assistant.open(settings=settings), pool)
    pool.wait()
    yield made
    made.close()


def both(served):
    """Wait until both processes answer."""
    end = time.monotonic() + 120
    while len(served.engine.processes()) < 2:
        assert time.monotonic() < end
        time.sleep(0.05)
    return served.engine.processes()


def test_the_answers_are_those_of_one_process_and_are_in_its_articles(served):
    for question in QUESTIONS:
        own, other = served.assistant.ask(question), served.ask(question)
        assert (other.text, other.citations, other.reason) == (own.text, own.citations, own.reason)
        assert other.trace.index == own.trace.index
        assert not check(other, served.article)


def test_turns_and_searches_reach_the_processes_too(served):
    turns = (Turn(question="Siapa yang bertemu Putin?", answer="Kim Jong Un", short="Kim Jong Un"),)
    assert (
        served.ask("Di mana dia bertemu?", turns).trace.query == served.assistant.ask("Di mana dia bertemu?", turns).trace.query
    )
    assert served.search(QUESTIONS[0])[0].passage == served.assistant.search(QUESTIONS[0])[0].passage


def test_two_are_asked_at_the_same_time_and_the_third_waits(served):
    both(served)
    streams = [served.tell(question) for question in QUESTIONS]
    assert [next(stream) for stream in streams[:2]] == ["understand"] * 2
    third = threading.Thread(target=lambda: list(streams[2]))
    third.start()
    end = time.monotonic() + 30
    while not served.engine.waiting and time.monotonic() < end:
        time.sleep(0.01)
    assert served.engine.waiting == 1
    assert all(isinstance([*stream][-1], Answer) for stream in streams[:2])
    third.join(60)
    assert served.engine.waiting == 0


def test_an_error_is_the_one_that_was_raised(served):
    with pytest.raises(UsageError, match="5000 characters"):
        served.ask("a" * 5000)
    assert len(both(served)) == 2  # and ends no process


def test_who_leaves_takes_no_process_along(served):
    before = both(served)
    for _ in range(3):
        stream = served.tell(QUESTIONS[0])
        next(stream)
        stream.close()
    assert served.engine.processes() == before
    assert served.ask(QUESTIONS[0]).citations


def test_a_question_whose_process_is_killed_is_answered_by_another_with_a_note(served):
    before = both(served)
    stream = served.tell(QUESTIONS[0])
    while next(stream) != "read":
        pass
    busy = [name for name, worker in served.engine._team.items() if worker not in served.engine._free.queue]
    os.kill(before[busy[0]], signal.SIGKILL)
    *_, answer = stream
    assert answer.citations
    assert cheaper(answer)
    assert not check(answer, served.article)
    after = both(served)
    assert after[busy[0]] != before[busy[0]]
    assert not cheaper(served.ask(QUESTIONS[0]))


def test_a_process_that_hangs_is_ended_and_its_question_answered_by_another(served, monkeypatch):
    before = both(served)
    monkeypatch.setattr(served.engine, "_limit", 40.0)  # a busy machine answers in less
    stopped = served.engine._free.queue[0].name
    os.kill(before[stopped], signal.SIGSTOP)
    os.waitid(os.P_PID, before[stopped], os.WSTOPPED)  # until then it could still answer
    assert served.ask(QUESTIONS[0]).citations
    assert both(served)[stopped] != before[stopped]


def test_a_process_that_died_while_it_was_idle_costs_no_question(served):
    before = both(served)
    idle = served.engine._free.queue[0]
    os.kill(before[idle.name], signal.SIGKILL)
    idle.process.join(10)
    assert not cheaper(served.ask(QUESTIONS[0]))


def test_what_is_added_is_answered_by_every_process(served, tmp_path):
    (tmp_path / "pasar.txt").write_text("Pasar Cempaka di Kota Melati dibuka pada 4 Maret 2024.\n", encoding="utf-8")
    both(served)
    served.add([tmp_path / "pasar.txt"])
    for _ in range(2):
        assert served.ask("Kapan Pasar Cempaka dibuka?").citations[0].source == "pasar.txt"


def test_without_an_index_no_process_answers_and_the_reason_is_reported(settings, tmp_path):
    shutil.copytree(settings.indexes, tmp_path / "indexes")
    for manifest in (tmp_path / "indexes").rglob(
        "manifest.json"
    ):  # of every generation: the one before an addition is still there
        manifest.write_text("{", encoding="utf-8")
    pool = Pool(
        settings.model_copy(update={"indexes": tmp_path / "indexes", "web": settings.web.model_copy(update={"workers": 1})})
    )
    with pytest.raises(WorkerError, match=r"worker-1 cannot answer: .*manifest.*Cure"):
        pool.wait()
    assert not pool.ready
    pool.close()


def test_closed_its_processes_are_gone_and_nobody_waits(settings):
    one = settings.model_copy(update={"web": settings.web.model_copy(update={"workers": 1})})
    pool = Pool(one)
    pool.wait()
    (pid,) = pool.processes().values()
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(WorkerError, match="stopped"):
        list(pool.tell("?", (), {}, generation="", until=None))
