"""Who does what to whom, as far as a pattern can tell: two names with one verb between them, said the other way round too.

Only plain clauses are taken ("Putin menyambut Kim", "Kim disambut oleh Putin"), because what is learned from them must be
true: a rule that is unsure gives nothing. `qa.training.examples.who_did_what_examples` makes examples of them.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.language import text
from qa.language.annotate import names
from qa.language.text.roots import known_root

if TYPE_CHECKING:
    from collections.abc import Iterator

_AUXILIARIES = (
    "akan|telah|sudah|sempat|juga|kemudian|lalu|pun|berhasil|ingin|terus|kembali|langsung|sedang|tengah|masih|pernah|turut|ikut"
)
_BETWEEN = re.compile(
    rf" (?P<before>(?:(?:{_AUXILIARIES}) ){{0,2}})(?P<verb>(?:me(?:m|n|ng|ny)?|di)[a-z]{{4,}})(?P<by> oleh)?"
    r"(?P<more>(?: [a-z]{2,}){0,2}(?: kepada| terhadap| dari| untuk)?)? "
)
_SAYING = frozenset(
    """mengatakan menyatakan menyebut menyebutkan menilai menambahkan menjelaskan menegaskan mengaku mengungkapkan mengklaim menuturkan
    memastikan menduga meminta mengharapkan berharap membantah melaporkan menyimpulkan memprediksi menyadari mengetahui menganggap merasa
    memiliki menjadi merupakan mempunyai menurut melalui mengenai dikatakan disebut dinilai diduga dikenal diketahui dianggap disebutkan
    dilansir dikutip dilaporkan dibanding dibandingkan dimiliki menghadapi bertemu melawan""".split()
)
"""What is said of somebody and what is the same from both sides: no deed of the one to the other."""
_JOINED = frozenset("dan atau serta maupun bersama".split())
_OPEN = frozenset("yang di ke bahwa pada agar supaya diri sebagai seperti karena saat ketika setelah oleh lewat".split())
"""After these begins what is no part of the deed."""
SHORTEST, LONGEST = 3, 48  # characters of a name


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause of a text: the spans of two names, and what is between them. `doer` is who does it, whatever the voice."""

    doer: tuple[int, int]
    other: tuple[int, int]
    verb: str  # as written: "menyambut", "disambut"
    before: str  # auxiliaries with a space after them, or ""
    more: str  # what follows the verb up to the second name, with a space before it, or ""

    @property
    def passive(self) -> bool:
        """Is the clause said from the side of the one it is done to?"""
        return self.verb.startswith("di")


def deeds(sentence: str) -> Iterator[Deed]:
    """The clauses of one sentence whose two names are different and stand alone on their side of the verb."""
    spans = names.names(sentence)
    for at, ((a, b), (c, d)) in enumerate(itertools.pairwise(spans)):
        found = _BETWEEN.fullmatch(sentence[b:c])
        if not found or not _apart(sentence[a:b], sentence[c:d]):
            continue
        verb, more = found["verb"], found["more"] or ""
        root = text.stem(verb)
        if verb in _SAYING or root == verb or not known_root(root) or set(more.split()) & (_JOINED | _OPEN):
            continue
        if _joined(sentence, a, spans[at - 1] if at else None) or _continues(sentence, d):
            continue
        if verb.startswith("di") and found["by"] and not more:
            yield Deed((c, d), (a, b), verb, found["before"], "")
        elif not verb.startswith("di") and not found["by"]:
            yield Deed((a, b), (c, d), verb, found["before"], more)


def turned_verb(verb: str) -> str:
    """The passive of an active verb and the other way round: "menyambut" <-> "disambut"; "" where no form is sure."""
    if verb.startswith("memper"):
        return "diper" + verb[6:]
    root = text.stem(verb)
    tail = next((end for end in ("kan", "i", "") if verb.endswith(root[1:] + end)), None)
    if tail is None:
        return ""
    if not verb.startswith("di"):
        return f"di{root}{tail}"
    return _active(root) + tail if verb == f"di{root}{tail}" else ""


def _active(root: str) -> str:
    """A root with the prefix me-, by the rules of Indonesian spelling (KBBI): p, t, k, s melt into it."""
    first = root[0]
    if first == "p":
        return "mem" + root[1:]
    if first == "t":
        return "men" + root[1:]
    if first == "k":
        return "meng" + root[1:]
    if first == "s":
        return "meny" + root[1:]
    if first in "bfv":
        return "mem" + root
    if first in "dcjz":
        return "men" + root
    return ("meng" if first in "aeioughq" else "me") + root


def _apart(one: str, other: str) -> bool:
    return (
        SHORTEST <= len(one) <= LONGEST
        and SHORTEST <= len(other) <= LONGEST
        and not set(one.casefold().split()) & set(other.casefold().split())
    )


def _joined(sentence: str, start: int, before: tuple[int, int] | None) -> bool:
    """Is the first name the last of several ("A dan B menyambut C"), or inside another phrase ("menteri dari A menyambut C")?"""
    ahead = sentence[:start].rstrip().casefold().split()
    word = ahead[-1] if ahead else ""
    near = before is not None and sentence[before[1] : start].strip() in {",", "dan", ""}
    return near or word in _JOINED | {"di", "ke", "dari", "oleh", "kepada", "untuk", "dengan", "pada", "bagi", "terhadap"}


def _continues(sentence: str, end: int) -> bool:
    """Is the second name the first of several, or the beginning of something longer ("menyambut Kim yang …" is fine)?"""
    return sentence[end:].lstrip(" ").casefold().startswith(("dan ", "serta ", "maupun ", "atau ", "-", "/", "("))
