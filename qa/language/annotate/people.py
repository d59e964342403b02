"""Speakers: the words that name one, parted into role and name, and which person of the article they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa.language import lists
from qa.language.annotate.names import OPENERS, TITLES, names
from qa.language.annotate.speech_verbs import ACTIVE, BARE
from qa.language.text.words import listed

PRONOUNS = listed("dia ia beliau dirinya pihaknya he she nya")
_ARTICLE = re.compile(r"(?:al|el|ul|an|as)-[A-Z]")
_THAT_ONE = re.compile(r"\b(?:itu|tersebut|ini|tadi)$")
_DEGREE = re.compile(r"^(?:[MSD]\.?(?:[A-Z][a-z]{0,3}\.?){1,2}|Ph\.?D|MSc|MBA|Lc|Tbk|Jr|Sr)\.?$")
_PARENTHESES = re.compile(r"\s*\([^)]*\)?")
_ADVERBS = re.compile(rf"\s+(?:{lists.alternatives('phrases', 'before-verb')})$", re.IGNORECASE)
HOLDERS = TITLES | lists.words("common_nouns", "office")
"""Words for the holder of an office, and titles."""
_BODIES = lists.words("common_nouns", "body")
LANDS = lists.words("common_nouns", "land")
ORGANISATIONS = lists.words("common_nouns", "organisation")
_INSTITUTIONS = HOLDERS | _BODIES
_NO_NAME = _INSTITUTIONS | LANDS
_APPOSITION = re.compile(r"^(?:seorang|salah\s+satu|sang|si|para|sejumlah|the|a|an)\b", re.IGNORECASE)
_SPEAKING = re.compile(
    rf"\b(?:{BARE}|[Mm]enurut|di\w+kan)\s+([A-Z][\w'’-]+)\b(?!\s+[A-Z])|(?:^|[.!?,\"”]\s+|\n)([A-Z][\w'’-]+)\s+(?:\w+\s+)?{ACTIVE}\b",
    re.MULTILINE,
)
_GOVERNS = re.compile(r"\b(?:bupati|kota|gubernur|camat|lurah|desa|dusun|kapol\w+|dandim|danrem|kajari|sekda)$", re.IGNORECASE)
_LEADS = listed("saat ketika menurut kepada melansir dilansir dikutip mengutip bersama usai setelah selain")
_CONNECTORS = re.compile(rf"^(?:(?:{lists.alternatives('phrases', 'connector')}),?\s+)+")


@dataclass(slots=True)
class Person:
    """Somebody who speaks: the fullest name that the article gives, and the role given with it."""

    name: str
    role: str = ""
    named: bool = True
    body: bool = False  # an institution, which "dia" does not stand for
    short: set[str] = field(default_factory=set)


def parted(phrase: str) -> tuple[str, str]:
    """(role, name) of a noun phrase: "Ketua Majelis Hakim Rita Elsy" -> ("Ketua Majelis Hakim", "Rita Elsy").

    The name is "" where the phrase names nobody ("seorang warga").
    """
    clean = " ".join(_PARENTHESES.sub(" ", phrase).replace("\n", " ").split()).strip(" ,.;:\"“”'")
    segments = [part.strip() for part in clean.split(",") if part.strip() and not _DEGREE.match(part.strip())]
    if not segments:
        return clean, ""
    clean = segments[0]
    if len(segments) > 1:
        for place in (len(segments) - 1, 0):
            if _only_name(segments[place]):
                rest = segments[:place] + segments[place + 1 :]
                return ", ".join(part for part in rest if not _only_name(part)), segments[place]
        clean = segments[-1]
    tokens = clean.split()
    if not tokens or _APPOSITION.match(clean):
        return clean, ""
    while len(tokens) > 1 and tokens[-1].islower() and _nameable(tokens[-2], last=True) and not _THAT_ONE.match(tokens[-1]):
        tokens = tokens[:-1]  # "Erry sesaat"
    start = len(tokens)
    while start and _nameable(tokens[start - 1], last=start == len(tokens)):
        start -= 1
    name = tokens[start:]
    return " ".join(tokens[:start]), " ".join(name)


def _only_name(segment: str) -> bool:
    tokens = segment.split()
    return 0 < len(tokens) <= 5 and all(_nameable(token, last=True) for token in tokens) and not tokens[0].isupper()


def _nameable(token: str, *, last: bool) -> bool:
    """May a token be part of a person's name?"""
    bare = token.strip(".,'’\"")
    folded = bare.casefold()
    if _ARTICLE.match(bare):
        return True
    if folded in OPENERS:
        return False
    if not bare or not bare[0].isupper() or folded in _NO_NAME:
        return folded in {"bin", "binti", "al", "van", "der", "de"} and not last
    return not (bare.isupper() and len(bare) > 2 and not last and len(bare) < 8)


