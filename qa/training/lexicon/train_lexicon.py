"""`qa train lexicon`: English words and phrases with their Indonesian renderings, learned from sentence pairs.

Alignment gives most of it; the English names in encyclopedia leads, loans by their spelling, neighbours in the encoder's space
and a hand-written list give what the pairs lack. Deterministic: the same data and the same encoder give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from qa.errors import TrainingError
from qa.index.encode import StaticEncoder
from qa.language.text.english_forms import bases, english_words
from qa.language.text.words import fold
from qa.training import data
from qa.training.encoder.export import write_whole
from qa.training.lexicon import hand as lexicon_hand
from qa.training.lexicon import near as lexicon_near
from qa.training.lexicon import sentence_pairs as lexicon_pairs
from qa.training.lexicon.align import align
from qa.training.lexicon.lexicon_metrics import measure
from qa.training.lexicon.phrases import EN_LIGHT, KEPT, PhraseCounts, entries, table

LIMIT_BYTES = 1_000_000
RARE = 3  # an English word seen no oftener has to be near its rendering, or spelled like it
NEAR = 0.45  # cosine that counts as near
PROPER = 0.9  # an English word with a capital in so many of its places is a name
_TITLE = 0.5  # score of a lead's English name
_LOAN = 0.4
_UNSURE = 0.2  # an entry whose best score is lower may be a loan all the same
_NEIGHBOUR = 0.6  # times the cosine
_HAND = (0.95, 0.9, 0.85, 0.8)
_LEARNED = 0.7  # what a learned rendering keeps of its score beside hand-written ones
_PASSIVE = 0.25  # of its active's score: enough to be found, too little to be first
_LONGEST = 4  # words of an English name

Lexicon = dict[str, list[tuple[str, float]]]


def train_lexicon(data_folder: Path, out: Path, *, seed: int = 7, say: Callable[[str], None] = print) -> Path:
    """Learn from `data_folder`, write out/lexicon.tsv, figures.json and hashes.json; returns `out`.

    `seed` is in the figures for the record: nothing here is drawn by chance. Sentence pairs on the dev and test sides of a hash of
    the English sentence are held out. Raises TrainingError when the result is over 1,000,000 bytes.
    """
    raw = list(lexicon_pairs.sentence_pairs(data_folder))
    sides: dict[data.Side, list[tuple[str, str]]] = {side: [] for side in data.SIDES}
    for pair in raw:
        sides[data.side_of(pair[0])].append(pair)
    counts = Counter(fold(word) for english, _ in sides["train"] for word in english_words(english))
    lemma = lexicon_pairs.lemmatiser(counts)
    pairs = lexicon_pairs.prepare(sides["train"], lemma)
    kept = data.held_out(data_folder)
    leads = list(data.training_leads(data_folder, kept))
    titled = list(lexicon_pairs.titled_pairs(leads))
    pairs += lexicon_pairs.prepare(titled, lemma)
    say(f"{len(pairs)} pairs of sentences, {len(titled)} of them names in leads")
    encoder = StaticEncoder()
    links = align(pairs, lexicon_near.nearness(encoder))
    counted = table(pairs, links)
    found = _proved(entries(counted), counted, encoder)
    say(f"{len(found)} entries from alignment")
    cased = lexicon_pairs.casing(pairs)
    names = _names(sides["train"], Counter(word for pair in pairs for word in pair.words))
    found = {english: options for english, options in found.items() if not names & set(english.split())}
    _add(found, _titles(titled))
    foreign = lexicon_near.vocabulary(text for _, text in leads)
    foreign.update(lexicon_near.vocabulary(text for _, text in data.texts(data_folder, data.NEWS, "title", "text")))
    _complete(found, counts, foreign, encoder=encoder, names=names, lemma=lemma)
    say(f"{len(found)} with names, loans and neighbours")
    _by_hand(found, cased)
    _passives(found, foreign)
    _write(found, out)
    figures = {side: measure(sides[side], out, say) for side in ("dev", "test")}
    _note(out, {"seed": seed, "pairs": len(pairs), "entries": len(found), "held out": figures})
    return out


def _proved(found: Lexicon, counted: PhraseCounts, encoder: StaticEncoder) -> Lexicon:
    """Without the renderings that a single sighting or two speak for and nothing else."""
    from qa.language.gloss.loanwords import spellings

    rare = [
        (english, foreign) for english, options in found.items() if counted.english[english] <= RARE for foreign, _ in options
    ]
    left, right = encoder.passages([english for english, _ in rare]), encoder.passages([foreign for _, foreign in rare])
    near = {
        pair
        for pair, cosine in zip(rare, (left * right).sum(axis=1), strict=True)
        if cosine >= NEAR or pair[1] in spellings(pair[0])
    }
    kept = {
        english: [(foreign, score) for foreign, score in options if counted.english[english] > RARE or (english, foreign) in near]
        for english, options in found.items()
    }
    return {english: options for english, options in kept.items() if options}


def _names(pairs: list[tuple[str, str]], foreign: Counter[str]) -> set[str]:
    """Folded English words that are names which Indonesian writes alike."""
    capital: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for english, _ in pairs:
        for word in english_words(english)[1:]:
            seen[fold(word)] += 1
            capital[fold(word)] += word[:1].isupper()
    return {word for word, times in seen.items() if capital[word] >= PROPER * times and foreign[word] >= 0.3 * times}


def _titles(titled: list[tuple[str, str]]) -> Lexicon:
    out: Lexicon = {}
    for name, title in titled:
        words = [fold(word) for word in english_words(name)]
        if (
            1 < len(words) <= _LONGEST
            and not {words[0], words[-1]} & EN_LIGHT
            and not any(word[:1].isupper() for word in name.split()[1:])
        ):
            out[" ".join(words)] = [(" ".join(fold(word) for word in title.split()), _TITLE)]
    return out


def _add(found: Lexicon, more: Lexicon) -> None:
    for english, options in more.items():
        have = {foreign for foreign, _ in found.get(english, [])}
        joined = found.get(english, []) + [option for option in options if option[0] not in have]
        found[english] = sorted(joined, key=lambda one: (-one[1], one[0]))[:KEPT]


def _complete(
    found: Lexicon,
    counts: Counter[str],
    foreign: Counter[str],
    *,
    encoder: StaticEncoder,
    names: set[str],
    lemma: Callable[[str], str],
) -> None:
    """Loans for every English word of the pairs and of the leads, then neighbours for what still has nothing."""
    english = {lemma(word) for word in counts if word.isalpha()} | {word for word, times in foreign.items() if times >= 3}
    unsure = {word for word in english - names if word not in found or found[word][0][1] < _UNSURE or found[word][0][0] == word}
    loans = lexicon_near.loans(unsure, foreign)
    for word in loans.keys() & found.keys():  # the texts have both spellings: the Indonesian one is the oftener
        found[word] = [option for option in found[word] if option[0] != word]
    _add(found, {word: [(spelled, _LOAN)] for word, spelled in loans.items()})
    lacking = {lemma(word) for word, times in counts.items() if times >= RARE and word.isalpha() and len(word) > 3}
    lacking = {
        word
        for word in lacking
        if word not in found and word not in names and word not in EN_LIGHT and foreign[word] < counts[word] * 5
    }
    common = [word for word, times in sorted(foreign.items()) if times >= 50 and len(word) > 3]
    near = lexicon_near.neighbours(encoder, lacking, common)
    _add(found, {word: [(other, round(_NEIGHBOUR * cosine, 3)) for other, cosine in options] for word, options in near.items()})


def _passives(found: Lexicon, foreign: Mapping[str, int]) -> None:
    """The passive of each active rendering, last: what was done is asked in the passive ("apa yang dikatakan …")."""
    for english, options in found.items():
        scores = dict(options)
        for active, score in options[:2]:
            if passive := lexicon_near.passive(active, foreign):
                scores[passive] = max(scores.get(passive, 0.0), _PASSIVE * score)
        found[english] = sorted(scores.items(), key=lambda one: -one[1])


def _by_hand(found: Lexicon, cased: Mapping[str, str]) -> None:
    """Hand-written renderings first, in their order; learned ones follow, with the capitals that Indonesian writes."""
    written_forms = lexicon_hand.entries()
    for english in [word for word in found if any(base in found or base in written_forms for base in bases(word))]:
        del found[english]  # an inflected form that its base speaks for
    for english, options in found.items():
        options[1:] = [option for option in options[1:] if english not in {option[0], *bases(option[0])}]
        found[english] = [(" ".join(cased.get(word, word) for word in foreign.split()), score) for foreign, score in options]
    for english, written in written_forms.items():
        first = [(foreign, score) for foreign, score in zip(written, _HAND, strict=False)]
        have = {fold(foreign) for foreign in written}
        learned = [(foreign, _LEARNED * score) for foreign, score in found.get(english, []) if fold(foreign) not in have]
        found[english] = (first + learned)[:KEPT]


def _write(found: Lexicon, out: Path) -> None:
    lines = []
    for english, options in sorted(found.items()):
        shown: dict[str, int] = {}
        for foreign, score in options:
            shown.setdefault(foreign, max(1, round(100 * score)))
        if english[:1].isalpha() and english[-1:].isalnum():
            lines.append(english + "\t" + "|".join(f"{foreign}:{score}" for foreign, score in shown.items()))
    text = ("\n".join(lines) + "\n").encode()
    if (size := len(text)) > LIMIT_BYTES:
        raise TrainingError(f"the lexicon would take {size} bytes, over {LIMIT_BYTES}. Cure: raise ENOUGH in lexicon_phrases.py.")
    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / "lexicon.tsv", text)


def _note(out: Path, figures: dict[str, object]) -> None:
    write_whole(out / "figures.json", (json.dumps(figures, indent=2) + "\n").encode())
    hashes = {"lexicon.tsv": hashlib.sha256((out / "lexicon.tsv").read_bytes()).hexdigest()}
    write_whole(out / "hashes.json", (json.dumps(hashes, indent=2) + "\n").encode())
