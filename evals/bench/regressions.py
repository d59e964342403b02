"""Does the gate find what is planted, and keep still when nothing is? Over the seeds suite, 200 seeds each.

    python evals/bench/regressions.py                              prints the tables
    python evals/bench/regressions.py --json evals/out/regressions.json

Each variant of the program answers the whole suite once. A seed then draws as many cases from the suite, with replacement: that
is another suite of the same size from the same kind of questions, for which the true fall is the fall over the whole suite. The
gate compares baseline and variant over the drawn cases, with bootstrap and coins of that seed. So the study varies what varies
in use, which questions happen to be in a suite, and leaves out what does not: the program is deterministic, and asking it
again would give the same answers. Draws from 279 cases are no new articles, though: how well the figures carry over to another
archive, no resampling of this one can say.

planted     reader off (the first sentence of the first hit, always), masks off, one passage instead of twenty (k=1), an encoder
            of random vectors, and 5 % of the answers, drawn again by each seed, replaced by another question's answer
unchanged   the same answers again; and, since that is no test of chance, pairs of a planted variant with the baseline in which a
            coin decides for each drawn case which of the two is called new: much moves, and nothing gets better or worse

A fall is noticeable under a seed when it is as large as what the gate prints there as the smallest it would see. A figure whose
fall is noticeable under half of the seeds or more must be found under 80 of 100 of those; and no more than 5 of 100 unchanged
runs may be called worse, by any figure or slice.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import numpy as np
from tqdm import tqdm

from qa.assistant import Assistant
from qa.evaluation.gate import baseline, gate
from qa.evaluation.metrics.registry import outcome, score
from qa.evaluation.run.one_case import outlets_of
from qa.evaluation.run.results import CaseResult, Report
from qa.evaluation.run.run import run
from qa.evaluation.suite import cases
from qa.evaluation.suite.archive import archive_of
from qa.language.text.sentences import sentences
from qa.pipeline import open_pipeline
from qa.schema import Claim, Draft
from qa.settings import load
from qa.testing import HashEncoder

HOME = Path(__file__).resolve().parents[2]
PLANTED = ("reader off", "masks off", "k=1", "wrong encoder", "5 % broken")
UNCHANGED = ("no change", "coin: reader off", "coin: k=1", "coin: wrong encoder", "coin: 5 % broken")
BROKEN = 0.05
ENOUGH = 0.8  # of the seeds under which a fall is noticeable
AT_ONCE = 10  # seeds in one task of a worker


class FirstSentence:
    """A reader that does not read: the first sentence of the first hit, and sure of it."""

    name = "first-sentence"

    def read(self, query: Any, hits: Sequence[Any]) -> Draft:  # noqa: ARG002 - the seam gives it
        """One claim, whatever was asked."""
        text = hits[0].passage.text
        start, end = next(iter(sentences(text)), (0, len(text)))
        claim = Claim(text=text[start:end], quote=text[start:end], hit_rank=hits[0].rank)
        return Draft(claims=(claim,), confidence=1.0)


class RandomEncoder(HashEncoder):
    """Unit vectors that say nothing of the text but whether it is the same one."""

    def __init__(self) -> None:
        super().__init__(256)
        self.name = "random"

    def passages(self, texts: Sequence[str]) -> Any:
        """(n, dim) float32, unit rows."""
        seeds = [int.from_bytes(hashlib.sha256(text.encode(errors="replace")).digest()[:8], "big") for text in texts]
        rows = np.array([np.random.default_rng(seed).standard_normal(self.dim) for seed in seeds]).reshape(len(texts), self.dim)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What each variant gave, case by case in the order of the suite; and each case with another question's answer."""

    whole: dict[str, tuple[CaseResult, ...]]
    broken: tuple[CaseResult, ...]


def variant(name: str, suite: Path, folder: Path) -> tuple[CaseResult, ...]:
    """The suite answered by the program with `name` planted; its index is built in `folder`."""
    index = hashlib.sha256(name.encode()).hexdigest()[:8]
    settings = load({"indexes": folder, "index": index} | ({"retrieve.top": 1} if name == "k=1" else {}))
    with mock.patch.dict("qa.index.encode.ENCODERS", {"random": RandomEncoder}):
        if name == "wrong encoder":
            settings = settings.model_copy(update={"encoder": "random"})
        if name == "masks off":
            with mock.patch("qa.corpus.clean.masked", lambda articles: [replace(article, masks=()) for article in articles]):
                assistant = Assistant.build([HOME / "seeds"], index, settings=settings)
        else:
            assistant = Assistant.build([HOME / "seeds"], index, settings=settings)
        if name == "reader off":
            encoder = assistant._encoder  # noqa: SLF001 - the program has no switch for what nobody should want
            assistant = Assistant(assistant.generation, pipeline=open_pipeline(settings, encoder, FirstSentence()))
        asked = cases.load(suite)
        archive = archive_of(assistant, asked.cases)
        if name == "5 % broken":
            return _each_broken(assistant, asked, archive)
        return run(assistant, asked, archive).results