def _parts(name: str) -> set[str]:
    """The words by which one name is found again: those of "Turki al-Malki" are three."""
    words = set(name.split())
    return words | {_ARTICLE.sub(lambda match: match.group()[-1], word) for word in words}


def _office(token: str) -> bool:
    return token.strip(".,").casefold() in _NO_NAME


def institution(token: str) -> bool:
    """Is a word part of an institution's name or an office, and no place?"""
    return token.strip(".,").casefold() in _INSTITUTIONS


def subject(clause: str) -> str:
    """The noun phrase at the end of `clause`, which a verb follows: "Sementara itu, Putin kemudian" -> "Putin"."""
    clause = _CONNECTORS.sub("", " ".join(clause.split()).strip())
    for cut in (" bahwa ", " that ", " sebab ", " karena "):
        clause = clause.rsplit(cut, 1)[-1]
    while (shorter := _ADVERBS.sub("", clause.rstrip(" ,"))) != clause:
        clause = shorter
    plain = _PARENTHESES.sub(" ", clause)
    segments = [part.strip() for part in plain.split(",") if part.strip()]
    if not segments:
        return ""
    last = segments[-1]
    if len(segments) > 1:
        before = segments[-2]
        if (
            _only_name(last)
            and any(word.casefold() in HOLDERS for word in before.split()[:3])
            and before.split(maxsplit=1)[0].casefold() not in _LEADS
        ):
            return f"{before}, {last}"
        if _only_name(before) and _speaks_of_office(last) and last.split(maxsplit=1)[0].casefold() in HOLDERS:
            return f"{before}, {last}"
    return last


def _speaks_of_office(phrase: str) -> bool:
    head = phrase.split()[:3]
    return any(_office(token) for token in head)


