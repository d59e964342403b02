"""A public benchmark is read by its path alone, and what cannot be used of it is reported with its place."""

import bz2
import gzip
import json
import lzma

import pytest

from qa.errors import SuiteError, UsageError
from qa.evaluation.benchmarks.public import READERS, read

BRIDGE = "Jembatan Suramadu diresmikan pada 10 Juni 2009. Panjang jembatan itu 5.438 meter."
VOLCANO = "Gunung Merapi meletus pada 26 Oktober 2010. Sebanyak 353 orang meninggal."


def row(id_, question, context, *texts, **more):
    return {
        "id": id_,
        "title": "",
        "context": context,
        "question": question,
        "answers": {"text": list(texts), "answer_start": [context.index(text) for text in texts]},
        **more,
    }


ROWS = [
    row("q1", "Kapan Jembatan Suramadu diresmikan?", BRIDGE, "10 Juni 2009", "2009"),
    row("q2", "Siapa arsitek jembatan itu?", BRIDGE),
    row("q3", "Berapa orang yang meninggal?", VOLCANO, "353"),
]


def nested(rows):
    def asked(one):
        pairs = zip(one["answers"]["text"], one["answers"]["answer_start"], strict=True)
        return {
            "id": one["id"],
            "question": one["question"],
            "answers": [{"text": text, "answer_start": start} for text, start in pairs],
        }

    return {
        "version": "v2.0",
        "data": [{"title": "", "paragraphs": [{"context": one["context"], "qas": [asked(one)]}]} for one in rows],
    }


def as_lines(rows):
    return "".join(json.dumps(one) + "\n" for one in rows)


@pytest.fixture
def write(tmp_path):
    def make(name, content):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(nested(ROWS))),
        ("a.jsonl", as_lines(ROWS)),
        ("a.json", json.dumps(ROWS)),
        ("a.json", json.dumps({"data": ROWS})),
        (
            "a.jsonl",
            as_lines(
                {**one, "answers": [{"text": text, "start": one["context"].index(text)} for text in one["answers"]["text"]]}
                for one in ROWS
            ),
        ),
        ("a.jsonl.gz", gzip.compress(as_lines(ROWS).encode())),
        ("a.jsonl.xz", lzma.compress(as_lines(ROWS).encode())),
        ("a.json.bz2", bz2.compress(json.dumps(nested(ROWS)).encode())),
    ],
)
@pytest.mark.parametrize("kind", ["squad", "sitasi"])
def test_every_spelling_of_the_same_questions_gives_the_same_cases(kind, name, content, write):
    found = read(f"{kind}:{write(name, content)}")
    assert [case.id for case in found.cases] == ["q1", "q2", "q3"]
    first, second, third = found.cases
    assert first.answers == ("10 Juni 2009", "2009")
    assert [gold.quote for gold in first.sources] == ["Jembatan Suramadu diresmikan pada 10 Juni 2009."]
    assert (second.answers, second.tags) == ((), ("external", "unanswerable"))
    assert third.sources[0].quote == "Sebanyak 353 orang meninggal."
    assert [article["text"] for article in found.articles()] == [BRIDGE, VOLCANO]
    assert {case.language for case in found.cases} == {"id"}
    assert found.notes == ()


def test_the_marked_places_are_the_sentences_that_hold_the_answer_in_the_article_of_the_case(write):
    found = read(f"squad:{write('a.jsonl', as_lines([row('q', 'Apa?', BRIDGE, '2009. Panjang')]))}")
    (article,) = found.articles()
    (gold,) = found.cases[0].sources
    assert (gold.source, gold.quote) == (article["id"], BRIDGE)


def test_an_impossible_question_has_no_answer_whatever_is_plausible(write):
    data = nested(ROWS[:1])
    asked = data["data"][0]["paragraphs"][0]["qas"][0]
    asked["is_impossible"] = True
    found = read(f"squad:{write('a.json', json.dumps(data))}")
    assert found.cases[0].answers == ()


def start_at(start, text="10 Juni 2009", context=BRIDGE):
    return {"id": "q", "context": context, "question": "Kapan?", "answers": {"text": [text], "answer_start": [start]}}


def test_an_answer_whose_start_counts_bytes_is_found_and_told(write):
    context = "Pencinta café: 10 Juni 2009, 10 Juni 2009."
    offset = len(context[: context.index("10 Juni")].encode())
    found = read(f"squad:{write('a.jsonl', as_lines([start_at(offset, context=context)]))}")
    assert found.cases[0].answers == ("10 Juni 2009",)
    assert "1 answers whose start counts bytes" in found.notes[0]


def test_an_answer_that_is_said_to_start_elsewhere_is_found_where_it_stands_once(write):
    path = write("a.jsonl", as_lines([start_at(0)]))
    found = read(f"squad:{path}")
    assert found.cases[0].answers == ("10 Juni 2009",)
    assert f"(first: {path}:1)" in found.notes[0]


