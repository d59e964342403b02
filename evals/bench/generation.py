"""What is let through of what a chat model says: true sentences, invented quotes, changed numbers, names and dates.

    python evals/bench/generation.py                      # index "seeds" must be built; prints a table
    python evals/bench/generation.py --json figures.json  # and every sentence with what became of it

Over evals/seeds.jsonl two scripted models answer over the OpenAI protocol on this machine: a good one and one that lies in known
places (sayings.py). Citation recall and precision are ALCE's (Gao et al., EMNLP 2023), judged twice: by the Verifier that also
did the proving, and by the entailment head alone.

No real chat model is asked. What these figures rest on is what was scripted: they tell what gets past the proof, not how often a
real model would try.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import sayings
from sayings import Saying
from tqdm import tqdm

from qa.answer.generative.chat_reader import RECITED
from qa.answer.generative.sanitise import defuse
from qa.answer.verify.entailment import EntailmentVerifier, in_one_language
from qa.assistant import Assistant
from qa.errors import QaError
from qa.evaluation.metrics.citation import Entails, Statement, alce_precision, alce_recall, statements
from qa.evaluation.suite.cases import load
from qa.evaluation.suite.eval_case import EvalCase
from qa.retrieve.crossencoder import CrossEncoder
from qa.retrieve.reading import SHIPPED
from qa.schema import Answer, Sentence
from qa.settings import load as settings
from qa.testing.chat_server import Reply, ScriptedServer

EVALS = Path(__file__).resolve().parent.parent
PACE = Reply(pace=0.02, piece=4)
"""A model that writes about fifty tokens a second, for the time to the first sentence."""
FIRST = 0.3  # seconds until its first token


@dataclass(slots=True)
class Model:
    """The scripted model: says one Saying about the passages that it is shown."""

    sources: dict[str, str]  # source -> text
    saying: Saying | None = None
    paced: bool = False
    asked_at: float = 0.0
    writing: float = 0.0  # seconds that its first line takes to be written
    shown: bool = False  # did the prompt have the words that it quotes?
    numbers: dict[int, str] = field(default_factory=dict)

    def __call__(self, body: dict[str, Any]) -> Reply:
        """The reply to a prompt: the sentence with its quotes under the numbers that the prompt gives them."""
        self.asked_at = time.perf_counter()
        user = str(body["messages"][1]["content"])
        saying = self.saying
        if saying is None or "\n# " not in user:  # asked to translate the question: it is left as it is
            return Reply("?")
        marks = []
        self.shown = True
        for source, quote in saying.quotes:
            number = rank_of(user, quote) if source else 1
            self.shown = self.shown and number > 0
            marks.append(f'[{number + (3 if saying.kind == "wrong passage number" else 0)}: "{defuse(quote)}"]')
        line = f"{saying.text} {''.join(marks)}\n"
        reply = line if self.shown else "TIDAK ADA"
        if not self.paced:
            return Reply(reply, piece=64)
        self.writing = FIRST + PACE.pace * (len(line) // PACE.piece)
        return Reply(reply + "Tidak ada lagi yang perlu ditambahkan di sini." * 3, pace=PACE.pace, piece=PACE.piece, delay=FIRST)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a saying."""

    case: str
    language: str
    saying: Saying
    said: bool  # as it was written
    in_their_words: bool  # a quote of the article was said in its place
    cited: tuple[str, ...]
    recited: bool
    why: str  # of its being dropped
    statements: tuple[Statement, ...]
    generated: bool  # the answer is the model's as far as it was proved; else the articles' own words answered
    first: float  # seconds from the question to the first proved sentence, 0.0 when there was none
    asked: float  # seconds from the question to the model's being asked
    writing: float


def rank_of(prompt: str, words: str) -> int:
    """The number under which the prompt shows `words`, 0 where it does not."""
    before, found, _ = prompt.partition(defuse(words))
    return int(before.rpartition("\n<<")[2].split()[1]) if found and "\n<<" in before else 0


def ask(assistant: Assistant, model: Model, case: EvalCase, saying: Saying) -> Outcome | None:
    """One question put to the whole program with the model scripted to this saying; None where the model was not shown the words."""
    model.saying = saying
    began = time.perf_counter()
    first = 0.0
    answer: Answer | None = None
    for event in assistant.tell(case.question, case.history):
        if isinstance(event, Sentence) and not first:
            first = time.perf_counter() - began
        if isinstance(event, Answer):
            answer = event
    if answer is None or not model.shown:
        return None
    told = statements(answer)
    note = answer.trace.note
    drops = [drop for drop in answer.trace.dropped if drop.claim == saying.text]
    said = [one for one in told if one.text == " ".join(saying.text.split())]
    return Outcome(
        case=case.id,
        language=case.language,
        saying=saying,
        said=bool(said) and not note,
        in_their_words=bool(told) and not said and not note and not answer.abstained,
        cited=said[0].quotes if said else (),
        recited=any(drop.why.startswith(RECITED) for drop in drops),
        why=next((drop.why for drop in drops if not drop.why.startswith(RECITED)), answer.reason),
        statements=tuple(told),
        generated=not note,
        first=first,
        asked=model.asked_at - began,
        writing=model.writing,
    )


