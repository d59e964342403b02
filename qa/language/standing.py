"""How a name stands in its sentence: what it does or suffers, the preposition and the nouns before it, what follows it, its clause.

No tree is built. To the left of a name lie the nouns that it describes ("roket Angara"), and left of these what gives them their
part: a preposition, a verb, or the beginning of a clause, which makes the name the subject of the verb that follows. Active and
passive give the same parts: "Putin menyambut Kim", "Kim disambut Putin", "penyambutan Kim oleh Putin".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.language.english import bases
from qa.language.frames import FORMS_OF_BE
from qa.language.lexicon import opened
from qa.language.names import TITLES
from qa.language.roots import known_root
from qa.language.synonyms import others
from qa.language.text import fold, stem
from qa.language.words import FUNCTION_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[,;:()\"“”.?!\n–—]")
_PLACES = {
    "di": "di pada in at on dalam within".split(),
    "ke": "ke kepada menuju to into toward towards".split(),
    "dari": "dari daripada from than".split(),
    "oleh": "oleh by".split(),
    "dengan": "dengan bersama with lewat melalui".split(),
    "untuk": "untuk bagi for demi".split(),
    "terhadap": "terhadap atas against tentang soal mengenai about of".split(),
    "menurut": "menurut melansir mengutip dilansir dikutip according".split(),
}
PREPOSITIONS = {word: kind for kind, words in _PLACES.items() for word in words}
_BREAKS = frozenset(
    """bahwa yang ketika saat sementara sedangkan setelah sesudah sebelum karena sebab agar supaya sehingga jika kalau meski walau namun
    tetapi tapi lalu kemudian sambil seraya usai lantaran kendati meskipun walaupun kala tatkala
    selagi maka sejak selama hingga apakah bila apabila seolah that which who when while after before because so if although but""".split()
)
"""Words that begin a clause."""
_BARE = frozenset(
    """tiba datang pergi pulang naik turun masuk keluar jatuh tewas kalah menang gagal ikut kata ujar tutur ucap ungkap tegas jelas terbang
    tinggal lahir tahu mundur maju pindah kembali singgah hadir unggul tumbang takluk sampai mulai ingin mau akan""".split()
)
"""Verbs of Indonesian without a prefix."""
_HELPS = frozenset(
    "akan telah sudah sedang masih pernah belum tidak tak bisa dapat ingin mau harus juga turut ikut sempat".split()
)
COPULAS = frozenset("adalah ialah merupakan yakni yaitu menjadi sebagai is was are were".split())
_ANDS = frozenset(("dan", "serta", "and", ","))
_TITLED = frozenset(stem(title) for title in TITLES)
_NOUNS = frozenset(
    "terdakwa tersangka terpidana tergugat terlapor terduga termohon tertuduh terbanding terhadap terakhir".split()
)
"""What begins as a verb does and is none."""
_LOSES, _BEATEN = (
    frozenset("kalah takluk tumbang tunduk lose".split()),
    frozenset("kalah takluk tumbang tunduk beat defeat".split()),
)
_WINS = frozenset("menang unggul win".split())
_GIVES, _RECEIVES = frozenset("beri serah jual kirim give sell".split()), frozenset("terima beli receive buy".split())
_CONVERSE = {
    "lose": ("beat", {"agent": "patient", "dari": "agent", "oleh": "agent", "terhadap": "agent"}),
    "win": ("beat", {"dari": "patient", "terhadap": "patient"}),
    "receive": ("give", {"agent": "ke", "dari": "agent"}),
}
"""Deeds told from either side: who wins beats whom loses, who receives is given to. (the root for both, its parts here -> there)"""
_CLOSES = frozenset("itu ini tersebut".split())
_SAYS = frozenset("kata lapor klaim nilai tambah tegas ujar tutur ucap ungkap sebut jawab papar imbuh".split())
_ACTIVE = re.compile(r"(?:me[mnlrywgk]?|ber)\w{3,}")
_PASSIVE = re.compile(r"(?:di|ter)\w{4,}")
_LONG = 7  # letters of a word that is taken for a verb by its prefix alone
_FOLLOW = frozenset("adalah ialah merupakan bilang".split()) | _HELPS
"""What follows a subject in Indonesian news besides verbs."""
_VERBAL = 0.35  # share of its places in which an English word is a verb
_BE = 3  # words before a participle among which a form of be makes it passive
_REACH = 5  # words to the left of a name that may belong to it
_AHEAD = 8  # words to the right in which the verb of a subject is looked for


@dataclass(frozen=True, slots=True)
class Word:
    """A token: folded, its root (that of its synonyms where it has any), and what it can be."""

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
        return not self.word[0].isalnum() or self.word in _BREAKS


@dataclass(frozen=True, slots=True)
class Standing:
    """How one mention of a name stands: over the tokens from `at` up to `end`.

    deeds: (its part, the root of the deed), parts: its parts alone; heads: roots of the nouns before it; follows: of the two words
    after it; clause: of the content words in its clause, names left out.
    """

    at: int
    end: int
    deeds: frozenset[tuple[str, str]]
    parts: frozenset[str]
    preposition: str
    heads: frozenset[str]
    follows: frozenset[str]
    clause: frozenset[str]


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
    """(the base, whether it is mostly a verb) of an English word."""
    order = opened().order
    known = [base for base in bases(word) if order(base) is not None]
    root = next(iter(known or bases(word)), word)
    share = max((found.verb for form in (word, root) if (found := order(form)) is not None), default=0.0)
    return _meaning(root, root), word not in FUNCTION_WORDS and (share >= _VERBAL or (word.endswith("ed") and bool(bases(word))))


def spans(sentence: str) -> list[tuple[int, int]]:
    """Where each of `tokens` stands in the sentence."""
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
    if word in _BARE:
        verb = "active"
    deed = "" if verb or root == word else "patient" if re.match(r"pe\w{4,}an", word) else "agent" if word.endswith("an") else ""
    return Word(word, _meaning(word, root), verb, deed)


@lru_cache(maxsize=65536)
def _meaning(word: str, root: str) -> str:
    for told, forms in (
        ("lose", {word} & _LOSES),
        ("win", {word, root} & _WINS),
        ("beat", {root} & _BEATEN),
        ("receive", {root} & _RECEIVES),
        ("give", {root} & _GIVES),
    ):
        if forms:
            return told
    group = others(word, lambda one, other: one == other) or others(root, lambda one, other: one == other)
    if word in _SAYS or root in _SAYS or "mengatakan" in group:
        return "kata"
    return min(stem(other) for other in (*group, word)) if group else root


def standing(words: Sequence[Word], at: int, end: int, named: frozenset[int]) -> Standing:
    """How the name over words[at:end] stands; `named`: the places of all words that belong to names."""
    heads: list[str] = []
    left = at - 1
    alone = True
    while left >= 0 and at - left <= _REACH and _within(words[left]):
        alone = alone and left not in named  # the nouns before another name are that one's
        if words[left].content and alone:
            heads.append(words[left].root)
        left -= 1
    if left > 0 and words[left].word in _ANDS and not (words[left].word == "," and set(heads) - _TITLED):
        left, shared = _listed(words, left, end, named)
        heads = heads or shared
    marker = words[left] if left >= 0 else Word("", "", "")
    parts: set[tuple[str, str]] = set()
    preposition = PREPOSITIONS.get(marker.word, "")
    if preposition:
        deed = _before(words, left, nouns=preposition == "oleh") or next(iter(_deeds(words, end)), None)
        if preposition == "oleh":
            parts.add(("agent", deed.root if deed else ""))
        elif preposition == "menurut":
            parts.add(("agent", "kata"))
        else:
            parts.add((preposition, deed.root if deed else ""))
            if marker.word == "kepada":  # whom something is given or shown: in the passive its subject
                parts.add(("patient", deed.root if deed else ""))
    elif marker.word in COPULAS:
        parts.add(("complement", ""))
    elif marker.verb == "passive":
        parts.add(("agent", marker.root))
    elif marker.verb == "active":
        parts.add(("agent" if marker.root == "kata" and marker.word in _BARE else "patient", marker.root))
    if not preposition and marker.verb != "passive":
        for deed in _deeds(words, end):
            if deed.word in COPULAS:
                parts.add(("topic", ""))
            else:
                parts.add(("patient" if deed.verb == "passive" else "agent", deed.root))
    if heads and words[at - 1].deed:
        parts.add((words[at - 1].deed, words[at - 1].root))
    parts = {_told_once(part, root) for part, root in parts}
    return Standing(
        at=at,
        end=end,
        deeds=frozenset(part for part in parts if part[1]),
        parts=frozenset(part for part, _ in parts),
        preposition=preposition,
        heads=frozenset(heads),
        follows=_following(words, end, named),
        clause=_clause(words, at, end, named),
    )


def _told_once(part: str, root: str) -> tuple[str, str]:
    """A part of a deed that can be told from either side, as told from one."""
    base, turns = _CONVERSE.get(root, (root, {}))
    return turns.get(part, part), base


def _listed(words: Sequence[Word], left: int, end: int, named: frozenset[int]) -> tuple[int, list[str]]:
    """Where the part of a list's members is given, and the nouns before the first: "satelit Lomonosov, Aist-2D, dan SamSat-218"."""
    heads: list[str] = []
    if words[left].word == "," and (end == len(words) or words[end].word not in _ANDS):
        return left, heads  # "Kepada Putin, Kim menyampaikan ..."
    while left > 0 and words[left].word in _ANDS:
        before = left
        while before >= 0 and words[before].word in _ANDS:
            before -= 1
        if before not in named:
            break
        heads = []
        while before >= 0 and (before in named or (left - before <= 2 * _REACH and _within(words[before]))):
            if before not in named and words[before].content:
                heads.append(words[before].root)
            before -= 1
        left = before
    return left, [root for root in heads if root not in _TITLED]


