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
from qa.corpus.passages import cut
from qa.corpus.sources import Source, independent
from qa.index.mentioning import Called, called, name_words, naming
from qa.language import calendar, lists
from qa.language.lists import one_of
from qa.language.speech.relays import relays
from qa.language.text import fold, terms
from qa.language.text.words import FUNCTION_WORDS, stem
from qa.language.time.moments import Moment, moments
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
_PERIOD = re.compile(r"\b(?:terakhir|mendatang|ke\s+depan|last|past|next)\b", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s\b(?:yang|which|who|whose)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(?:setelah|sejak|sebelum|akibat|after|since|before)\s+(?:runtuhnya|berakhirnya|usainya|the)\b", re.IGNORECASE
)
_TIME = re.compile(rf"\d|\b(?:{lists.alternatives('phrases', 'time-word')}|{one_of(calendar.months('full'))})\b", re.IGNORECASE)
_LATER = re.compile(rf"\b(?:{lists.alternatives('phrases', 'time-after')})\b", re.IGNORECASE)
_LIGHT = frozenset("proses mulai laku jadi hari tahun tanggal bulan wib waktu pada".split())
_CAPITAL = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to the name between two days, both included, at `precision`; `citations` are its reports, earliest first.

    `independent` sources stand behind it, `copies` of them; `differs` are the numbers of events (from 1) that tell the same of other days.
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
    words: frozenset[str]
    clause: frozenset[str]


def timeline(
    generation: Generation, name: str, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> tuple[Event, ...]:
    """The events of `name` that articles of `window` (days of publication) and `outlets` tell, the earliest first."""
    stories = generation.articles.stories()
    who = called(generation, name, window=window, outlets=outlets)
    return events(naming(generation, name, who, window=window, outlets=outlets), name, stories, who)


def events(
    articles: Iterable[Article], name: str, stories: dict[str, str] | None = None, who: Called | None = None
) -> tuple[Event, ...]:
    """The events of `name` in `articles`; `stories` gives an article's story, for those that are copies, `who` the forms of the name."""
    dated = [one for article in articles for one in _dated_sentences(article, _forms(article, name, who))]
    dated.sort(
        key=lambda one: (one.moment.first, one.moment.last, one.article.published or date.max, one.article.source, one.start)
    )
    groups: list[list[_DatedSentence]] = []
    on_day: dict[tuple[date, date], list[list[_DatedSentence]]] = defaultdict(list)
    for one in dated:
        days = (one.moment.first, one.moment.last)
        same = on_day[days]
        alike = next((group for group in same if _alike(group[0].words, one.words) >= SAME), None)
        if alike is None:
            groups.append([one])
            same.append(groups[-1])
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


def _dated_sentences(article: Article, forms: Sequence[frozenset[str]]) -> Iterator[_DatedSentence]:
    """The sentences of one article that tell a day of a name."""
    wanted = frozenset().union(*forms)
    whole = list(_sentences(article))
    needles = [max(form, key=len) for form in forms if form]
    about = []
    for start, end in whole:
        folded = fold(article.text[start:end])
        about.append(any(needle in folded for needle in needles) and any(form <= name_words(folded) for form in forms))
    if not any(about):
        return
    for place, (start, end) in enumerate(whole):
        sentence = article.text[start:end]
        before = place > 0 and about[place - 1] and whole[place - 1][1] + 4 >= start
        if not about[place] and not before:
            continue
        near = _moments(article, whole, place, start)
        if about[place] and not near and place and _OPENS_WITH_IT.match(sentence):
            begin, stop = whole[place - 1]  # "Pertemuan itu digelar di Vostochny": when, the sentence before says
            earlier = _moments(article, whole, place - 1, begin)
            gap = article.text[stop:start]
            if len(earlier) == 1 and not gap.strip() and "\n\n" not in gap:
                yield _made(article, begin, end, earlier[0], wanted)
            continue
        if not near or not (about[place] or _continues(sentence, near[0].start - start)):
            continue
        for moment in near:
            if _belongs(sentence, moment, start, wanted):
                yield _made(article, start, end, moment, wanted)


def _moments(article: Article, whole: Sequence[tuple[int, int]], place: int, start: int) -> list[Moment]:
    """The dated moments of one sentence; "dua hari kemudian" may be counted from the two sentences before it."""
    end = whole[place][1]
    if not _TIME.search(article.text, start, end):
        return []
    begin = whole[max(0, place - 2)][0] if _LATER.search(article.text, start, end) else start
    found = [
        replace(one, start=one.start + begin, end=one.end + begin) for one in moments(article.text[begin:end], article.published)
    ]
    return [one for one in found if start <= one.start and _event(one)]


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    """The sentences outside the masks, in order."""
    yield from ((passage.start, passage.end) for passage in cut(article, passage_chars=1))


def _event(moment: Moment) -> bool:
    """Not a stretch that is counted back or ahead ("dalam empat tahun terakhir")."""
    return not (moment.precision == "range" and _PERIOD.search(moment.text)) and moment.precision != "century"


def _continues(sentence: str, at: int) -> bool:
    """Does a sentence go on about what the one before named: by a word that points back, or with no other name before its date?"""
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
        _content(text[start:end], moment.text, wanted),
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
    """The noun that stands before a name and says what it is: "Kosmodrom" of "Kosmodrom Vostochny"."""
    found = clause.split()
    return frozenset(
        word
        for before, after in pairwise(found)
        if name_words(after) & wanted and before[:1].isupper()
        for word in name_words(before)
    )


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