def wrong(outcome: Outcome) -> bool:
    """Was something let through that should not have been? A false sentence, or a true one under the wrong words."""
    kind = outcome.saying.kind
    if kind == "wrong passage number":
        return outcome.said and not any(
            quote in other or other in quote for quote in outcome.cited for _, other in outcome.saying.quotes
        )
    if kind in sayings.MISCITED:
        return outcome.said and any(quote == other for quote in outcome.cited for _, other in outcome.saying.quotes)
    return outcome.said


def judged(outcomes: Sequence[Outcome], entails: Entails, texts: Sequence[str]) -> dict[str, float | None]:
    """ALCE's recall and precision of what the model wrote (quotes that are in no passage count as none) and of what was answered."""
    wrote = [
        Statement(one.saying.text, tuple(quote for _, quote in one.saying.quotes if any(quote in text for text in texts)))
        for one in outcomes
    ]
    left = [statement for one in outcomes if one.generated for statement in one.statements]
    return {
        "recall as written": alce_recall(wrote, entails),
        "precision as written": alce_precision(wrote, entails),
        "recall": alce_recall(left, entails),
        "precision": alce_precision(left, entails),
        "sentences": float(len(left)),
    }


def figures(outcomes: Sequence[Outcome], entails: Callable[[str], Entails], texts: Sequence[str]) -> dict[str, Any]:
    """All that is shown, shares from 0 to 1, times in seconds."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_kind[one.saying.kind].append(one)
    good = [one for kind in sayings.TRUE for one in by_kind[kind]]
    bad = [one for kind in (*sayings.FALSE, *sayings.MISCITED) for one in by_kind[kind]]
    kinds = {
        kind: {
            "sentences": len(found),
            "said": mean([one.said for one in found]),
            "in the article's words": mean([one.in_their_words for one in found]),
            "dropped": mean([not one.said and not one.in_their_words for one in found]),
            "quoted instead": mean([one.said and one.recited for one in found]),
            "wrong": mean([wrong(one) for one in found]) if kind not in sayings.TRUE else 0.0,
        }
        for kind, found in by_kind.items()
    }
    firsts = sorted(one.first - one.writing for one in good if one.first)
    return {
        "kinds": kinds,
        "true sentences dropped": mean([not one.said and not one.in_their_words for one in good]),
        "alce": {
            judge: {"good": judged(good, entails(judge), texts), "adversarial": judged(bad, entails(judge), texts)}
            for judge in ("verifier", "head alone")
        },
        "seconds to the first proved sentence, the model's writing apart": spread(firsts),
        "of these before the model is asked": spread(sorted(one.asked for one in good if one.first)),
        "whys": Counter(f"{one.saying.kind}: {one.why}" for one in outcomes if one.why).most_common(40),
    }


def mean(values: Sequence[bool]) -> float:
    """Share of true values, 0 for none."""
    return sum(values) / len(values) if values else 0.0


def spread(ordered: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of ordered values."""
    if not ordered:
        return {"median": 0.0, "p95": 0.0, "n": 0.0}
    return {
        "median": statistics.median(ordered),
        "p95": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        "n": float(len(ordered)),
    }


def scripts(cases: Sequence[EvalCase], written: dict[str, str], limit: int) -> list[tuple[EvalCase, Saying]]:
    """Every saying for every case that has a sentence of its own, at most `limit` cases (0: all)."""
    told = [case for case in cases if case.id in written][: limit or None]
    found: list[tuple[EvalCase, Saying]] = []
    for case in told:
        elsewhere = [
            (written[other.id], other.sources[0].source, other.sources[0].quote)
            for other in told
            if other.language == case.language and not {s.quote for s in other.sources} & {s.quote for s in case.sources}
        ]
        found += [
            (case, saying)
            for saying in (*sayings.truths(case, written[case.id]), *sayings.falsehoods(case, written[case.id], elsewhere))
        ]
    return found


