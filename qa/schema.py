"""The value types: frozen, slotted, keyword-only; tuples, not lists.

Offsets are code points of `Article.text`, half open: `text[start:end]`. Ranks count from 1, rows from 0. Scores are
similarities: higher is nearer. The law that everything rests on is `article.text[c.start:c.end] == c.quote`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from qa.agreement import Agreement, Comparison

Language = Literal["id", "en"]
Kind = Literal["who", "when", "where", "how_many", "how_long", "what", "why", "how", "said", "yes_no", "list"]
Stage = Literal["fused", "reranked"]
Reason = Literal["", "empty-question", "nothing-found", "not-in-articles", "low-confidence", "not-proved"]

MAX_QUESTION = 4_000
"""Characters of a question: a longer one is refused everywhere, for the cost of reading grows faster than the length."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
KINDS: tuple[Kind, ...] = get_args(Kind)
REASONS: tuple[Reason, ...] = get_args(Reason)
"""The closed list of why an answer is withheld ("" when it is not).

empty-question   nothing to search for was asked
nothing-found    no passage shares anything with the question (or the filters leave none)
not-in-articles  passages come near, but none of them answers
low-confidence   a candidate was found and its confidence is under the threshold
not-proved       a draft was written and none of its claims survived the proof
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A span of an article that is never indexed, answered or cited; `rule` says which rule masked it."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One source, immutable. `text` is the decoded text as it came; `source` its path below the folder that was indexed."""

    id: str
    text: str
    source: str
    sha256: str  # of text in UTF-8, hex
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    masks: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Whole sentences of one article without a mask among them: `text == article.text[start:end]`."""

    id: str  # "<article_id>:<start>-<end>"
    article_id: str
    start: int
    end: int
    text: str
    title: str = ""
    outlet: str = ""
    published: date | None = None
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as the engine sees it."""

    text: str  # normalised: slang and typing errors mended; equals the question where nothing had to be
    language: Language = "id"
    kind: Kind = "what"
    names: tuple[str, ...] = ()
    speaker: str = ""  # whose words are asked for, as the question writes the name
    window: tuple[date, date] | None = None  # first and last day of publication asked for, both included
    event: tuple[date, date] | None = None  # first and last day of the event asked about; date.min, date.max: open on that side
    plain: str = ""  # `text` without the words that only bind the answer to days or ask for the newest: what is read of articles of those days
    event_binds: bool = False  # what answers must be of those days: "sebelum Mei", not "gempa 28 September"
    newest: bool = False  # of equals the newest is wanted
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()  # ids of the articles that alone are searched; () for all
    standalone: str = ""  # the question as asked, made independent of the turns before it
    terms: tuple[tuple[str, float], ...] = ()  # folded content words with their rarity in the archive, 0 to 1; names among them
    gloss: str = ""  # an English question word for word in Indonesian, for what searches and reads Indonesian; else ""

    @property
    def bound(self) -> tuple[date, date] | None:
        """The days with an open side of which every passage must tell ("sebelum Maret"); None where the question has none."""
        if self.event is None or not self.event_binds or {date.min, date.max}.isdisjoint(self.event):
            return None
        return self.event

    @property
    def read(self) -> str:
        """The question as the network reads it beside passages that were narrowed to its days already."""
        return self.plain if self.plain and (self.newest or self.bound) else self.text


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """A part of a passage that may be the answer: code points of its text, half open; `score` is a sum of two logits."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader's network makes of one passage for one question. All values are log-odds: 0 is undecided, higher is likelier.

    `spans` are the best answers, best first, none overlapping another. `found_score` and `found_rank` are what search gave the passage
    before it was read.
    """

    relevance: float  # the passage is about what is asked
    answerable: float  # the passage answers
    polar: float = 0.0  # of a yes-no question: the passage says yes
    spans: tuple[AnswerSpan, ...] = ()
    found_score: float = 0.0
    found_rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found, with what the reader made of it where it was read."""

    passage: Passage
    score: float
    rank: int
    stage: Stage
    reading: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a reader asserts, untrusted: `quote` is claimed to be in the passage of the hit with rank `hit_rank`."""

    text: str
    quote: str
    hit_rank: int
    also: tuple[Quoted, ...] = ()  # further quotes that carry it together with the first, where none does alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words that are claimed to be in the passage of the hit with rank `hit_rank`."""

    quote: str
    hit_rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader proposes. No claims means "I do not know", and `reason` says why."""

    claims: tuple[Claim, ...] = ()
    short: str = ""
    raw: str = ""
    confidence: float = 0.0  # the reader's own, 0 to 1
    reason: Reason = ""
    dropped: tuple[Drop, ...] = ()  # what the reader itself would not propose, and why
    note: str = ""  # what went otherwise than configured ("the chat model did not answer: …")
    prompt: str = ""  # hash of the prompt that was used
    most: int = 0  # citations that an answer of this kind takes where that is more than the setting: a digest is of many articles
    comparison: Comparison | None = None  # of the values that the passages give; None where they are not compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A proved quote: `article.text[start:end] == quote`. `n` is the number shown, from 1."""

    n: int
    article_id: str
    source: str
    title: str
    outlet: str
    published: date | None
    url: str
    start: int
    end: int
    quote: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A claim that was not allowed to be said, and why."""

    claim: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What made an answer: enough to make it again."""

    index: str = ""  # generation id of the index
    settings: str = ""  # fingerprint of the settings
    models: tuple[tuple[str, str], ...] = ()  # (part, name)
    prompt: str = ""
    kind: str = ""
    query: str = ""
    seconds: tuple[tuple[str, float], ...] = ()  # (stage, wall seconds)
    dropped: tuple[Drop, ...] = ()
    note: str = ""  # what went otherwise than configured, for a person to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A proved sentence of an answer that is still being written; the Answer that follows says it again with the rest."""

    text: str
    citation: Citation
    also: tuple[Citation, ...] = ()  # the further ones of a sentence that several carry together


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was verified. Only `qa.answer.verify.verify` builds one."""

    question: str
    language: Language
    text: str = ""
    short: str = ""
    citations: tuple[Citation, ...] = ()
    agreement: Agreement | None = None
    hits: tuple[Hit, ...] = ()
    confidence: float = 0.0
    abstained: bool = False
    reason: Reason = ""
    trace: Trace = field(default_factory=Trace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier question of the same conversation with the answer that was given."""

    question: str
    answer: str = ""
    short: str = ""  # the answer's span where it is known: it says which of the answer's names was meant
