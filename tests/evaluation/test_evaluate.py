"""`qa eval` checks before it asks, writes what it found, and exits with the status of the gate."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from qa.errors import SuiteError
from qa.evaluation.evaluate import evaluate
from qa.evaluation.gate import baseline
from qa.index.segments.joint_articles import SegmentedArticles
from qa.index.segments.segment import Segment
from qa.index.store.articles import Articles
from qa.index.store.manifest import SegmentEntry
from qa.schema import Passage


@pytest.fixture
def opened(tmp_path, archive, articles, scripted):
    """A scripted assistant over a real store of the small archive."""

    def passages(article):
        for start, end in archive.passages[article.id]:
            yield Passage(
                id=f"{article.id}:{start}-{end}", article_id=article.id, start=start, end=end, text=article.text[start:end]
            )

    folder = tmp_path / "store"
    folder.mkdir()
    store = Articles.write(folder, [(one, tuple(passages(one))) for one in articles.values()])
    count = sum(map(len, archive.passages.values()))
    entry = SegmentEntry(
        folder="", store="exact", first_row=0, end_row=count, articles=len(articles), passages=count, content=store.content
    )
    segments = SegmentedArticles([Segment(folder, entry, (store, None))], "small")

    def make(answers):
        assistant = scripted(answers)
        assistant.generation = SimpleNamespace(articles=segments)
        return assistant

    yield make
    store.close()


def test_reports_are_written_and_the_tables_printed(opened, suite, answers, tmp_path, capsys):
    report, status = evaluate(opened(answers), suite.path, out=tmp_path / "out", progress=False)
    assert status == 0
    assert "suite.jsonl: 4 cases, 0 crashed" in capsys.readouterr().out
    assert json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["figures"]["contains"]["mean"] == 1.0
    assert report.results[0].scores["recall@5"] == 1.0


def test_a_bad_suite_is_refused_before_anything_is_asked(opened, write_suite, answers):
    assistant = opened(answers)
    record = {"id": "a", "question": "a?", "answers": ["x"], "sources": [{"source": "moon.txt", "quote": "x"}]}
    with pytest.raises(SuiteError, match="not letter for letter"):
        evaluate(assistant, write_suite(record, name="bad.jsonl"), progress=False)
    assert assistant.asked == []


def test_a_missing_baseline_is_refused_before_anything_is_asked(opened, suite, answers, tmp_path):
    assistant = opened(answers)
    with pytest.raises(SuiteError, match="--update-baseline"):
        evaluate(assistant, suite.path, baseline=tmp_path / "none.json", progress=False)
    assert assistant.asked == []


def test_a_worse_run_fails_against_the_baseline_and_an_update_accepts_it(opened, suite, answers, tmp_path, capsys):
    path = tmp_path / "baseline.json"
    assert evaluate(opened(answers), suite.path, baseline=path, update=True, progress=False)[1] == 0
    first = path.read_bytes()
    assert evaluate(opened(answers), suite.path, baseline=path, progress=False)[1] == 0
    worse = {**answers, "fall?": replace(answers["cook?"], question="fall?"), "day?": replace(answers["cook?"], question="day?")}
    capsys.readouterr()
    assert (
        evaluate(opened(worse), suite.path, baseline=path, progress=False)[1] == 3
    )  # two losses: a coin does that one time in four
    assert "fall: right -> withheld" in capsys.readouterr().out
    assert path.read_bytes() == first  # looking changes nothing
    assert evaluate(opened(worse), suite.path, baseline=path, update=True, progress=False)[1] == 0
    told = capsys.readouterr().out  # what changes is shown, question by question
    assert (
        "fall: right -> withheld\n    - bulan | Luna-25 jatuh ke bulan. [1]\n    + (nothing)\n    cites nothing instead of moon"
        in told
    )
    assert "2 cases change (2 for the worse, 0 for the better), 0 added, 0 removed, 2 stay as they are" in told
    assert baseline.load(path).cases["fall"].outcome == "withheld"


def test_a_run_that_crashes_never_becomes_the_baseline(opened, suite, answers, tmp_path, capsys):
    path = tmp_path / "baseline.json"
    _, status = evaluate(opened({**answers, "day?": RuntimeError("x")}), suite.path, baseline=path, update=True, progress=False)
    assert status == 1
    assert not path.exists()
    assert "stays as it was" in capsys.readouterr().err


def test_two_runs_write_the_same_bytes_apart_from_times(opened, suite, answers, tmp_path):
    def timeless(value):
        if isinstance(value, dict):
            return {key: timeless(inner) for key, inner in value.items() if key != "seconds"}
        return [timeless(inner) for inner in value] if isinstance(value, list) else value

    recorded = tmp_path / "baseline.json"
    evaluate(opened(answers), suite.path, baseline=recorded, update=True, progress=False)
    worse = {**answers, "fall?": replace(answers["cook?"], question="fall?")}
    written = []
    for name in ("first", "second"):
        evaluate(opened(worse), suite.path, out=tmp_path / name, baseline=recorded, progress=False)
        written.append({path.name: path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).iterdir())})
    first, second = written
    assert first.keys() == second.keys()
    for name in first.keys() - {"junit.xml", "report.html", "report.json"}:  # these three tell times
        assert first[name] == second[name], name
    one, other = (json.dumps(timeless(json.loads(each["report.json"]))) for each in written)
    assert one == other
    timed = re.compile(r'time="[0-9.]+"')
    assert timed.sub("", first["junit.xml"]) == timed.sub("", second["junit.xml"])
