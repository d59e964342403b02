"""One call: articles are indexed below the output folder, questions asked, reports written."""

import json

import pytest

from qa.evaluation.benchmarks.public import evaluate
from qa.evaluation.run.results import CaseResult, Report
from qa.evaluation.suite.eval_case import EvalCase
from qa.settings import load

BRIDGE = "Jembatan Suramadu diresmikan pada 10 Juni 2009 oleh Presiden. Panjang jembatan itu 5.438 meter."
READ_ALSO = "Banjir merendam Jakarta pada Januari 2020.\nBaca juga: Gempa mengguncang Lombok pada 2018\nRibuan warga mengungsi."


def row(id_, question, context, *texts):
    answers = [{"text": text, "start": context.index(text)} for text in texts]
    return {"id": id_, "title": "", "context": context, "question": question, "answers": answers}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A run over two passages; the answer of one question is in what cleaning masks."""
    folder = tmp_path_factory.mktemp("benchmark")
    rows = [
        row("when", "Kapan Jembatan Suramadu diresmikan?", BRIDGE, "10 Juni 2009"),
        row("none", "Siapa arsitek Stasiun Gambir di Bandung?", BRIDGE),
        row("masked", "Kapan gempa mengguncang Lombok?", READ_ALSO, "2018"),
    ]
    path = folder / "tiny.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    report, status = evaluate(f"sitasi:{path}", load({}), out=folder / "out", progress=False)
    return folder / "out", report, status


def test_a_marked_benchmark_is_asked_like_any_suite(ran):
    out, report, status = ran
    assert status == 0
    assert (report.suite, len(report.results), report.crashes) == ("sitasi-tiny.jsonl", 3, 0)
    assert report.results[0].outcome == "right"
    assert {path.name for path in out.iterdir()} >= {"report.json", "report.md", "report.html", "junit.xml", "benchmark"}
    assert (out / "benchmark/sitasi-tiny.jsonl").is_file()


def test_gold_that_the_index_masks_stays_and_counts_as_missed(ran):
    _, report, _ = ran
    masked = report.results[2]
    assert masked.case.id == "masked"
    assert (masked.scores["recall@20"], masked.scores["map"], masked.scores["cited"]) == (0.0, 0.0, 0.0)


def test_the_index_lies_below_the_output_folder_and_nowhere_else(ran):
    out, _, _ = ran
    assert (out / "benchmark/indexes/benchmark").is_dir()


@pytest.fixture
def judged(tmp_path):
    (tmp_path / "qrels.txt").write_text("q0 0 d0 2\nq0 0 d1 1\nq1 0 d1 1\n")
    (tmp_path / "queries.tsv").write_text("q0\tperesmian jembatan Suramadu\nq1\tbanjir Jakarta\n")
    records = [{"id": "d0", "text": BRIDGE}, {"id": "d1", "text": READ_ALSO}, {"id": "d2", "text": "Persija menang atas Persib."}]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records))
    return tmp_path


def test_a_judged_benchmark_is_searched_alone_and_its_run_scores_the_same_when_read_again(judged, capsys):
    spec = f"trec:{judged}/qrels.txt?queries={judged}/queries.tsv&corpus={judged}/corpus.jsonl"
    searched, status = evaluate(spec, load({}), out=judged / "out", progress=False)
    assert status == 0
    assert {result.outcome for result in searched.results} <= {"found", "missed"}
    assert searched.figures["success@1"][0] == 1.0
    assert "contains" not in searched.figures
    assert "law" not in searched.figures
    assert searched.calibration == {}
    again, _ = evaluate(
        f"trec:{judged}/qrels.txt?run={judged}/out/benchmark/run.trec", load({}), out=judged / "again", progress=False
    )
    assert again.figures == searched.figures
    assert "map" in capsys.readouterr().out


def test_the_figures_of_the_squad_script_count_a_declined_question_as_right_and_a_crash_as_nothing():
    from qa.evaluation.benchmarks.running import squad_line

    def result(outcome, **scores):
        return CaseResult(case=EvalCase(id="q", question="q"), outcome=outcome, scores=scores)

    results = (
        result("right", em=1.0, f1=1.0),
        result("wrong", em=0.0, f1=0.5),
        result("declined", declined=1.0),
        result("overreached", declined=0.0),
        result("crash"),
    )
    report = Report(suite="s", suite_sha256="", corpus="", index="", settings="", models=(), results=results)
    # exact: (1 + 0 + 1 + 0 + 0) / 5, f1: (1 + 0.5 + 1 + 0 + 0) / 5
    assert squad_line(report) == "as the SQuAD script counts: exact 40.00, f1 50.00 over 5 questions"
