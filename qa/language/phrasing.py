"""Units in Indonesian order and words: nouns before what describes them, owners after what they own, verbs in their form."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from qa.language.clauses import Unit
from qa.language.frames import Frame
from qa.language.words import fold

Known = Callable[[str], bool]

_MEAN = 0.35  # share of neighbours that change places at all
_UNKNOWN = 0.3  # what a rendering that the archive lacks keeps of its score
_MISFIT = 0.35  # what a rendering of the wrong form keeps
_NOT_PASSIVE = 0.05  # the passive of a verb has a low score, so that it is never first by itself
_ACTIVE = ("me", "ber")
_PASSIVE = ("di", "ter")


def say(frame: Frame, clause: Sequence[Unit], known: Known | None) -> list[str]:
    """The pieces of the rendering, in order."""
    clause = list(clause)
    noun: list[Unit] = []
    if frame.noun:
        noun, clause = _asked_noun(clause)
    opening = _opening(frame, [_word(unit, known) for unit in _ordered(noun)])
    rest = clause
    if frame.says.endswith("siapa") or noun or frame.says.endswith("apa"):
        rest, yang = _object_first(frame, clause)
        opening += ["yang"] if yang else []
    return [*opening, *(_word(unit, known) for unit in _ordered(rest))]


def _opening(frame: Frame, noun: list[str]) -> list[str]:
    if frame.noun == "after":
        return [frame.lead, frame.says, *noun]
    return [frame.lead, *noun, frame.says]


def _asked_noun(clause: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The noun that the opening asks about, up to the verb, and the rest."""
    end = 0
    while end < len(clause) and (
        clause[end].role in ("noun", "name", "number") or clause[end].english in ("of", "the", "more", "other", "or", "and")
    ):
        if clause[end].broken and end:
            break
        end += 1
    return clause[:end], clause[end:]


def _object_first(frame: Frame, clause: list[Unit]) -> tuple[list[Unit], bool]:
    """The clause for "apa yang …": a verb goes before its subject in the passive, where the question is for what is done to.

    "did Putin sign the decree" keeps its order: only a verb that nothing follows as its object has lost it to the question word.
    """
    spoken = [place for place, unit in enumerate(clause) if unit.role != "small" or unit.says]
    if not spoken:
        return clause, False
    first = clause[spoken[0]]
    if first.role == "modal" and len(spoken) > 1:  # "who will replace …"
        first = clause[spoken[1]]
    if first.role in ("verb", "passive"):
        return clause, True
    verbs = [place for place, unit in enumerate(clause) if unit.role == "verb"]
    asked_by_do = (
        any(unit.english in ("do", "does", "did", "has", "have", "had") or unit.role == "modal" for unit in clause[: verbs[0]])
        if verbs
        else False
    )
    if not (frame.things and asked_by_do):
        return clause, False
    at = verbs[0]
    verb = clause[at]
    follower = clause[at + 1] if at + 1 < len(clause) else None
    lost = follower is None or not (follower.content or follower.english in ("the", "a", "an"))
    if not lost or not any(option.startswith("di") for option, _ in verb.options):
        return clause, frame.says == "apa" and not frame.noun
    subject = [unit for unit in clause[:at] if unit.role != "modal"]
    modals = [unit for unit in clause[:at] if unit.role == "modal"]
    passive = Unit(english=verb.english, role="passive", options=verb.options, follows=0.02, precedes=0.02)
    return [*modals, passive, *subject, *clause[at + 1 :]], True


def _ordered(clause: Sequence[Unit]) -> list[Unit]:
    """Each run of content words with its parts turned round where Indonesian turns them; owners behind what they own."""
    out: list[Unit] = []
    run: list[Unit] = []
    owners: list[list[Unit]] = []
    held: list[Unit] = []  # modals that wait for the verb

    def flush() -> None:
        turned = _turned(run)
        for owner in reversed(owners):
            place = len(turned)
            turned[place:place] = owner
        out.extend(turned)
        run.clear()
        owners.clear()

    for unit in clause:
        if unit.role == "possessive":
            cut = max((place + 1 for place, one in enumerate(run) if one.role in ("verb", "passive")), default=0)
            out.extend(_turned(run[:cut]))
            owners.append(_turned(run[cut:]))
            run.clear()
        elif unit.role == "modal":
            flush()
            held.append(unit)
        elif unit.content:
            if unit.broken or unit.role in ("verb", "passive"):
                flush()
                if unit.role in ("verb", "passive"):
                    out.extend(held)
                    held.clear()
            run.append(unit)
        elif unit.says:
            flush()
            out.append(unit)
        elif unit.english in ("of", "the", "a", "an"):
            flush()
    flush()
    return out + held


def _turned(run: Sequence[Unit]) -> list[Unit]:
    """Stretches whose neighbours change places, each reversed."""
    out: list[Unit] = []
    stretch: list[Unit] = []
    for unit in run:
        if stretch and not _turns(stretch[-1], unit):
            out += reversed(stretch)
            stretch = []
        stretch.append(unit)
    return out + stretch[::-1]


def _turns(first: Unit, second: Unit) -> bool:
    if first.role in ("verb", "passive") or second.role in ("verb", "passive"):
        return False
    return _logit(first.follows) + _logit(second.precedes) - _logit(_MEAN) > 0


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _word(unit: Unit, known: Known | None) -> str:
    """What the unit is called: the likeliest rendering that fits its role and that the archive knows."""
    if not unit.options:
        return unit.says
    return max(unit.options, key=lambda option: option[1] * _fit(unit, option[0]) * _heard(option[0], known))[0]


def _fit(unit: Unit, indonesian: str) -> float:
    first = indonesian.partition(" ")[0].lower()
    active, passive = first.startswith(_ACTIVE) and len(first) > 5, first.startswith(_PASSIVE) and len(first) > 5
    if unit.role == "passive":
        return 1.0 if passive else _NOT_PASSIVE
    if unit.role == "verb":
        return _MISFIT if passive else 1.0 if active else 0.8
    return _MISFIT if (active or passive) and unit.verb < 0.9 else 1.0


def _heard(indonesian: str, known: Known | None) -> float:
    if known is None or all(known(fold(word)) for word in indonesian.split()):
        return 1.0
    return _UNKNOWN
