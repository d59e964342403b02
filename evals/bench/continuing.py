"""Would a second training make the shipped vectors better? It continues from them in one of several ways and writes an encoder folder.

    python evals/bench/continuing.py --data DIR --out RUN --vocabulary qa/models/encoder/tokenizer.json --way reader
    python evals/bench/retrieval.py --data DIR --encoder RUN/reader                 measures what came out

Ways: `random` batches; `hard` ones (negatives that BM25 and the encoder mine, articles of one topic together), which all that follow
have too; `made`: a fifth of the batches are rule-made questions; `words`: cross-entropy over an index's first passages, the BM25 share of
fusion added to the cosine, so that the encoder learns what words miss (Gao et al., "Complement Lexical Retrieval", ECIR 2021); `reader`:
the same sum learns the reader's relevance (KL; Hinton et al., 2015) of rule-made questions, which no training saw; `weights`: that
alone, for the token weights alone. What is mined and read is kept in RUN (`--questions` of them, about a tenth of a second each).
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional

from qa.errors import QaError
from qa.index.encode import SHIPPED
from qa.training import data
from qa.training.encoder import export
from qa.training.encoder import text_pairs as pairs
from qa.training.encoder.contrastive_loss import contrast
from qa.training.encoder.hard_negatives import mine, pooled, topics
from qa.training.encoder.token_bags import Bags, tokenize
from qa.training.encoder.train_encoder import EncoderOptions, prepare
from qa.training.encoder.views import EncoderBatch, TokenBags, _joined, article_batch, question_batch, translation_batch
from qa.training.examples import generated as made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

WAYS = ("random", "hard", "made", "words", "reader", "weights")
KEPT, READ = 16, 4  # candidates kept of each question; of them, read
SCALE, BATCH, LISTS = 20.0, 1024, 128


def made_questions(folder: Path, articles: int, rows: Ints) -> tuple[dict[int, str], list[tuple[str, int, str]]]:
    """The texts of the articles `rows` of the token cache, and at most two (question, row, answer) each."""
    kept, wanted, drawn = data.held_out(folder), set(rows.tolist()), random.Random(11)
    texts: dict[int, str] = {}
    asked: list[tuple[str, int, str]] = []
    leads = list(data.training_leads(folder, kept))
    news = [(title, text) for title, text in data.texts(folder, data.NEWS, "title", "text")]
    if len(leads) + len(news) != articles:
        raise SystemExit("the token cache in --out was made from other data. Cure: delete it")
    for row, (title, text) in enumerate([*leads, *news]):
        if row in wanted:
            texts[row] = text if row < len(leads) else " ".join(pairs.sentences_of(text)[:12])
            found = [*made.from_lead(title, texts[row], drawn), *made.from_text(texts[row][:1500], drawn)]
            some = drawn.sample(found, min(2, len(found)))
            asked += [(one.question, row, texts[row][one.start : one.end]) for one in some]
    return texts, asked


def read(chosen: argparse.Namespace, material: pairs.Material, table: Floats, tokenizer: Tokenizer) -> dict[str, Any]:
    """Candidates of made questions, from BM25 and the encoder merged, and the reader's log-odds of some of them."""
    from qa.index.lexical import Lexical
    from qa.language.text import question_terms, terms
    from qa.retrieve.crossencoder import CrossEncoder
    from qa.retrieve.search import fuse

    rng = np.random.default_rng(11)
    rows = np.sort(rng.permutation(material.free)[: chosen.pool])
    texts, asked = made_questions(chosen.data, material.free, rows)
    starts, ends = (bound[rows] for bound in material.article_ranges())
    vectors, place = pooled(table, material.sentences.tokens, starts, ends), {int(row): at for at, row in enumerate(rows)}
    reader = CrossEncoder.open(SHIPPED.parent / "reader", threads=1)
    whole = 1.8 * np.log1p(len(rows))
    found: dict[str, list[Any]] = {name: [] for name in ("gold", "passages", "words", "holds", "read", "odds", "questions")}
    with tempfile.TemporaryDirectory() as folder:
        index = Lexical.write(Path(folder), (terms(texts[int(row)][:700]) for row in rows))

        def known(term: str) -> bool:
            return index.document_frequency(term) > 0

        for number in rng.permutation(len(asked))[: chosen.questions]:
            question, gold, answer = asked[number]
            vector = pooled(table, *_one(tokenizer, question))[0]
            lexical, scores = index.search(question_terms(question, known), 100), vectors @ vector
            nearest = np.argsort(-scores, kind="stable")[:50]
            merged = fuse(lexical[:50], [(int(row), float(scores[row])) for row in nearest], passages=len(rows))
            best = [row for row, _ in merged if row != place[gold]][:KEPT]
            if len(best) < KEPT:
                continue
            columns = np.concatenate([np.arange(2), 2 + rng.permutation(KEPT - 2)[: READ - 2]])
            given = [_window(texts[gold], answer), *(texts[int(rows[best[column]])][:320] for column in columns)]
            odds = np.array([one.relevance for one in reader.score(question, given, spans=1, windows_each=1)])
            by_words = dict(lexical)
            found["gold"].append(gold)
            found["passages"].append(rows[best])
            found["words"].append([(by_words.get(row, 0.0) / whole) ** 3 for row in (place[gold], *best)])
            found["holds"].append([answer.lower() in texts[int(rows[row])].lower() for row in best])
            found["read"].append(columns)
            found["odds"].append(odds)
            found["questions"].append(question)
    lists = {name: values if name == "questions" else np.array(values) for name, values in found.items()}
    return lists | {"asked": [question for question, _, _ in asked], "asked_of": np.array([row for _, row, _ in asked])}


