"""Who said what in an article: quotations and reported speech with speaker, role and verb, pronouns resolved to who spoke before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.language import lists
from qa.language.annotate.people import PRONOUNS, People, Person, parted, subject
from qa.language.annotate.speech_verbs import ACCORDING, AFTER, INSERTED, NOISE, PASSIVE, REPORTS, SUBJECT_AFTER
from qa.language.lists import one_of
from qa.language.speech.quote_marks import paired
from qa.language.speech.relays import origin
from qa.language.speech.speaker_phrase import speaker_phrase
from qa.language.speech.speech_units import blanked, units

_HEADLINE = re.compile(r"^(?:.*,\s*)?(?P<who>[A-Z][^:,]{2,40}):\s")
_PERSON_NOUN = re.compile(rf"(?:{one_of(lists.words('common_nouns', 'person'))})\b", re.IGNORECASE)
_AFTER_SUBJECT = re.compile(rf"\s(?=(?:me|ber|di|ter)\w{{3,}}|{one_of(lists.cue('after-subject'))})")
_LEFT_OPEN = re.compile(rf"\b(?:{one_of(lists.cue('left-open'))})$")
_SOMEBODY = re.compile(lists.alternatives("phrases", "somebody"))
_DESCRIBED = re.compile(rf"{_PERSON_NOUN.pattern}[^.;:]{{0,120}}?\b(?:itu|ini|tersebut)\b", re.IGNORECASE)
_SO_CALLED = re.compile(rf",\s+({_PERSON_NOUN.pattern}[^,.]{{0,60}}?\b(?:itu|ini))\s", re.IGNORECASE)
_NOT = re.compile(r"\b(?:belum|tidak|tak|enggan|bukan|not|never)\s*$", re.IGNORECASE)
FEWEST = 4  # words from which a quotation without a verb beside it is speech and no title or scare quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """text[start:end] are the words; `speaker` is the fullest name that the article gives, "" where it stays open."""

    start: int
    end: int
    speaker: str
    role: str
    verb: str
    direct: bool
    named: bool  # whether `speaker` is a name and not "seorang warga"
    via: str = ""  # the source that the article has it from: "seperti dilansir The Guardian yang mengutip Reuters" -> "Reuters"


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    person: Person | None
    verb: str
    direct: bool
    via: str


def quotations(text: str, masks: Sequence[tuple[int, int]] = (), *, title: str = "") -> tuple[Quotation, ...]:
    """Every quotation and reported saying of an article, in order. What lies in `masks` (spans of `text`) is left out.

    `title` is the headline: of "Ronaldo: Privasi Saya Telah Hilang" the article's first "katanya" may be.
    """
    hidden = blanked(text, masks)
    found = list(_Reading(hidden, title).read())
    return tuple(
        Quotation(
            start=one.start,
            end=one.end,
            speaker=one.person.name if one.person else "",
            role=one.person.role if one.person else "",
            verb=one.verb,
            direct=one.direct,
            named=bool(one.person and one.person.named),
            via=one.via,
        )
        for one in sorted(found, key=lambda each: (each.start, each.end))
    )


class _Reading:
    """One pass over an article, from its first sentence to its last."""

    def __init__(self, text: str, title: str) -> None:
        self.text = text
        self.quotes = paired(text)
        self.people = People(text)
        self.at = 0
        headline = _HEADLINE.match(title)
        if headline and parted(headline["who"])[1]:
            self.people.focus = self.people.who(headline["who"])
        self.last: _Found | None = None  # the quotation before

    def read(self) -> Iterator[_Found]:
        place = 0
        for start, end in units(self.text, self.quotes):
            self.at = start
            inside = []
            while place < len(self.quotes) and self.quotes[place][0] < end:
                inside.append(self.quotes[place])
                place += 1
            if inside:
                yield from self._quoted(start, end, inside)
            else:
                yield from self._unquoted(start, end)

    def _quoted(self, start: int, end: int, inside: Sequence[tuple[int, int]]) -> Iterator[_Found]:
        """A unit with quotations in it."""
        at = start
        for number, (first, last) in enumerate(inside):
            before = self.text[at : max(at, first - 1)]
            stop = inside[number + 1][0] - 1 if number + 1 < len(inside) else end
            after = self.text[min(last + 1, stop) : stop].lstrip(',"”» \n')
            one = self._attributed(first, last, before, after, alone=not before.strip())
            at = last + 1
            if one is not None:
                yield one
                self.last = one
                if one.person is not None:
                    self.people.focus = one.person

    def _attributed(self, first: int, last: int, before: str, after: str, *, alone: bool) -> _Found | None:
        """The quotation at text[first:last] with its speaker; None where it is no speech."""
        quoted = self.text[first:last]
        words = len(quoted.split())
        via = origin(after) or origin(before)
        if alone or words >= FEWEST:
            for maker in (self._verb_after, self._subject_after):
                hit = maker(after)
                if hit is not None and words > 1:
                    return _Found(first, last, hit[0], hit[1], True, via)
        hit = self._before(before)
        if hit is not None and words > 1:
            return _Found(first, last, hit[0], hit[1], True, via)
        if words < FEWEST or _title(quoted):
            return None
        if not alone and not re.search(r"[.!?:,]\W*$", before):  # words marked inside a sentence that tells nothing of speech
            return None
        if self.people.focus is not None and (self.last is not None or self._spoke) and not after.strip(" .,\n"):
            return _Found(first, last, self.people.focus, "", True, via)
        return None

    _spoke = False  # whether the sentence before reported speech

    def _verb_after(self, after: str) -> tuple[Person | None, str] | None:
        match = AFTER.match(after)
        if match is None:
            return None
        if match["his"]:
            return self._he(), match["his"]
        if _DESCRIBED.match(match["rest"]):
            return self._he(), match["verb"]
        phrase = speaker_phrase(match["rest"])
        if phrase.casefold() in PRONOUNS:
            return self._he(), match["verb"]
        alias = re.match(rf"{re.escape(phrase)},\s*(?:begitu\s+)?(?:sapaan|panggilan)", match["rest"]) if phrase else None
        if alias:
            self.people.alias(phrase)
            return self.people.focus, match["verb"]
        if not phrase and not match["rest"].strip(" ,."):  # the name was a link that the text has lost
            return self._he(), match["verb"]
        if self.people.is_office(phrase) and not parted(phrase)[1] and re.match(r"[^.;:]*\b(?:itu|tersebut)\W*$", match["rest"]):
            return self._he(), match["verb"]
        return (self.people.who(phrase), match["verb"]) if phrase and _someone(phrase) else None

    def _he(self) -> Person | None:
        """Whom "dia" stands for: the one in focus, else the last person named with an office before this sentence."""
        if self.people.focus is None:
            self.people.focus = self.people.nearest(self.text[max(0, self.at - 1200) : self.at])
        return self.people.focus

    def _subject_after(self, after: str) -> tuple[Person | None, str] | None:
        match = SUBJECT_AFTER.match(after)
        if match is None or len(match["who"].split()) > 9:
            return None
        who = match["who"].strip()
        if who.casefold() in PRONOUNS or parted(who)[1] or re.match(r"(?:seorang|salah satu|sang|pria|wanita|perempuan)\b", who):
            return self.people.who(who), match["verb"]
        return None

    def _before(self, before: str) -> tuple[Person | None, str] | None:
        """The speaker named in the words before a quotation of the same sentence or of the one that ends in a verb of speech."""
        tail = before.rsplit("\n", 1)[-1] if before.strip() else ""
        matches = list(REPORTS.finditer(tail + " "))
        if not matches:
            according = ACCORDING.match(tail.lstrip())
            if according:
                return self.people.who(according["who"] or according["whom"] or according["said"] or "dia"), "menurut"
            return None
        for verb in reversed(matches):  # "Putin membalasnya dengan mengatakan"
            who = subject(_clause(tail[: verb.start()]))
            if who and _someone(who):
                return self.people.who(who), matches[-1]["verb"]
        return (self.people.focus, matches[-1]["verb"]) if self.people.focus is not None else None

    def _unquoted(self, start: int, end: int) -> Iterator[_Found]:
        """A sentence without marks: speech that it reports, and whom it is about."""
        sentence = self.text[start:end]
        self._spoke = False
        made = self._inserted(sentence) or self._according(sentence) or self._reported(sentence)
        if made is None:
            self._watch(sentence)
            return
        first, last, person, verb = made
        self._spoke = True
        if person is not None:
            self.people.focus = person
        if verb.casefold() in NOISE:
            return
        while last > first and sentence[last - 1] in " .\n":
            last -= 1
        one = _Found(start + first, start + last, person, verb, False, origin(sentence))
        if len(sentence[first:last].split()) >= FEWEST:
            self.last = one
            yield one

    def _inserted(self, sentence: str) -> tuple[int, int, Person | None, str] | None:
        match = INSERTED.search(sentence)
        if match is None:
            return None
        who = "dia" if match["his"] else speaker_phrase(match["who"])
        return (0, len(sentence), self.people.who(who), match["his"] or match["verb"]) if who else None

    def _according(self, sentence: str) -> tuple[int, int, Person | None, str] | None:
        if passive := PASSIVE.match(sentence):
            return passive.end(), len(sentence), self.people.focus, "dijelaskan"
        match = ACCORDING.match(sentence)
        if match is None:
            return None
        who = (match["who"] or match["whom"] or match["said"] or "dia").strip()
        return (match.end(), len(sentence), self.people.who(who), "menurut") if who and _someone(who) else None

    def _reported(self, sentence: str) -> tuple[int, int, Person | None, str] | None:
        for match in REPORTS.finditer(sentence):
            clause = _clause(sentence[: match.start()])
            who = subject(clause)
            denied = _NOT.search(sentence[: match.start()])
            if not who or denied or not _someone(who) or len(who.split()) > 16:
                continue
            return match.end("that"), len(sentence), self.people.who(who), match["verb"]
        return None

    def _watch(self, sentence: str) -> None:
        """Put into focus the person that a sentence opens with, so that "ujarnya" after it finds them."""
        head = _AFTER_SUBJECT.split(sentence.strip()[:160], maxsplit=1)[0]
        who = subject(head)
        if _PERSON_NOUN.match(who) and re.search(r"\b(?:itu|ini|tersebut)$", who):
            self.people.focus = self.people.described(who, head[: head.rfind(who)])
            return
        if mention := _SO_CALLED.search(sentence):
            self.people.focus = self.people.described(mention[1], sentence[: mention.start()])
            return
        role, name = parted(who)
        if not name or len(who.split()) > 12 or who == sentence.strip():
            return
        known = self.people.known(name)
        if known is not None and not known.body:
            self.people.focus = known
        elif role and parted(who)[1] and self.people.is_office(role):
            self.people.focus = self.people.who(who)


def _clause(before: str) -> str:
    """The clause that a verb at the end of `before` belongs to: what a relative or a subordinate clause opens is left."""
    return re.split(r"(?<=[.;!?])\s", before.rstrip())[-1]


def _someone(who: str) -> bool:
    """Can this noun phrase speak? A pronoun, a name, an office or a person in so many words."""
    folded = who.casefold()
    if folded in PRONOUNS or folded in {"mereka", "they", "kami", "kita"}:
        return folded not in {"kami", "kita"}
    if _LEFT_OPEN.search(folded):
        return False
    if re.search(r"\b(?:yang|untuk|agar|karena|dalam|pada)\b", folded) and not parted(who)[1]:
        return False
    return (
        bool(parted(who)[1])
        or bool(_SOMEBODY.match(folded))
        or (bool(re.search(r"\b(?:itu|ini|tersebut)$", folded)) and (bool(_PERSON_NOUN.match(folded)) or People.is_office(who)))
        or (who[:1].isupper() and len(who.split()) <= 7 and (People.is_office(who) or People.is_body(who)))
    )


def _title(quoted: str) -> bool:
    """A title or a name: every longer word has a capital."""
    long = [word for word in quoted.split() if len(word) > 3]
    return bool(long) and all(word[0].isupper() or not word[0].isalpha() for word in long) and quoted[-1] not in ".!?"