def main() -> int:
    """Ask, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", default="seeds", help="the built index that is asked (default: %(default)s)")
    parser.add_argument("--indexes", default="indexes", help="folder of the indexes (default: %(default)s)")
    parser.add_argument("--cases", type=int, default=0, help="only the first so many cases (default: all)")
    parser.add_argument("--language", choices=("id", "en"), help="only the cases asked in this language (default: both)")
    parser.add_argument(
        "--paced", type=int, default=40, help="true sentences asked again at a real model's pace (default: %(default)s)"
    )
    parser.add_argument("--json", type=Path, help="file that takes the figures and every sentence's fate")
    chosen = parser.parse_args()
    try:
        found, outcomes = run(chosen.index, chosen.indexes, chosen.cases, chosen.paced, chosen.language)
    except QaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(table(found))
    if chosen.json:
        rows = [{"case": one.case, "kind": one.saying.kind, "text": one.saying.text, "said": one.said, "wrong": one.saying.kind not in sayings.TRUE and wrong(one),
                 "in the article's words": one.in_their_words, "cited": one.cited, "why": one.why} for one in outcomes]  # fmt: skip
        chosen.json.write_text(json.dumps({"figures": found, "sentences": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def run(index: str, indexes: str, limit: int, paced: int, language: str | None = None) -> tuple[dict[str, Any], list[Outcome]]:
    """The figures and what became of each sentence. Raises QaError where the index or the suite is broken."""
    plain = Assistant.open(index, settings=settings({"indexes": indexes}))
    articles = {row.source: plain.article(row.id) for row in plain.articles()}
    cases = [case for case in load(EVALS / "seeds.jsonl", articles).cases if language in {None, case.language}]
    todo = scripts(cases, sayings.prose(Path(__file__).with_name("prose.jsonl"), cases), limit)
    model = Model({source: article.text for source, article in articles.items()})
    outcomes: list[Outcome] = []
    with ScriptedServer(model) as server:
        set_ = {"indexes": indexes, "chat.model": "openai:scripted", "chat.base_url": server.url, "chat.passages": 20}
        assistant = Assistant.open(index, settings=settings(set_))
        for case, saying in tqdm(todo, desc="ask", unit="sentence", file=sys.stderr):
            if outcome := ask(assistant, model, case, saying):
                outcomes.append(outcome)
        model.paced = True
        slow = [
            outcome
            for case, saying in tqdm(
                [pair for pair in todo if pair[1].kind == "own words"][:paced], desc="at pace", unit="sentence", file=sys.stderr
            )
            if (outcome := ask(assistant, model, case, saying))
        ]
    head = CrossEncoder.open(SHIPPED)
    verifier = EntailmentVerifier(lambda: head.entail)
    judges: dict[str, Entails] = {
        "verifier": cache(lambda premise, claim: verifier.supports(premise, claim) >= 0.5),
        "head alone": cache(lambda premise, claim: head.entail(*in_one_language(premise, claim)[:2]).entailed >= 0.5),
    }
    found = figures(outcomes, judges.__getitem__, [article.text for article in articles.values()])
    found["asked"] = len(todo)
    found["at a model's pace"] = {
        "seconds to the first proved sentence": spread(sorted(one.first for one in slow if one.first)),
        "of these the model writes": spread(sorted(one.writing for one in slow if one.first)),
    }
    return found, outcomes


def table(found: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = [
        "| what the model says | sentences | said | in the article's words | dropped | wrong let through |",
        "|---|---|---|---|---|---|",
    ]
    for kind in (*sayings.TRUE, *sayings.FALSE, *sayings.MISCITED):
        row = found["kinds"].get(kind)
        if row:
            shares = " | ".join(f"{row[column]:.1%}" for column in ("said", "in the article's words", "dropped", "wrong"))
            lines.append(f"| {kind} | {row['sentences']} | {shares} |")
    lines += ["", f"true sentences dropped: {found['true sentences dropped']:.1%}", ""]
    lines += [
        "| ALCE, judged by | model | recall as written | precision as written | recall | precision | sentences |",
        "|---|---|---|---|---|---|---|",
    ]
    for judge, models in found["alce"].items():
        for name, row in models.items():
            shares = " | ".join("-" if value is None else f"{value:.1%}" for key, value in row.items() if key != "sentences")
            lines.append(f"| {judge} | {name} | {shares} | {row['sentences']:.0f} |")
    for name in ("seconds to the first proved sentence, the model's writing apart", "of these before the model is asked"):
        lines.append(f"{name}: median {found[name]['median']:.3f}, p95 {found[name]['p95']:.3f}")
    for name, row in found["at a model's pace"].items():
        lines.append(f"at a model's pace, {name}: median {row['median']:.3f}, p95 {row['p95']:.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
