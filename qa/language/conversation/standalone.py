"""A question that leans on earlier turns -> one that stands alone, by rules.

    another subject    "bagaimana dengan Putin?", "di Bali?"   the earlier question with its counterpart exchanged
    a pronoun          "lalu kapan dia tiba di sana?"          gives way to the name that it stands for
    an ending          "berapa biayanya?"                      the same, behind the word that bore it
    "itu", an ellipsis "kapan itu terjadi?", "kenapa?"         the earlier question's content joins this one
    a reply            "apa tanggapan Putin?"                  what was replied to joins it

A question that does none of these is a change of topic and stays as it is: carrying the old names along would find the old articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.language import lists
from qa.language.conversation import anaphora as reference
from qa.language.conversation import mentions
from qa.language.conversation.anaphora import ASKING, PEOPLE, PERSON, PLACE, QUESTION, REPLY, THING, folded
from qa.language.conversation.mentions import PLACE_PREPOSITIONS, Name, TurnSummary
from qa.language.conversation.substitution import exchanged
from qa.language.lists import one_of
from qa.language.text.words import FUNCTION_WORDS, listed
from qa.schema import Turn

_BACK = 3  # turns that a word can refer back to
_OPENING = re.compile(rf"^(?:(?:{one_of(lists.cue('turn-opening'))})\b[\s,]*)+", re.IGNORECASE)
_INSTEAD = re.compile(rf"^(?:{lists.alternatives('phrases', 'instead')})\s+(?P<rest>.+)$", re.IGNORECASE)
_DEFINES = re.compile(
    r"^(?:apa(?:kah)?\s+(?:itu|yang\s+dimaksud(?:\s+dengan)?|arti)|siapa(?:kah)?\s+itu|what\s+(?:is|are)\s+(?!the\b|its?\b|th\w+\b|h[ie]\w\b))\s*"
    r"\w+(?:\W+\w+)?\W*$",
    re.IGNORECASE,
)
_COURTESY = re.compile(rf"^\W*(?:{lists.alternatives('phrases', 'courtesy')})\b", re.IGNORECASE)
_DAYS = re.compile(r"\b(?:besok|lusa|hari ini|sekarang|tomorrow|today|right now)\b", re.IGNORECASE)
_UNITS = lists.cue("counted-unit")
_HAPPENED = listed("terjadi happened happen")  # with a place it asks for whatever is new there
_FRAGMENT = 6  # words; a longer text without a question word is a sentence of its own


class RuleRewriter:
    """Rewriter by the rules of this file."""

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question as it would have been asked without the turns before it."""
        return standalone(question, history)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question as it would have been asked without the turns before it; unchanged where it does not lean on them."""
    before: list[TurnSummary] = []
    for turn in history:  # earlier questions may lean as well: each is made to stand alone by those before it
        alone = Turn(question=_alone(turn.question, before), answer=turn.answer, short=turn.short)
        before = [*before[1 - _BACK :], mentions.summary_of(alone, _known(before))]
    return _alone(question, before)


def _alone(question: str, before: Sequence[TurnSummary]) -> str:
    """`question` after what the last few turns said."""
    whole = question.strip()
    bare = _OPENING.sub("", whole) or whole
    if not before or not folded(bare) or _DEFINES.match(bare) or _COURTESY.match(bare):
        return question
    last = before[-1]
    contrasts = _INSTEAD.match(bare)
    if contrasts:
        bare = contrasts["rest"]
        if not _asks(bare):
            return exchanged(last, bare)
    own = mentions.found(bare, _known(before), brief=bare != whole and not _asks(bare))
    low = folded(bare)
    leans = any(word in PERSON | PEOPLE | PLACE | THING or reference.refers(word) for word in low)
    if not _asks(bare) and not leans and len(low) <= _FRAGMENT and (own or _fragment(low)):
        return exchanged(last, bare)
    settled = reference.there(reference.pronoun(bare, before, own), before)
    settled = reference.ending(settled, before, own, named=any(word in PERSON for word in low))
    leant = reference.thing(settled, before, own)
    if settled != bare or leant is not None:
        return settled if leant is None else leant
    content = [word for word in low if word not in ASKING | THING | _UNITS | FUNCTION_WORDS and not _in_names(word, own)]
    if own and any(word in REPLY for word in content) and len(content) <= 2:
        return _replied(bare, last)
    if own and not (
        all(name.before in PLACE_PREPOSITIONS for name in own) and len(content) <= 1 and not set(content) & _HAPPENED
    ):
        return bare
    if len(content) > (1 if contrasts or _DAYS.search(bare) else 2):
        return bare
    return reference.join(bare, reference.about(last))


def _known(before: Sequence[TurnSummary]) -> list[str]:
    return [name.text for turn in before for name in (*turn.asked, *turn.answered, *turn.mentioned)]


def _replied(bare: str, last: TurnSummary) -> str:
    """A reply with what was replied to; nothing joins where the earlier question asked another for the same."""
    if set(folded(last.question)) & set(folded(bare)) & REPLY:
        return bare
    return reference.join(bare, reference.about(last, without=bare))


def _asks(text: str) -> bool:
    """Has a question word of its own, so that nothing needs to be exchanged."""
    return any(word in QUESTION for word in folded(text))


def _fragment(low: Sequence[str]) -> bool:
    """A place, a day or a figure alone: "di Bali?", "tahun 2022?"."""
    return low[0] in PLACE_PREPOSITIONS or any(word[0].isdigit() for word in low)


def _in_names(word: str, own: Sequence[Name]) -> bool:
    return any(word in folded(name.text) for name in own)
