"""Text to unit vectors: the shipped static encoder, without torch, and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import MissingExtraError, ModelError, UsageError
from qa.safety.privacy import permit_download

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from qa.protocols import Encoder, Matrix, Vector

SHIPPED = Path(__file__).resolve().parent.parent / "models" / "encoder"
MAX_CHARS = 16_384  # what a text says beyond this is not encoded
MAX_TOKENS = 1_024
_PIECES = 100_000  # pieces of text whose tokens are kept, some 25 MB
_MARKS = r"!-/:-@\[-`{-~“”‘’–—…"
_PIECE = re.compile(rf"[^ \t\n\r{_MARKS}]+|[{_MARKS}]")
"""Where BERT's way of finding words divides a text whatever is beside: at spaces, and around punctuation."""


class StaticEncoder:
    """The mean of a text's token vectors, at unit length; questions and passages are encoded alike.

    Reads a sentence-transformers folder with a StaticEmbedding (tokenizer.json, model.safetensors). `dim` keeps the first
    dimensions only: the vectors are trained to be cut (Matryoshka). Text beyond 16,384 characters or 1,024 tokens is ignored.
    Safe from many threads. Raises ModelError naming the file that cannot be used.
    """

    def __init__(self, folder: Path = SHIPPED, *, name: str = "", dim: int | None = None) -> None:
        self.name = name or str(folder)
        self._folder = folder
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        whole = _table(folder / "model.safetensors", self._tokenizer.get_vocab_size())
        if dim is not None and not 1 <= dim <= whole.shape[1]:
            raise ModelError(f"{folder}: has {whole.shape[1]} dimensions, asked for {dim}. Cure: ask for 1 to {whole.shape[1]}.")
        self._table = whole[:, :dim].copy() if dim else whole  # (vocabulary, dim) float32
        self._by_pieces = type(self._tokenizer.pre_tokenizer).__name__ == "BertPreTokenizer"
        self._known: dict[str, list[int]] = {}

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the weights file, hex: an index remembers which vectors it holds."""
        return hashlib.sha256((self._folder / "model.safetensors").read_bytes()).hexdigest()

    def passages(self, texts: Sequence[str]) -> Matrix:
        """(n, dim) float32, unit rows (a row of zeros for a text without a known token)."""
        import numpy as np

        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for bag, row in zip(self._tokens([_encodable(text) for text in texts]), rows, strict=True):
            if bag:  # one short sum a text stays in the processor's cache, where one gather of all tokens does not
                self._table.take(bag[:MAX_TOKENS], axis=0).sum(axis=0, out=row)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Matrix = np.divide(rows, lengths, out=rows, where=lengths > 0)
        return unit

    def question(self, text: str) -> Vector:
        """(dim,) float32, unit length (zeros for a text without a known token)."""
        vector: Vector = self.passages([text])[0]
        return vector

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text. Where words are found as BERT does, the pieces of a text are tokenized once, not once a text."""
        if not self._by_pieces:
            return self._tokenized(texts)
        if len(self._known) > _PIECES:
            self._known = {}
        known = self._known  # another thread may begin another
        pieces = [_PIECE.findall(text) for text in texts]
        new = list(set(chain.from_iterable(pieces)) - known.keys())
        known.update(zip(new, self._tokenized(new), strict=True))
        return [list(chain.from_iterable(map(known.__getitem__, each))) for each in pieces]

    def _tokenized(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or folder; uses the model's own prompts for questions and passages."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtraError("sentence-transformers", "encoders", f"the encoder '{name}'") from error
        self.name = name
        self.sha256 = ""  # its files may be many, and elsewhere
        try:
            self._model: Any = _opened(SentenceTransformer, name)
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            why = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelError(
                f"encoder '{name}' cannot be opened: {why}. Cure: give one of {', '.join(ENCODERS)}, a sentence-transformers model "
                "name that is downloaded or can be, or a model folder."
            ) from error

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Matrix:
        """(n, dim) float32, unit rows."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        encoded = self._model.encode_document(
            [_encodable(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(encoded, dtype=np.float32)

    def question(self, text: str) -> Vector:
        """(dim,) float32, unit length."""
        import numpy as np

        encoded = self._model.encode_query([_encodable(text)], normalize_embeddings=True, show_progress_bar=False)
        vector: Vector = np.asarray(encoded, dtype=np.float32)[0]
        return vector


def _opened(kind: Any, name: str) -> Any:
    """The model as it lies on this machine; only one that does not is asked for at its hub, for it was named."""
    if Path(name).exists():
        return kind(name)
    try:
        return kind(name, local_files_only=True)
    except (OSError, ValueError):
        permit_download()
        return kind(name)


ENCODERS: dict[str, Callable[[], Encoder]] = {
    "static": partial(StaticEncoder, SHIPPED, name="static"),
    "static-128": partial(StaticEncoder, SHIPPED, name="static-128", dim=128),
    "static-64": partial(StaticEncoder, SHIPPED, name="static-64", dim=64),
}
"""The encoders known by name; static-128 and static-64 are the shipped one cut to fewer dimensions."""


def open_encoder(name: str) -> Encoder:
    """The encoder called `name`: one of `ENCODERS`, a model folder, or a sentence-transformers model.

    A folder with a static embedding, such as `qa train encoder` writes, is read without torch. Raises UsageError for no name,
    ModelError when the model cannot be used (with the known names), MissingExtraError when sentence-transformers is absent.
    """
    if not name.strip():
        raise UsageError(
            f"no encoder is named. Cure: give one of {', '.join(ENCODERS)}, or a sentence-transformers model name or folder."
        )
    if name in ENCODERS:
        return ENCODERS[name]()
    if _is_static(Path(name)):
        return StaticEncoder(Path(name), name=name)
    return SentenceTransformerEncoder(name)


def _is_static(folder: Path) -> bool:
    """True for a folder whose first module is a static embedding."""
    path = folder / "modules.json"
    if not path.is_file():
        return False
    try:
        modules = json.loads(path.read_text(encoding="utf-8"))
        return str(modules[0]["type"]).endswith(".StaticEmbedding") and modules[0]["path"] == ""
    except (ValueError, LookupError, TypeError) as error:
        raise ModelError(f"{path}: not a list of modules ({error!r}). Cure: fetch or train the model again.") from error


def _tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    if not path.is_file():
        raise ModelError(
            f"{path}: the file is missing. Cure: install the package again, or train a model with 'qa train encoder'."
        )
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the tokenizers library raises bare Exception
        raise ModelError(f"{path}: not a tokenizer ({error}). Cure: fetch or train the model again.") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _table(path: Path, words: int) -> NDArray[np.float32]:
    """(vocabulary, dim) float32."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not path.is_file():
        raise ModelError(
            f"{path}: the file is missing. Cure: install the package again, or train a model with 'qa train encoder'."
        )
    try:
        table: NDArray[np.float32] = load_file(path)["embedding.weight"].astype(np.float32)
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: the weights cannot be read ({error}). Cure: fetch or train the model again.") from error
    if table.ndim != 2 or len(table) != words:
        raise ModelError(
            f"{path}: holds the shape {table.shape} for a vocabulary of {words}. Cure: take both files from one training."
        )
    if not np.isfinite(table).all():
        raise ModelError(f"{path}: holds infinities or NaN. Cure: fetch or train the model again.")
    return table


def _encodable(text: str) -> str:
    """The text cut to what is encoded; half characters (lone surrogates) become a question mark, as no tokenizer takes them."""
    return text[:MAX_CHARS].encode(errors="replace").decode()
