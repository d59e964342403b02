"""Follow-ups against the same questions asked standalone: how much of what the second get do the first get?

    python evals/bench/followups.py            # index "seeds" must be built
    python evals/bench/followups.py --live     # the earlier questions are asked too, and their real answers are the history

Over the conversations of evals/followups.jsonl and their twins in evals/followups_standalone.jsonl: answer-contains, and the share
whose first passage (first article) has words of the gold span, which does not depend on the reader.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.assistant import Assistant
from qa.evaluation.suite.cases import load
from qa.language.conversation.standalone import standalone
from qa.schema import Article, EvalCase, Hit, Turn
from qa.settings import load as settings

EVALS = Path(__file__).resolve().parent.parent
MEASURES = ("answer contains the gold", "gold in the first passage", "gold in the first five", "gold in the first article")


def main() -> None:
    """Print each pair whose answers differ, then the shares of both and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", default="seeds")
    parser.add_argument("--indexes", default="indexes")
    parser.add_argument("--live", action="store_true", help="ask the earlier questions too and take their answers as the history")
    arguments = parser.parse_args()
    assistant = Assistant.open(arguments.index, settings=settings({"indexes": arguments.indexes}))
    articles = {row.source: assistant.article(row.id) for row in assistant.articles()}
    leaning, alone = (load(EVALS / name, articles).cases for name in ("followups.jsonl", "followups_standalone.jsonl"))
    sums = [[0] * len(MEASURES), [0] * len(MEASURES)]
    for case, twin in zip(leaning, alone, strict=True):
        history = _lived(assistant, case) if arguments.live else case.history
        got = [
            _measured(assistant, articles, case, question, turns)
            for question, turns in ((case.question, history), (twin.question, ()))
        ]
        sums = [[before + now for before, now in zip(row, one, strict=True)] for row, one in zip(sums, got, strict=True)]
        if got[0][0] != got[1][0]:
            print(f"{case.id}  {'+' if got[0][0] else '-'}  {standalone(case.question, history)!r}  twin: {twin.question!r}")
    print(f"{len(leaning)} conversations{', live history' if arguments.live else ''}: follow-ups, standalone, ratio")
    for name, first, second in zip(MEASURES, *sums, strict=True):
        ratio = f"{first / second:.1%}" if second else "-"
        print(f"  {name:<28} {first / len(leaning):.1%}  {second / len(leaning):.1%}  {ratio}")


def _lived(assistant: Assistant, case: EvalCase) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for turn in case.history:
        answer = assistant.ask(turn.question, turns)
        turns.append(Turn(question=turn.question, answer=answer.text, short=answer.short))
    return tuple(turns)


def _measured(
    assistant: Assistant, articles: dict[str, Article], case: EvalCase, question: str, history: tuple[Turn, ...]
) -> tuple[bool, ...]:
    answer = assistant.ask(question, history)
    right = any(gold.casefold() in answer.text.casefold() for gold in case.answers)
    hits = assistant.search(question, history)
    rank = next((hit.rank for hit in hits if _holds(hit, case, articles)), len(hits) + 1)
    first = {articles[gold.source].id for gold in case.sources}
    return right, rank == 1, rank <= 5, bool(hits) and hits[0].passage.article_id in first


def _holds(hit: Hit, case: EvalCase, articles: dict[str, Article]) -> bool:
    """Does the passage overlap a gold span?"""
    for gold in case.sources:
        article = articles[gold.source]
        start = article.text.find(gold.quote)
        if hit.passage.article_id == article.id and hit.passage.start < start + len(gold.quote) and start < hit.passage.end:
            return True
    return False


if __name__ == "__main__":
    main()
