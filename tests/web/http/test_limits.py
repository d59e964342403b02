"""Turns: never more at once than allowed, none lost, and those that cannot wait get 429."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from fastapi import HTTPException

from qa.web.http.limits import Turnstile


def test_no_more_are_at_work_than_have_turns_and_all_are_done():
    now, most, lock = 0, 0, threading.Lock()
    three = threading.Barrier(3, timeout=30)

    def work():
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        three.wait()  # who works must have two others beside, or it breaks
        with lock:
            now -= 1
        return 1

    async def crowd():
        turns = Turnstile(at_once=3)
        return await asyncio.gather(*(turns.run(work) for _ in range(21)))

    assert sum(asyncio.run(crowd())) == 21
    assert most == 3


def test_who_would_wait_too_long_is_told_to_come_back():
    go = threading.Event()

    async def crowd():
        turns = Turnstile(at_once=1, waiting=2)
        asked = [asyncio.create_task(turns.run(go.wait)) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(HTTPException) as refused:
            await turns.run(go.wait)
        go.set()
        await asyncio.gather(*asked)
        await turns.run(go.wait)
        return refused.value

    refusal = asyncio.run(crowd())
    assert (refusal.status_code, refusal.headers) == (429, {"Retry-After": "1"})


def test_work_that_fails_gives_its_turn_back():
    async def failing():
        turns = Turnstile(at_once=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await turns.run(lambda: 1 // 0)
        return await turns.run(lambda: "done")

    assert asyncio.run(failing()) == "done"


def test_a_stream_that_is_left_is_closed_and_gives_its_turn_back():
    closed = threading.Event()

    def items():
        try:
            yield from range(1, 1000)
        finally:
            closed.set()

    async def leaving():
        turns = Turnstile(at_once=1)
        stream = turns.each(items())
        assert [await anext(stream), await anext(stream)] == [1, 2]
        await stream.aclose()
        assert closed.is_set()
        return await asyncio.wait_for(turns.run(lambda: "next"), 5)

    assert asyncio.run(leaving()) == "next"


def test_a_stream_that_is_cancelled_at_work_ends_it_and_gives_its_turn_back():
    closed = threading.Event()

    def items():
        try:
            while True:
                time.sleep(0.05)
                yield 1
        finally:
            closed.set()

    async def cancelled():
        turns = Turnstile(at_once=1)

        async def listen():
            async for _ in turns.each(items()):
                pass

        task = asyncio.create_task(listen())
        await asyncio.sleep(0.12)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await asyncio.wait_for(turns.run(lambda: "next"), 5)

    assert asyncio.run(cancelled()) == "next"
    assert closed.is_set()
