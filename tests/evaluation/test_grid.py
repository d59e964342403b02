"""Variants side by side: every combination, paired with the first, and none chosen on the suite that is reported."""

import csv
import json
from dataclasses import replace

import pytest

from qa.errors import SettingsError, UsageError
from qa.evaluation.gate.compare_runs import compared
from qa.evaluation.grid import opened, product, run_grid
from qa.evaluation.run.results import CaseResult
from qa.evaluation.suite.cases import load
from qa.evaluation.suite.eval_case import EvalCase
from qa.testing.chat_server import Reply, ScriptedServer

SEEDS = "evals/seeds.jsonl"


def results(right):
    return tuple(
        CaseResult(
            case=EvalCase(id=str(i), question=f"{i}?"), outcome="right" if one else "wrong", scores={"contains": float(one)}
        )
        for i, one in enumerate(right)
    )


@pytest.fixture
def part(root, tmp_path):
    """Every `step`-th case of the seeds suite, from `start`, as a suite of its own."""

    def make(name, start, step):
        lines = (root / SEEDS).read_text(encoding="utf-8").splitlines()
        path = tmp_path / name
        path.write_text("\n".join(lines[start::step]) + "\n", encoding="utf-8")
        return path

    return make


def test_every_combination_is_a_variant_and_the_first_values_come_first():
    assert product(["retrieve.depth=10, 20", "answer.threshold=0.4,0.5"]) == [
        {"retrieve.depth": "10", "answer.threshold": "0.4"},
        {"retrieve.depth": "10", "answer.threshold": "0.5"},
        {"retrieve.depth": "20", "answer.threshold": "0.4"},
        {"retrieve.depth": "20", "answer.threshold": "0.5"},
    ]


@pytest.mark.parametrize("spec", ["retrieve.depth", "=1,2", "retrieve.depth=1,,2", "retrieve.depth=1,1", "web.port=1,2"])
def test_a_grid_that_makes_no_sense_is_refused_with_the_cure(spec):
    with pytest.raises(UsageError, match="Cure: "):
        product([spec])


def test_a_setting_given_twice_is_refused():
    with pytest.raises(UsageError, match="twice"):
        product(["retrieve.depth=1,2", "retrieve.depth=3,4"])


def test_one_variant_and_unknown_settings_are_refused_before_anything_is_asked(seeds_settings, root):
    with pytest.raises(UsageError, match="no comparison"):
        run_grid(seeds_settings, root / SEEDS, ["retrieve.depth=10"])
    with pytest.raises(SettingsError, match="Known settings"):
        run_grid(seeds_settings, root / SEEDS, ["retrieve.deep=10,20"])
    with pytest.raises(SettingsError, match=r"retrieve\.depth"):
        run_grid(seeds_settings, root / SEEDS, ["retrieve.depth=10,many"])


def test_changes_are_paired_with_the_first_variant_and_corrected_for_how_many_there_are():
    first, same, worse = [1] * 40, [1] * 40, [0] * 12 + [1] * 28
    rows = compared([("a", results(first)), ("b", results(same)), ("c", results(worse))])
    assert [(row.metric, row.variant, row.mean) for row in rows if row.metric == "correct"] == [
        ("correct", "a", 1.0),
        ("correct", "b", 1.0),
        ("correct", "c", 0.7),
    ]
    last = rows[2]
    assert (last.n, last.paired, last.change) == (40, 40, -0.3)
    assert last.low == pytest.approx(-0.3 - 1.96 * (0.3 * 0.7 / 40) ** 0.5, abs=0.03)
    assert last.high < 0
    assert last.p <= 2 * 2 / 2**12 * 3  # two-sided, times two variants, with what 10,000 coins may miss
    assert rows[1].p == 1.0


def test_a_crash_is_left_out_of_the_pairs():
    crashed = (replace(results([1])[0], outcome="crash", scores={}), *results([1] * 5)[1:])
    rows = compared([("a", results([1] * 5)), ("b", crashed)])
    assert [(row.n, row.paired) for row in rows if row.variant == "b" and row.metric == "correct"] == [(4, 4)]


def test_a_variant_without_results_has_no_rows():
    assert {row.variant for row in compared([("a", results([1])), ("b", ())])} == {"a"}


