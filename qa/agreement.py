"""How sources relate to one another on one question: what a reader makes of it, and what an answer says of it. Part of `qa.schema`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdict = Literal["single", "agree", "update", "contradict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One value that the reader found for what is asked, untrusted.

    `quotes` are the words of each article that gives it with the rank of the hit that is claimed to contain them, the best first.
    """

    value: str
    quotes: tuple[tuple[str, int], ...]
    scope: str = ""  # what the value is of, where sides differ in that: "Senin", "Kota Bima"
    independent: int = 1
    copies: int = 0
    confidence: float = 0.0  # that the value answers, by the reader's own probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a reader makes of the values that its passages give, untrusted: the first side is the one that is answered with."""

    verdict: Verdict
    sides: tuple[Side, ...]
    independent: int  # sources behind all sides
    copies: int = 0
    instead: bool = False  # the first side answers in place of the reader's best value, which is not asked for or less exact

    @property
    def confidence(self) -> float:
        """That one of the shown values is right, 0 to 1: 1 less the product of what each leaves open."""
        left = 1.0
        for side in self.sides if self.verdict in {"update", "contradict"} else self.sides[:1]:
            left *= 1.0 - side.confidence
        return 1.0 - left


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One value that sources give, with the numbers of the citations that give it; outlet and day are of the first of these."""

    value: str
    citations: tuple[int, ...]
    outlet: str = ""
    published: date | None = None
    scope: str = ""  # what the value is of, where variants differ in that: "Senin", "Kota Bima"
    independent: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How independent sources relate to one another on the same question.

    single      one source gives the value
    agree       several independent ones give it, in whatever words, units and roundings
    update      a later article gives another figure of what is still counted; the latest variant is the first
    contradict  they give values of the same thing that cannot all be true

    Values of different things (another day's, another place's) are variants with a `scope` and no contradiction. `sentence` is what the
    answer's text says of it, with markers; "" where all is said by the answer itself.
    """

    independent: int
    copies: int
    variants: tuple[Variant, ...]
    verdict: Verdict
    sentence: str = ""
