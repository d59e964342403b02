"""Words and labels become a passage that reads like one, with the answer at its place."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SuiteError
from qa.evaluation.benchmarks.facqa import joined
from qa.evaluation.benchmarks.public import read

WORDS = ["Jakarta", ",", "Kompas", "-", "Sri", "Mulyani", "mengumumkan", '"', "anggaran", '"', "(", "APBN", ")", "."]
LABELS = ["O", "O", "O", "O", "B", "I", *["O"] * 8]


@pytest.fixture
def write(tmp_path):
    def make(*rows, head=("question", "passage", "seq_label")):
        path = tmp_path / "facqa.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(
                [head, *[[cell if isinstance(cell, str) else repr(cell) for cell in row] for row in rows]]
            )
        return path

    return make


def test_words_are_joined_as_a_newspaper_writes_them(write):
    found = read(f"facqa:{write((['Siapa', 'mengumumkan', '?'], WORDS, LABELS))}")
    (article,), (case,) = found.articles(), found.cases
    assert article["text"] == 'Jakarta, Kompas - Sri Mulyani mengumumkan "anggaran" (APBN).'
    assert (case.question, case.answers) == ("Siapa mengumumkan?", ("Sri Mulyani",))
    assert case.sources[0].quote in article["text"]


def test_two_marked_runs_are_two_answers_and_one_may_end_the_passage(write):
    found = read(f"facqa:{write((['Apa', '?'], ['a', 'b', 'c', 'd'], ['B', 'B', 'O', 'I']))}")
    assert found.cases[0].answers == ("a", "b", "d")


def test_a_row_without_a_marked_answer_is_left_out_and_reported(write):
    found = read(f"facqa:{write((['Apa', '?'], WORDS, LABELS), (['Apa', '?'], WORDS, ['O'] * len(WORDS)))}")
    assert len(found.cases) == 1
    assert any(note.startswith("1 questions left out") for note in found.notes)


@pytest.mark.parametrize(
    ("rows", "head", "told"),
    [
        ([(["a"], ["b", "c"], ["O"])], None, ":2: 2 words and 1 labels"),
        ([(["a"], ["b"], ["X"])], None, ":2: unknown label 'X'"),
        ([(["a"], "kata", ["O"])], None, ":2: 'passage' is no list of words"),
        ([(["a"], [1], ["O"])], None, ":2: 'passage' is no list of words"),
        ([], ("question", "passage"), "no column 'seq_label'"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(rows, head, told, write):
    path = write(*rows, **({"head": head} if head else {}))
    with pytest.raises(SuiteError) as caught:
        read(f"facqa:{path}")
    assert told in str(caught.value)


@given(st.lists(st.sampled_from([*WORDS, "“", "”", "'", "…", "2005", "%"]), max_size=12))
def test_joining_moves_spaces_alone_and_says_where_each_word_starts(words):
    text, starts = joined(words)
    assert text.replace(" ", "") == "".join(words)
    assert [text[start : start + len(word)] for start, word in zip(starts, words, strict=True)] == words
