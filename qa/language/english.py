"""English words: short forms taken apart, and the bases that an inflected form may come from ("accompanied" -> "accompany").

Rules and a table of irregular forms, no dictionary: whoever asks knows which of the candidates are words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.language.words import words

_NOT = re.compile(
    r"\b(can|wo|sha|do|does|did|is|are|was|were|has|have|had|would|could|should|must|need|ai)n['’]t\b", re.IGNORECASE
)
_WHOLE_VERB = {"can": "can", "wo": "will", "sha": "shall", "ai": "is"}
_SHORT = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_ENDING = re.compile(r"(?<=\w)['’](s|m|re|ve|ll|d)\b|(?<=s)['’](?=\s)", re.IGNORECASE)
POSSESSIVE = "'s"

_IRREGULAR = {
    form: base
    for line in """
    be am is are was were been being|have has had having|do does did done doing|go goes went gone|say said|make made|take took taken
    come came|see saw seen|know knew known|get got gotten|give gave given|find found|think thought|tell told|become became|leave left
    feel felt|put putting|bring brought|begin began begun|keep kept|hold held|write wrote written|stand stood|hear heard|let letting
    mean meant|set setting|meet met|run ran running|pay paid|sit sat|speak spoke spoken|lie lay lain lying|lead led|read reading
    grow grew grown|lose lost|fall fell fallen|send sent|build built|understand understood|draw drew drawn|break broke broken
    spend spent|cut cutting|rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|seek sought|throw threw thrown
    catch caught|deal dealt|win won winning|forget forgot forgotten|shoot shot|fight fought|sell sold|teach taught|eat ate eaten
    drink drank drunk|sing sang sung|swim swam swum|fly flew flown flies|hide hid hidden|strike struck|shake shook shaken
    steal stole stolen|freeze froze frozen|swear swore sworn|wake woke woken|bear bore borne|beat beaten|bite bit bitten|blow blew blown
    burn burnt|dig dug|feed fed|flee fled|forbid forbade forbidden|forgive forgave forgiven|hang hung|hit hitting|hurt hurting
    kneel knelt|lay laid|lend lent|light lit|quit quitting|ride rode ridden|ring rang rung|shut shutting|sink sank sunk|sleep slept
    slide slid|spread spreading|spring sprang sprung|stick stuck|sweep swept|tear tore torn|undergo underwent undergone|withdraw withdrew withdrawn
    overthrow overthrew overthrown|oversee oversaw overseen|undertake undertook undertaken|uphold upheld|foresee foresaw foreseen
    man men|woman women|child children|foot feet|tooth teeth|mouse mice|goose geese|life lives|wife wives|knife knives
    half halves|leaf leaves|thief thieves|wolf wolves|shelf shelves|self selves|crisis crises|analysis analyses|basis bases
    spokesman spokesmen|spokeswoman spokeswomen|policeman policemen|fisherman fishermen|gunman gunmen|lawmaker lawmakers
    good better best|bad worse worst|far farther further farthest furthest|much more most|little less least|die dying|tie tying
    """.strip().replace("\n", "|").split("|")
    for base, *forms in [line.split()]
    for form in forms
}  # fmt: skip
_WHOLE = frozenset(
    """news series species means always during this his its thus us yes as is was has does gas bus less plus focus virus status
    campus census chaos texas paris kansas honduras laos cyprus belarus philippines netherlands states nations wales maldives
    united need speed feed seed deed indeed red hundred bed king thing nothing something anything everything spring string ring sing
    wing bring morning evening ceiling beijing bring outer inner other under over after paper water number member minister
    soccer officer never ever september october november december former latter leader summer winter river order border power
    tower fire interest west east forest guest test rest best nest arrest protest request contest honest""".split()
)
_COMPARED = frozenset(
    """big small high low large long short old young new fast slow strong weak late early near cheap rich poor great hard easy heavy
    light deep wide close tall thick thin clean dirty safe dangerous happy sad angry busy hot cold warm cool dry wet dark bright full
    few simple soft loud quiet smart tough tight broad narrow steep fierce deadly costly wealthy healthy hungry lucky ugly pretty
    nice fine kind brave calm fair fresh sharp smooth sweet true wild wise""".split()
)
_VOWELS = frozenset("aeiou")


def english_words(text: str) -> list[str]:
    """Words as written; short forms apart ("don't" -> do not, "Kim's" -> Kim 's), compounds in small letters in their parts.

    >>> english_words("Kim's face-to-face talks weren't about Soyuz-2.1a")
    ['Kim', "'s", 'face', 'to', 'face', 'talks', 'were', 'not', 'about', 'Soyuz-2.1a']
    """
    plain = _NOT.sub(lambda found: f"{_WHOLE_VERB.get(found[1].lower(), found[1])} not", text)
    plain = _ENDING.sub(lambda found: f" {_SHORT.get((found[1] or '').lower(), POSSESSIVE)}", plain)
    out: list[str] = []
    for piece in plain.split():
        if piece.startswith(POSSESSIVE) and not piece[2:3].isalnum():
            out.append(POSSESSIVE)
            continue
        for word, _, _ in words(piece):
            parts = word.split("-")
            out += parts if word.islower() and len(parts) > 1 and all(part.isalpha() for part in parts) else [word]
    return out


@lru_cache(maxsize=50_000)
def bases(word: str) -> tuple[str, ...]:
    """Words in lower case that `word` (in lower case) may be a form of, likeliest first, without `word` itself.

    >>> bases("accompanied")
    ('accompany', 'accompani', 'accompanie')
    >>> bases("stopping")[0], bases("took"), bases("news")
    ('stop', ('take',), ())
    """
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word in _WHOLE or len(word) < 4 or not word.isalpha():
        return ()
    found: list[str] = []
    if word.endswith("ies"):
        found += [word[:-3] + "y", word[:-1]]
    elif word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found += [word[:-1], word[:-2]] if word.endswith(("ses", "zes")) else [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.append(word[:-1])
    elif word.endswith("ied"):
        found += [word[:-3] + "y", word[:-2], word[:-1]]
    elif word.endswith("ed"):
        found += _without_ending(word[:-2])
    elif word.endswith("ing") and len(word) > 5:
        found += _without_ending(word[:-3])
    elif word.endswith(("er", "est")):  # "worker" is no form of "work": only what is known to be compared is
        rest = word.removesuffix("er").removesuffix("est")
        found += [base for base in (rest, rest + "e", rest[:-1], rest[:-1] + "y") if base in _COMPARED]
    return tuple(dict.fromkeys(base for base in found if len(base) > 1 and any(letter in "aeiouy" for letter in base)))


def _without_ending(rest: str) -> list[str]:
    """visit-ed -> visit, visite; stopp-ed -> stop, stopp, stoppe; clos-ed -> close, clos."""
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz" and rest[-1] not in _VOWELS:
        return [rest[:-1], rest, rest + "e"]
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] in "lsz":
        return [rest, rest[:-1], rest + "e"]
    silent = rest.endswith(
        ("c", "v", "u", "g", "z", "rs", "ns", "as", "is", "os", "us", "at", "ir", "ur", "ar", "in", "id", "ud")
    )
    return [rest + "e", rest] if silent else [rest, rest + "e"]
