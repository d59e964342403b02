"""Words and sentences of Indonesian and English text: what other packages use."""

from __future__ import annotations

from collections.abc import Callable

from qa.language.text import abbreviations as shortforms
from qa.language.text.chat_spelling import normalise
from qa.language.text.identify import identify, language
from qa.language.text.sentences import sentences
from qa.language.text.spelling import correct
from qa.language.text.words import FUNCTION_WORDS, fold, stem, terms, words

__all__ = ["correct", "fold", "identify", "language", "normalise", "question_terms", "sentences", "stem", "terms", "words"]


def question_terms(text: str, known: Callable[[str], bool] | None = None) -> list[str]:
    """Search terms of a question: slang in standard words, function words left out, names never.

    A word with a capital inside the question is a name whatever it spells ("Pak Di"). With `known` (is this term in the index?)
    a term that the index lacks is joined by its root where the index has that, and short forms that the index itself uses
    ("Korut") are kept beside what they stand for. A question of function words alone keeps them all.
    """
    plain = normalise(text)
    kept: list[str] = []
    for place, (word, _, _) in enumerate(words(plain)):
        folded = fold(word)
        if folded in FUNCTION_WORDS and (place == 0 or not word[0].isupper()):
            continue
        kept.extend(terms(word))
    kept = kept or terms(plain)
    if known is not None:
        kept += [root for root in (stem(term) for term in kept if not known(term)) if known(root)]
        kept += [term for term in terms(text) if term not in FUNCTION_WORDS and known(term)]
        kept += [term for _, other in shortforms.others(plain) for term in terms(other) if term not in kept and known(term)]
    return list(dict.fromkeys(kept))
