"""Calls end: in a few seconds and in words, whatever the server does."""

from __future__ import annotations

import os
import signal
import time

import pytest

from qa.errors import StoreError
from qa.store import calls as module
from qa.store.address import address
from qa.store.calls import ATTEMPTS, Calls, scores_words

pytestmark = [pytest.mark.extra("pymilvus", "milvus_lite"), pytest.mark.integration, pytest.mark.filterwarnings("ignore")]


def stop(process):
    """Stop a process; it has stopped when this returns: between signal and stop it could still answer."""
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)


def test_a_server_that_is_not_there_is_said_so_with_the_cure():
    began = time.monotonic()
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1 gave no answer .* 3 times.*Cure: is it running"):
        Calls(address("milvus+http://127.0.0.1:1"), seconds=1)
    assert time.monotonic() - began < ATTEMPTS * 1 + 5


def test_a_server_that_hangs_ends_the_call_and_answers_the_next_one_when_it_is_back(milvus_server):
    process, url = milvus_server
    calls = Calls(address(url), seconds=0.5)
    stop(process)
    try:
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"no answer in 0\.5 s, 3 times, when counting"):
            calls("counting", lambda client, timeout: client.list_collections(timeout=timeout))
        assert 1.5 <= time.monotonic() - began < 10
    finally:
        process.send_signal(signal.SIGCONT)
    calls("counting", lambda client, timeout: client.list_collections(timeout=timeout), seconds=30)
    calls.close()


def test_a_call_that_a_hanging_server_lets_fail_is_tried_again(milvus_server, monkeypatch):
    process, url = milvus_server
    calls = Calls(address(url), seconds=1)
    stop(process)

    def back(_):  # while the caller pauses before its second attempt
        process.send_signal(signal.SIGCONT)

    monkeypatch.setattr(module.time, "sleep", back)
    try:
        assert isinstance(calls("listing", lambda client, timeout: client.list_collections(timeout=timeout)), list)
    finally:
        process.send_signal(signal.SIGCONT)
        calls.close()


def test_what_no_repetition_mends_is_not_repeated(milvus):
    calls = Calls(address(milvus))
    tries = []

    def describe(client, timeout):
        tries.append(1)
        return client.describe_collection("nicht_da", timeout=timeout)

    with pytest.raises(StoreError, match=r"describing failed .*nicht_da"):
        calls("describing", describe)
    assert len(tries) == 1
    calls.close()


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("v2.5.4", True),
        ("2.4.23", False),
        ("2.3.5", False),
        ("v2.6.0-rc1", True),
        ("milvus_lite-3.2.2", True),
        ("", False),
        ("dev", False),
    ],
)
def test_words_are_searched_by_servers_from_2_5(version, words):
    assert scores_words(version) is words


def test_a_refused_token_is_said_so_at_once_whatever_the_client_makes_of_it(milvus):
    import grpc
    from pymilvus.exceptions import MilvusException

    class Refused(grpc.RpcError, grpc.Call):
        __abstractmethods__ = frozenset()

        def code(self):
            return grpc.StatusCode.UNAUTHENTICATED

    def call(client, timeout):
        tries.append(1)
        refusal, told = Refused(), MilvusException(2, "server unavailable")
        refusal.__context__ = told  # the client's own chain of causes is a ring
        raise told from refusal

    calls, tries = Calls(address(milvus)), []
    with pytest.raises(StoreError, match=r"refuses the token\. Cure: QA_STORE__TOKEN=USER:PASSWORD"):
        calls("asking", call)
    assert len(tries) == 1
    calls.close()
