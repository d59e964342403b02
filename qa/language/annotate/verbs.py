"""Words as far as their forms tell what they do: which are verbs, active or passive, of what root, and what begins a clause.

Indonesian tells it by prefixes ("menyambut", "disambut", "penyambutan"), English by a form of be before a participle or "by"
behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.language import lists
from qa.language.gloss.gloss import FORMS_OF_BE
from qa.language.gloss.lexicon import opened
from qa.language.text import fold, stem
from qa.language.text.english_forms import bases
from qa.language.text.roots import known_root
from qa.language.text.words import FUNCTION_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:()\"“”.?!\n–—]")
PREPOSITIONS = lists.mapping("prepositions", "word", "role")
BREAKS = lists.cue("clause-start")
"""Words that begin a clause."""
BARE = lists.cue("bare-verb")
"""Verbs of Indonesian without a prefix."""
HELPS = lists.cue("helping-verb")
COPULAS = frozenset("adalah ialah merupakan yakni yaitu menjadi sebagai is was are were".split())
_NOUNS = frozenset(
    "terdakwa tersangka terpidana tergugat terlapor terduga termohon tertuduh terbanding terhadap terakhir".split()
)
"""What begins as a verb does and is none."""
_LOSES = frozenset("kalah takluk tumbang tunduk lose".split())
_BEATEN = frozenset("kalah takluk tumbang tunduk beat defeat".split())
_WINS = frozenset("menang unggul win".split())
_GIVES, _RECEIVES = frozenset("beri serah jual kirim give sell".split()), frozenset("terima beli receive buy".split())
_PERSPECTIVES = (("beat", _BEATEN), ("receive", _RECEIVES), ("give", _GIVES))
_SAYS = lists.words("speech_verbs", "subjectless")
_ACTIVE = re.compile(r"(?:me[mnlrywgk]?|ber)\w{3,}")
_PASSIVE = re.compile(r"(?:di|ter)\w{4,}")
_LONG = 7  # letters of a word that is taken for a verb by its prefix alone
_FOLLOW = frozenset("adalah ialah merupakan bilang".split()) | HELPS
"""What follows a subject in Indonesian news besides verbs."""
_BE = 3  # words before a participle among which a form of be makes it passive


@dataclass(frozen=True, slots=True)
class Word:
    """A token: folded, its root (one for converse verbs, such as win and lose), and what it can be."""

    word: str
    root: str
    verb: str  # "active", "passive", "" for no verb
    deed: str = ""  # the part of whom a noun made of a verb names next: "kedatangan Kim" is of the agent, "penyambutan Kim" of the patient

    @property
    def content(self) -> bool:
        """Does it carry meaning of its own?"""
        return self.word[0].isalnum() and self.word not in FUNCTION_WORDS and self.word not in PREPOSITIONS

    @property
    def stops(self) -> bool:
        """Does a clause end before it?"""
        return not self.word[0].isalnum() or self.word in BREAKS


def tokens(sentence: str, *, english: bool = False) -> list[Word]:
    """The words and marks of a sentence, Indonesian or English."""
    found = [match.group() for match in _TOKEN.finditer(sentence)]
    return [_english(found, at) for at in range(len(found))] if english else [_word(surface) for surface in found]


def _english(found: Sequence[str], at: int) -> Word:
    """An English word: a participle after a form of be, or before "by", is passive."""
    word = fold(found[at]).removesuffix("'s")
    if not word or not word[0].isalnum():
        return Word(word or found[at], word, "")
    root, acting = _lexical(word)
    if not acting or (at and found[at][0].isupper()):
        return Word(word, root, "")
    be = any(fold(before) in FORMS_OF_BE for before in found[max(0, at - _BE) : at])
    by = at + 1 < len(found) and found[at + 1] == "by"
    return Word(word, root, "passive" if bases(word) and not word.endswith("ing") and (be or by) else "active")


@lru_cache(maxsize=65536)
def _lexical(word: str) -> tuple[str, bool]:
    """(the base, whether it is mostly a verb) of an English word: it is one where the lexicon renders it by a verb."""
    lexicon = opened()
    known = [base for base in bases(word) if lexicon.find([base])[1]]
    root = next(iter(known or bases(word)), word)
    rendering = next((options[0][0] for form in (word, root) if (options := lexicon.find([form])[1])), "")
    verb = bool(_ACTIVE.match(rendering)) or rendering in BARE or (word.endswith("ed") and bool(bases(word)))
    return _meaning(root, root), word not in FUNCTION_WORDS and verb


def spans(sentence: str) -> list[tuple[int, int]]:
    """Where each of `tokens` is in the sentence."""
    return [match.span() for match in _TOKEN.finditer(sentence)]


@lru_cache(maxsize=65536)
def _word(surface: str) -> Word:
    word = fold(surface)
    if not word[0].isalnum():
        return Word(word, word, "")
    root = stem(word)
    made = root != word or (len(word) >= _LONG and not known_root(word))  # of a root; some roots the dictionary lacks
    verb = ""
    if made and surface[0].islower() and word not in _NOUNS:
        verb = "active" if _ACTIVE.match(word) else "passive" if _PASSIVE.match(word) else ""
    if word in BARE:
        verb = "active"
    deed = "" if verb or root == word else "patient" if re.match(r"pe\w{4,}an", word) else "agent" if word.endswith("an") else ""
    return Word(word, _meaning(word, root), verb, deed)


@lru_cache(maxsize=65536)
def _meaning(word: str, root: str) -> str:
    shared_root = (
        "lose"
        if word in _LOSES
        else "win"
        if root in _WINS
        else next((kind for kind, roots in _PERSPECTIVES if root in roots), "")
    )
    if shared_root:
        return shared_root
    return "kata" if word in _SAYS or root in _SAYS else root


def acts(rest: str) -> bool:
    """Does a verb follow at once? Then the word before `rest` is who does it."""
    first = next((word for word in tokens(rest) if word.word[0].isalnum()), None)
    return first is not None and (bool(first.verb) or first.word in _FOLLOW)
