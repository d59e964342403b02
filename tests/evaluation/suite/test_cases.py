"""A suite is read whole or not at all, and every bad line is reported with its number."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qa.errors import SuiteError
from qa.evaluation.suite.cases import digest, dumps, gold_faults, load, occurrences, parse, places, unreached
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan, Judgement
from qa.evaluation.suite.json_schema import json_schema
from qa.schema import KINDS, Turn

GOOD = {"id": "a", "question": "Apa?"}


def test_a_case_comes_back_as_it_was_written():
    record = {
        **GOOD,
        "answers": ["x"],
        "sources": [{"source": "s.txt", "quote": "x y"}],
        "kind": "what",
        "language": "en",
        "tags": ["slang"],
        "history": [{"question": "q", "answer": "a"}],
    }
    case = parse(json.dumps(record))
    assert (case.answers, case.sources, case.tags) == (("x",), (GoldSpan(source="s.txt", quote="x y"),), ("slang",))
    assert (case.kind, case.language, case.history) == ("what", "en", (Turn(question="q", answer="a"),))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON at column"),
        ("[1]", "a case is an object, not list"),
        (json.dumps({**GOOD, "answer": "x"}), "unknown key 'answer'. Known keys:"),
        (json.dumps({"id": "a"}), "'question' must be a text"),
        (json.dumps({**GOOD, "id": 7}), "'id' must be a text"),
        (json.dumps({**GOOD, "question": " "}), "'question' must be a text"),
        (json.dumps({**GOOD, "kind": "whom"}), "unknown kind 'whom'"),
        (json.dumps({**GOOD, "language": "fr"}), "unknown language 'fr'"),
        (json.dumps({**GOOD, "answers": "x"}), "'answers' must be a list"),
        (json.dumps({**GOOD, "answers": ["x"]}), "answers but no sources"),
        (json.dumps({**GOOD, "sources": [{"source": "s", "quote": "q"}]}), "sources but no answers"),
        (json.dumps({**GOOD, "sources": [{"source": "s"}]}), "each of 'sources'"),
        (json.dumps({**GOOD, "history": [{"question": "s"}]}), "each of 'history'"),
        (json.dumps({**GOOD, "kind": None}), "unknown kind None"),
        (json.dumps({**GOOD, "sources": [{"source": "s", "quote": " "}], "answers": ["x"]}), "each of 'sources'"),
        ('{"id": "a", "question": "Apa?", "id": "b"}', "key 'id' is twice"),
        ('{"id": "a", "question": "\\ud800"}', "half of a surrogate pair"),
        (json.dumps({**GOOD, "relevant": ["d1"]}), "each of 'relevant'"),
        (json.dumps({**GOOD, "relevant": [{"source": "d1", "grade": 0}]}), "a grade is a whole number from 1, not 0"),
        (json.dumps({**GOOD, "relevant": [{"source": "d1", "grade": 1}] * 2}), "names a source twice"),
        (
            json.dumps(
                {
                    **GOOD,
                    "relevant": [{"source": "d1", "grade": 1}],
                    "answers": ["x"],
                    "sources": [{"source": "s", "quote": "x"}],
                }
            ),
            "relevant beside answers",
        ),
    ],
)
def test_a_bad_line_names_file_line_field_and_cure(line, told, write_suite):
    path = write_suite(json.dumps({**GOOD, "id": "first"}), "", line)
    with pytest.raises(SuiteError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert told in str(caught.value)


def test_all_bad_lines_are_told_at_once(write_suite):
    path = write_suite("{", GOOD, GOOD, "[]")
    with pytest.raises(SuiteError) as caught:
        load(path)
    told = str(caught.value).splitlines()
    assert [line.split(":")[1] for line in told] == ["1", "3", "4"]
    assert "id 'a' is taken by line 2" in told[1]


def test_many_bad_lines_are_counted_and_not_all_printed(write_suite):
    with pytest.raises(SuiteError, match=r"and 5 more$"):
        load(write_suite(*["{"] * 25))


def test_a_missing_empty_or_undecodable_file_is_told(tmp_path, write_suite):
    with pytest.raises(SuiteError, match="cannot be read"):
        load(tmp_path / "none.jsonl")
    with pytest.raises(SuiteError, match="no cases"):
        load(write_suite())
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(SuiteError, match="not UTF-8 at byte 8"):
        load(tmp_path / "latin.jsonl")


def gold(answers, source, quote, **more):
    return {**GOOD, "answers": answers, "sources": [{"source": source, "quote": quote}], **more}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (gold(["bulan"], "none.txt", "bulan"), "source 'none.txt' is not among the articles"),
        (gold(["bulan"], "moon.txt", "luna-25 jatuh ke bulan"), "not letter for letter in moon.txt"),
        (gold(["Luna-26"], "moon.txt", "Luna-26 ditunda."), "masked in moon.txt"),
        (gold(["Mars"], "moon.txt", "Luna-25 jatuh ke bulan."), "'Mars' is in none of the marked words"),
        (gold(["Ya"], "moon.txt", "Luna-25 jatuh ke bulan."), "'Ya' is in none"),
    ],
)
def test_gold_that_is_not_in_its_source_is_refused(record, told, write_suite, articles):
    with pytest.raises(SuiteError) as caught:
        load(write_suite(record), articles)
    assert told in str(caught.value)


def test_yes_and_no_need_not_stand_in_the_article(write_suite, articles):
    assert load(write_suite(gold(["Ya"], "moon.txt", "Luna-25 jatuh ke bulan.", kind="yes_no")), articles).cases


def test_every_unmasked_occurrence_of_marked_words_is_one_place(articles):
    case = parse(json.dumps(gold(["Luna-2"], "moon.txt", "Luna-2")))
    (place,) = places(case, articles)
    assert place.spans == ((0, 6),)  # the second is in masked text
    assert occurrences("aaa", "aa") == [(0, 2), (1, 3)]


@given(st.text(alphabet="ab", max_size=12), st.text(alphabet="ab", min_size=1, max_size=3))
def test_occurrences_are_every_span_that_equals_the_words(text, quote):
    expected = [(i, i + len(quote)) for i in range(len(text)) if text[i : i + len(quote)] == quote]
    assert occurrences(text, quote) == expected


def test_the_hash_is_of_what_the_cases_say_and_not_of_how_they_are_typed(write_suite):
    tight = load(write_suite('{"id":"a","question":"Apa?"}', name="one.jsonl"))
    loose = load(write_suite("", '{"question": "Apa?",   "id": "a", "tags": []}', name="two.jsonl"))
    assert tight.sha256 == loose.sha256
    assert tight.lines == (1,)
    assert loose.lines == (2,)
    assert digest([replace(tight.cases[0], question="Siapa?")]) != tight.sha256


def test_the_json_schema_knows_the_same_keys_and_kinds_as_the_reader():
    schema = json_schema()
    with pytest.raises(ValueError, match="Known keys") as caught:
        parse(json.dumps({**GOOD, "?": 1}))
    assert str(caught.value).split("Known keys: ")[1].split(", ") == list(schema["properties"])
    assert schema["properties"]["kind"]["enum"] == ["", *KINDS]


VALIDATOR = Draft202012Validator(json_schema())
TEXTS = st.text(max_size=3) | st.sampled_from(["who", "id", "fr", "", " "])
JSON = st.none() | st.booleans() | st.integers(-1, 3) | st.floats(-1, 3) | TEXTS
SOURCE = st.fixed_dictionaries({"source": TEXTS | JSON, "quote": TEXTS}, optional={"grade": JSON})
TURN = st.fixed_dictionaries({"question": TEXTS}, optional={"answer": TEXTS | JSON, "short": TEXTS | JSON})
JUDGED = st.fixed_dictionaries({"source": TEXTS, "grade": st.integers(0, 2) | JSON})
RECORDS = st.fixed_dictionaries(
    {"id": st.just("a") | TEXTS, "question": st.just("Apa?") | TEXTS},
    optional={
        "answers": st.lists(TEXTS | JSON, max_size=2) | JSON,
        "sources": st.lists(SOURCE, max_size=2) | JSON,
        "kind": st.sampled_from(["", "who", "whom"]) | JSON,
        "language": st.sampled_from(["id", "en", "fr"]) | JSON,
        "tags": st.lists(TEXTS | JSON, max_size=2) | JSON,
        "history": st.lists(TURN, max_size=2) | JSON,
        "relevant": st.lists(JUDGED, max_size=2, unique_by=lambda judged: judged["source"]) | JSON,
        "more": JSON,
    },
)
SOUND = st.fixed_dictionaries(
    {"id": st.just("a"), "question": st.just("Apa?")},
    optional={
        "kind": st.sampled_from(["", *KINDS]),
        "language": st.sampled_from(["id", "en"]),
        "tags": st.lists(st.just("slang"), max_size=1),
        "history": st.lists(
            st.sampled_from([{"question": "q", "answer": ""}, {"question": "q", "answer": "a", "short": "s"}]), max_size=1
        ),
        "answers": st.lists(st.just("x"), max_size=1),
        "sources": st.lists(st.just({"source": "s", "quote": "x"}), max_size=1),
        "relevant": st.lists(st.just({"source": "d", "grade": 2}), max_size=1),
    },
)


@settings(deadline=None)
@given(RECORDS | SOUND | JSON)
def test_a_line_is_accepted_exactly_when_the_json_schema_accepts_it(record):
    try:
        parse(json.dumps(record))
        accepted = True
    except ValueError:
        accepted = False
    assert accepted == VALIDATOR.is_valid(record)


def test_the_json_schema_is_one_and_accepts_every_suite_that_ships(root):
    Draft202012Validator.check_schema(json_schema())
    for path in (root / "evals").glob("*.jsonl"):
        if path.name in {"agreement.jsonl", "dates.jsonl", "timeline.jsonl"}:  # tables of their own tests, no suites
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            assert VALIDATOR.is_valid(json.loads(line)), (path.name, line)


@given(SOUND)
def test_a_case_that_is_written_and_read_again_is_the_same(record):
    try:
        case = parse(json.dumps(record))
    except ValueError:
        return
    assert parse(dumps(case)) == case


def test_a_judged_case_has_grades_and_a_hash_of_its_own_and_the_others_keep_theirs():
    judged = parse(json.dumps({**GOOD, "relevant": [{"source": "d1", "grade": 2}]}))
    assert judged.relevant == (Judgement(source="d1", grade=2),)
    plain = EvalCase(id="a", question="Apa?")
    # The hash that this case had before judgements were known: recorded baselines must still recognise their cases.
    assert digest([plain]) == "06652d30abfcac1bb01292200531843cc25c072b0c2978abf2d8dc0f6f0d0664"
    assert digest([judged]) != digest([plain])
    assert (
        digest([replace(plain, history=(Turn(question="q", answer="a"),))])
        == "0a91038f1ca62544f1000523ee5ffc390a055e0bfc25429033e9ca1d79ded879"
    )


def test_a_judged_article_that_is_not_there_is_a_fault(articles):
    judged = parse(json.dumps({**GOOD, "relevant": [{"source": "none.txt", "grade": 1}]}))
    assert gold_faults(judged, articles) == ["source 'none.txt' is not among the articles"]


def test_external_gold_that_cannot_be_reached_is_no_fault_but_is_told_and_has_no_span(articles):
    lost = parse(json.dumps(gold(["x"], "none.txt", "x", tags=["external"])))
    masked = parse(json.dumps(gold(["Luna-26"], "moon.txt", "Luna-26 ditunda.", tags=["external"])))
    assert [gold_faults(case, articles) for case in (lost, masked)] == [[], []]
    assert [len(unreached(case, articles)) for case in (lost, masked)] == [1, 1]
    assert [place.spans for case in (lost, masked) for place in places(case, articles)] == [(), ()]


def test_external_gold_must_stand_letter_for_letter_all_the_same(articles):
    wrong = parse(json.dumps(gold(["bulan"], "moon.txt", "Luna-25 jatuh di bulan.", tags=["external"])))
    assert "not letter for letter" in gold_faults(wrong, articles)[0]
