"""Dated events of a name over an archive: which sentence tells when what happened to it, and who else tells the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.answer.verify.citing import citation
from qa.corpus.dated import Dated, Span, dated_sentences
from qa.corpus.sources import Source, independent
from qa.index.mentioning import Called, called, name_words, rows_with
from qa.language import lists
from qa.language.lists import one_of
from qa.language.speech.relays import relays
from qa.language.text import fold, terms
from qa.language.text.words import FUNCTION_WORDS, stem
from qa.language.time.moments import Moment
from qa.schema import Article, Citation

if TYPE_CHECKING:
    from qa.index.generation import Generation

SAME = 0.5  # share of the fewer words from which two sentences of one day tell one event
_REFERS = re.compile(
    rf"\b(?!(?:{one_of(lists.cue('no-reference'))})\b)\w+\s+(?:tersebut|itu)\b|\b(?:This|That)\s+\w+", re.IGNORECASE
)
_REPORTED = re.compile(rf"(?:[\"”][^\"“”]*|\b(?:{lists.alternatives('phrases', 'reported')})\b[^.;]{{0,60}})$", re.IGNORECASE)
_LABEL = re.compile(rf"(?:^|\s)(?!(?:{one_of(lists.cue('before-time'))})\s)(?:[A-Z][\w-]*|\d+)\s(?:-\s)?$")
_OPENS_WITH_IT = re.compile(r"^\W*(?:[^\W\d_]+\s+){1,4}?(?:tersebut|itu)\b|^\W*(?:The|This|That)\s+\w+\b")
_RELATIVE = re.compile(r",?\s\b(?:yang|which|who|whose)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:setelah|sejak|sebelum|akibat|after|since|before)\s+(?:runtuhnya|berakhirnya|usainya|the)\b", re.IGNORECASE
)
_LIGHT = frozenset("proses mulai laku jadi hari tahun tanggal bulan wib waktu pada".split())
_CAPITAL = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to the name between two days, both included, at `precision`; `citations` are its reports, earliest first.

    `independent` sources report it, `copies` of them; `differs` are the numbers of events (from 1) that tell the same of other days.
    """

    n: int
    first: date
    last: date
    precision: str
    citations: tuple[Citation, ...]
    independent: int
    copies: int
    differs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _DatedSentence:
    article: Article
    start: int
    end: int
    moment: Moment
    wanted: frozenset[str]  # the words of the name
    clause: frozenset[str]

    def words(self) -> frozenset[str]:
        """The stems that say what happened."""
        return _content(self.article.text[self.start : self.end], self.moment.text, self.wanted)


