"""The suites that ship: balanced, apart from each other, and true to the articles letter for letter."""

import json
from collections import Counter

import pytest

from qa.evaluation.suite.archive import archive_of
from qa.evaluation.suite.cases import check, gold_faults, load
from qa.evaluation.suite.json_schema import json_schema
from qa.evaluation.text.normalise import fold
from qa.schema import KINDS, Article


@pytest.fixture(scope="module")
def seeds(root):
    return load(root / "evals/seeds.jsonl")


@pytest.fixture(scope="module")
def holdout(root):
    return load(root / "evals/holdout.jsonl")


@pytest.fixture(scope="module")
def files(root):
    """The source files as they are, without masks."""
    texts = {path.name: path.read_bytes().decode("utf-8") for path in (root / "seeds").glob("*.txt")}
    return {name: Article(id=name, text=text, source=name, sha256="") for name, text in texts.items()}


def test_all_gold_is_letter_for_letter_in_the_files(seeds, holdout, files):
    assert [fault for case in (*seeds.cases, *holdout.cases) for fault in gold_faults(case, files)] == []


def test_no_gold_is_masked_in_the_index(seeds, holdout, assistant):
    for suite in (seeds, holdout):
        check(suite, archive_of(assistant, suite.cases).by_source)


def test_every_gold_place_lies_in_a_passage(seeds, assistant):
    from qa.evaluation.suite.cases import places

    archive = archive_of(assistant, seeds.cases)
    assert [case.id for case in seeds.cases if case.answers and not archive.relevant(places(case, archive.by_source))] == []


def test_the_seed_suite_covers_every_kind_and_every_article(seeds, files):
    assert {case.kind for case in seeds.cases} == set(KINDS)
    used = Counter(gold.source for case in seeds.cases for gold in case.sources)
    assert set(used) == set(files)
    assert min(used.values()) >= 20


@pytest.mark.parametrize(
    ("tag", "least"),
    [
        ("english", 25),
        ("slang", 20),
        ("followup", 12),
        ("quotation", 15),
        ("who_said", 9),
        ("why_how", 15),
        ("disagreement", 10),
        ("boilerplate", 10),
    ],
)
def test_the_seed_suite_has_enough_of_every_slice(seeds, tag, least):
    assert sum(tag in case.tags for case in seeds.cases) >= least


def test_the_seed_suite_has_150_cases_of_which_40_cannot_be_answered(seeds):
    assert len(seeds.cases) >= 150
    assert sum(not case.answers for case in seeds.cases) >= 40


def test_tags_say_what_is_the_case(seeds, holdout):
    for case in (*seeds.cases, *holdout.cases):
        assert ("unanswerable" in case.tags) == (not case.answers), case.id
        assert ("followup" in case.tags) == bool(case.history), case.id
        assert ("english" in case.tags) == (case.language == "en"), case.id


def test_the_held_out_suite_repeats_no_question_of_the_other(seeds, holdout):
    asked = {fold(case.question) for case in seeds.cases}
    assert [case.id for case in holdout.cases if fold(case.question) in asked] == []
    assert not {case.id for case in seeds.cases} & {case.id for case in holdout.cases}


def test_the_published_schema_is_current(root):
    assert json.loads((root / "evals/case.schema.json").read_text(encoding="utf-8")) == json_schema()
