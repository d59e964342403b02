"""The shipped bilingual lexicon: English words and phrases with their Indonesian renderings.

One text file of qa/models/lexicon, read once and late (a few milliseconds): lexicon.tsv ("english TAB indonesian:score|…").
`qa train lexicon` makes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path

from qa.errors import ModelError
from qa.language.text.english_forms import bases

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "lexicon"
LONGEST = 4  # words of a phrase
Options = tuple[tuple[str, float], ...]
"""(Indonesian, score 0 to 1), best first."""


class Lexicon:
    """Renderings of English words, by their forms or their bases. Safe from many threads."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._renderings = _rows(folder / "lexicon.tsv")
        self._where = folder
        self._parsed: dict[str, Options] = {}

    def find(self, forms: Sequence[str]) -> tuple[str, Options]:
        """(the entry, its renderings) for a run of English words in lower case; ("", ()) when there is none.

        The run as it is goes first, then with its words traced to their bases, the last word first.
        """
        for words in product(*((word, *bases(word)) for word in forms)):
            entry = " ".join(words)
            if entry in self._renderings:
                return entry, self._options(entry)
        return "", ()

    @cached_property
    def indonesian(self) -> frozenset[str]:
        """Every word of the renderings, in lower case."""
        return frozenset(
            word
            for row in self._renderings.values()
            for option in row.split("|")
            for word in option.rpartition(":")[0].lower().split()
        )

    def entries(self) -> Iterator[tuple[str, Options]]:
        """Every entry with its renderings."""
        for entry in self._renderings:
            yield entry, self._options(entry)

    def __len__(self) -> int:
        return len(self._renderings)

    def _options(self, entry: str) -> Options:
        if entry not in self._parsed:
            try:
                parts = [option.rpartition(":") for option in self._renderings[entry].split("|")]
                self._parsed[entry] = tuple((indonesian, int(score) / 100) for indonesian, _, score in parts)
            except ValueError as error:
                raise ModelError(
                    f"{self._where / 'lexicon.tsv'}: the entry '{entry}' is not 'indonesian:score|…'. Cure: install the package again."
                ) from error
        return self._parsed[entry]


def _rows(path: Path) -> Mapping[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return dict(line.split("\t", 1) for line in lines)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}). Cure: install the package again, or 'qa train lexicon'.") from error
    except ValueError as error:
        raise ModelError(f"{path}: not rows of two columns ({error}). Cure: install the package again.") from error


@lru_cache(maxsize=4)
def opened(folder: Path = SHIPPED) -> Lexicon:
    """The lexicon of a folder, read once."""
    return Lexicon(folder)