def timeline(
    generation: Generation, name: str, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> tuple[Event, ...]:
    """The events of `name` that articles of `window` (days of publication) and `outlets` tell, the earliest first."""
    stories = generation.articles.stories()
    who = None if _described(name) else called(generation, name, window=window, outlets=outlets)
    if who is not None:
        found = generation.articles.dated("id", list(who.forms))
    else:
        found = generation.articles.dated("row", rows_with(generation, name, window=window, outlets=outlets))
    return _events(found, name, stories, who)


def events(
    articles: Iterable[Article], name: str, stories: dict[str, str] | None = None, who: Called | None = None
) -> tuple[Event, ...]:
    """The events of `name` in `articles`; `stories` gives an article's story, for those that are copies, `who` the forms of the name."""
    return _events(((article, dated_sentences(article)) for article in articles), name, stories, who)


def _events(
    found: Iterable[tuple[Article, Sequence[Dated]]], name: str, stories: dict[str, str] | None, who: Called | None
) -> tuple[Event, ...]:
    events_ = [one for article, dated in found for one in _of_name(article, dated, _forms(article, name, who))]
    events_.sort(
        key=lambda one: (one.moment.first, one.moment.last, one.article.published or date.max, one.article.source, one.start)
    )
    groups: list[list[_DatedSentence]] = []
    on_day: dict[tuple[date, date], list[tuple[frozenset[str] | None, list[_DatedSentence]]]] = defaultdict(list)
    for one in events_:
        same = on_day[one.moment.first, one.moment.last]
        words = one.words() if same else frozenset()  # a day that one sentence alone tells needs no comparing
        if len(same) == 1 and same[0][0] is None:
            same[0] = (same[0][1][0].words(), same[0][1])
        alike = next((group for theirs, group in same if theirs is not None and _alike(theirs, words) >= SAME), None)
        if alike is None:
            groups.append([one])
            same.append((words if same else None, groups[-1]))
        else:
            alike.append(one)
    made: list[Event] = []
    number = 0
    for place, group in enumerate(groups, start=1):
        cited: list[Citation] = []
        for one in group:
            if any(each.article_id == one.article.id for each in cited):
                continue
            number += 1
            cited.append(citation(number, one.article, one.start, one.end))
        alone, copies = independent(
            [
                Source(article_id=c.article_id, outlet=c.outlet, story=(stories or {}).get(c.article_id, ""), text=c.quote)
                for c in cited
            ]
        )
        first = group[0].moment
        made.append(
            Event(
                n=place,
                first=first.first,
                last=first.last,
                precision=first.precision,
                citations=tuple(cited),
                independent=alone,
                copies=copies,
            )
        )
    return tuple(replace(event, differs=differs) for event, differs in zip(made, _differs(groups), strict=True))


def _described(name: str) -> bool:
    """Is it a common noun with a name ("trem Lamura")? Articles write that with small and capital letters, and with words between the two."""
    first, _, rest = name.strip().partition(" ")
    return first.islower() and any(word[:1].isupper() for word in rest.split())


def _differs(groups: Sequence[Sequence[_DatedSentence]]) -> list[tuple[int, ...]]:
    """For each event the others that say the same words of days that do not touch its own, in another article."""
    cores = [group[0].clause - _LIGHT for group in groups]
    same: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, core in enumerate(cores):
        if core:
            same[core].append(place)
    return [
        tuple(
            other + 1
            for other in same.get(core, ())
            if groups[other][0].article.id != group[0].article.id
            and (groups[other][0].moment.last < group[0].moment.first or group[0].moment.last < groups[other][0].moment.first)
        )
        for core, group in zip(cores, groups, strict=True)
    ]


def _forms(article: Article, name: str, who: Called | None) -> tuple[frozenset[str], ...]:
    """The words of each form under which an article has a name."""
    return (who.forms.get(article.id, ()) if who else ()) or (name_words(name),)


def _of_name(article: Article, dated: Sequence[Dated], forms: Sequence[frozenset[str]]) -> Iterator[_DatedSentence]:
    """The dated sentences of one article that tell a day of a name."""
    wanted = frozenset().union(*forms)
    needles = [max(form, key=len) for form in forms if form]
    text = article.text

    def about(span: Span | None) -> bool:
        if span is None:
            return False
        folded = fold(text[slice(*span)])
        return any(needle in folded for needle in needles) and any(form <= name_words(folded) for form in forms)

    starts = {one.start for one in dated}
    for one in dated:
        sentence, named = text[one.start : one.end], about((one.start, one.end))
        if named or (
            one.before
            and one.before[1] + 4 >= one.start
            and about(one.before)
            and _continues(sentence, one.moments[0].start - one.start)
        ):
            for moment in one.moments:
                if _belongs(sentence, moment, one.start, wanted):
                    yield _made(article, one.start, one.end, moment, wanted)
        if one.after and one.after[0] not in starts and len(one.moments) == 1:
            begin, stop = one.after  # "Pertemuan itu digelar di Vostochny": when, the sentence before says
            gap = text[one.end : begin]
            if not gap.strip() and "\n\n" not in gap and _OPENS_WITH_IT.match(text[begin:stop]) and about(one.after):
                yield _made(article, one.start, stop, one.moments[0], wanted)


def _continues(sentence: str, at: int) -> bool:
    """Does a sentence continue about what the one before named: by a word that points back, or with no other name before its date?"""
    head = sentence[: max(at, 0)]
    if _REFERS.search(sentence):
        return True
    return not _CAPITAL.search(head[1:])


def _belongs(sentence: str, moment: Moment, start: int, wanted: frozenset[str]) -> bool:
    """Is the date one of the main clause, or of a relative clause that hangs on the name itself?"""
    at = moment.start - start
    if _SUBORDINATE.search(sentence[:at]) or _REPORTED.search(sentence[:at]):
        return False  # when the Soviet Union fell, or when somebody said so
    if _LABEL.search(sentence[:at]) and not re.search(r"[A-Za-z]\S*\s.*\d{4}|\(|^[A-Z]\w+,?\s\d", moment.text):
        return False  # "GIIAS 2019", "Stadion 17 Mei"
    relatives = list(_RELATIVE.finditer(sentence, 0, at))
    if not relatives:
        return True
    relative = relatives[-1]
    closed = sentence.find(",", relative.end(), at)
    if closed >= 0:
        return True
    head = sentence[: relative.start()].split()[-3:]
    return bool(wanted & name_words(" ".join(head))) or sentence[relative.start()] != ","


def _made(article: Article, start: int, end: int, moment: Moment, wanted: frozenset[str]) -> _DatedSentence:
    text = article.text
    clause = re.split(r",\s|\s(?:dan|and|ketika|when)\s", text[start : moment.start])[-1]
    return _DatedSentence(
        article,
        start,
        end,
        moment,
        wanted,
        _content(clause, "", wanted | _kind(clause, wanted)),
    )


def _content(text: str, dated_text: str, wanted: frozenset[str]) -> frozenset[str]:
    """The stems of the words of a sentence that say what happened."""
    dates = set(terms(dated_text))
    for relay in relays(text):
        dates |= set(terms(relay.source))
    return frozenset(
        stem(word)
        for word in terms(text)
        if word not in FUNCTION_WORDS and word not in wanted and word not in dates and len(word) > 2
    )


def _kind(clause: str, wanted: frozenset[str]) -> frozenset[str]:
    """The noun before a name and says what it is: "Kosmodrom" of "Kosmodrom Vostochny"."""
    found = clause.split()
    return frozenset(
        word
        for before, after in pairwise(found)
        if name_words(after) & wanted and before[:1].isupper()
        for word in name_words(before)
    )


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
