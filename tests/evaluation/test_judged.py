"""Judgements and rankings are read as TREC writes them, and scored as ir-measures scores them."""

import json
import random
from dataclasses import replace

import pytest

from qa.errors import SuiteError
from qa.evaluation.benchmarks.public import read
from qa.evaluation.benchmarks.trec import judgements, rankings, run_lines
from qa.evaluation.metrics.registry import outcome, ranked, score
from qa.evaluation.run.run import run
from qa.evaluation.suite.eval_case import EvalCase, Judgement
from qa.schema import Answer

CORPUS = [
    {"_id": "d0", "title": "Suramadu", "text": "Jembatan Suramadu diresmikan pada 10 Juni 2009."},
    {"_id": "d1", "title": "Merapi", "text": "Gunung Merapi meletus pada 26 Oktober 2010."},
    {"_id": "d2", "title": "Judul saja", "text": ""},
]
QUERIES = [{"_id": "q0", "text": "peresmian jembatan"}, {"_id": "q1", "text": "letusan gunung"}, {"_id": "q2", "text": "cabai"}]


@pytest.fixture
def beir(tmp_path):
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(one) + "\n" for one in CORPUS))
    (tmp_path / "queries.jsonl").write_text("".join(json.dumps(one) + "\n" for one in QUERIES))
    (tmp_path / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq0\td0\t2\nq1\td1\t1\nq1\td9\t1\nq2\td2\t0\n")
    return tmp_path


def test_a_beir_folder_gives_articles_and_cases_judged_by_their_search(beir):
    found = read(f"beir:{beir}")
    assert found.judged
    assert [(case.id, case.relevant) for case in found.cases] == [
        ("q0", (Judgement(source="d0", grade=2),)),
        ("q1", (Judgement(source="d1", grade=1), Judgement(source="d9", grade=1))),
    ]
    assert [article["text"] for article in found.articles()] == [CORPUS[0]["text"], CORPUS[1]["text"], "Judul saja"]
    assert found.notes == ("1 questions left out: no relevant article, or no words (first: q2)",)


def test_a_split_is_named_where_there_are_several(beir):
    (beir / "qrels/test.tsv").rename(beir / "qrels/dev.tsv")
    assert len(read(f"beir:{beir}").cases) == 2  # the only one
    (beir / "qrels/train.tsv").write_text("query-id\tcorpus-id\tscore\nq2\td2\t1\n")
    with pytest.raises(SuiteError, match=r"Splits there: dev, train"):
        read(f"beir:{beir}")
    assert [case.id for case in read(f"beir:{beir}?split=train").cases] == ["q2"]


def test_trec_judgements_go_with_queries_and_a_corpus_of_either_form(beir):
    (beir / "qrels.txt").write_text("q0 0 d0 2\nq1  0\td1 1\n")
    (beir / "topics.tsv").write_text("q0\tperesmian jembatan\nq1\tletusan gunung\n")
    found = read(f"trec:{beir}/qrels.txt?queries={beir}/topics.tsv&corpus={beir}/corpus.jsonl")
    assert [(case.id, case.question) for case in found.cases] == [("q0", "peresmian jembatan"), ("q1", "letusan gunung")]
    assert [article["id"] for article in found.articles()] == ["d0", "d1", "d2"]


def test_a_corpus_may_lie_in_several_files_and_name_its_articles_docid(beir):
    parts = beir / "parts"
    parts.mkdir()
    for number, one in enumerate(CORPUS):
        record = {"docid": one["_id"], "title": one["title"], "text": one["text"]}
        (parts / f"docs-{number}.jsonl").write_text(json.dumps(record))
    (beir / "qrels.txt").write_text("q0 Q0 d0 1\n")
    found = read(f"trec:{beir}/qrels.txt?queries={beir}/queries.jsonl&corpus={parts}")
    assert [article["id"] for article in found.articles()] == ["d0", "d1", "d2"]


@pytest.mark.parametrize("head", ["query-id\tcorpus-id\tscore\n", "query_id\tdoc\trel\n", ""])
def test_three_columns_may_have_any_header_or_none_and_grades_as_floats(head, tmp_path):
    path = tmp_path / "test.tsv"
    path.write_text(f"{head}q 1\td 1\t2.0\nq 1\td 2\t-1\n")
    assert judgements(path) == {"q 1": {"d 1": 2, "d 2": -1}}


def test_a_run_is_ordered_by_score_and_equal_scores_by_the_later_id(tmp_path):
    path = tmp_path / "run.txt"
    path.write_text("q Q0 a 1 1.0 t\nq Q0 c 2 2.5 t\nq Q0 b 3 1.0 t\n")
    assert rankings(path) == {"q": ("c", "b", "a")}


def test_a_written_run_is_read_in_the_same_order(tmp_path):
    path = tmp_path / "run.txt"
    path.write_text("\n".join(run_lines("q", ("b", "a", "c"), "sitasi")))
    assert rankings(path) == {"q": ("b", "a", "c")}


@pytest.mark.parametrize(
    ("read_file", "text", "told"),
    [
        (judgements, "q 0 d\n", ":1: 3 fields, not 4"),
        (judgements, "q 0 d 1\nq 0 d x\n", ":2: grade 'x' is not a whole number"),
        (judgements, "q 0 d 1.5\n", ":1: grade '1.5' is not a whole number"),
        (judgements, "q 0 d inf\n", ":1: grade 'inf' is not a whole number"),
        (judgements, "q 0 d 1\nq 0 d 2\n", ":2: article 'd' of question 'q' has the grade 1 already"),
        (judgements, "query-id\tcorpus-id\tscore\nq d 1\n", ":2: 1 fields, not 3"),
        (judgements, "\n", "no judgements"),
        (rankings, "q Q0 d 1 2.0\n", ":1: 5 fields, not 6"),
        (rankings, "q Q0 d 1 x t\n", ":1: score 'x' is not a number"),
        (rankings, "q Q0 d 1 nan t\n", ":1: score nan"),
        (rankings, "q Q0 d 1 2 t\nq Q0 d 2 1 t\n", ":2: article 'd' is twice in the ranking"),
        (rankings, "", "no rankings"),
    ],
)
def test_a_bad_line_is_refused_with_its_place(read_file, text, told, tmp_path):
    path = tmp_path / "file.txt"
    path.write_text(text)
    with pytest.raises(SuiteError) as caught:
        read_file(path)
    assert told in str(caught.value)


def test_judgements_of_other_questions_or_another_run_are_refused(beir, tmp_path):
    (beir / "qrels.txt").write_text("q7 0 d0 1\n")
    (beir / "run.txt").write_text("q0 Q0 d0 1 1.0 t\n")
    with pytest.raises(SuiteError, match="question 'q7' is not in"):
        read(f"trec:{beir}/qrels.txt?queries={beir}/queries.jsonl&corpus={beir}/corpus.jsonl")
    with pytest.raises(SuiteError, match="no question of it is judged"):
        read(f"trec:{beir}/qrels.txt?run={beir}/run.txt")


def test_one_id_with_two_questions_is_refused(beir):
    (beir / "queries.jsonl").write_text('{"_id": "q0", "text": "a"}\n{"_id": "q0", "text": "b"}\n')
    with pytest.raises(SuiteError, match=r"queries\.jsonl:2: question 'q0' was asked in other words before"):
        read(f"beir:{beir}")


def judged_case(**grades):
    relevant = tuple(Judgement(source=source.replace("_", "."), grade=grade) for source, grade in grades.items())
    return EvalCase(id="j", question="j?", relevant=relevant)


def test_an_article_stands_at_the_rank_of_its_best_passage(archive, hit):
    """By hand: the hits are ship, moon, ship again; so the ranking is ship, moon, and moon (grade 2) is at rank 2 of 2."""
    answer = Answer(question="j?", language="id", abstained=True, hits=(hit("ship", 0, 1), hit("moon", 0, 2), hit("ship", 1, 3)))
    scores = score(judged_case(moon_txt=2), answer, archive)
    assert (scores["mrr"], scores["map"], scores["recall@1"], scores["recall@5"]) == (0.5, 0.5, 0.0, 1.0)
    # DCG = 2 / log2(3), IDCG = 2 / log2(2)
    assert scores["ndcg@10"] == pytest.approx(0.6309297535714575)
    assert "withheld" not in scores
    assert "law" not in scores


def test_grades_move_ndcg_and_nothing_else(archive, hit):
    answer = Answer(question="j?", language="id", abstained=True, hits=(hit("ship", 0, 1), hit("moon", 0, 2)))
    plain = score(judged_case(moon_txt=1, ship_txt=1), answer, archive)
    graded = score(judged_case(moon_txt=3, ship_txt=1), answer, archive)
    # DCG = 1 / log2(2) + 3 / log2(3) = 2.8928; IDCG = 3 / log2(2) + 1 / log2(3) = 3.6309
    assert graded["ndcg@10"] == pytest.approx(2.8927892607 / 3.6309297536)
    assert {name: value for name, value in plain.items() if name != "ndcg@10"} == {
        name: value for name, value in graded.items() if name != "ndcg@10"
    }


def test_a_relevant_article_that_is_not_there_counts_as_missed(archive, hit):
    answer = Answer(question="j?", language="id", abstained=True, hits=(hit("moon", 0, 1),))
    scores = score(judged_case(moon_txt=1, none_txt=1), answer, archive)
    assert (scores["recall@20"], scores["map"]) == (0.5, 0.5)
    lost = judged_case(none_txt=1)
    assert outcome(lost, answer, score(lost, answer, archive)) == "missed"


def test_a_search_that_crashes_is_a_crash_and_has_no_scores(archive, suite, scripted):
    asked = replace(suite, cases=(judged_case(moon_txt=1),), lines=(1,))
    report = run(scripted({"j?": RuntimeError("boom")}), asked, archive)
    assert (report.results[0].outcome, report.results[0].scores, report.figures) == ("crash", {}, {})


def test_scores_of_random_graded_runs_equal_those_of_ir_measures(tmp_path):
    """Through the files: both read the same qrels and the same run, with ties, unjudged and missing articles."""
    import ir_measures
    from ir_measures import AP, RR, R, Success, nDCG

    measures = {
        "recall@1": R @ 1, "recall@5": R @ 5, "recall@20": R @ 20, "recall@100": R @ 100, "success@1": Success @ 1,
        "success@5": Success @ 5, "mrr": RR, "map": AP, "ndcg@10": nDCG @ 10,
    }  # fmt: skip
    draw = random.Random(11)
    articles = [f"d{number:03}" for number in range(160)]
    judged = {
        f"q{number}": {article: draw.choice([0, 0, 1, 2, 3]) for article in draw.sample(articles, draw.randint(3, 40))}
        for number in range(60)
    }
    for grades in judged.values():
        grades[draw.choice(articles)] = 1  # each question has something to find
    qrels, run = tmp_path / "qrels.txt", tmp_path / "run.txt"
    qrels.write_text("".join(f"{q} 0 {article} {grade}\n" for q, grades in judged.items() for article, grade in grades.items()))
    run.write_text(
        "".join(
            f"{q} Q0 {article} 0 {draw.randint(0, 30) / 4} t\n"
            for q in judged
            for article in draw.sample(articles, draw.randint(1, 140))
        )
    )
    ours = rankings(run)
    scores = {q: ranked(ours[q], grades) for q, grades in judgements(qrels).items()}
    oracle = ir_measures.iter_calc(
        list(measures.values()), list(ir_measures.read_trec_qrels(str(qrels))), list(ir_measures.read_trec_run(str(run)))
    )
    names = {str(measure): name for name, measure in measures.items()}
    compared = 0
    for found in oracle:
        assert scores[found.query_id][names[str(found.measure)]] == pytest.approx(found.value), found
        compared += 1
    assert compared == 60 * len(measures)
