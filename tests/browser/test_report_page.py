"""An eval's page in Chromium: it asks nobody for anything, and its cases are picked by outcome without a script."""

from __future__ import annotations

import json

import pytest

from qa.evaluation.report.report import write
from qa.evaluation.run.run import run
from qa.evaluation.suite.archive import archive_of
from qa.evaluation.suite.cases import load

pytestmark = pytest.mark.browser

SOURCE, QUOTE = "000_41d7d3aaf241962c.txt", "Peluncuran pertama dari Vostochny terjadi pada 28 April 2016"
CASES = [
    {"id": "day", "question": "Kapan peluncuran pertama dari Vostochny terjadi?", "answers": ["28 April 2016"]},
    {
        "id": "off",
        "question": "Kapan peluncuran pertama dari Vostochny terjadi ya?",
        "answers": ["Peluncuran pertama dari Vostochny"],
    },
    {"id": "no", "question": "Berapa harga tiket konser Coldplay di Jakarta?"},
]


@pytest.fixture(scope="module")
def report_page(assistant, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    lines = [{**case, "sources": [{"source": SOURCE, "quote": QUOTE}]} if "answers" in case else case for case in CASES]
    (folder / "suite.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    suite = load(folder / "suite.jsonl")
    archive = archive_of(assistant, suite.cases)
    report = run(assistant, suite, archive)
    write(report, None, folder / "out", archive)
    return (folder / "out/report.html").as_uri(), report


@pytest.fixture
def opened(report_page, chromium):
    url, report = report_page
    context = chromium.new_context(java_script_enabled=False)
    requested = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(url)
    yield page, report
    context.close()
    assert [asked for asked in requested if asked != url and not asked.startswith("data:")] == []


def test_each_outcome_picks_its_cases_without_a_script(opened):
    page, report = opened
    assert page.locator(".case:visible").count() == len(CASES)
    page.get_by_text("declined 1", exact=True).click()
    assert page.locator(".case:visible").count() == sum(result.outcome == "declined" for result in report.results) == 1
    page.get_by_text(f"all {len(CASES)}", exact=True).click()
    assert page.locator(".case:visible").count() == len(CASES)


def test_a_case_opens_beside_its_source_with_gold_and_cited_words_marked(opened, assistant):
    page, report = opened
    case = page.locator(".case").first
    assert not case.locator("blockquote").first.is_visible()
    case.locator("summary").click()
    assert QUOTE in "".join(case.locator("u").all_text_contents())
    cited = report.results[0].citations[0]
    assert cited.quote in "".join(case.locator("mark").all_text_contents())


def test_every_chart_is_drawn(opened):
    page, _ = opened
    sizes = page.locator("figure img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert len(sizes) == 3
    assert all(sizes)
