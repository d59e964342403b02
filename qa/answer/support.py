"""Does a quote support what a claim says? Closed checks that need no model: letters, figures, names, denial, who did it to whom.

They can refuse a true claim in other words; they never let a number, a day or a name through that the quote lacks. Claims
in the quote's own words, as an extractive reader makes them, pass by equality. Whether the rest of a claim follows from its
quote is the Verifier's to say (`qa.answer.entail`).
"""

from __future__ import annotations

import re
import unicodedata

from qa.answer.denial import contrary
from qa.answer.figures import NUMBER_WORDS, wrong_figure
from qa.language import names, text
from qa.language.exonyms import same_name
from qa.language.roots import known_root
from qa.language.words import FUNCTION_WORDS

_VERB = re.compile(r"(?:me|ber|di|ter)\w{4,}")
_VERBS = frozenset(
    """akan telah sudah sedang masih adalah ialah merupakan tidak belum bisa dapat ingin mau pernah sempat turut ikut juga tiba datang pergi
    bilang kata naik jatuh masuk keluar""".split()
)
"""What follows a subject in Indonesian news without a verb's prefix."""
_LINKS = frozenset("whether if after before since while because during according under when".split())
_AUXILIARIES = frozenset("has had have is are was were will would did does do can could".split())
_FRAME = frozenset(
    """sementara sedangkan selain lalu kemudian namun tetapi demikian menurut laporan laporannya artikel berita kutipan sumber dilaporkan disebutkan
    according report reports reported article articles also while meanwhile however""".split()
)
"""Words that tell where a sentence is from and how it hangs together, and assert nothing."""
_STRETCH = 3  # content words
_MUTUAL = frozenset("serta bersama sama antara adalah ialah yakni yaitu merupakan together met meets meet".split())


def unsupported(claim: str, quote: str) -> str:
    """Why `quote` does not carry `claim`, "" when nothing speaks against it. Letter for letter equal: always carried.

    A claim in the other language is held to the same figures and names, the names in that language's spelling.
    """
    if claim == quote:
        return ""
    if not any(character.isalnum() for character in claim):
        return "the claim says nothing"
    if foreign := sorted({unicodedata.name(c, repr(c)) for c in claim if _unseen(c) and c not in quote + "\n\t"}):
        return f"the claim has invisible characters that the quote lacks ({', '.join(foreign)})"
    abroad = text.language(claim) != text.language(quote)
    return (
        wrong_figure(claim, quote)
        or _wrong_name(claim, quote, abroad=abroad)
        or contrary(claim, quote, foreign=abroad)
        or ("" if abroad else _turned(claim, quote) or _added(claim, quote))
    )


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
            return f"the name '{missing}' does not stand in the quote"
    return ""


def _may_open(span: str, rest: str, *, english: bool) -> bool:
    """May the first word of a sentence be no name? In Indonesian a dictionary says; but a verb after it at once makes it who does it."""
    first, *others = span.split()
    if text.fold(first) in NUMBER_WORDS:
        return True
    if english:
        after = next(iter(re.findall(r"[^\W_]+|[,;:]", rest)), "")
        return bool(others) or text.fold(after) in (FUNCTION_WORDS | _LINKS) - _AUXILIARIES
    return known_root(first) and (bool(others) or not _acts(rest))


def _acts(rest: str) -> bool:
    """Does a verb follow an opening word at once? Then the word is who does it, and a claim may not bring in its own doer."""
    after = next(iter(_sequence(rest)), "")
    return after in _VERBS or bool(_VERB.match(after) and text.stem(after) != after)


def _turned(claim: str, quote: str) -> str:
    """Two names have changed places around the same words: "Putin menyambut Kim" does not carry "Kim menyambut Putin"."""
    mine, theirs = _places(claim), _places(quote)
    both = [word for word in mine if word in theirs and word in _name_words(claim)]
    said, there = _sequence(claim), _sequence(quote)
    for first in both:
        for second in both:
            if first == second or not all(a < b for a in mine[first] for b in mine[second]):
                continue
            if not all(b < a for a in theirs[first] for b in theirs[second]):
                continue
            between = _told(said[mine[first][-1] + 1 : mine[second][0]])
            across = _told(there[theirs[second][-1] + 1 : theirs[first][0]])
            if between and between <= across:
                return f"'{first}' and '{second}' have changed places around '{min(between)}'"
    return ""


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


def _told(between: list[str]) -> set[str]:
    """The words between two names that say who does what; a mutual deed ("bertemu", "dan") is the same either way."""
    words = {word for word in between if word not in FUNCTION_WORDS}
    return set() if words & _MUTUAL or any(word.startswith("ber") for word in words) else words


def _sequence(sentence: str) -> list[str]:
    return [text.fold(match.group()) for match in re.finditer(r"[^\W_]+", sentence)]


def _places(sentence: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(_sequence(sentence)):
        places.setdefault(word, []).append(at)
    return places


def _name_words(claim: str) -> set[str]:
    """The last word of each name: what tells it from others of its title or country."""
    return {words[-1] for start, end in names.names(claim) if (words := _sequence(claim[start:end]))}


def _words(sentence: str) -> set[str]:
    return set(text.terms(sentence)) | {text.fold(word) for word, _, _ in text.words(sentence)}
