"""A suite is read whole or not at all, and every bad line is told with its number."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SuiteError
from qa.evaluation.cases import digest, json_schema, load, occurrences, parse, places
from qa.schema import KINDS, GoldSpan, Turn

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
        (gold(["Mars"], "moon.txt", "Luna-25 jatuh ke bulan."), "'Mars' stands in none of the marked words"),
        (gold(["Ya"], "moon.txt", "Luna-25 jatuh ke bulan."), "'Ya' stands in none"),
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
    assert place.spans == ((0, 6),)  # the second stands in masked text
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
