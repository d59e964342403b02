"""What one caller may hold for ever: a turn, memory, the disk. Each has a bound, and what is over it is refused or let go."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from qa.errors import CorpusError, SuiteError, UsageError
from qa.evaluation.review import pending
from qa.evaluation.review.pending import Pending
from qa.evaluation.suite.eval_case import EvalCase
from qa.schema import MAX_QUESTION
from qa.web.page.controller import MOST_SHOWN, Desk
from qa.web.render.conversation import Exchange
from qa.web.wording.languages import words

pytestmark = pytest.mark.integration


def test_who_reads_nothing_of_an_answer_is_hung_up_on():
    from qa.web.server import Patient, listen, server

    ended, ready, running = threading.Event(), threading.Event(), []

    async def endless(scope, receive, send):
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            ready.set()
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await receive()
        left = asyncio.create_task(receive())  # is done once the caller is gone
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            while not left.done():
                await asyncio.wait_for(send({"type": "http.response.body", "body": b"a" * 65_536, "more_body": True}), 20)
                await asyncio.sleep(0)
        finally:
            ended.set()

    with listen("127.0.0.1", 0) as listening:
        running.append(server(endless, grace=1, protocol=type("Hurried", (Patient,), {"unread": 1.0})))
        thread = threading.Thread(target=lambda: asyncio.run(running[0].serve(sockets=[listening])), daemon=True)
        thread.start()
        assert ready.wait(20)
        with socket.socket() as caller:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            caller.connect(listening.getsockname())
            caller.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            began = time.monotonic()
            assert ended.wait(30)
            assert time.monotonic() - began < 15
        running[0].should_exit = True
        thread.join(20)


UPLOADS = """
import sys, time
from qa.web.http import uploads
print(uploads.folder(), flush=True)
sys.stdin.read()
"""


def test_uploads_of_a_server_that_was_killed_are_removed_by_the_next_and_those_of_one_that_lives_are_not(tmp_path, root):
    def start():
        environment = {**os.environ, "GRADIO_TEMP_DIR": str(tmp_path), "PYTHONPATH": str(root)}
        process = subprocess.Popen(
            [sys.executable, "-c", UPLOADS], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        folder = process.stdout.readline().strip()
        with open(f"{folder}/berita.txt", "w") as file:  # noqa: PTH123
            file.write("Isi.")
        os.utime(folder, (1, 1))  # it is old
        return process, folder

    with start()[0] as dead, start()[0] as alive:
        first, second = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_ctime)
        dead.send_signal(signal.SIGKILL)
        dead.wait()
        with start()[0] as third:
            assert not first.exists()
            assert (second / "berita.txt").exists()
            assert len(list(tmp_path.iterdir())) == 2
            third.communicate("")
        alive.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_judgements_do_not_fill_the_disk(tmp_path, monkeypatch):
    judged = Pending(verdict="bad", needs="gold", case=EvalCase(id="", question="Kapan?", kind="when"), said="")
    pending.add(tmp_path, judged)
    monkeypatch.setattr(pending, "MOST_WAITING", 100)
    before = (tmp_path / pending.PENDING).read_bytes()
    with pytest.raises(SuiteError, match="qa eval review"):
        pending.add(tmp_path, judged)
    assert (tmp_path / pending.PENDING).read_bytes() == before


def test_a_conversation_on_the_page_keeps_its_last_exchanges():
    asked = []
    shelf = SimpleNamespace(
        articles=lambda: (),
        stream=lambda question, history=(): asked.append(history) or iter(["understand"]),
    )
    before = [Exchange(question=str(number), problem=("x",)) for number in range(200)]
    *_, last = Desk(shelf).answer("Kapan?", before, words("id"))
    assert len(last) == MOST_SHOWN
    assert [each.question for each in last[-2:]] == ["199", "Kapan?"]


def test_a_question_that_is_too_long_is_refused_by_the_assistant_itself(assistant):
    with pytest.raises(UsageError, match=r"4001 characters\. Cure"):
        assistant.ask("a" * (MAX_QUESTION + 1))
    with pytest.raises(UsageError, match="Cure"):
        assistant.search("1 " * MAX_QUESTION)


@pytest.mark.parametrize("id_", ["\ud800", "a\udfff"])
def test_half_a_character_as_an_id_is_an_unknown_id_and_no_broken_index(assistant, id_):
    with pytest.raises(CorpusError, match="no article"):
        assistant.article(id_)
