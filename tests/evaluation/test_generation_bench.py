"""The bench of generation lies in known places, counts what gets past, and finds the words in the prompt that it quotes."""

from __future__ import annotations

import json

import pytest

from qa.evaluation.suite.cases import load

CASE = {
    "who": "Gubernur Rahman meresmikan Jembatan Palu pada Rabu, 12 Maret 2021, disaksikan dua menteri.",
    "written": "Jembatan Palu diresmikan Rahman pada 12 Maret 2021 di depan dua menteri.",
}


@pytest.fixture
def bench(root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "evals" / "bench"))
    import generation

    return generation


@pytest.fixture
def sayings(bench):
    import sayings

    return sayings


@pytest.fixture
def case():
    from qa.schema import EvalCase, GoldSpan

    return EvalCase(id="a", question="Kapan?", answers=("12 Maret",), sources=(GoldSpan(source="a.txt", quote=CASE["who"]),))


def test_each_lie_differs_from_the_truth_in_what_it_is_called_after(sayings, case):
    lies = {
        saying.kind: saying
        for saying in sayings.falsehoods(case, CASE["written"], [("Kapal tenggelam.", "b.txt", "Kapal itu tenggelam.")])
    }
    assert lies["number changed"].text == CASE["written"].replace("dua", "enam")
    assert lies["date changed"].text == CASE["written"].replace("Maret", "Mei")
    assert "Rahman" not in lies["name changed"].text or "Palu" not in lies["name changed"].text
    assert lies["denied"].text == CASE["written"].replace("diresmikan", "tidak diresmikan")
    assert lies["invented quote"].quotes[0][0] == ""
    assert lies["misquoted"].quotes[0][1] != CASE["who"]
    assert lies["clause added"].text.startswith(CASE["written"].rstrip("."))
    assert lies["another fact"].text == "Kapal tenggelam."
    assert lies["quote of something else"].quotes == (("b.txt", "Kapal itu tenggelam."),)
    assert set(lies) <= {*sayings.FALSE, *sayings.MISCITED}
    assert list(sayings.falsehoods(case, CASE["written"], [])) == list(sayings.falsehoods(case, CASE["written"], []))


def test_names_that_act_together_are_not_swapped(sayings):
    assert sayings.swapped("Kim dan Putin datang.", [(0, 3), (8, 13)]) == ""
    assert sayings.swapped("Kim menyambut Putin.", [(0, 3), (14, 19)]) == "Putin menyambut Kim."


def test_every_answerable_case_of_the_suite_has_a_sentence_written_for_it(bench, sayings, root):
    cases = load(root / "evals" / "seeds.jsonl").cases
    written = sayings.prose(root / "evals" / "bench" / "prose.jsonl", cases)
    assert set(written) == {case.id for case in cases if case.sources}
    rows = [json.loads(line) for line in (root / "evals" / "bench" / "prose.jsonl").read_text(encoding="utf-8").splitlines()]
    quotes = {span.quote for case in cases for span in case.sources}
    assert not {row["text"] for row in rows} & quotes  # in own words, not the articles'
    assert len(bench.scripts(cases, written, 3)) > 20


def test_the_number_under_which_a_prompt_shows_words_is_found(bench):
    prompt = "Pertanyaan: apa?\n\n<<ab12 1\n# Kabar\nSatu dua.\nab12>>\n\n<<ab12 2\n# Lain\nTiga (empat).\nab12>>"
    assert bench.rank_of(prompt, "dua") == 1
    assert bench.rank_of(prompt, "Tiga [empat]") == 2
    assert bench.rank_of(prompt, "lima") == 0


def test_what_is_let_through_is_counted_by_kind(bench, sayings):
    def outcome(kind, **told):
        saying = sayings.Saying(kind, "Kim datang.", (("a.txt", "Kim tiba."),))
        fate = {
            "said": False,
            "in_their_words": False,
            "cited": (),
            "recited": False,
            "why": "",
            "statements": (),
            "generated": True,
        }
        return bench.Outcome(case="a", language="id", saying=saying, first=0.5, asked=0.1, writing=0.2, **fate | told)

    assert bench.wrong(outcome("number changed", said=True))
    assert not bench.wrong(outcome("number changed", in_their_words=True))
    assert bench.wrong(outcome("another fact", said=True, cited=("Kim tiba.",)))
    assert not bench.wrong(outcome("another fact", said=True, cited=("Kim datang dengan kereta.",)))
    assert not bench.wrong(outcome("wrong passage number", said=True, cited=("Kim tiba.",)))
    assert bench.wrong(outcome("wrong passage number", said=True, cited=("Putin pergi.",)))
    found = bench.figures(
        [outcome("own words", said=True), outcome("own words"), outcome("name changed", said=True), outcome("name changed")],
        lambda _: lambda premise, claim: claim in premise,
        ["Kim tiba."],
    )
    assert found["true sentences dropped"] == 1 / 2
    assert found["kinds"]["name changed"]["wrong"] == 1 / 2
    assert found["seconds to the first proved sentence, the model's writing apart"]["median"] == pytest.approx(0.3)
    assert found["alce"]["verifier"]["good"]["recall as written"] == 0.0
    assert "| name changed | 2 | 50.0% | 0.0% | 50.0% | 50.0% |" in bench.table(found | {"at a model's pace": {}})


@pytest.mark.extra("langchain", "langchain_openai")
def test_a_few_sentences_go_the_whole_way_over_the_wire(bench, sayings, assistant, seeds_settings, root):
    found, outcomes = bench.run("seeds", str(seeds_settings.indexes), 1, 0)
    by_kind = {one.saying.kind: one for one in outcomes}
    assert found["asked"] == len(outcomes)
    assert by_kind["own words"].said
    assert by_kind["own words"].first > by_kind["own words"].asked > 0
    assert not any(by_kind[kind].said for kind in ("invented quote", "misquoted", "name changed") if kind in by_kind)
    assert found["alce"]["verifier"]["good"]["recall"] == 1.0
