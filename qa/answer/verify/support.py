"""Does a quote support what a claim says? Closed checks that need no model: letters, figures, names, denial, who did it to whom.

They can refuse a true claim in other words; they never let a number, a day or a name through that the quote lacks. Claims
in the quote's own words, as an extractive reader makes them, pass by equality. Whether the rest of a claim follows from its
quote is the Verifier's to say (`qa.answer.verify.entailment`).
"""

from __future__ import annotations

import re
import unicodedata

from qa.answer.verify.argument_order import turned
from qa.answer.verify.figures import NUMBER_WORDS, wrong_figure
from qa.answer.verify.negation import contrary
from qa.language import lists, text
from qa.language.annotate import names
from qa.language.annotate.verbs import acts
from qa.language.conversation.mentions import DIRECTIONS
from qa.language.meaning.exonyms import is_country, same_name
from qa.language.text.roots import known_root
from qa.language.text.words import FUNCTION_WORDS

_LINKS = frozenset("whether if after before since while because during according under when".split())
_AUXILIARIES = lists.cue("auxiliary")
_FRAME = lists.cue("framing")
"""Words that tell where a sentence is from and how it hangs together, and assert nothing."""
_STRETCH = 3  # content words


def unsupported(claim: str, quote: str) -> str:
    """Why `quote` does not carry `claim`, "" when nothing speaks against it. Letter for letter equal: always carried.

    A claim in the other language must have the same figures and names, the names in that language's spelling.
    """
    return unlike(claim, quote) or ("" if claim == quote or _abroad(claim, quote) else turned(claim, quote))


def unlike(claim: str, quote: str) -> str:
    """As `unsupported`, whoever did it to whom."""
    if claim == quote:
        return ""
    if not any(character.isalnum() for character in claim):
        return "the claim says nothing"
    if foreign := sorted({unicodedata.name(c, repr(c)) for c in claim if _unseen(c) and c not in quote + "\n\t"}):
        return f"the claim has invisible characters that the quote lacks ({', '.join(foreign)})"
    abroad = _abroad(claim, quote)
    return (
        wrong_figure(claim, quote)
        or _wrong_name(claim, quote, abroad=abroad)
        or contrary(claim, quote, foreign=abroad)
        or ("" if abroad else _added(claim, quote))
    )


def _abroad(claim: str, quote: str) -> bool:
    return text.language(claim) != text.language(quote)


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Cc", "Co", "Cn"}


def _wrong_name(claim: str, quote: str, *, abroad: bool) -> str:
    proof = frozenset(_words(quote))
    english = text.language(claim) == "en"
    for start, end in names.names(claim):
        span = claim[start:end]
        skip = names.TITLES if abroad else frozenset()
        if names.opens_sentence(claim, start) and _may_open(span, claim[end:], english=english):
            skip = skip | {text.fold(span.split()[0])}  # the capital is the sentence's: "Jarak …", "Former …"
        if missing := same_name(span, proof, skip, by_sound=abroad):
            return f"the name '{missing}' is not in the quote"
    return ""


def _may_open(span: str, rest: str, *, english: bool) -> bool:
    """May the first word of a sentence be no name? In Indonesian a dictionary says; but a verb after it at once makes it who does it."""
    first, *others = span.split()
    if text.fold(first) in NUMBER_WORDS:
        return True
    if text.fold(first) in DIRECTIONS or is_country(
        span
    ):  # "South Korea", "East Java": without its first word it is another place
        return False
    if english:
        after = next(iter(re.findall(r"[^\W_]+|[,;:]", rest)), "")
        return bool(others) or text.fold(after) in (FUNCTION_WORDS | _LINKS) - _AUXILIARIES
    return known_root(first) and (bool(others) or not acts(rest))


def _added(claim: str, quote: str) -> str:
    """A stretch of the claim that has no word of the quote: said besides, not said in other words.

    Of IndoNLI's validation pairs 4 % of the entailed have three such content words in a row, and 27 % of the neutral.
    """
    there = {text.stem(word) for word in _words(quote)}
    stretch: list[str] = []
    for word, _, _ in text.words(claim):
        if text.fold(word) in FUNCTION_WORDS or text.fold(word) in _FRAME:
            continue
        if {text.stem(part) for part in (text.fold(word), *text.terms(word))} & there:
            stretch = []
            continue
        stretch.append(word)
        if len(stretch) == _STRETCH:
            return f"the quote says nothing of '{' '.join(stretch)}'"
    return ""


def _words(sentence: str) -> set[str]:
    return set(text.terms(sentence)) | {text.fold(word) for word, _, _ in text.words(sentence)}
