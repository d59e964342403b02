"""`qa train reader`: the multi-task cross-encoder, from the data files to a checkpoint. One process, seeded, resumable.

Three phases by the share of the time that is spent: warm (rule-made questions and noisy data, to get used to the
vocabulary), main (everything), last (the cleanest data, while the learning rate falls to nothing). A run that continues from
a trained reader learns which sentence of a text answers (qa.training.examples.sentence_choice).
"""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from tokenizers import Tokenizer

from qa.errors import TrainingError
from qa.retrieve.pairs import PairEncoder
from qa.training.examples import mixture
from qa.training.examples.archive_passages import archive_groups, polar_examples
from qa.training.examples.kinds import kind_examples
from qa.training.examples.mixture import UNKNOWN, Texts
from qa.training.examples.paraphrase import Rewording
from qa.training.examples.sentence_choice import sentence_examples
from qa.training.examples.who_did_what_examples import deed_examples
from qa.training.examples.written import written_examples
from qa.training.reader import reader_metrics as reader_score
from qa.training.reader.batches import batches
from qa.training.reader.loss import loss_of
from qa.training.reader.state import Run, narrow
from qa.training.reader_network.reader_options import ReaderOptions

if TYPE_CHECKING:
    from pathlib import Path

    from qa.training.reader_network.model import ReaderNet

_COMPONENTS = (
    "tydiqa",
    "idkmrc",
    "facqa",
    "doubt",
    "squad",
    "squad_doubt",
    "nli",
    "negatives",
    "made",
    "sentences",
    "kinds",
    "deeds",
    "written",
    "written_parts",
    "archive",
    "polar",
    "yes_no",
)
Phases = tuple[tuple[float, tuple[float, ...]], ...]
PHASES: Phases = (  # until this share of the time: this share of each component in a round
    (0.10, (0.5, 0.5, 0.5, 0.25, 0.4, 0.10, 0.35, 0.08, 0.45, 0.0, 0.3, 0.03, 0.3, 0.1, 0.2, 0.1, 0.0)),
    (0.80, (0.5, 0.5, 0.7, 0.50, 0.4, 0.18, 0.50, 0.16, 0.07, 0.0, 0.1, 0.10, 0.5, 0.3, 0.4, 0.1, 0.0)),
    (1.01, (0.5, 0.5, 0.5, 0.50, 0.2, 0.08, 0.50, 0.16, 0.00, 0.0, 0.0, 0.05, 0.7, 0.5, 0.7, 0.1, 0.0)),
)
GOING_ON: Phases = (  # from a trained reader: written questions are new (half of yes or no again), and most of the annotators' ones
    (1.01, (0.7, 0.7, 1.0, 0.70, 0.02, 0.00, 0.40, 0.04, 0.00, 0.00, 0.00, 0.00, 0.0, 0.02, 1.0, 0.4, 0.5)),
)
KNOWING: Phases = (  # from a body that knows the languages: sentences from early on, fewer rule-made questions
    (0.08, (0.2, 0.2, 0.2, 0.10, 0.2, 0.05, 0.25, 0.03, 0.10, 0.00, 0.05, 0.0, 0.2, 0.1, 0.2, 0.1, 0.2)),
    (0.55, (0.5, 0.5, 0.5, 0.40, 0.15, 0.08, 0.45, 0.06, 0.02, 0.04, 0.05, 0.0, 0.5, 0.3, 0.4, 0.1, 0.2)),
    (1.01, (0.5, 0.5, 0.7, 0.50, 0.05, 0.02, 0.45, 0.04, 0.00, 0.07, 0.06, 0.0, 0.7, 0.5, 0.7, 0.1, 0.2)),
)
WARM = 0.03  # share of the time in which the learning rate rises
FLOOR = 0.02  # of the learning rate, at the end
_TALK = 250  # losses that are averaged into one line of the log


