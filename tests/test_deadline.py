"""A moment by which work is to be done: heard where it is asked for, in its own thread alone."""

from __future__ import annotations

import threading
import time

import pytest

from qa.deadline import check, until
from qa.errors import OutOfTimeError
from qa.retrieve.reading import shipped


def test_without_a_moment_nothing_is_over():
    check()
    with until(None):
        check()


def test_a_moment_that_has_passed_is_heard_and_forgotten_afterwards():
    with until(time.monotonic() - 1), pytest.raises(OutOfTimeError, match=r"over by 1\.\d s.*budget"):
        check()
    check()


def test_an_earlier_moment_around_a_later_one_still_holds():
    with until(time.monotonic() - 1), until(time.monotonic() + 60), pytest.raises(OutOfTimeError):
        check()


def test_another_thread_has_its_own_time():
    heard = []
    with until(time.monotonic() - 1):
        thread = threading.Thread(target=lambda: heard.append(check()))
        thread.start()
        thread.join(10)
    assert heard == [None]


def test_the_reader_gives_up_between_two_passages():
    """The network reads pairs one by one: with its time over it reads none, and the whole it would have read otherwise."""
    texts = ["Roket Soyuz diluncurkan dari Vostochny pada 2016."] * 3
    assert len(shipped().score("Kapan roket diluncurkan?", texts)) == 3
    with until(time.monotonic()), pytest.raises(OutOfTimeError):
        shipped().score("Kapan roket diluncurkan?", texts)
