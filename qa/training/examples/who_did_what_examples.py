"""Who did it to whom: sentences with their two names in place and exchanged, and questions for the doer and for the other.

A claim with two names exchanged has every word of its quote, so nothing but its order tells that it is false. The pairs of
this component teach that order to the entailment head, and their questions to the span and answerable heads: of "Putin menyambut Kim"
"Siapa yang menyambut Putin?" is not answered.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from tqdm import tqdm

from qa.language import text
from qa.language.annotate import names
from qa.training import data
from qa.training.examples.mixture import LABELS, NOT_ENTAILED, Example, Texts
from qa.training.examples.who_did_what import Deed, deeds, turned_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

    from qa.training.examples.paraphrase import Rewording

ENTAILED = LABELS.index("e")
BEGINNING = 1500  # characters of a text that are looked at
WINDOW = 0.3  # how often a sentence goes with the one before it
KNOWN = 3  # times that a verb's other voice occurs in the texts, so that it is a word
PLAIN = 0.25  # how many sentences without a plain deed are taken too, where they have two names
_TOGETHER = re.compile(r"^\W*(?:dan|and|serta|,)?\W*$|\b(?:ber(?:temu|sama|tatap)|bersama|antara|dengan|atau)\b")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_PASSIVE = re.compile(r"\bdi[a-z]{4,}\b|\bme[a-z]{5,}\b")


@dataclass(frozen=True, slots=True)
class DeedSentence:
    """One sentence of a text with its deeds."""

    before: str  # the sentence before it
    sentence: str
    deeds: tuple[Deed, ...]


def deed_examples(folder: Path, texts: Texts, random: Random, rewording: Rewording, *, size: int) -> list[Example]:
    """About `size` examples, half claims and half questions where there are as many, from news and leads."""
    kept = data.held_out(folder)
    every = list(chain(data.texts(folder, data.NEWS, "title", "text"), data.training_leads(folder, kept)))
    random.shuffle(every)
    forms: Counter[str] = Counter()
    component: list[Example] = []
    for _, body in every[: len(every) // 4]:
        forms.update(_PASSIVE.findall(body[:BEGINNING]))
    with tqdm(total=size, desc="who did what", unit="example", mininterval=2.0) as bar:
        for _, body in every:
            if len(component) >= size:
                break
            for found in _sentences(body[:BEGINNING], random):
                made = [*_claims(found, texts, random, rewording, forms), *_questions(found, texts, random, forms)]
                bar.update(len(made))
                component += made
    return component


def _sentences(body: str, random: Random) -> Iterator[DeedSentence]:
    spans = text.sentences(body)
    for at, (start, end) in enumerate(spans):
        sentence = body[start:end]
        if not 40 <= len(sentence) <= 320 or "\n" in sentence:
            continue
        found = tuple(deeds(sentence))
        if found or random.random() < PLAIN:
            yield DeedSentence(body[slice(*spans[at - 1])] if at else "", sentence, found)


def _premise(found: DeedSentence, random: Random) -> str:
    return f"{found.before} {found.sentence}" if found.before and random.random() < WINDOW else found.sentence


def _claims(found: DeedSentence, texts: Texts, random: Random, rewording: Rewording, forms: Counter[str]) -> Iterator[Example]:
    """Claims that the sentence carries, each with the same claim after an exchange of names, which it does not."""
    premise = texts.row(_premise(found, random))
    for true, false in _pairs(found, random, rewording, forms):
        yield Example(texts.row(true), premise, label=ENTAILED)
        yield Example(texts.row(false), premise, label=NOT_ENTAILED)


def _pairs(found: DeedSentence, random: Random, rewording: Rewording, forms: Counter[str]) -> Iterator[tuple[str, str]]:
    for deed in found.deeds:
        doer, other = found.sentence[slice(*deed.doer)], found.sentence[slice(*deed.other)]
        before = deed.before if random.random() < 0.5 else ""
        by = " oleh" if deed.passive else ""
        clause = f"{before}{deed.verb}{by}{deed.more}"
        first, last = (other, doer) if deed.passive else (doer, other)
        tail = _tail(found.sentence, max(deed.doer[1], deed.other[1]), random)
        yield f"{first} {clause} {last}{tail}.", f"{last} {clause} {first}{tail}."
        turned = "" if deed.more else turned_verb(deed.verb)
        if turned and forms[turned] >= KNOWN:
            by = "" if deed.passive else random.choice((" oleh", " oleh", ""))
            yield f"{last} {before}{turned}{by} {first}.", f"{first} {before}{turned}{by} {last}."
    plain = _BRACKETS.sub("", found.sentence)
    if swapped := exchanged(plain):
        cut = plain.find(", ", max(end for _, end in names.names(plain)[:2]))
        until = cut if cut > 0 and random.random() < 0.5 else len(plain.rstrip(" ."))
        reworded = rewording.reworded(plain[:until], random, share=0.12) + "."
        yield reworded, exchanged(reworded) or swapped


def exchanged(sentence: str) -> str:
    """The first two different names that do not do the same together change places; "" where there are no two."""
    for (a, b), (c, d) in pairwise(names.names(sentence)):
        one, other = sentence[a:b], sentence[c:d]
        if not set(one.casefold().split()) & set(other.casefold().split()) and not _TOGETHER.search(sentence[b:c]):
            return sentence[:a] + other + sentence[b:c] + one + sentence[d:]
    return ""


def _tail(sentence: str, end: int, random: Random) -> str:
    """What follows the clause up to the next mark, sometimes."""
    rest = re.match(r"[^,.;:()\"“”]{0,60}(?=[,.;:])", sentence[end:])
    return rest.group() if rest and rest.group().strip() and random.random() < 0.4 else ""


def _questions(found: DeedSentence, texts: Texts, random: Random, forms: Counter[str]) -> Iterator[Example]:
    """Who does it, and to whom; and the same asked of the wrong one, which the sentence does not answer."""
    for deed in found.deeds:
        window = _premise(found, random)
        offset = len(window) - len(found.sentence)
        passage = texts.row(window)
        for question, span in _asked(found.sentence, deed, random, forms):
            if span:
                start, end = offset + span[0], offset + span[1]
                yield Example(texts.row(question), passage, start=start, end=end, answerable=1, relevant=1)
            else:
                yield Example(texts.row(question), passage, answerable=0)


def _asked(sentence: str, deed: Deed, random: Random, forms: Counter[str]) -> Sequence[tuple[str, tuple[int, int] | None]]:
    doer, other = sentence[slice(*deed.doer)], sentence[slice(*deed.other)]
    who = random.choice(("Siapa", "Siapa", "Siapakah", "Pihak mana"))
    turned = "" if deed.more else turned_verb(deed.verb)
    known = turned if turned and forms[turned] >= KNOWN else ""
    active, passive = (known, deed.verb) if deed.passive else (deed.verb + deed.more, known)
    asked: list[tuple[str, tuple[int, int] | None]] = []
    if active:
        asked += [(f"{who} yang {active} {other}?", deed.doer), (f"{who} yang {active} {doer}?", None)]
    if passive:
        asked += [(f"{who} yang {passive} oleh {doer}?", deed.other), (f"{who} yang {passive} {other}?", None)]
    return random.sample(asked, min(2, len(asked)))
