"""(question, passage) as the reader's network sees it: token ids and, for each token, its kind. Letter-exact offsets.

A kind is `place * 4 + shape`. Places tell the network where a token is and whether the other part has it too, which a
small network cannot work out by itself; shapes give back the capitals and digits that a lower-cased vocabulary loses.

    place   0 question   1 passage   2 passage, same piece in the question   3 passage, same stem in the question
            4 question, same piece in the passage   5 question, same stem in the passage
    shape   0 other   1 first letter capital   2 two capitals   3 digit
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from qa.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

    Ints = NDArray[np.int64]

KINDS = 24
QUESTION_TOKENS = 64  # a longer question (or premise) is cut
TITLE_TOKENS = 24

_PREFIXES = ("meng", "meny", "peng", "peny", "men", "mem", "pen", "pem", "ber", "ter", "per", "me", "di", "ke", "pe", "se")
_SUFFIXES = ("kannya", "annya", "nya", "kah", "lah", "kan", "an", "i")
_LOST = {"meng": "k", "peng": "k", "meny": "s", "peny": "s", "men": "t", "pen": "t", "mem": "p", "pem": "p"}
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as pieces: (n,) ids, code point offsets, shapes, and the stem group of whole words (0: none)."""

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    stems: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, first: int, last: int) -> Tokens:
        """The tokens from `first` up to `last`; offsets stay those of the whole text."""
        return Tokens(*(part[first:last] for part in (self.ids, self.starts, self.ends, self.shapes, self.stems)))


def stem(word: str) -> str:
    """A rough Indonesian stem, for matching alone: one prefix and one suffix off, the letter that meN-/peN- swallows put back.

    "menulis" and "ditulis" give "tulis"; what would leave fewer than four letters stays as it is.
    """
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    for prefix in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= _SHORTEST_STEM - 1:
            lost = _LOST.get(prefix, "") if rest[0] in "aeiou" else ""
            rest = lost + rest
            return rest if len(rest) >= _SHORTEST_STEM else word
    return word


class PairEncoder:
    """Encodes texts once and joins them into pairs."""

    def __init__(self, tokenizer: Tokenizer, *, positions: int = 384) -> None:
        import numpy as np

        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokenizer = tokenizer
        self.positions = positions
        self.cls, self.sep, self.pad, self.hidden = (self._mark(mark) for mark in ("[CLS]", "[SEP]", "[PAD]", "[MASK]"))
        size = tokenizer.get_vocab_size()
        self._follows = np.zeros(size, dtype=bool)  # the piece continues a word
        self._counts = np.zeros(size, dtype=bool)  # the piece has a letter or digit: sharing it means something
        self._stem = np.zeros(size, dtype=np.int64)  # its group: the pieces of one stem have the same
        self._met = np.zeros(size, dtype=bool)  # whether the three say something of it: most pieces are never met
        self._groups: dict[str, int] = {}
        self._lock = Lock()

    def _mark(self, mark: str) -> int:
        number = self.tokenizer.token_to_id(mark)
        if number is None:
            raise ModelError(f"the tokenizer has no {mark}. Cure: use the encoder and the reader of the same release")
        return int(number)

    def texts(self, texts: Sequence[str]) -> list[Tokens]:
        """Each text as `Tokens`, without special tokens and uncut."""
        return [self._tokens(text, encoding) for text, encoding in zip(texts, self._encodings(texts), strict=True)]

    def _encodings(self, texts: Sequence[str]) -> list[Encoding]:
        return self.tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def _tokens(self, text: str, encoding: Encoding) -> Tokens:
        import numpy as np

        ids = np.array(encoding.ids, dtype=np.int64)
        if not self._met[ids].all():
            self._meet(ids)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        shapes = np.fromiter((_shape(text[start:end]) for start, end in offsets.tolist()), dtype=np.int64, count=len(ids))
        whole = np.ones(len(ids), dtype=bool)
        if len(ids):
            follows = self._follows[ids]
            whole = ~follows
            whole[:-1] &= ~follows[1:]
        return Tokens(ids, offsets[:, 0], offsets[:, 1], shapes, np.where(whole, self._stem[ids], 0))

    def _meet(self, ids: Ints) -> None:
        """Find out about the pieces that come for the first time."""
        with self._lock:
            for number in ids[~self._met[ids]].tolist():
                piece = self.tokenizer.id_to_token(number) or ""
                self._follows[number] = piece.startswith("##")
                self._counts[number] = any(sign.isalnum() for sign in piece) and not piece.startswith("[")
                if piece.isalpha() and len(piece) >= _SHORTEST_STEM:
                    self._stem[number] = self._groups.setdefault(stem(piece), len(self._groups) + 1)
                self._met[number] = True

    def pair(self, question: Tokens, passage: Tokens, title: Tokens | None = None) -> tuple[Ints, Ints, int]:
        """[CLS] question [SEP] (title [SEP]) passage [SEP] -> (ids, kinds, place of the passage's first token).

        Question and title are cut to their limits; the passage has to fit (see `room`).
        """
        import numpy as np

        question = question.cut(0, QUESTION_TOKENS)
        second = [passage] if title is None or not len(title) else [title.cut(0, TITLE_TOKENS), passage]
        second_ids = np.concatenate([part.ids for part in second])
        second_stems = np.concatenate([part.stems for part in second])
        left = self._places(question.ids, question.stems, second_ids, second_stems, plain=0, same=4)
        right = self._places(second_ids, second_stems, question.ids, question.stems, plain=1, same=2)
        cls, sep, none, other = (np.array([value]) for value in (self.cls, self.sep, 0, 4))
        ids = [cls, question.ids, sep]
        kinds = [none, left * 4 + question.shapes, none]
        done = 0
        for part in second:
            ids += [part.ids, sep]
            kinds += [right[done : done + len(part)] * 4 + part.shapes, other]
            done += len(part)
        first = 2 + len(question) + (0 if len(second) == 1 else len(second[0]) + 1)
        return np.concatenate(ids), np.concatenate(kinds), first

    def room(self, question: Tokens, title: Tokens | None = None) -> int:
        """How many passage tokens fit beside this question and title."""
        taken = (
            3
            + min(len(question), QUESTION_TOKENS)
            + (0 if title is None or not len(title) else 1 + min(len(title), TITLE_TOKENS))
        )
        return self.positions - taken

    def _places(self, ids: Ints, stems: Ints, other: Ints, other_stems: Ints, *, plain: int, same: int) -> Ints:
        import numpy as np

        met = np.zeros(len(self._counts), dtype=bool)
        met[other] = True
        met_stems = np.zeros(len(self._groups) + 1, dtype=bool)
        met_stems[other_stems] = True
        met_stems[0] = False
        places = np.where(met_stems[stems], same + 1, plain)
        return np.where(met[ids] & self._counts[ids], same, places)

    def batch(self, pairs: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
        """Pairs of (ids, kinds) padded to the longest -> (ids, kinds, mask), each (n, tokens) int64."""
        import numpy as np

        longest = max(len(ids) for ids, _ in pairs)
        ids = np.full((len(pairs), longest), self.pad, dtype=np.int64)
        kinds = np.zeros((len(pairs), longest), dtype=np.int64)
        mask = np.zeros((len(pairs), longest), dtype=np.int64)
        for row, (some, their) in enumerate(pairs):
            ids[row, : len(some)], kinds[row, : len(some)], mask[row, : len(some)] = some, their, 1
        return ids, kinds, mask


def _shape(text: str) -> int:
    if not text:
        return 0
    if text[0].isdigit():
        return 3
    if text[0].isupper():
        return 2 if text[1:2].isupper() else 1
    return 0
