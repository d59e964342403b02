"""Which sentence answers: a question with the sentence that does, with its neighbours that do not, and with near misses.

The other components tell a passage that answers from one about something else. Within one article every sentence is about the
same thing, and a question that comes near is not yet one that is answered: this component teaches that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tqdm import tqdm

from qa.language import text
from qa.language.annotate import names
from qa.training import data
from qa.training.examples.mixture import UNKNOWN, Example, PieceIndex, Texts
from qa.training.examples.rival_words import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from qa.training.examples.paraphrase import Rewording

    Spans = list[tuple[int, int]]

OTHERS = 40_000  # news sentences that are searched for negatives, beside those of the questions' own passages
NEIGHBOURED = 0.4  # how often a sentence goes with the ones beside it
REWORDED, ENGLISH = 0.3, 0.1  # how often a question is put otherwise; for all its sentences alike, so that it tells nothing
SHORT = 40  # characters; shorter sentences of the news say too little to be mistaken for an answer
MISSED = 0.6  # how often a question gets a near miss
NEGATIVES = 2  # of the same passage, a question

_KIND_OF = {word: kind for kind in KINDS for word in kind}
_KIND_WORD = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True)) + r")\b", re.IGNORECASE)
_FIGURE = re.compile(r"\b\d{1,4}\b")
_ASKS = re.compile(r"\b(?:siapa(?:kah)?|kapan(?:kah)?|di ?mana(?:kah)?|berapa(?:kah)?|mengapa|kenapa)\b", re.IGNORECASE)
_SAYS = {  # a passage without any of it cannot answer a question of that word
    "kapan": re.compile(r"\d|hari|bulan|tahun|abad|kemarin|besok|tadi|lalu|pagi|malam|siang|sejak|ketika|saat|setelah", re.IGNORECASE),
    "berapa": re.compile(r"\d|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|puluh|ratus|ribu|juta|se\w+|beberapa|para", re.IGNORECASE),
    "mengapa": re.compile(r"karena|sebab|akibat|untuk|agar|supaya|demi|lantaran|guna|sehingga|setelah|dengan|maka|alasan", re.IGNORECASE),
}  # fmt: skip


def sentence_examples(
    folder: Path, texts: Texts, positives: Sequence[Example], random: Random, rewording: Rewording
) -> list[Example]:
    """Examples over single sentences and small windows, for every answered pair whose answer lies in one sentence."""
    cuts = {row: text.sentences(texts.texts[row]) for row in {one.passage for one in positives}}
    pool = [(row, span, UNKNOWN) for row in sorted(cuts) for span in cuts[row]]
    pool += _news(folder, texts, random)
    index = PieceIndex(
        [texts.encoder.texts([texts.texts[row][start:end]])[0].ids for row, (start, end), _ in tqdm(pool, desc="sentences", mininterval=2.0)],
        texts.encoder.tokenizer.get_vocab_size(),
    )  # fmt: skip
    known = sorted(
        {texts.texts[one.question][start:end] for one in positives for start, end in names.names(texts.texts[one.question])[:2]}
    )
    component: list[Example] = []
    for one in tqdm(positives, desc="sentence examples", unit="question", mininterval=2.0):
        component += _of(one, texts, cuts[one.passage], pool=pool, index=index, known=known, random=random, rewording=rewording)
    return component


def _of(
    one: Example,
    texts: Texts,
    spans: Spans,
    *,
    pool: Sequence[tuple[int, tuple[int, int], int]],
    index: PieceIndex,
    known: Sequence[str],
    random: Random,
    rewording: Rewording,
) -> list[Example]:
    whole, asked = texts.texts[one.passage], texts.texts[one.question]
    gold = next((at for at, (start, end) in enumerate(spans) if start <= one.start and one.end <= end), None)
    if gold is None:
        return []
    answer = data.canonical(whole[one.start : one.end])
    worded = _paraphrased(asked, random, rewording)
    question = texts.row(worded)
    start, end = _window(spans, gold, random)
    window = whole[start:end]
    passage = texts.row(window)
    found = [
        replace(one, question=question, passage=passage, start=one.start - start, end=one.end - start, answerable=1, relevant=1)
    ]
    others = [
        at for at in range(len(spans)) if at != gold and f" {answer} " not in f" {data.canonical(whole[slice(*spans[at])])} "
    ]
    words = set(data.canonical(asked).split())
    others.sort(key=lambda at: -len(words & set(data.canonical(whole[slice(*spans[at])]).split())))
    for at in [*others[:1], *random.sample(others[1:], min(NEGATIVES - 1, len(others[1:])))]:
        first, last = _window(spans, at, random)
        if not (first <= one.start < last):
            found.append(Example(question, texts.row(whole[first:last]), one.title, answerable=0))
    for place in index.best(texts.tokens(one.question).ids, 6):
        row, (first, last), title = pool[place]
        sentence = texts.texts[row][first:last]
        if row != one.passage and f" {answer} " not in f" {data.canonical(sentence)} ":
            found.append(Example(question, texts.row(sentence), title, answerable=0, relevant=0))
            break
    missed = near_miss(worded, window, known, random) if random.random() < MISSED else ""
    if missed:
        found.append(Example(texts.row(missed), passage, one.title, answerable=0))
    return found


def _paraphrased(asked: str, random: Random, rewording: Rewording) -> str:
    drawn = random.random()
    if drawn < REWORDED:
        return rewording.reworded(asked, random)
    return rewording.in_english(asked, random) if drawn < REWORDED + ENGLISH else asked


def _window(spans: Spans, at: int, random: Random) -> tuple[int, int]:
    """The sentence, or it and one or both beside it."""
    if random.random() > NEIGHBOURED:
        return spans[at]
    before, after = random.choice(((1, 0), (1, 1), (0, 1)))
    return spans[max(0, at - before)][0], spans[min(len(spans) - 1, at + after)][1]


def near_miss(question: str, window: str, known: Sequence[str], random: Random) -> str:
    """The question changed so that the window no longer answers it; "" where nothing in it can be changed.

    A name for another, a word for another of its kind, a figure for another, or another question word.
    """
    ways = [_other_word, _other_name, _other_figure, _other_asking]
    random.shuffle(ways)
    for way in ways:
        if changed := way(question, window, known, random):
            return changed
    return ""


def _other_word(question: str, window: str, _known: Sequence[str], random: Random) -> str:
    if not (found := _KIND_WORD.search(question)):
        return ""
    quote = found.group()
    low = window.casefold()
    options = [word for word in _KIND_OF[quote.casefold()] if word != quote.casefold() and word not in low]
    if not options:
        return ""
    new = random.choice(options)
    return question[: found.start()] + (new.title() if quote[0].isupper() else new) + question[found.end() :]


def _other_name(question: str, window: str, known: Sequence[str], random: Random) -> str:
    spans = names.names(question)
    if not spans:
        return ""
    start, end = random.choice(spans)
    inside = [window[first:last] for first, last in names.names(window)]
    own = question[start:end].casefold()
    near = [name for name in inside if name.casefold() not in question.casefold() and own not in name.casefold()]
    if near and random.random() < 0.5:  # a name that the window does say, in another part
        return question[:start] + random.choice(near) + question[end:]
    new = next((name for name in random.sample(known, 8) if name.casefold() not in window.casefold()), "")
    return question[:start] + new + question[end:] if new else ""


def _other_figure(question: str, window: str, _known: Sequence[str], random: Random) -> str:
    if not (found := _FIGURE.search(question)):
        return ""
    new = str(int(found.group()) + random.choice((-11, -3, -2, -1, 1, 2, 5, 10)))
    return question[: found.start()] + new + question[found.end() :] if new not in window and int(new) > 0 else ""


def _other_asking(question: str, window: str, _known: Sequence[str], random: Random) -> str:
    if not (found := _ASKS.search(question)):
        return ""
    worded = found.group().casefold()
    options = [word for word, says in _SAYS.items() if not worded.startswith(word[:4]) and not says.search(window)]
    return question[: found.start()] + random.choice(options) + question[found.end() :] if options else ""


def _news(folder: Path, texts: Texts, random: Random) -> list[tuple[int, tuple[int, int], int]]:
    """Sentences of the news file: (row of the text, span, row of its title)."""
    every = list(data.texts(folder, data.NEWS, "title", "text"))
    found: list[tuple[int, tuple[int, int], int]] = []
    for title, body in random.sample(every, min(len(every), OTHERS // 8)):
        row = texts.row(body[:2000])
        spans = [span for span in text.sentences(body[:2000])[:10] if span[1] - span[0] > SHORT and body[span[1] - 1] not in "?,"]
        found += [(row, span, texts.row(title)) for span in spans]
    return found[:OTHERS]