class People:
    """The people of one article, in the order in which they are met."""

    def __init__(self, text: str) -> None:
        self._runs = [text[start:end].replace("\n", " ") for start, end in names(text)]
        lone = [run for run in self._runs if len(run.split()) == 1 and _nameable(run, last=True)]
        speaking = {match[1] or match[2] for match in _SPEAKING.finditer(text)}
        self._places = frozenset(lone) - speaking  # "Napoli", which stands alone elsewhere and says nothing, is no first name
        self._short = frozenset(lone) & speaking
        self._all: list[Person] = []
        self.focus: Person | None = None

    def who(self, phrase: str) -> Person | None:
        """The person that `phrase` means: a pronoun or "pelatih itu" the one in focus, a name the one of that name.

        None for a phrase that stands for somebody when nobody has been named.
        """
        phrase = " ".join(phrase.split()).strip(' ,.;:"“”')
        folded = phrase.casefold()
        if not phrase or folded in PRONOUNS or folded.split(maxsplit=1)[0] in {"dia", "ia", "beliau"}:
            return self.focus
        role, name = self._parted(phrase)
        if name and _THAT_ONE.search(folded) and not _nameable(phrase.split(maxsplit=1)[0], last=True):
            role, name = phrase, ""  # "mantan Ketua KPK pengganti Antasari Azhar itu"
        if not name:
            return self._unnamed(phrase, role)
        tokens = _parts(name)
        for person in reversed(self._all):
            own = _parts(person.name)
            if person.named and (tokens <= own or own <= tokens or (len(tokens) == 1 and tokens <= person.short)):
                if len(tokens) > len(own):
                    person.name = name
                person.role = person.role or role
                return person
        role, name = self._fullest(role, name)
        body = (role or name).split(maxsplit=1)[0].casefold() in ORGANISATIONS or (
            name.isupper() and len(name.split()) == 1 and len(name) <= 6
        )
        person = Person(name=name, role=role, body=body)
        self._all.append(person)
        return person

    def nearest(self, before: str) -> Person | None:
        """The last person named with an office in `before`, where none is in focus."""
        for start, end in reversed(names(before)):
            role, name = self._parted(before[start:end])
            office = role or before[max(0, start - 60) : start].rstrip(" ,").rsplit(".", 1)[-1]
            if name and any(_office(token) for token in office.split()):
                return self.who(f"{role} {name}")
        return None

    def described(self, phrase: str, before: str) -> Person | None:
        """Who "pemain Manchester City itu" is: the last person that `before`, the sentence up to it, names; else the one in focus."""
        for start, end in reversed(names(before)):
            name = self._parted(before[start:end])[1]
            if name and name not in self._places:
                return self.who(name)
        return self.focus if phrase else None

    @staticmethod
    def is_body(phrase: str) -> bool:
        """Does a phrase open with an institution ("Otoritas", "Kementerian")?"""
        return phrase.split(maxsplit=1)[0].strip(".,").casefold() in ORGANISATIONS if phrase.split() else False

    def known(self, name: str) -> Person | None:
        """The person met before whose name holds `name`."""
        tokens = _parts(name)
        return next((person for person in reversed(self._all) if person.named and tokens <= _parts(person.name)), None)

    @staticmethod
    def is_office(phrase: str) -> bool:
        """Does a phrase open with an office ("Kapolres", "Ketua Umum")?"""
        return phrase.split(maxsplit=1)[0].strip(".,").casefold() in HOLDERS if phrase.split() else False

    def alias(self, short: str) -> None:
        """Whoever is in focus is also called `short`."""
        if self.focus is not None:
            self.focus.short.add(short)

    def _parted(self, phrase: str) -> tuple[str, str]:
        role, name = parted(phrase)
        words = name.split()
        while len(words) > 1 and words[0] in self._places and self._short & set(words[1:]):
            role, words = f"{role} {words[0]}".strip(), words[1:]
        if len(words) > 1 and words[1] in self._short and _GOVERNS.search(role):
            role, words = f"{role} {words[0]}", words[1:]  # "Bupati Karawang Dewi Anggraini", who is called Dewi
        return role, " ".join(words)

    def _fullest(self, role: str, name: str) -> tuple[str, str]:
        """The longest name of the article that holds this one, with the role before it there."""
        tokens = name.split()
        best_role, best = role, tokens
        for run in self._runs:
            found_role, found = self._parted(run)
            words = found.split()
            if len(words) > len(best) and len(words) <= 6 and set(tokens) <= set(words):
                best_role, best = role or found_role, words
            elif words == best and not best_role:
                best_role = found_role
        return best_role, " ".join(best)

    def _unnamed(self, phrase: str, role: str) -> Person | None:
        """Somebody without a name: the one in focus ("pemain itu"), the holder of an office that was named ("Kapolres"), or a stranger."""
        wanted = {token.casefold() for token in role.split()}
        if not _APPOSITION.match(phrase):
            for person in reversed(self._all):
                own = {token.casefold() for token in person.role.split()}
                if person.role and wanted - {"itu", "tersebut", "ini"} <= own and wanted & HOLDERS:
                    return person
            if _THAT_ONE.search(phrase.casefold()) and self.focus is not None and not (wanted & ORGANISATIONS):
                return self.focus
        for person in reversed(self._all):
            if not person.named and person.name.casefold() == phrase.casefold():
                return person
        person = Person(name=phrase, named=False, body=bool(wanted & ORGANISATIONS))
        self._all.append(person)
        return person
