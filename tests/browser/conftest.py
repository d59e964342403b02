"""Chromium, and the real page over real indexes, each on a free port of this machine.

One browser, two windows and three servers serve all tests that only read: a window is emptied after each, so that each is a visitor of
its own. A test that changes an archive, or needs another kind of server, starts its own. Browser tests run after all others: Playwright keeps an event loop running in this
thread, and other tests want their own.
"""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

TRIAL = Path(__file__).parents[2] / "evals" / "bench" / "trial" / "articles"
CHROMIUM = os.environ.get("QA_CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)  # after pytest-randomly has shuffled
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@contextmanager
def serving(assistant, **more):
    """The page of an assistant in a thread, as `qa serve` shows it; gives its address and stops it at the end."""
    import asyncio

    from qa.web.app import application
    from qa.web.server import listen, server

    listening = listen("127.0.0.1", 0)
    ready = threading.Event()
    running = []

    async def run():
        running.append(server(await application(assistant, ready.set, **more), grace=1))
        await running[0].serve(sockets=[listening])

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    try:
        assert ready.wait(60), "the page did not come up within a minute"
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        if running:
            running[0].should_exit = True
        thread.join(20)
        listening.close()


@pytest.fixture(scope="session")
def seeds_page(assistant):
    """The five seed articles; nothing is kept of what is asked or said."""
    with serving(assistant) as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("no Chromium: install Debian's package 'chromium', or name a browser in QA_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Window:
    """A window that tests use one after another: emptied of what a visitor leaves, while the page's scripts stay in its cache.

    A page of Gradio's costs a window that has never seen it twice the processor time of one that has, and more than most tests need.
    """

    SETTINGS = frozenset({"color_scheme", "reduced_motion", "permissions", "accept_downloads"})
    """What can be set anew; a test that wants more of a window than this gets its own."""

    def __init__(self, chromium):
        self.context = chromium.new_context(locale="id-ID")
        self.page = self.context.new_page()

    def prepare(self, *, color_scheme="light", reduced_motion="no-preference", permissions=(), accept_downloads=True):
        assert accept_downloads
        if self.page.is_closed():
            self.page = self.context.new_page()
        self.page.emulate_media(media="screen", color_scheme=color_scheme, reduced_motion=reduced_motion)
        if permissions:
            self.context.grant_permissions(list(permissions))

    def empty(self):
        """No cookie, no storage, no route and no page: the next one is another visitor."""
        if self.page.url == "about:blank":
            return
        if not self.page.is_closed():
            self.page.unroute_all(behavior="ignoreErrors")
            if self.page.url.startswith("http"):
                self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
            self.page.goto("about:blank")
        self.context.clear_cookies()
        self.context.clear_permissions()


@pytest.fixture(scope="session")
def windows(chromium):
    kept = [Window(chromium), Window(chromium)]
    yield kept
    for window in kept:
        window.context.close()


@pytest.fixture
def open_page(chromium, windows):
    """Opens an address as a new visitor; at the end no request may have left this machine and no script may have failed.

    The first two of a test are opened in the shared windows, each further one in a window of its own.
    """
    own, requested, failed, watched = [], [], [], []
    free = iter(windows)

    def watch(source, event, keep):
        source.on(event, keep)
        watched.append((source, event, keep))

    def opener(url: str, *, width: int = 1280, height: int = 800, **more):
        window = next(free, None) if more.keys() <= Window.SETTINGS else None
        if window:
            window.prepare(**more)
            context, page = window.context, window.page
        else:
            context = chromium.new_context(locale="id-ID", **more)
            own.append(context)
            page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        watch(context, "request", lambda request: requested.append(request.url))
        watch(page, "pageerror", lambda error: failed.append(str(error)))
        watch(page, "websocket", lambda socket: requested.append(socket.url))
        page.set_default_timeout(60_000)  # of a busy machine; a page that works is there in two
        page.goto(url)
        page.locator("html[data-ready]").wait_for()
        page.locator(".welcome, .exchange").first.wait_for()
        return page

    yield opener
    for source, event, keep in watched:
        source.remove_listener(event, keep)
    for context in own:
        context.close()
    for window in windows:
        window.empty()
    abroad = [url for url in requested if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).hostname != "127.0.0.1"]
    assert requested
    assert abroad == []
    assert failed == []


@pytest.fixture
def ask():
    """Types a question, sends it, and waits for what comes of it."""

    def asking(page, question: str):
        before = page.locator(".exchange").count()
        box = page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        exchange = page.locator(".exchange").nth(before)
        exchange.locator(".answer, .abstention, .problem").first.wait_for()
        return exchange

    return asking


@pytest.fixture
def serve_assistant():
    return serving


@pytest.fixture(scope="session")
def trial(tmp_path_factory):
    """Twelve short articles of twelve outlets that nobody knows; tests only read them."""
    from qa.assistant import Assistant
    from qa.settings import load

    settings = load({"indexes": str(tmp_path_factory.mktemp("trial"))})
    return Assistant.build([TRIAL], "trial", settings=settings)


MANY = "Sebutkan semua sumber tentang panjang dermaga Bolo."
SLOW = "Berapa lama panjang dermaga Bolo?"


class Staged:
    """The real assistant; the answer to MANY cites its words two hundred times under a long title, and SLOW waits until it is let go."""

    def __init__(self, inner):
        self.inner, self.gate = inner, threading.Event()

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def tell(self, question, history=(), **only):
        if question == SLOW:
            yield "understand"
            yield "search"
            self.gate.wait(60)
        told = self.inner.tell("Berapa panjang dermaga Bolo?" if question in {MANY, SLOW} else question, history, **only)
        yield from (cited_often(event) if question == MANY and hasattr(event, "citations") else event for event in told)


def cited_often(answer):
    first = replace(answer.citations[0], title="Judul yang panjang sekali " * 12)
    many = tuple(replace(first, n=n) for n in range(1, 201))
    return replace(answer, citations=many, text=" ".join(f"[{n}]" for n in range(1, 201)))


@pytest.fixture(scope="session")
def staged(trial):
    return Staged(trial)


@pytest.fixture(scope="session")
def trial_kept(tmp_path_factory):
    """The folder where judgements of the trial's answers are kept."""
    return tmp_path_factory.mktemp("kept") / "feedback"


@pytest.fixture(scope="session")
def trial_page(staged, trial_kept, assistant):
    """Their page with all that it can do; tests change nothing in the archive, and each window is a visitor of its own."""
    from qa.web.archive.allowed import Allowed

    with serving(
        staged,
        feedback=trial_kept,
        history=trial_kept.parent / "history",
        allowed=Allowed(fetch=True),
        others=("seeds",),
        opened=lambda _: assistant,
    ) as url:
        yield url


@pytest.fixture
def said(trial_kept):
    """What readers of the trial's page say from now on: the folder, empty."""
    shutil.rmtree(trial_kept, ignore_errors=True)
    return trial_kept


@pytest.fixture(scope="session")
def first_three(tmp_path_factory):
    """The first three of these, built once; tests copy the folder."""
    from qa.assistant import Assistant
    from qa.settings import load

    settings = load({"indexes": str(tmp_path_factory.mktemp("three"))})
    Assistant.build(sorted(TRIAL.glob("*.txt"))[:3], "own", settings=settings)
    return settings


@pytest.fixture
def own(first_three, tmp_path):
    """These in an index of this test's own, free to be changed."""
    from qa.assistant import Assistant

    shutil.copytree(first_three.indexes, tmp_path / "indexes", symlinks=True)
    return Assistant.open("own", settings=first_three.model_copy(update={"indexes": tmp_path / "indexes"}))


@pytest.fixture
def many():
    return MANY


@pytest.fixture
def slow():
    return SLOW
