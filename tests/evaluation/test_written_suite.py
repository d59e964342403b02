"""The suite over articles that nothing was fitted to: large enough, true to its articles, and apart from every other question we have."""

import hashlib
import json
import lzma
from collections import Counter
from pathlib import Path

import pytest

from qa.evaluation.suite.cases import load
from qa.evaluation.suite.checks import check, read_articles
from qa.evaluation.text.normalise import fold
from qa.schema import KINDS

FOLDER = Path("evals/written")
SHORT, LONG = 900, 2600  # characters of an article


@pytest.fixture(scope="module")
def suite(root):
    return load(root / "evals/written.jsonl")


@pytest.fixture(scope="module")
def files(root):
    """The articles by their source, with what the index would mask."""
    return {
        article.source: article for article in read_articles([root / FOLDER / "articles.jsonl"], max_bytes=1_000_000).values()
    }


@pytest.fixture(scope="module")
def packed(root):
    """The committed training questions, by file."""
    found = {}
    for path in sorted((root / FOLDER).glob("questions.*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            found[path.name] = [json.loads(line) for line in stream]
    return found


def test_the_suite_has_300_cases_over_40_articles_and_uses_all_of_them(suite, files):
    assert len(suite.cases) >= 300
    assert len(files) >= 40
    assert {gold.source for case in suite.cases for gold in case.sources} == set(files)


def test_the_checker_finds_nothing_even_beside_the_other_suites(root):
    articles = read_articles([root / FOLDER / "articles.jsonl", root / "seeds"], max_bytes=1_000_000)
    report = check([root / "evals" / name for name in ("written.jsonl", "seeds.jsonl", "holdout.jsonl")], articles)
    assert [finding for finding in report.findings if finding.path.name == "written.jsonl"] == []


def test_every_quote_is_in_its_article_letter_for_letter(suite, files):
    assert [
        (case.id, gold.quote) for case in suite.cases for gold in case.sources if gold.quote not in files[gold.source].text
    ] == []


def test_every_marked_place_holds_an_accepted_form(suite):
    for case in suite.cases:
        for gold in case.sources:
            assert any(answer in gold.quote for answer in case.answers), (case.id, gold.quote)


def test_no_article_is_a_seed(root, files):
    seeds = {path.read_text(encoding="utf-8") for path in (root / "seeds").glob("*.txt")}
    assert seeds
    assert not seeds & {article.text for article in files.values()}


def test_no_article_of_the_questions_that_measure_is_one_that_is_trained_on(packed):
    hashes = {
        kept: {record["context_sha256"] for name, records in packed.items() if ("valid" in name) is kept for record in records}
        for kept in (True, False)
    }
    assert len(hashes[True]) > 150
    assert hashes[True].isdisjoint(hashes[False])


def test_no_article_is_one_that_the_committed_questions_for_training_are_about(files, packed):
    asked = {record["context_sha256"] for records in packed.values() for record in records}
    titles = {fold(record["title"]) for records in packed.values() for record in records}
    assert len(asked) > 1000
    assert [name for name, article in files.items() if hashlib.sha256(article.text.encode()).hexdigest() in asked] == []
    assert [article.title for article in files.values() if fold(article.title) in titles] == []


def test_no_question_is_one_of_training(suite, packed):
    trained = {fold(record["question"]) for records in packed.values() for record in records}
    assert [case.question for case in suite.cases if fold(case.question) in trained] == []


def test_the_articles_are_of_the_promised_length_and_of_several_outlets(files):
    assert all(SHORT <= len(article.text) <= LONG for article in files.values())
    assert len({article.outlet for article in files.values()}) >= 5


@pytest.mark.parametrize(
    ("tag", "least"),
    [("english", 40), ("informal", 30), ("typo", 10), ("list", 30), ("why", 40), ("said", 20), ("yes_no", 40), ("broad", 12)],
)
def test_every_slice_has_enough_cases(suite, tag, least):
    assert sum(tag in case.tags for case in suite.cases) >= least


def test_near_misses_are_a_fifth_and_every_kind_is_asked(suite):
    assert sum(not case.answers for case in suite.cases) >= len(suite.cases) // 5
    assert set(Counter(case.kind for case in suite.cases)) == set(KINDS)


def test_tags_say_what_is_the_case(suite):
    for case in suite.cases:
        assert ("unanswerable" in case.tags) == (not case.answers), case.id
        assert ("english" in case.tags) == (case.language == "en"), case.id
        assert ("list" in case.tags) == (case.kind == "list"), case.id
        assert ("yes_no" in case.tags) == (case.kind == "yes_no"), case.id
        assert ("said" in case.tags) == (case.kind == "said"), case.id
        several = len({gold.source for gold in case.sources}) > 1 and "broad" not in case.tags
        assert ("several_articles" in case.tags) == several, case.id


def test_a_yes_no_case_has_its_side_first_and_then_the_words_that_prove_it(suite):
    for case in suite.cases:
        if case.kind == "yes_no":
            assert case.answers[0] in ("Ya", "Tidak"), case.id
            assert len(case.answers) >= 2, case.id


def test_the_suites_took_no_part_in_a_fit(root):
    fitted = json.loads((root / "qa" / "models" / "reader" / "answers.json").read_text(encoding="utf-8"))["fitted_on"]
    assert fitted, "the coefficients must name what they were fitted on"
    suites = [*(root / "evals").glob("*.jsonl"), root / "evals" / "written" / "articles.jsonl"]
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in suites}
    assert not hashes & set(fitted.values())
    assert not {path.name for path in suites} & set(fitted)