class Continued:
    """The shipped vectors with their lengths as token weights, and the batches of one way."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        from safetensors.numpy import load_file

        torch.set_num_threads(1)
        self.chosen, self.way = chosen, chosen.way
        self.tokenizer, self.material = prepare(
            EncoderOptions(data=chosen.data, out=chosen.out, vocabulary=chosen.vocabulary, seed=chosen.seed)
        )
        table = load_file(SHIPPED / "model.safetensors")["embedding.weight"].astype(np.float32)
        length = np.maximum(np.linalg.norm(table, axis=1), 1e-4)
        self.vectors = torch.nn.Parameter(torch.from_numpy(table / length[:, None] / 2))
        self.weights = torch.nn.Parameter(torch.from_numpy(np.log(length / np.median(length))))
        start, end = self.material.article_ranges()
        self.start, self.end = start, end
        rng = np.random.default_rng(chosen.seed)
        if self.way not in {"random", "weights"}:
            free = slice(0, self.material.free)
            self.topics = topics(
                pooled(table, self.material.sentences.tokens, start[free], end[free]),
                max(2, self.material.free // 1000),
                rng,
                rounds=3,
            )
            self.mined = mine(self.material, table, rng)
        if self.way in {"made", "words", "reader", "weights"}:
            kept = chosen.out / "read.pickle"
            if not kept.is_file():
                kept.write_bytes(pickle.dumps(read(chosen, self.material, table, self.tokenizer)))
            self.lists: dict[str, Any] = pickle.loads(kept.read_bytes())
            self.asked = tokenize(self.tokenizer, self.lists["asked"])
            self.questions = tokenize(self.tokenizer, self.lists["questions"])

    def batch(self, rng: np.random.Generator) -> EncoderBatch:
        """Translations, questions, or articles (with `made`: rule-made questions too)."""
        material, kind, hard = self.material, rng.random(), self.way != "random"
        if kind < 0.12:
            return translation_batch(material, rng.permutation(len(material.english))[:BATCH], rng)
        if self.way == "made" and kind < 0.32:
            rows = rng.permutation(len(self.asked))[:BATCH]
            articles = self.lists["asked_of"][rows]
            return EncoderBatch(self._rows(self.asked, rows, rng), self._articles(articles, rng), articles, repeats=True)
        if kind < (0.6 if hard else 0.5):
            rows = rng.permutation(len(material.questions))[: BATCH // 4 if hard else BATCH // 2]
            if not hard:
                return question_batch(material, rows, rng)
            some = np.stack([rng.permutation(self.mined.shape[1])[:4] for _ in rows])
            return question_batch(material, rows, rng, np.take_along_axis(self.mined[rows], some, axis=1))
        if hard and rng.random() < 0.6:
            near = np.flatnonzero(np.isin(self.topics, rng.permutation(int(self.topics.max()) + 1)[:4]))
            return article_batch(material, rng.permutation(near)[:BATCH], rng)
        return article_batch(material, rng.permutation(material.free)[:BATCH], rng)

    def loss(self, step: int) -> torch.Tensor:
        """InfoNCE of a batch at two lengths, and half as much of the lists where the way has them."""
        rng = np.random.default_rng([self.chosen.seed, step])
        loss = torch.zeros(())
        if self.way != "weights":
            batch = self.batch(rng)
            queries, passages = self.pool(batch.queries), self.pool(batch.passages)
            groups = torch.from_numpy(batch.groups) if batch.repeats else None
            for dim in (256, (128, 64)[step % 2]):
                near = (functional.normalize(side[:, :dim], dim=1) for side in (queries, passages))
                loss = loss + contrast(*near, groups, scale=SCALE) / 2
        if self.way in {"words", "reader", "weights"}:
            loss = loss + self._list(step, rng) / (1 if self.way == "weights" else 2)
        return loss

    def _list(self, step: int, rng: np.random.Generator) -> torch.Tensor:
        lists, rows = self.lists, rng.permutation(len(self.questions))[:LISTS]
        columns = np.stack([rng.permutation(KEPT)[:6] for _ in rows]) if self.way == "words" else lists["read"][rows]
        passages = np.concatenate([lists["gold"][rows][:, None], np.take_along_axis(lists["passages"][rows], columns, 1)], axis=1)
        words = np.concatenate([lists["words"][rows][:, :1], np.take_along_axis(lists["words"][rows], columns + 1, 1)], axis=1)
        dim = 256 if step % 2 else (128 if step % 4 else 64)
        asked = functional.normalize(self.pool(self._rows(self.questions, rows, rng))[:, :dim], dim=1)
        near = functional.normalize(self.pool(self._articles(passages.reshape(-1), rng))[:, :dim], dim=1)
        cosines = torch.einsum("nd,nld->nl", asked, near.view(len(rows), -1, dim))
        by_words = torch.from_numpy(words).float() * (self.way != "weights")
        logits = SCALE * (cosines + by_words)
        if self.way == "words":
            holds = np.take_along_axis(lists["holds"][rows], columns, 1)  # it may well be right
            right = np.zeros((len(rows), 1), dtype=bool)
            masked = logits.masked_fill(torch.from_numpy(np.concatenate([right, holds], axis=1)), -1e4)
            return functional.cross_entropy(masked, torch.zeros(len(rows), dtype=torch.long))
        told = functional.log_softmax(torch.from_numpy(lists["odds"][rows]).float(), dim=1)
        return functional.kl_div(functional.log_softmax(logits, dim=1), told, log_target=True, reduction="batchmean")

    def pool(self, texts: TokenBags) -> torch.Tensor:
        """(n, dim) weighted sums."""
        ids = torch.from_numpy(texts.ids)
        offsets, weights = torch.from_numpy(texts.offsets), self.weights.exp()[ids]
        return functional.embedding_bag(ids, self.vectors, offsets, mode="sum", per_sample_weights=weights)

    def table(self) -> torch.Tensor:
        """(vocabulary, dim), the weights folded in."""
        with torch.no_grad():
            return self.vectors * self.weights.exp()[:, None]

    def go(self) -> Path:
        """Train; the moving average of the vectors over about 50 steps is what is written."""
        rates = {
            "vectors": 0.0 if self.way == "weights" else self.chosen.rate,
            "weights": 0.01 if self.way == "weights" else self.chosen.rate,
        }
        groups = [{"params": [getattr(self, name)], "lr": rate, "base": rate} for name, rate in rates.items()]
        optimizer, average = torch.optim.Adam(groups, betas=(0.9, 0.99), fused=True), self.table().clone()
        for step in range(self.chosen.steps):
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1, (step + 1) / 20) * (1 - step / self.chosen.steps)
            loss = self.loss(step)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step % 5 == 4:
                average.lerp_(self.table(), 1 - 0.98**5)
            if step % 50 == 49:
                print(f"step {step + 1}  loss {float(loss.detach()):.3f}", flush=True)
        return export.static_encoder(average.numpy(), self.tokenizer, self.chosen.out / self.way)

    def _rows(self, bags: Bags, rows: Ints, rng: np.random.Generator) -> TokenBags:
        start, end = bags.offsets[rows], bags.offsets[rows + 1]
        return _joined((bags.tokens, start, end), (bags.tokens, end, end), rng)

    def _articles(self, rows: Ints, rng: np.random.Generator) -> TokenBags:
        start, end = self.start[rows], self.end[rows]
        tokens = self.material.sentences.tokens
        return _joined((tokens, start, np.minimum(end, start + 320)), (tokens, end, end), rng)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one way; prints the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder for the token cache and the encoders")
    parser.add_argument(
        "--vocabulary", type=Path, default=SHIPPED / "tokenizer.json", metavar="FILE", help="default: the shipped one"
    )
    parser.add_argument("--way", choices=WAYS, required=True)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--rate", type=float, default=0.003)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pool", type=int, default=50_000, help="articles that their candidates come from (default 50,000)")
    parser.add_argument("--questions", type=int, default=2000, help="rule-made questions to mine and read (default 2000)")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    try:
        print(Continued(chosen).go())
    except QaError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


def _one(tokenizer: Tokenizer, text: str) -> tuple[NDArray[np.uint16], Ints, Ints]:
    ids = np.array(tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.uint16)
    return ids, np.array([0]), np.array([len(ids)])


def _window(text: str, answer: str) -> str:
    """320 characters about the answer: what the reader is given of the right article."""
    at = max(0, text.find(answer))
    first = max(0, at - 150) if at > 250 else 0
    return text[first : first + 320]


if __name__ == "__main__":
    sys.exit(main())
