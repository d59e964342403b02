"""How English questions open, and what their small words are in Indonesian.

A frame is what the opening says in Indonesian, what of the sentence it takes, and what kind of clause follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

AUXILIARIES = frozenset("do does did is are was were am be been being has have had".split())
MODALS = {
    "will": "akan", "would": "akan", "shall": "akan", "can": "bisa", "could": "bisa", "may": "mungkin", "might": "mungkin",
    "must": "harus", "should": "harus", "cannot": "tidak bisa",
}  # fmt: skip
INFINITIVES = {"do": "melakukan", "be": "menjadi", "have": "memiliki"}
FORMS_OF_BE = frozenset("is are was were am be been being".split())
PREPOSITIONS = {
    "of": "", "in": "di", "on": "pada", "at": "di", "to": "ke", "from": "dari", "with": "dengan", "without": "tanpa", "by": "oleh",
    "for": "untuk", "about": "tentang", "regarding": "tentang", "concerning": "tentang", "against": "terhadap", "between": "antara", "among": "di antara", "amid": "di tengah",
    "after": "setelah", "before": "sebelum", "during": "selama", "near": "dekat", "into": "ke", "onto": "ke", "inside": "di dalam",
    "outside": "di luar", "under": "di bawah", "over": "di atas", "above": "di atas", "behind": "di belakang", "through": "melalui",
    "via": "melalui", "since": "sejak", "until": "hingga", "till": "hingga", "toward": "menuju", "towards": "menuju", "per": "per", "as": "sebagai",
    "like": "seperti", "despite": "meskipun", "within": "dalam", "across": "di seluruh", "around": "sekitar", "along": "sepanjang", "beside": "di samping",
    "besides": "selain", "than": "daripada", "upon": "pada", "off": "dari", "up": "", "down": "", "out": "", "versus": "melawan", "beyond": "di luar",
}  # fmt: skip
LINKING = {
    "and": "dan", "or": "atau", "but": "tetapi", "because": "karena", "when": "ketika", "while": "saat", "if": "jika", "whether": "apakah",
    "that": "bahwa", "who": "yang", "which": "yang", "whom": "yang", "where": "tempat", "so": "", "not": "tidak", "no": "tidak ada", "never": "tidak pernah",
    "there": "di sana", "here": "di sini", "also": "juga", "only": "hanya", "still": "masih", "already": "sudah", "yet": "belum", "again": "lagi",
    "ago": "lalu", "what": "apa", "how": "bagaimana", "why": "mengapa", "both": "kedua", "almost": "hampir", "just": "baru", "ever": "pernah",
    "else": "lagi", "too": "juga", "very": "sangat", "once": "sekali", "together": "bersama",
}  # fmt: skip
PRONOUNS = {
    "i": "saya", "me": "saya", "my": "saya", "you": "Anda", "your": "Anda", "he": "dia", "him": "dia", "his": "dia", "she": "dia", "her": "dia",
    "hers": "dia", "it": "itu", "its": "", "we": "kami", "us": "kami", "our": "kami", "they": "mereka", "them": "mereka", "their": "mereka",
    "himself": "dirinya", "herself": "dirinya", "itself": "dirinya", "themselves": "mereka sendiri", "this": "ini", "these": "ini", "those": "itu",
}  # fmt: skip
POSSESSIVES = frozenset("my your his her its our their this these those".split())
MEASURES = {
    "all": "semua", "every": "setiap", "each": "setiap", "some": "beberapa", "several": "beberapa", "many": "banyak", "much": "banyak", "most": "sebagian besar",
    "any": "", "more": "lebih", "less": "kurang", "few": "sedikit", "others": "lainnya", "least": "setidaknya",
}  # fmt: skip
DESCRIBING = {"another": "lain", "other": "lain", "such": "seperti itu", "same": "yang sama"}  # behind their noun
DROPPED = frozenset("the a an please just then well oh hey".split())
TIMES = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday year month week weekend day morning evening night century decade""".split()
)
MONTHS = frozenset("january february march april may june july august september october november december".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """`taken`: words of the opening; `says`: its Indonesian; `noun`: a noun belongs to it, before or after what it says.

    `noun` is "" (none follows), "before" ("kota mana") or "after" ("berapa rudal"); `things` is true where the answer may be what
    the clause does something to ("what did he sign": "apa yang ditandatangani").
    """

    taken: int
    says: str
    noun: str = ""
    things: bool = False
    lead: str = ""  # what stands before the noun ("pada", "di")


AMOUNTS = "range|price|cost|length|height|width|weight|depth|speed|population|age|budget|salary|capacity|temperature|score|area"
"""Nouns that "what is the ..." asks a figure of, as a pattern."""
_PREP = r"(?:(?P<prep>in|on|at|from|to|by|with|for|during|since|until|near|about|after|before|under|against|through|into) )?"
_OPENINGS: tuple[tuple[re.Pattern[str], str, str, bool], ...] = tuple(
    (re.compile(rf"(?:(?:and|so|but|then|please) )*{pattern}(?= |$)"), says, noun, things)
    for pattern, says, noun, things in (
        (r"(?:for )?how (?:long ago)", "berapa lama yang lalu", "", False),
        (r"(?:for )?how long", "berapa lama", "", False),
        (r"how many times", "berapa kali", "", False),
        (_PREP + r"how (?:many|much)", "berapa", "after", True),
        (r"what (?:percentage|percent) of", "berapa persen", "after", True),
        (
            rf"what (?:is|was|are|were) the(?= (?:{AMOUNTS})\b)",
            "berapa", "after", False,
        ),
        (r"how far(?: away)?", "berapa jauh", "", False), (r"how old", "berapa usia", "", False),
        (r"how (?:tall|high)", "berapa tinggi", "", False), (r"how (?:big|large|wide)", "berapa besar", "", False),
        (r"how (?:often|frequently)", "berapa kali", "", False), (r"how (?:fast|quickly)", "berapa cepat", "", False),
        (r"how deep", "berapa dalam", "", False), (r"how heavy", "berapa berat", "", False), (r"how come", "mengapa", "", False), (r"how", "bagaimana", "", False),
        (r"(?:in |during )?(?:what|which) year", "pada tahun berapa", "", False), (r"(?:in )?(?:what|which) month", "pada bulan apa", "", False),
        (r"(?:on )?(?:what|which) date", "pada tanggal berapa", "", False), (r"(?:on )?(?:what|which) day", "pada hari apa", "", False),
        (r"(?:at )?what time", "pukul berapa", "", False), (r"(?:in )?(?:what|which) century", "pada abad ke berapa", "", False),
        (_PREP + r"(?:who|whom)", "siapa", "", True), (_PREP + r"whose", "siapa", "before", False),
        (r"from where", "dari mana", "", False), (r"to where", "ke mana", "", False), (r"where", "di mana", "", False),
        (r"since when", "sejak kapan", "", False), (r"until when", "sampai kapan", "", False), (r"when", "kapan", "", False), (r"why", "mengapa", "", False),
        (_PREP + r"which", "mana", "before", True), (_PREP + r"what", "apa", "before", True),
        (r"(?:name|list)", "sebutkan", "", False),
    )
)  # fmt: skip


def opening(words: Sequence[str]) -> Frame:
    """The frame of a question's words in lower case; an auxiliary in front asks yes or no; else nothing is taken."""
    text = " ".join(words)
    for pattern, says, noun, things in _OPENINGS:
        found = pattern.match(text)
        if found is None:
            continue
        prep = found.groupdict().get("prep") or ""
        taken = len(found.group().split())
        after = words[taken] if taken < len(words) else ""
        alone = not says.endswith("persen") and (not after or after in AUXILIARIES or after in MODALS)
        if noun and not alone:
            return Frame(taken, says, noun, things, _led(prep, after) if prep else "")
        return Frame(taken, f"{_led(prep, after)} {says}" if prep else says, "", things)
    if words and (words[0] in AUXILIARIES or words[0] in MODALS):
        return Frame(0, "apakah")
    return Frame(0, "")


def _led(prep: str, after: str) -> str:
    return "pada" if prep == "in" and after in TIMES else PREPOSITIONS.get(prep, prep)