def _each_broken(assistant: Assistant, suite: cases.Suite, archive: Any) -> tuple[CaseResult, ...]:
    """Every case with the answer that some other case got; what was found for it stays."""
    rng = np.random.default_rng(0)
    answers = [assistant.ask(case.question, history=case.history) for case in suite.cases]
    said = [place for place, answer in enumerate(answers) if not answer.abstained]
    results = []
    for place, case in enumerate(suite.cases):
        other = answers[rng.choice([each for each in said if each != place])]
        answer = replace(other, question=case.question, hits=answers[place].hits)
        scores = score(case, answer, archive)
        results.append(
            CaseResult(
                case=case,
                outcome=outcome(case, answer, scores),
                scores=scores,
                text=answer.text,
                outlets=outlets_of(case, archive),
            )
        )
    return tuple(results)


def drawn(answers: Answers, name: str, seed: int) -> tuple[Report, Report]:
    """The two runs that the gate compares under a seed: as many cases as the suite has, drawn with replacement."""
    rng = np.random.default_rng([seed, *name.encode()])
    old = answers.whole["baseline"]
    planted = name.removeprefix("coin: ")
    if planted == "5 % broken":
        share = BROKEN if name == planted else 0.5
        strikes = rng.random(len(old)) < share if name != planted else _some(rng, len(old), share)
        new = tuple(bad if struck else good for good, bad, struck in zip(old, answers.broken, strikes, strict=True))
    else:
        new = old if name == "no change" else answers.whole[planted]
    places = rng.integers(0, len(old), len(old))
    swapped = rng.random(len(old)) < 0.5 if name.startswith("coin: ") else np.zeros(len(old), dtype=bool)
    pairs = [(new[at], old[at]) if swap else (old[at], new[at]) for at, swap in zip(places, swapped, strict=True)]
    return _report([before for before, _ in pairs]), _report([after for _, after in pairs])


def _some(rng: np.random.Generator, n: int, share: float) -> Any:
    """(n,) true for exactly that share of the cases, drawn."""
    chosen = np.zeros(n, dtype=bool)
    chosen[rng.permutation(n)[: round(share * n)]] = True
    return chosen


def _report(results: Sequence[CaseResult]) -> Report:
    named = tuple(replace(each, case=replace(each.case, id=str(place))) for place, each in enumerate(results))
    return Report(suite="drawn", suite_sha256="", corpus="", index="", settings="", models=(), results=named)


def judged(answers: Answers, name: str, seeds: Sequence[int]) -> list[dict[str, Any]]:
    """The gate's verdict under each seed, as what the tables need."""
    found = []
    for seed in seeds:
        before, after = drawn(answers, name, seed)
        verdict = gate.compare(baseline.of(before), after, seed=seed)
        hypotheses = {change.metric.name: (change.detectable, change.state) for change in verdict.changes if change.metric.gated}
        hypotheses |= {f"{each.name}: {each.metric.name}": (each.detectable, each.state) for each in verdict.all_slices}
        found.append({"seed": seed, "status": verdict.status, "hypotheses": hypotheses})
    return found


def truth(answers: Answers, name: str) -> dict[str, float]:
    """How far each figure falls over the whole suite (above 0: it got worse), for whole and slices; what the seeds estimate."""
    old = answers.whole["baseline"]
    if name == "5 % broken":
        share = round(BROKEN * len(old)) / len(old)
        falls = _falls(old, answers.broken)
        return {hypothesis: share * fall for hypothesis, fall in falls.items()}
    return _falls(old, answers.whole[name])


def _falls(old: Sequence[CaseResult], new: Sequence[CaseResult]) -> dict[str, float]:
    verdict = gate.compare(baseline.of(_report(old)), _report(new), resamples=200)
    sign = {"higher": -1.0, "lower": 1.0}
    falls = {each.metric.name: sign[each.metric.better] * each.change for each in verdict.changes if each.metric.gated}
    return falls | {f"{each.name}: {each.metric.name}": sign[each.metric.better] * each.change for each in verdict.all_slices}