def _within(word: Word) -> bool:
    return (
        word.word[0].isalnum()
        and not word.verb
        and word.word not in PREPOSITIONS
        and word.word not in _BREAKS
        and word.word not in COPULAS
        and word.word not in _CLOSES
        and word.word not in {"dan", "serta", "and", "atau", "or"}
    )


def _before(words: Sequence[Word], at: int, *, nouns: bool) -> Word | None:
    """The verb that governs a preposition: the nearest before it in its clause; nouns: or a noun made of one."""
    for word in reversed(words[max(0, at - _AHEAD) : at]):
        if word.verb or (nouns and word.deed):
            return word
        if word.stops:
            return None
    return None


def _deeds(words: Sequence[Word], end: int) -> list[Word]:
    """The verbs of a subject: the first after it, and one that follows at once ("berjanji membantu"). What is between commas is stepped over."""
    found: list[Word] = []
    for word in words[end : end + _AHEAD]:
        if word.word in _HELPS:
            continue
        if word.verb or word.word in COPULAS:
            found.append(word)
        elif found or word.word in {".", "?", "!", "\n", "bahwa", "ketika", "sementara", "sedangkan"}:
            break
    return found[:2]


def _following(words: Sequence[Word], end: int, named: frozenset[int]) -> frozenset[str]:
    found: list[str] = []
    for place in range(end, min(len(words), end + 2)):
        if words[place].stops:
            break
        if words[place].content and not words[place].verb and place not in named:
            found.append(words[place].root)
    return frozenset(found)


def _clause(words: Sequence[Word], at: int, end: int, named: frozenset[int]) -> frozenset[str]:
    left, right = at, end
    while left > 0 and not words[left - 1].stops:
        left -= 1
    while right < len(words) and not words[right].stops:
        right += 1
    return frozenset(words[place].root for place in range(left, right) if words[place].content and place not in named)


def acts(rest: str) -> bool:
    """Does a verb follow at once? Then the word before `rest` is who does it."""
    first = next((word for word in tokens(rest) if word.word[0].isalnum()), None)
    return first is not None and (bool(first.verb) or first.word in _FOLLOW)
