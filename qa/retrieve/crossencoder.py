"""The shipped reader at work: one small multi-task cross-encoder on onnxruntime, over (question, passage) pairs.

A folder holds reader.onnx, config.json and README.md, and may hold its own tokenizer.json; otherwise the tokenizer is the
encoder's, in the folder that the config names. Nothing is imported and nothing is loaded before the first `open`.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.deadline import check
from qa.errors import MissingExtraError, ModelError
from qa.retrieve.pairs import PairEncoder, Tokens
from qa.retrieve.spans import Piece, best_spans, windows
from qa.schema import AnswerSpan, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

MOST_THREADS = 8
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entailment:
    """Probabilities that the premise proves, leaves open or denies the hypothesis; they sum to 1."""

    entailed: float
    neutral: float
    contradicted: float


class CrossEncoder:
    """Relevance, answer spans, answerability and entailment from one network. Safe to call from several threads.

    Each pair is a call of its own, on one thread, `threads` of them at a time: there is no padding, what is said of a pair does not
    hang on the pairs beside it (eight-bit sums are scaled by the largest value of a call), and two cores are used better than by
    two threads inside one operation (24 pairs of 61 tokens: 1.5 times quicker).
    """

    def __init__(
        self,
        encoder: PairEncoder,
        run: Callable[[Ints, Ints, Ints], tuple[Floats, Floats]],
        config: dict[str, Any],
        *,
        threads: int = 1,
    ) -> None:
        self.encoder = encoder
        self.config = config
        self.logits = run
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader") if threads > 1 else None
        self._scales = {name: (float(pair[0]), float(pair[1])) for name, pair in config.get("calibration", {}).items()}

    @property
    def name(self) -> str:
        """Name and version, for an answer's trace."""
        return f"{self.config.get('name', 'reader')}-{self.config.get('version', '0')}"

    @classmethod
    def open(cls, folder: Path | str, *, threads: int = 0) -> CrossEncoder:
        """Load the model of a folder; `threads`: pairs that are read at once (0: one a core, at most 8).

        Raises ModelError naming the file that is absent, broken or of another format; MissingExtraError without onnxruntime.
        """
        folder = Path(folder)
        config = _config(folder)
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError(error.name or "onnxruntime", "reader", "the reader") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        model, tokenizer = folder / "reader.onnx", _tokenizer(folder, config)
        for path in (model, tokenizer):
            if not path.is_file():
                raise ModelError(f"{path}: no such file. Cure: install the package again, or train the reader: qa train reader")
        try:
            session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's errors share no public base
            raise ModelError(f"{model}: onnxruntime cannot load it ({error}). Cure: install the package again") from error
        try:
            pieces = Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # tokenizers raises bare Exception
            raise ModelError(f"{tokenizer}: not a tokenizer ({error}). Cure: install the package again") from error
        digest = hashlib.sha256(tokenizer.read_bytes()).hexdigest()
        if pieces.get_vocab_size() != config["pieces"] or config.get("tokenizer_sha256", digest) != digest:
            raise ModelError(
                f"{tokenizer}: not the vocabulary that the reader was trained with ({config['pieces']} pieces). "
                "Cure: use the encoder and the reader of the same release"
            )

        def run(ids: Ints, kinds: Ints, mask: Ints) -> tuple[Floats, Floats]:
            spans, verdicts = session.run(["spans", "verdicts"], {"ids": ids, "kinds": kinds, "mask": mask})
            return spans, verdicts

        return cls(
            PairEncoder(pieces, positions=int(config["positions"])),
            unpadded(run),
            config,
            threads=threads or min(_cores(), MOST_THREADS),
        )

    def score(
        self, question: str, texts: Sequence[str], *, titles: Sequence[str] | None = None, spans: int = 5, windows_each: int = 0
    ) -> list[Reading]:
        """Read each text for the question; results in the order of the texts.

        A title (not searched for answers) helps a passage that does not name its subject. A text that is longer than the
        network is read in overlapping windows: the best relevance and answerability count, and the best spans of all.
        `windows_each` limits the windows of one text (0: all).
        """
        if titles is not None and len(titles) != len(texts):
            raise ModelError(f"{len(titles)} titles for {len(texts)} texts. Cure: one title a text, '' where there is none")
        if not texts:
            return []
        asked = self.encoder.texts([question])[0]
        passages = self.encoder.texts(texts)
        named: Sequence[Tokens | None] = self.encoder.texts(titles) if titles is not None else [None] * len(texts)
        rows: list[tuple[int, Piece]] = []
        for at, passage in enumerate(passages):
            pieces = list(windows(self.encoder, asked, passage, named[at]))
            rows += [(at, piece) for piece in (pieces[:windows_each] if windows_each else pieces)]
        verdicts: list[list[Floats]] = [[] for _ in texts]
        found: list[list[AnswerSpan]] = [[] for _ in texts]
        for (at, piece), (logits, verdict) in zip(rows, self._each([piece for _, piece in rows]), strict=True):
            verdicts[at].append(verdict)
            inside = logits[piece.first : piece.first + piece.length]
            found[at] += [
                AnswerSpan(int(passages[at].starts[piece.offset + first]), int(passages[at].ends[piece.offset + last]), score)
                for first, last, score in best_spans(inside, spans)
            ]
        return [_reading(verdicts[at], _apart(found[at], spans)) for at in range(len(texts))]

    def entail(self, premise: str, hypothesis: str) -> Entailment:
        """Does the premise (a quote) prove the hypothesis (a claim)?"""
        return self.entail_all([(premise, hypothesis)])[0]

    def entail_all(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """`entail` for many (premise, hypothesis) pairs at once; a premise is cut where it does not fit."""
        if not pairs:
            return []
        premises = self.encoder.texts([premise for premise, _ in pairs])
        hypotheses = self.encoder.texts([hypothesis for _, hypothesis in pairs])
        pieces = [
            next(windows(self.encoder, hypothesis, premise)) for premise, hypothesis in zip(premises, hypotheses, strict=True)
        ]
        return [_entailment(verdict, self._scales.get("entailment", (1.0, 0.0))[0]) for _, verdict in self._each(pieces)]

    def _each(self, pieces: Sequence[Piece]) -> list[tuple[Floats, Floats]]:
        """Logits of each piece, in order. Raises OutOfTimeError between two of them, where this thread's time is over."""
        check()

        def read(piece: Piece) -> tuple[Floats, Floats]:
            spans, verdicts = self.logits(*self.encoder.batch([(piece.ids, piece.kinds)]))
            return spans[0], verdicts[0]

        read_all = self._pool.map(read, pieces) if self._pool is not None and len(pieces) > 1 else map(read, pieces)
        found = []
        for logits in read_all:
            found.append(logits)
            if len(found) < len(pieces):
                check()  # what the pool has not begun by then is called off with the iterator
        return found


def unpadded(run: Callable[[Ints, Ints, Ints], tuple[Floats, Floats]]) -> Callable[[Ints, Ints, Ints], tuple[Floats, Floats]]:
    """`run` for rows of any length, one at a time and without their padding: an exported graph's attention knows no mask."""
    import numpy as np

    def every(ids: Ints, kinds: Ints, mask: Ints) -> tuple[Floats, Floats]:
        lengths = mask.sum(1).tolist()
        if len(ids) == 1 and lengths[0] == ids.shape[1]:
            return run(ids, kinds, mask)
        found = [run(*(part[row : row + 1, :length] for part in (ids, kinds, mask))) for row, length in enumerate(lengths)]
        spans = np.zeros((*ids.shape, 2), dtype=np.float32)
        for row, (own, _) in enumerate(found):
            spans[row, : lengths[row]] = own[0]
        return spans, np.concatenate([verdicts for _, verdicts in found])

    return every


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{path}: no reader here ({error.strerror}). Cure: name a folder that qa train reader exported"
        ) from error
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}). Cure: install the package again") from error
    if not isinstance(config, dict) or config.get("format") != FORMAT or not {"pieces", "positions"} <= config.keys():
        raise ModelError(f"{path}: not a reader of format {FORMAT}. Cure: export it again with this version")
    return config


def _tokenizer(folder: Path, config: dict[str, Any]) -> Path:
    own = folder / "tokenizer.json"
    return own if own.is_file() else folder / str(config.get("tokenizer", "../encoder/tokenizer.json"))


def _apart(spans: Sequence[AnswerSpan], n: int) -> tuple[AnswerSpan, ...]:
    """The n best spans of which none overlaps a better one."""
    chosen: list[AnswerSpan] = []
    for span in sorted(spans, key=lambda one: (-one.score, one.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return tuple(chosen[:n])


def _reading(verdicts: Sequence[Floats], spans: tuple[AnswerSpan, ...]) -> Reading:
    """The best relevance and answerability of a text's windows; yes or no is said by the window that answers best."""
    answers = max(verdicts, key=lambda verdict: float(verdict[1]))
    return Reading(
        relevance=max(float(verdict[0]) for verdict in verdicts),
        answerable=float(answers[1]),
        polar=float(answers[5]) if len(answers) > 5 else 0.0,
        spans=spans,
    )


def _entailment(verdict: Floats, scale: float) -> Entailment:
    weights = [math.exp(scale * float(logit - verdict[2:5].max())) for logit in verdict[2:5]]
    return Entailment(*(weight / sum(weights) for weight in weights))