def summary(answers: Answers, verdicts: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Variant -> how often it was called worse, and for planted ones each figure's fall, printed power and how often it was found."""
    told: dict[str, Any] = {}
    for name, found in verdicts.items():
        counts = Counter(each["status"] for each in found)
        told[name] = {"seeds": len(found), "worse": counts[1] / len(found), "unclear": counts[3] / len(found), "figures": {}}
        if name not in PLANTED:
            continue
        for hypothesis, fall in truth(answers, name).items():
            seen = [each["hypotheses"][hypothesis] for each in found if hypothesis in each["hypotheses"]]
            if len(seen) < len(found) / 2:  # a slice so small that most draws miss it
                continue
            printed = [detectable for detectable, _ in seen]
            noticed = [state for detectable, state in seen if detectable <= fall and detectable < 1.0]
            told[name]["figures"][hypothesis] = {
                "fall": round(fall, 4),
                "smallest_seen": round(median(printed), 4),
                "noticeable": len(noticed) / len(seen),
                "found": sum(state == "worse" for _, state in seen) / len(seen),
                "found_where_noticeable": noticed.count("worse") / len(noticed) if noticed else None,
            }
    return told


def table(told: dict[str, Any]) -> str:
    """The figures of the whole suite, row by row, and the slices in one row."""
    head = "| planted | figure | fall | smallest seen (median) | noticeable under | found | found where noticeable |"
    lines = [head, "|---|---|---|---|---|---|---|"]
    for name in [each for each in PLANTED if each in told]:
        found = told[name]
        lines.append(f"| **{name}** | exit status 1 | | | | **{found['worse']:.1%}** | |")
        for hypothesis, each in found["figures"].items():
            if ": " not in hypothesis and each["fall"] > 0:
                where = "" if each["found_where_noticeable"] is None else f"{each['found_where_noticeable']:.1%}"
                falls = f"{each['fall']:.3f} | {each['smallest_seen']:.3f}"
                lines.append(f"| | {hypothesis} | {falls} | {each['noticeable']:.1%} | {each['found']:.1%} | {where} |")
        slices = [
            each["found_where_noticeable"] for hypothesis, each in found["figures"].items() if ": " in hypothesis and _must(each)
        ]
        if slices:
            enough = sum(share >= ENOUGH for share in slices)
            lines.append(
                f"| | {len(slices)} figures of slices | | | 50 % or more | | {enough} in 80 %, the least {min(slices):.1%} |"
            )
    lines += ["", "| unchanged | called worse | cannot tell |", "|---|---|---|"]
    lines += [f"| {name} | {told[name]['worse']:.1%} | {told[name]['unclear']:.1%} |" for name in UNCHANGED if name in told]
    return "\n".join(lines)


def _must(each: dict[str, Any]) -> bool:
    """Whether a figure's fall is noticeable under half of the seeds or more, so that it has to be found."""
    return bool(each["noticeable"] >= 0.5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the study; status 1 where the gate misses what it says it would find, or cries without cause."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--suite", type=Path, default=HOME / "evals" / "seeds.jsonl", help="a suite over seeds/ (default the seeds suite)"
    )
    parser.add_argument("--seeds", type=int, default=200, metavar="N", help="draws of each variant (default 200)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (default 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure here too")
    chosen = parser.parse_args(arguments)
    names = ["baseline", *PLANTED]
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(chosen.workers, mp_context=context) as pool:
        started = {pool.submit(variant, name, chosen.suite, Path(folder)): name for name in names}
        bar = tqdm(as_completed(started), total=len(started), desc="answering", unit="variant", file=sys.stderr)
        whole = {started[done]: done.result() for done in bar}
        answers = Answers(whole={name: whole[name] for name in names[:-1]}, broken=whole[names[-1]])
        tasks = {
            pool.submit(judged, answers, name, range(start, min(start + AT_ONCE, chosen.seeds))): name
            for name in (*PLANTED, *UNCHANGED)
            for start in range(0, chosen.seeds, AT_ONCE)
        }
        verdicts: dict[str, list[dict[str, Any]]] = {name: [] for name in (*PLANTED, *UNCHANGED)}
        with tqdm(total=len(verdicts) * chosen.seeds, desc="judging", unit="run", file=sys.stderr) as judging:
            for done in as_completed(tasks):
                verdicts[tasks[done]] += done.result()
                judging.update(len(done.result()))
    told = summary(answers, {name: sorted(found, key=lambda each: each["seed"]) for name, found in verdicts.items()})
    print(table(told))
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    missed = [
        f"{name}, {hypothesis}: {each['found_where_noticeable']:.1%}"
        for name in PLANTED
        for hypothesis, each in told[name]["figures"].items()
        if _must(each) and each["found_where_noticeable"] < ENOUGH
    ]
    cried = [f"{name}: {told[name]['worse']:.1%}" for name in UNCHANGED if told[name]["worse"] > 0.05]
    for line in [*(f"missed, though noticeable: {each}" for each in missed), *(f"false alarms: {each}" for each in cried)]:
        print(line, file=sys.stderr)
    return 1 if missed or cried else 0


if __name__ == "__main__":
    sys.exit(main())