def train(options: ReaderOptions) -> Path:
    """Train for `options.minutes` of wall time and return the checkpoint, out/reader.pt.

    Also writes out/state.pt (to resume from) and out/log.jsonl (losses and held-out figures). Raises TrainingError for data,
    a start point or a checkpoint that cannot be used.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    texts, components = load_mixture(options)
    run = Run.begin(options, texts.encoder.tokenizer)
    tokens = options.tokens or (16_384 if run.device == "cuda" else 2_560)
    began, checked, ends = time.monotonic() - run.done.seconds, time.monotonic(), options.minutes * 60
    losses: dict[str, list[float]] = {}
    phases = GOING_ON if options.continues else KNOWING if options.multilingual else PHASES
    while time.monotonic() - began < ends:
        random = Random(f"{options.seed}-{run.done.rounds}")
        drawn = chosen(components, (time.monotonic() - began) / ends, random, phases)
        for batch in batches(drawn, texts, random, tokens=tokens):
            spent = time.monotonic() - began
            if spent >= ends:
                break
            run.rates(rate(spent / ends))
            run.net.train()
            with torch.autocast(run.device, dtype=torch.bfloat16, enabled=narrow(run.device)):
                spans, verdicts = run.net(*(part.to(run.device) for part in (batch.ids, batch.kinds, batch.mask)))
            loss, parts = loss_of(spans.float(), verdicts.float(), batch.to(run.device))
            torch.autograd.backward(loss)
            run.step()
            run.done.examples += len(batch.ids)
            run.done.seconds = time.monotonic() - began
            for name, value in parts.items():
                losses.setdefault(name, []).append(value)
            if sum(map(len, losses.values())) > _TALK:
                means = {name: round(float(np.mean(values)), 4) for name, values in losses.items()}
                run.log({"minutes": round(run.done.seconds / 60, 2), "examples": run.done.examples, **means})
                losses.clear()
            if time.monotonic() - checked > options.check_minutes * 60:
                check(run, texts.encoder)
                checked = time.monotonic()
        run.done.rounds += 1
    run.done.seconds = time.monotonic() - began
    check(run, texts.encoder)
    return options.out / "reader.pt"


def load_mixture(options: ReaderOptions) -> tuple[Texts, dict[str, list[Any]]]:
    """Every component of the mixture of examples, and their texts; the same for the same data, tokenizer and seed."""
    random = Random(options.seed)
    try:
        tokenizer = Tokenizer.from_file(str(options.tokenizer))
    except Exception as error:  # the library raises bare Exception
        cure = "Cure: train the vocabulary, or name its tokenizer.json"
        raise TrainingError(f"{options.tokenizer}: not a tokenizer ({error}). {cure}") from error
    texts = Texts(PairEncoder(tokenizer))
    components: dict[str, list[Any]] = dict(mixture.question_examples(options.data, texts))
    components["nli"] = mixture.entailment_examples(options.data, texts)
    if options.limit:
        components = {
            name: random.sample(component, min(options.limit, len(component))) for name, component in components.items()
        }
    answered = [*components["tydiqa"], *components["idkmrc"], *components["facqa"]]
    components["negatives"] = mixture.hard_negatives(options.data, texts, answered, leads=options.leads)
    components["made"] = mixture.generated_examples(options.data, texts, random, size=options.made)
    kinds, components["kinds"] = kind_examples(options.data, texts, random, size=options.kinds)
    rewording = Rewording.learn(options.data)
    components["deeds"] = deed_examples(options.data, texts, random, rewording, size=options.deeds)
    components["sentences"] = []
    if options.continues or options.multilingual:
        answered += [*components["squad"], *components["made"], *kinds]
        components["sentences"] = sentence_examples(options.data, texts, answered, random, rewording)
    components["kinds"] += kinds
    components["written"], components["written_parts"] = written_examples(options.data, texts, random)
    components["archive"] = archive_groups(options.data, options.out, texts, random, say=options.say)
    components["polar"] = polar_examples(components["nli"], texts)
    components["yes_no"] = [one for one in components["archive"] if any(gold.polar != UNKNOWN for gold in one.gold)]
    options.say(f"mixture: {mixture.describe(components)}")
    return texts, components


def chosen(components: dict[str, list[Any]], spent: float, random: Random, phases: Phases = PHASES) -> list[Any]:
    """The examples of one round: of each component the share that the phase at `spent` (0 to 1) takes."""
    shares = next(shares for until, shares in phases if spent < until)
    drawn: list[Any] = []
    for name, share in zip(_COMPONENTS, shares, strict=True):
        count = len(components[name]) * share
        drawn += random.sample(components[name], int(count) + (random.random() < count % 1))
    return drawn


def rate(spent: float) -> float:
    """Learning rate as a share of its peak: up in a line, then down in a line, by the share of the time that is spent."""
    return min(1.0, spent / WARM) * max(FLOOR, 1.0 - spent)


def scorer(net: ReaderNet, device: str, *, exact: bool = False) -> reader_score.Run:
    """The network as the figures call it, numpy in and out; in bfloat16, or `exact` in float32."""

    def run(ids: Any, kinds: Any, mask: Any) -> tuple[Any, Any]:
        net.eval()
        with torch.inference_mode(), torch.autocast(device, dtype=torch.bfloat16, enabled=narrow(device) and not exact):
            spans, verdicts = net(*(torch.from_numpy(part).to(device) for part in (ids, kinds, mask)))
        return spans.float().cpu().numpy(), verdicts.float().cpu().numpy()

    return run


def check(run: Run, encoder: PairEncoder) -> None:
    """Save, then measure on held-out data (in this order, so that a failing measurement loses nothing), then save the figures."""
    run.save()
    figures = reader_score.report(scorer(run.net, run.device), encoder, run.options.data, share=run.options.check_share)
    run.done.figures.append({"minutes": round(run.done.seconds / 60, 2), "examples": run.done.examples, **figures})
    run.save()
    run.log({"held out": {name: round(value, 2) for name, value in run.done.figures[-1].items()}})
