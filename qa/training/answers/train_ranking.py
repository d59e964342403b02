"""`qa train ranking`: in which order passages are read, fitted on written questions over an archive of their articles.

Each question of qa_news.train is searched among all its articles and 2,500 others; of the passages found those that hold the answer's sentence
are to come first. A conditional logit (McFadden, 1974) over three numbers of a passage; a tenth of the articles, set aside by the
hash of their text, gives the figures.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from tqdm import tqdm

from qa.errors import TrainingError
from qa.index.encode import open_encoder
from qa.retrieve.ranking import Evidence, shipped
from qa.retrieve.search import gathered
from qa.training import data
from qa.training.answers.answers_fit import Floats, conditional_logit
from qa.training.examples.archive_passages import archive, archive_texts
from qa.training.examples.written import WRITTEN

NAMES = tuple(field.name for field in fields(Evidence))
FIRST = (1, 2, 3, 4, 8)
"""Of so many first passages the figures say how often one holds the answer."""
ASIDE = 10

Met = tuple[bool, Floats, Floats]
"""A question: is it set aside?, its passages' numbers (m, 3) in the order that they merge in, and which of them hold the answer (m)."""


def train_ranking(folder: Path, out: Path, *, limit: int = 0, say: Callable[[str], None] | None = None) -> Path:
    """Search, fit, say the figures of the articles set aside, and write out/ranking.json, which belongs beside the encoder; returns that file.

    `limit`: questions, evenly spread (0: all). Raises TrainingError for a set that is absent or broken, or where nothing was found to fit on.
    """
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    path = folder / f"{WRITTEN}.jsonl.xz"
    if not path.is_file():
        raise TrainingError(f"{path}: there is no such file of questions. Cure: name the folder of the training sets (--data)")
    out.mkdir(parents=True, exist_ok=True)
    met = list(_met(folder, out, limit))
    fitted_on = [(rows, holds) for aside, rows, holds in met if not aside]
    if not any(holds.any() for _, holds in fitted_on):
        raise TrainingError(f"{path}: no question's answer was found. Cure: more questions with their sentences")
    weights = conditional_logit(fitted_on, len(NAMES))
    weights = weights / weights[NAMES.index("cosine")]  # only their ratios order anything
    aside = [(rows, holds) for aside, rows, holds in met if aside]
    for name, by in (("before", None), ("shipped", np.array(astuple(shipped()))), ("fitted", weights)):
        say(json.dumps({"order": name, "questions": len(aside), **shares(aside, by)}))
    table = {
        "command": "qa train ranking",
        "fitted_on": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()},
        "questions": len(fitted_on),
        "weights": dict(zip(NAMES, map(float, np.round(weights, 4)), strict=True)),
    }
    written = out / "ranking.json"
    written.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return written


def shares(met: Sequence[tuple[Floats, Floats]], weights: Floats | None) -> dict[str, float]:
    """In how many of the questions one of the first passages holds the answer, in per cent; without weights in the order given."""
    found = []
    for rows, holds in met:
        order = np.arange(len(rows)) if weights is None else np.argsort(-(rows @ weights), kind="stable")
        found.append([holds[order][:most].any() for most in FIRST])
    means = 100 * np.mean(found, axis=0) if found else np.zeros(len(FIRST))
    return {f"first {most}": round(float(mean), 1) for most, mean in zip(FIRST, means, strict=True)}


def _met(folder: Path, out: Path, limit: int) -> Iterator[Met]:
    """The answerable questions as search met them."""
    pairs = zip(data.questions(folder, WRITTEN), data.records(folder, WRITTEN), strict=True)
    asked = [(record, raw["sentences"]) for record, raw in pairs if raw.get("sentences")]
    if limit:
        asked = [asked[at * len(asked) // limit] for at in range(min(limit, len(asked)))]
    assistant = archive(folder, out)
    encoder = open_encoder(assistant.settings.encoder)
    texts = archive_texts(folder)
    for record, sentences in tqdm(asked, desc="search", unit="question", mininterval=2.0, file=sys.stderr):
        query = assistant.query(record.question)
        if query is None:
            continue
        hits, known = gathered(query, assistant.generation, encoder, assistant.settings.retrieve)
        rows = np.array([astuple(one) for one in known]).reshape(-1, len(NAMES))
        holds = np.array(
            [
                texts[hit.passage.article_id] == record.context
                and any(start < hit.passage.end and hit.passage.start < end for start, end in sentences)
                for hit in hits
            ],
            dtype=np.float64,
        )
        yield int(hashlib.sha256(record.context.encode()).hexdigest(), 16) % ASIDE == 0, rows, holds
