"""The page as its visitors meet it: the first paint after `qa serve` says it is up, a click to the marked words, and two who ask at once.

The trial's twelve articles are built into a folder of their own, the server is started here on a free port of this machine and ended
here, and Chromium (Debian's, or what QA_CHROMIUM names) is started before it, as a reader's browser is.

    python evals/bench/visitors.py [--pairs 8] [--clicks 15] [--json FILE]

Times are taken in the browser: from Enter to the answer in the page, from a click on a number to its words marked and in view. Answers are
not kept (`web.cache=0`), so that each is made, and each window must show what the same index answers without a page (`own`); how many of these
are right (`right`) is the assistant's, not the page's. Two windows are two visitors, each with a history of its own. The load average and
processor seconds (of browser and server together) are given beside the seconds: on a machine that does other work only these are worth something.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "trial"
ASKED = ("t02", "t05", "t10", "t14", "t16", "t19", "t04", "t06", "t13", "t17", "t20", "t22", "t07", "t11", "t12", "t23")
"""Questions of different articles; the first visitor has every second one."""
PATIENCE = 120_000  # milliseconds
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]

WATCH = """() => {
    window.times = [];
    addEventListener('keydown', (event) => { if (event.key === 'Enter') window.entered = performance.now(); }, true);
    addEventListener('click', (event) => { if (event.target.closest('.chip')) { window.clicked = performance.now(); window.marked = null; look(); } }, true);
    const seen = () => {
        const mark = document.querySelector('#mark-1.active');
        if (!mark) return false;
        const box = mark.getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
    };
    const look = () => { if (seen()) window.marked = performance.now() - window.clicked; else requestAnimationFrame(look); };
    new MutationObserver(() => {
        const done = document.querySelectorAll('.exchange :is(.answer, .abstention, .problem)').length;
        while (window.times.length < done) window.times.push(performance.now() - window.entered);
    }).observe(document.getElementById('chat'), { childList: true, subtree: true });
    new MutationObserver(() => { window.offered = true; }).observe(document.getElementById('next'), { childList: true, subtree: true });
}"""


def main() -> int:
    """Measure, print a table, write JSON; 1 where a window does not show its own answer or a history is not its visitor's alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=8, help="questions of each visitor")
    parser.add_argument("--clicks", type=int, default=15)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from qa.assistant import Assistant
    from qa.settings import load

    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = {one["id"]: one for one in map(json.loads, lines)}
    chosen = [questions[id_] for id_ in ASKED]
    first, second = chosen[::2][: told.pairs], chosen[1::2][: told.pairs]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run(
            [*QA, "build", str(HERE / "articles"), "--index", "trial", "--indexes", folder], check=True, stdout=sys.stderr
        )
        assistant = Assistant.open("trial", settings=load({"indexes": folder}))
        for one in chosen:
            one["alone"] = assistant.ask(one["question"])  # what each window must show, whoever else asks
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("QA_CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        with serving(Path(folder)) as (url, up, server):
            result: dict[str, Any] = {"load_average": os.getloadavg()[0], "cores": len(os.sched_getaffinity(0))}
            result |= painted(browser, url, up)
            one, other = visitor(browser, url), visitor(browser, url)
            ask(one, questions["t02"]["question"])  # the models are opened
            settled(one)
            result["click_to_mark_ms"] = clicks(one, told.clicks)
            fresh(one)
            alone = [asked(one, [one_]) for one_ in first], [asked(other, [one_]) for one_ in second]
            before = cpu(server)
            for page in (one, other):
                fresh(page)
            both = [asked_at_once((one, a), (other, b)) for a, b in zip(first, second, strict=True)]
            result["processor_seconds_together"] = round(cpu(server) - before, 2)
            rows = [*(row for side in alone for row in side), *(row for pair in both for row in pair)]
            result |= {
                "questions": len(rows),
                "own": sum(row["own"] for row in rows),
                "not_own": [row["question"] for row in rows if not row["own"]],
                "right": sum(row["right"] for row in rows),
                "wrong": sorted({row["question"] for row in rows if not row["right"]}),
                "seconds_alone": spread([row["seconds"] for side in alone for row in side]),
                "seconds_two_at_once": spread([row["seconds"] for pair in both for row in pair]),
                "histories_apart": apart(one, first) and apart(other, second),
            }
            browser.close()
    print(json.dumps(result, indent=1, ensure_ascii=False))
    if told.json:
        told.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if not result["not_own"] and result["histories_apart"] else 1


QA = [sys.executable, "-m", "qa.cli"]


class serving:  # noqa: N801 - read as a statement
    """`qa serve` over the built index; gives its address, when it said that it is up, and its process id."""

    def __init__(self, folder: Path) -> None:
        self.command = [*QA, "serve", "--index", "trial", "--indexes", str(folder), "--port", "0"]
        for pair in ("web.cache=0", f"web.history={folder}/history.sqlite", "web.feedback=", "web.log=off"):
            self.command += ["--set", pair]

    def __enter__(self) -> tuple[str, float, int]:
        self.server = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout is not None
        for line in self.server.stdout:
            if found := re.search(r"http://\S+/", line):
                return found[0], time.monotonic(), self.server.pid
        sys.exit("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(60)


def painted(browser: Any, url: str, up: float) -> dict[str, float]:
    """Seconds from "up" to the first paint of the first visit and to the page that can be used, and the same of a second visit by itself."""
    told: dict[str, float] = {}
    for visit in ("first", "second"):
        spent = cpu(os.getpid())
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        began = up if visit == "first" else time.monotonic()
        waited = time.monotonic() - began
        page.goto(url, wait_until="commit")
        page.locator(".welcome").wait_for()
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        page.locator("html[data-ready]").wait_for()
        told[f"{visit}_paint_s"] = round(waited + paint, 2)
        told[f"{visit}_usable_s"] = round(time.monotonic() - began, 2)
        told[f"{visit}_processor_s"] = round(cpu(os.getpid()) - spent, 2)
        context.close()
    return told


def visitor(browser: Any, url: str) -> Any:
    """A window with cookies of its own."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID", reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.locator("html[data-ready]").wait_for()
    page.evaluate(WATCH)
    return page


def fresh(page: Any) -> None:
    """A new conversation."""
    if page.locator("[data-new]").count():
        page.locator("[data-new]").click()
        page.locator(".welcome").wait_for()
    page.evaluate("window.times = []")


def send(page: Any, question: str) -> None:
    """Type and press Enter, without waiting."""
    page.evaluate("window.offered = false")
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def ask(page: Any, question: str, turn: int = 0) -> float:
    """Seconds from Enter to the answer, which is shown then."""
    send(page, question)
    return came(page, turn)


def came(page: Any, turn: int) -> float:
    """Seconds that the answer of a turn took, once it is there."""
    page.wait_for_function("turn => window.times.length > turn", arg=turn)
    return float(page.evaluate("turn => window.times[turn]", turn)) / 1000


def asked(page: Any, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """One question in a conversation of its own while nobody else asks."""
    fresh(page)
    (one,) = questions
    seconds = ask(page, one["question"])
    settled(page)
    return judged(page, one, 0, seconds)


def asked_at_once(*pairs: tuple[Any, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each visitor's question, sent before either is answered; in conversations of their own."""
    for page, _ in pairs:
        fresh(page)
    for page, one in pairs:
        send(page, one["question"])
    told = [judged(page, one, 0, came(page, 0)) for page, one in pairs]
    for page, _ in pairs:
        settled(page)
    return told


def settled(page: Any) -> None:
    """Wait until what could be asked next has been found: it is asked of the same engine."""
    page.wait_for_function("window.offered")


def judged(page: Any, one: dict[str, Any], turn: int, seconds: float) -> dict[str, Any]:
    """Whether the window shows what the assistant answers to its own question, and whether that is right."""
    exchange = page.locator(".exchange").nth(turn)
    told = " ".join(exchange.locator(".answer :is(.short, .said)").all_text_contents())
    expected = [one["alone"].short, *(citation.quote for citation in one["alone"].citations)]
    return {
        "question": one["question"],
        "seconds": seconds,
        "own": one["question"] in exchange.locator(".asked").text_content()
        and bool(told) == (not one["alone"].abstained)
        and all(part in told for part in expected),
        "right": any(form.casefold() in told.casefold() for form in one["answers"]),
    }


def clicks(page: Any, n: int) -> dict[str, float]:
    """Milliseconds from a click on the number to its words marked and in view; the article is closed between two.

    Processor milliseconds of a click are those of browser and server together, the closing of the article included.
    """
    took: list[float] = []
    spent = cpu(os.getpid())
    for _ in range(n):
        page.locator(".chip").first.click()
        page.wait_for_function("window.marked !== null && window.marked !== undefined")
        took.append(float(page.evaluate("window.marked")))
        page.locator("#beside [data-close]").click()
        page.locator("#beside .source").wait_for(state="detached")
    return {
        "median": round(statistics.median(took)),
        "longest": round(max(took)),
        "processor": round(1000 * (cpu(os.getpid()) - spent) / n),
    }


def apart(page: Any, own: list[dict[str, Any]]) -> bool:
    """Whether a visitor's history holds this visitor's questions and no other."""
    page.get_by_role("tab", name="Riwayat").click()
    page.locator(".past li").first.wait_for()
    names = set(page.locator(".past [data-open]").all_text_contents())
    theirs = {one["question"] for one in own} | {"Berapa panjang dermaga Bolo?"}
    return {one["question"] for one in own} <= names <= theirs


def spread(seconds: list[float]) -> dict[str, float]:
    """Median and longest."""
    return {"median": round(statistics.median(seconds), 2), "longest": round(max(seconds), 2)}


def cpu(pid: int) -> float:
    """Processor seconds so far of a process and of all that it has started and that still runs."""
    ticks, found = 0, [pid]
    for each in found:
        try:
            told = Path(f"/proc/{each}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
            children = [task.read_text(encoding="ascii") for task in Path(f"/proc/{each}/task").glob("*/children")]
        except OSError:  # it has ended
            continue
        ticks += int(told[11]) + int(told[12])
        found += [int(child) for line in children for child in line.split()]
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
