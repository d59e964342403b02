"""Whatever a file holds, a reader gives cases that are letter for letter in their articles, or a SuiteError: never anything else."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qa.errors import SuiteError
from qa.evaluation.benchmarks.public import read
from qa.evaluation.suite.cases import dumps, gold_faults, parse
from qa.evaluation.suite.json_schema import json_schema
from qa.schema import Article

VALIDATOR = Draft202012Validator(json_schema())
LOOSE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
WORD = st.sampled_from(["a", "B. c", "", " ", "10 Juni 2009.", "é", "\ud800", "“kata”", "x\ny"])
VALUE = st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | WORD
KEYS = [
    "data",
    "title",
    "paragraphs",
    "context",
    "qas",
    "id",
    "_id",
    "question",
    "answers",
    "text",
    "answer_start",
    "start",
    "is_impossible",
]
ANY = st.recursive(
    VALUE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), max_leaves=12
)
SPAN = st.fixed_dictionaries({"text": WORD | ANY, "answer_start": st.integers(-2, 20) | ANY})
ASKED = st.fixed_dictionaries({"id": WORD | ANY, "question": WORD, "answers": st.lists(SPAN, max_size=2) | ANY})
NESTED = st.fixed_dictionaries(
    {
        "data": st.lists(
            st.fixed_dictionaries(
                {
                    "title": WORD | ANY,
                    "paragraphs": st.lists(
                        st.fixed_dictionaries({"context": WORD, "qas": st.lists(ASKED, max_size=2) | ANY}), max_size=2
                    ),
                }
            ),
            max_size=2,
        )
    }
)


def held(spec):
    """Read it; what comes is sound, whatever it was read from."""
    try:
        found = read(spec)
    except SuiteError:
        return
    articles = {one["id"]: Article(id=one["id"], text=one["text"], source=one["id"], sha256="") for one in found.articles()}
    assert found.cases
    assert len({case.id for case in found.cases}) == len(found.cases)
    for case in found.cases:
        assert parse(dumps(case)) == case
        assert VALIDATOR.is_valid(json.loads(dumps(case)))
        if case.sources:
            assert gold_faults(case, articles) == []


@LOOSE
@given(ANY | NESTED)
def test_any_json_as_squad(tmp_path, value):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    held(f"squad:{path}")
    held(f"tydiqa:{path}")


@LOOSE
@given(st.lists(ANY | ASKED.flatmap(lambda one: WORD.map(lambda text: {**one, "context": text})), max_size=3))
def test_any_lines_as_rows(tmp_path, rows):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    held(f"sitasi:{path}")


@LOOSE
@given(
    st.lists(
        st.lists(st.text(alphabet="'[],BIOa\" 1\n", max_size=12) | st.just("['a', 'b']") | st.just("['B', 'O']"), max_size=4),
        max_size=3,
    )
)
def test_any_table_as_facqa(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_text(
        "question,passage,seq_label\n" + "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8"
    )
    held(f"facqa:{path}")


@LOOSE
@given(
    st.lists(ANY | st.fixed_dictionaries({"_id": WORD, "text": WORD}), max_size=3),
    st.text(alphabet="q0d1 \t\n-", max_size=40) | st.just("q 0 a 1\n"),
)
def test_any_lines_as_judgements_queries_and_corpus(tmp_path, rows, qrels):
    for name in ("queries.jsonl", "corpus.jsonl"):
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (tmp_path / "qrels.txt").write_text(qrels, encoding="utf-8")
    held(f"trec:{tmp_path}/qrels.txt?queries={tmp_path}/queries.jsonl&corpus={tmp_path}/corpus.jsonl")
    held(f"trec:{tmp_path}/qrels.txt?run={tmp_path}/qrels.txt")


@pytest.mark.parametrize("kind", ["squad", "tydiqa", "sitasi", "facqa", "beir"])
def test_a_folder_or_a_file_in_the_place_of_the_other_is_reported(kind, tmp_path):
    path = tmp_path / "x"
    if kind == "beir":
        path.write_text("{}", encoding="utf-8")
    else:
        path.mkdir()
    with pytest.raises(SuiteError, match=str(path)):
        read(f"{kind}:{path}")
