"""Chromium, and the real page over real indexes, each on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
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


@pytest.fixture(scope="module")
def seeds_page(assistant):
    with serving(assistant) as url:
        yield url


@pytest.fixture(
    scope="module"
)  # not longer: Playwright keeps an event loop running in this thread, and other tests want their own
def chromium():
    if not CHROMIUM:
        pytest.skip("no Chromium: install Debian's package 'chromium', or name a browser in QA_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens an address in a fresh window; at the end no request may have left this machine and no script may have failed."""
    contexts, requested, failed = [], [], []

    def opener(url: str, *, width: int = 1280, height: int = 800, **more):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID", **more)
        contexts.append(context)
        context.on("request", lambda request: requested.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("websocket", lambda socket: requested.append(socket.url))
        page.set_default_timeout(60_000)  # of a busy machine; a page that works is there in two
        page.goto(url)
        page.locator("html[data-ready]").wait_for()
        page.locator(".welcome").wait_for()
        return page

    yield opener
    for context in contexts:
        context.close()
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


@pytest.fixture(scope="session")
def trial_page(trial, tmp_path_factory):
    """Their page with all that it can do; tests change nothing in it, and each window is a visitor of its own."""
    from qa.web.archive.allowed import Allowed

    kept = tmp_path_factory.mktemp("kept")
    with serving(trial, feedback=kept / "feedback", history=kept / "history", allowed=Allowed(fetch=True)) as url:
        yield url


@pytest.fixture
def own(tmp_path):
    """The first three of these in an index of this test's own, free to be changed."""
    from qa.assistant import Assistant
    from qa.settings import load

    settings = load({"indexes": str(tmp_path / "indexes")})
    return Assistant.build(sorted(TRIAL.glob("*.txt"))[:3], "own", settings=settings)


@pytest.fixture
def picture(request):
    """Keeps a picture of the page in the folder that QA_PICTURES names; without one nothing is kept."""

    def keep(page, name: str):
        if folder := os.environ.get("QA_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{request.node.name[:60]}-{name}.png"), full_page=True)

    return keep
