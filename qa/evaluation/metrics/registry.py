"""The list of metrics, and one case scored on all of them.

Every figure of a report is the mean of a metric over the cases where it is defined; a case where it is not has no entry. An
unanswerable case has no recall, an abstention no citation precision, and a crash has no score at all: it is counted apart, so
that it is never averaged as a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from qa.errors import QaError
from qa.evaluation.metrics import answer as answer_metrics
from qa.evaluation.metrics import citation as citation_metrics
from qa.evaluation.metrics import retrieval as retrieval_metrics
from qa.evaluation.metrics.abstention import abstention
from qa.evaluation.suite.archive import Archive
from qa.evaluation.suite.cases import places
from qa.evaluation.suite.eval_case import EvalCase
from qa.evaluation.text import normalise
from qa.schema import Answer, Article

Outcome = Literal["right", "wrong", "withheld", "declined", "overreached", "found", "missed", "crash"]
"""right        answerable, answered, and the answer has an accepted form
wrong        answerable and answered otherwise
withheld     answerable, but it abstained
declined     unanswerable, and it abstained
overreached  unanswerable, but it answered
found        judged for retrieval alone, and a relevant article is among the hits
missed       judged for retrieval alone, and none is
crash        an exception instead of an answer
"""

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
GOOD: frozenset[Outcome] = frozenset(("right", "declined", "found"))
"""The outcomes that nobody needs to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A name, over which cases it is defined, which direction is better, and whether a fall of it stops a merge."""

    name: str
    over: str
    meaning: str
    better: Literal["higher", "lower"] = "higher"
    gated: bool = False


# Retrieval: the relevant ones are passages that overlap a marked place, or whole articles where articles were judged.
METRICS: tuple[Metric, ...] = (
    Metric(name="contains", over="answerable", meaning="the answer has an accepted form", gated=True),
    Metric(name="em", over="answerable", meaning="exact match, SQuAD normalising"),
    Metric(name="f1", over="answerable", meaning="token F1, SQuAD normalising"),
    Metric(name="em_id", over="answerable", meaning="exact match, Indonesian normalising"),
    Metric(name="f1_id", over="answerable", meaning="token F1, Indonesian normalising", gated=True),
    Metric(name="article", over="answerable", meaning="an article that answers is cited", gated=True),
    Metric(name="cited", over="answerable", meaning="a marked sentence is cited", gated=True),
    Metric(name="citation_recall", over="answerable", meaning="share of the marked places that are cited"),
    Metric(name="citation_precision", over="answerable and answered", meaning="share of citations that meet one"),
    Metric(name="law", over="answered", meaning="share of the citations found letter for letter", gated=True),
    Metric(name="withheld", over="answerable", meaning="abstained although the articles answer", better="lower", gated=True),
    Metric(name="declined", over="unanswerable", meaning="abstained as it must (abstention recall)", gated=True),
    Metric(name="abstention_precision", over="abstained", meaning="the articles indeed do not answer"),
    Metric(name="recall@1", over="answerable, judged", meaning="share of relevant ones at rank 1"),
    Metric(name="recall@5", over="answerable, judged", meaning="share of relevant ones up to rank 5"),
    Metric(name="recall@20", over="answerable, judged", meaning="share of relevant ones up to rank 20", gated=True),
    Metric(name="recall@100", over="judged", meaning="share of relevant ones up to rank 100"),
    Metric(name="success@1", over="answerable, judged", meaning="a relevant one at rank 1"),
    Metric(name="success@5", over="answerable, judged", meaning="a relevant one up to rank 5"),
    Metric(name="mrr", over="answerable, judged", meaning="1 / rank of the first relevant one", gated=True),
    Metric(name="map", over="answerable, judged", meaning="average precision"),
    Metric(name="ndcg@10", over="answerable, judged", meaning="nDCG up to rank 10", gated=True),
)
BY_NAME: Mapping[str, Metric] = {metric.name: metric for metric in METRICS}


def score(case: EvalCase, answer: Answer, archive: Archive) -> dict[str, float]:
    """Every metric that is defined for this case and answer, by name, in the order of METRICS."""
    if case.relevant:
        # an article ranks where the best of its passages does
        ranking = list(dict.fromkeys(hit.passage.article_id for hit in answer.hits))
        return in_order(ranked(ranking, {_id(judged.source, archive): judged.grade for judged in case.relevant}))
    found: dict[str, float | None] = {"law": citation_metrics.law(answer.citations, _cited_articles(answer, archive))}
    if case.answers:
        found |= _answered(case, answer) | _grounded(case, answer, archive)
    found |= abstention(answerable=bool(case.answers), abstained=answer.abstained)
    return in_order(found)


def ranked(ranking: Sequence[str], grades: Mapping[str, int]) -> dict[str, float | None]:
    """The retrieval metrics of one question, given the ids of what was found (each once, best first) and the judged grades by id."""
    relevant = [grades.get(found, 0) > 0 for found in ranking]
    judged = [grade for grade in grades.values() if grade > 0]
    return {
        **_retrieved(relevant, len(judged)),
        "recall@100": retrieval_metrics.recall_at(relevant, len(judged), 100),
        "ndcg@10": retrieval_metrics.graded_ndcg_at([max(0, grades.get(found, 0)) for found in ranking], judged, 10),
    }


def in_order(found: Mapping[str, float | None]) -> dict[str, float]:
    """The metrics that are defined, in the order of METRICS."""
    return {metric.name: value for metric in METRICS if (value := found.get(metric.name)) is not None}


def outcome(case: EvalCase, answer: Answer, scores: Mapping[str, float]) -> Outcome:
    """The one word for what happened."""
    if case.relevant:
        return "found" if scores["mrr"] > 0 else "missed"
    if answer.abstained:
        return "withheld" if case.answers else "declined"
    if not case.answers:
        return "overreached"
    return "right" if scores["contains"] else "wrong"


def means(scores: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, int]]:
    """Metric -> (mean, over how many cases), in the order of METRICS; metrics that no case has are left out."""
    gathered = {metric.name: [one[metric.name] for one in scores if metric.name in one] for metric in METRICS}
    return {name: (sum(values) / len(values), len(values)) for name, values in gathered.items() if values}


def _answered(case: EvalCase, answer: Answer) -> dict[str, float | None]:
    """The short form is compared where there is one: EM and F1 are about spans, not about the prose around them."""
    text = "" if answer.abstained else answer_metrics.without_markers(answer.text, (citation.n for citation in answer.citations))
    short = "" if answer.abstained else answer.short
    span = short or text
    return {
        "contains": answer_metrics.answer_contains(text, short, case.answers, yes_no=case.kind == "yes_no"),
        "em": answer_metrics.exact_match(span, case.answers),
        "f1": answer_metrics.f1(span, case.answers),
        "em_id": answer_metrics.exact_match(span, case.answers, normalise.indonesian),
        "f1_id": answer_metrics.f1(span, case.answers, normalise.indonesian),
    }


def _grounded(case: EvalCase, answer: Answer, archive: Archive) -> dict[str, float | None]:
    gold = places(case, archive.by_source)
    total = archive.relevant(gold)
    relevant = [
        any(place.meets(hit.passage.article_id, hit.passage.start, hit.passage.end) for place in gold) for hit in answer.hits
    ]
    return {
        "article": citation_metrics.right_article(answer.citations, gold),
        "cited": citation_metrics.cited(answer.citations, gold),
        "citation_recall": citation_metrics.citation_recall(answer.citations, gold),
        "citation_precision": citation_metrics.citation_precision(answer.citations, gold),
        **_retrieved(relevant, total),
    }


def _retrieved(relevant: Sequence[bool], total: int) -> dict[str, float]:
    return {
        "recall@1": retrieval_metrics.recall_at(relevant, total, 1),
        "recall@5": retrieval_metrics.recall_at(relevant, total, 5),
        "recall@20": retrieval_metrics.recall_at(relevant, total, 20),
        "success@1": retrieval_metrics.success_at(relevant, 1),
        "success@5": retrieval_metrics.success_at(relevant, 5),
        "mrr": retrieval_metrics.reciprocal_rank(relevant),
        "map": retrieval_metrics.average_precision(relevant, total),
        "ndcg@10": retrieval_metrics.ndcg_at(relevant, total, 10),
    }


def _id(source: str, archive: Archive) -> str:
    """The id of an article; of one that the index does not have, its source: a record's is its id, as in a run file."""
    article = archive.by_source.get(source)
    return article.id if article else source


def _cited_articles(answer: Answer, archive: Archive) -> dict[str, Article]:
    """The articles that the citations name; an id that the archive does not know is left out, and breaks the law."""
    articles = {}
    for article_id in {citation.article_id for citation in answer.citations}:
        try:
            articles[article_id] = archive.article(article_id)
        except QaError:
            continue
    return articles