def test_a_question_whose_answer_is_nowhere_is_left_out_and_never_made_unanswerable(write):
    found = read(f"squad:{write('a.jsonl', as_lines([start_at(0, '11 Juni'), *ROWS]))}")
    assert [case.id for case in found.cases] == ["q1", "q2", "q3"]
    assert any("none of the answers is in the passage" in note for note in found.notes)


def test_ids_that_repeat_or_are_missing_become_ids_of_their_own(write):
    rows = [{**ROWS[0], "id": "None"}, {**ROWS[1], "id": "None"}, {**ROWS[2], "id": ""}]
    assert [case.id for case in read(f"sitasi:{write('a.jsonl', as_lines(rows))}").cases] == ["None", "None-2", "q"]


def test_tydiqa_keeps_indonesian_and_english_and_tells_how_many_it_left_out(write):
    rows = [
        {**ROWS[0], "id": "indonesian-1-0"},
        {**ROWS[2], "id": "english-2-0"},
        {**ROWS[0], "id": "finnish-3-0"},
        {**ROWS[0], "id": "None"},
    ]
    path = write("a.json", json.dumps(nested(rows)))
    found = read(f"tydiqa:{path}")
    assert [(case.id, case.language) for case in found.cases] == [
        ("indonesian-1-0", "id"),
        ("english-2-0", "en"),
        ("None", "id"),
    ]
    assert "1 questions in other languages left out" in found.notes
    assert [case.id for case in read(f"tydiqa:{path}?language=id").cases] == ["indonesian-1-0", "None"]


def test_a_sample_is_the_same_for_the_same_seed_and_keeps_every_article(write):
    rows = [row(f"q{i}", f"Nomor {i}?", f"Nomor {i} adalah angka {i}.", f"angka {i}") for i in range(30)]
    path = write("a.jsonl", as_lines(rows))
    drawn = [[case.id for case in read(f"squad:{path}?limit=5&seed={seed}").cases] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(drawn[0]) == 5
    assert drawn[0] == sorted(drawn[0], key=lambda id_: int(id_[1:]))
    assert len(list(read(f"squad:{path}?limit=5").articles())) == 30


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("dev.json", "known formats: squad, tydiqa"),
        ("xquad:dev.json", "known formats: squad, tydiqa"),
        ("squad:", "known formats"),
        ("squad:dev.json?depth=3", "unknown option 'depth'"),
        ("squad:dev.json?language=fr", "unknown language 'fr'"),
        ("trec:qrels.txt", "judgements need a run, or queries and a corpus"),
    ],
)
def test_a_wrong_spec_is_misuse_and_names_what_would_be_right(spec, told):
    with pytest.raises(UsageError, match=told):
        read(spec)


def test_a_limit_is_a_whole_number_from_one(write):
    path = write("a.jsonl", as_lines(ROWS))
    for limit in ("0", "few", "-1"):
        with pytest.raises(UsageError, match="whole number"):
            read(f"squad:{path}?limit={limit}")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", '{"rows": []}', 'a list under "data"'),
        ("a.json", '{"data": [{"title": "x"}]}', "entry 1: 'paragraphs' must be a list"),
        (
            "a.json",
            '{"data": [{"paragraphs": [{"context": "x", "qas": [{"id": "7"}]}]}]}',
            "question '7': 'question' must be text",
        ),
        ("a.jsonl", '{"context": "x"}', ":1: 'question' must be text"),
        ("a.jsonl", '{"context": "x", "question": "y", "answers": "z"}', ":1: 'answers' must be"),
        (
            "a.jsonl",
            '{"context": "x", "question": "y", "answers": {"text": ["x"], "answer_start": []}}',
            "1 answers and 0 starts",
        ),
        (
            "a.jsonl",
            '{"context": "x", "question": "y", "answers": [{"text": "x", "answer_start": "0"}]}',
            "starts at a whole number",
        ),
        ("a.jsonl", "\n\n[]\n", ":3: a list, not an object"),
        ("a.json", '{"data": []}', "no questions as squad"),
        ("a.json", b"\xff\xfe", "not UTF-8 at byte 0"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
        ("a.jsonl.xz", lzma.compress(b"{}" * 999)[:-9], "broken .xz file"),
    ],
)
def test_a_file_that_is_not_of_its_format_is_refused_with_its_place(name, content, told, write):
    path = write(name, content)
    with pytest.raises(SuiteError) as caught:
        read(f"squad:{path}")
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    for kind in READERS:
        spec = f"{kind}:{tmp_path / 'none.json'}" + (f"?run={tmp_path / 'none.txt'}" if kind == "trec" else "")
        with pytest.raises(SuiteError, match=r"none\.json"):
            read(spec)