@pytest.mark.integration
def test_a_grid_is_one_table_and_chooses_nothing(assistant, seeds_settings, part, tmp_path, capsys):
    suite = part("few.jsonl", 0, 40)
    status = run_grid(seeds_settings, suite, ["retrieve.top=20,1"], out=tmp_path / "out", progress=False)
    told = capsys.readouterr().out
    assert status == 0
    flowing = " ".join(told.split())
    assert "1  retrieve.top=20\n2  retrieve.top=1\n" in told
    assert "No variant is chosen: 2 were compared on the questions that these figures are of" in flowing
    assert "--choose-on SUITE" in told
    assert max(map(len, told.splitlines())) <= 100
    record = json.loads((tmp_path / "out/grid.json").read_text(encoding="utf-8"))
    assert record["choice"] == ""
    assert [variant["settings"] for variant in record["variants"]] == [{"retrieve.top": "20"}, {"retrieve.top": "1"}]
    with (tmp_path / "out/grid.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["variant"] for row in rows} == {"retrieve.top=20", "retrieve.top=1"}
    assert {float(row["mean"]) for row in rows if row["metric"] == "recall@20"} != {1.0}


@pytest.mark.integration
def test_a_choice_is_made_on_the_other_suite_and_keeps_the_first_where_nothing_is_better(
    assistant, seeds_settings, part, tmp_path, capsys
):
    suite, other = part("few.jsonl", 0, 60), part("other.jsonl", 1, 60)
    run_grid(seeds_settings, suite, ["retrieve.top=20,1"], choose_on=other, out=tmp_path, progress=False)
    told = capsys.readouterr().out
    assert "chosen on other.jsonl: variant 1 (retrieve.top=20)" in told
    assert "No other is better in 'correct' beyond chance" in told
    assert "had no part in the choice" in told
    assert json.loads((tmp_path / "grid.json").read_text(encoding="utf-8"))["choice"] == "retrieve.top=20"


def test_choosing_on_questions_of_the_reported_suite_is_refused(assistant, seeds_settings, part):
    suite, other = part("few.jsonl", 0, 40), part("other.jsonl", 0, 80)
    with pytest.raises(UsageError, match="4 of its 4 questions are in"):
        run_grid(seeds_settings, suite, ["retrieve.top=20,1"], choose_on=other)


@pytest.mark.integration
@pytest.mark.extra("langchain", "langchain_openai")
def test_a_variant_that_cannot_be_opened_is_reported_and_the_others_still_run(assistant, seeds_settings, part, tmp_path, capsys):
    suite = part("few.jsonl", 0, 100)
    with ScriptedServer([Reply("")]) as server:
        chatting = seeds_settings.model_copy(
            update={"chat": seeds_settings.chat.model_copy(update={"base_url": server.url, "seconds": 5.0})}
        )
        status = run_grid(chatting, suite, ["chat.model=openai:scripted,psychic:none"], out=tmp_path, progress=False)
    told = capsys.readouterr().out
    assert status == 1
    assert "2  chat.model=psychic:none: a worker cannot open what is to be asked: UsageError: unknown provider 'psychic'" in told
    assert {row["variant"] for row in json.loads((tmp_path / "grid.json").read_text())["rows"]} == {"chat.model=openai:scripted"}


def test_a_variant_with_other_settings_to_build_with_gets_an_index_of_its_own(assistant, seeds_settings, root, tmp_path):
    suite = load(root / SEEDS)
    larger = seeds_settings.model_copy(update={"corpus": seeds_settings.corpus.model_copy(update={"passage_chars": 1400})})
    found, archive = opened(larger, seeds_settings, "v", tmp_path, suite.cases)
    assert found.generation.n_passages < assistant.generation.n_passages
    assert archive.corpus == assistant.generation.articles.fingerprint()
    same, _ = opened(seeds_settings, seeds_settings, "w", tmp_path, suite.cases)
    assert same.generation.id == assistant.generation.id


def test_an_index_built_again_from_its_own_articles_has_the_same_passages(assistant, seeds_settings, root, tmp_path):
    exact = seeds_settings.retrieve.model_copy(update={"exact_below": 1})
    found, _ = opened(seeds_settings.model_copy(update={"retrieve": exact}), seeds_settings, "v", tmp_path, ())
    stores = (found.generation.articles, assistant.generation.articles)
    ours, theirs = [stored.passages(range(stored.n_passages)) for stored in stores]
    assert ours == theirs
    assert found.generation.manifest.store != assistant.generation.manifest.store
