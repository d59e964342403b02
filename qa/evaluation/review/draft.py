"""Cases that rules propose from articles: who said a quotation, when something happened, how many there were.

A rule knows form, not sense: what comes out is close to the article's words and may be clumsy. It waits as pending until a
person has accepted it, in better words. Idea of asking for a span that is taken out of its sentence: Lewis, Denoyer and Riedel,
ACL 2019.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qa.evaluation.review import expressions
from qa.evaluation.review.pending import FrozenSpan, Pending, named
from qa.evaluation.review.quotations import quoted_spans
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.language import calendar
from qa.language.annotate.names import names
from qa.language.text import fold, language, sentences, terms, words
from qa.schema import Article, Kind, Language

_SHORTEST, _LONGEST = 40, 320  # characters of a sentence that is asked about
_QUESTION = 170  # longest question; a longer one is a copied sentence
_ABBREVIATED = 4  # letters of a name before a full stop that may be the beginning of one
_NEAR = 5  # other sentences that hold the answer, shown to the person
_POINTING = re.compile(
    r"(?:dia|ia|mereka|beliau|itu|ini|hal itu|hal ini|keduanya|sementara itu|selain itu|namun|tetapi|he|she|it|they|this|that|these|those|but)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:itu|ini|tersebut|saya|kami|kita|ia|dia|mereka|he|she|they|we|his|her|their|this|that|these|those)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”„«»]")
_WEEKDAYS = calendar.weekdays(*calendar.PRINTED)
_BEFORE_DATE = re.compile(
    rf"(?:[\s,(]|\b(?:pada|sejak|mulai|hingga|sampai|hari|tanggal|bulan|tahun|on|in|since|until|at|{'|'.join(map(str.capitalize, _WEEKDAYS))})\b)*$"
)
_OF = re.compile(r"\b(?:dari|tentang|of|from|about)\s+$", re.IGNORECASE)  # "a cannon of the 17th century": nothing happened then
_DATELINE = re.compile(r"(?:[A-Z][\w.]*,?\s){1,6}[-–—]\s(?=[A-Z\"“])")
_JOINING = re.compile(r"(?:and|or|but|dan|atau|serta|lalu|kemudian|yang|which|who)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:]|,\s|\s\(|\s(?:ketika|saat|setelah|sebelum|karena|sehingga|sementara|sedangkan|namun|tetapi|when|after|before|because|while|but)\s"
)
_VERB = re.compile(
    r"\b(?:me(?:m|n|ng|ny|l|r|w)?\w{4,}|ber\w{3,}|di\w{4,}|ter\w{4,}|adalah|ada|akan|telah|sudah|tiba|datang|pergi|lahir|mulai|tewas|menang|"
    r"was|were|is|are|had|has|will|\w{3,}ed|began|came|went|took|won|met|held|said|made)\b"
)
_FIGURE = re.compile(
    r"(?:(?:Rp|US\$|USD|AS\$|\$|€|£)\.?\s?)?\d+(?:[.,]\d+)*(?:\s(?:ribu|juta|miliar|triliun|thousand|million|billion))?(?:\s?(?:%|persen|percent))?"
)
_SPEAKER_END = re.compile(r"\s(?:dalam|pada|di|kepada|saat|ketika|dari|seperti|kemudian|in|on|at|to|during)\s")
# "menyebabkan kerugian", "menurut pengukuran …": a clause whose subject is outside it asks nothing. Titles (menteri) and units begin so too.
_HEADLESS = re.compile(
    r"(?:me(?:m|n|ng|ny|l|r|w)(?!teri\b|ara\b|it\b|antu\b)\w{4,}|ber(?!ita\b|kas\b)\w{4,}|di\w{5,}|yang|untuk)\b"
)
_VERB_BEHIND = re.compile(r"\s(?:me(?:m|n|ng|ny|l|r|w)|ber|di)\w{4,}$")  # "6,2 mengguncang": the figure alone is meant
_MONEY = re.compile(r"^(?:Rp|US\$|USD|AS\$|\$|€|£)")


@dataclass(frozen=True, slots=True)
class _Place:
    """One sentence that may be asked about: text[start:end] of its article, unmasked."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def drafts(articles: Iterable[Article], *, limit: int = 10, passage_chars: int = 700) -> Iterator[Pending]:
    """At most `limit` proposed cases of each masked article, quotations, dates and numbers in turn; the same ones every time."""
    from qa.corpus.passages import cut

    places = [
        _Place(article, _after_dateline(article.text, start, end), end)
        for article in articles
        for passage in cut(article, passage_chars=passage_chars)
        for start, end in sentences(article.text, passage.start, passage.end)
    ]
    holding: dict[str, set[int]] = {}
    for row, place in enumerate(places):
        for word, _, _ in words(place.text):
            holding.setdefault(fold(word), set()).add(row)
    by_article: dict[str, list[_Place]] = {}
    for place in places:
        by_article.setdefault(place.article.id, []).append(place)
    for group in by_article.values():
        turns = [[(one, place) for place in group if _fits(place.text) for one in rule(place.text)] for rule in _RULES]
        in_turn = [each for row in zip_longest(*turns) for each in row if each is not None]
        for asked, place in in_turn[:limit]:
            yield _pending(asked, place, places, holding)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    answer: str
    kind: Kind
    tag: str


def _quotations(text: str) -> Iterator[_Asked]:
    """Who said it: for each direct quotation whose speaker is named in its sentence."""
    english = language(text) == "en"
    for one in quoted_spans(text):
        if 0 <= text.find(one.speaker) < one.start:  # before the quotation the speaker is in the clause of the verb
            speaker = one.speaker.rsplit(", ", 1)[-1]
        else:
            speaker = _SPEAKER_END.split(one.speaker)[0]
        named_ = [speaker[start:end] for start, end in names(speaker)]
        quote = " ".join(text[one.start : one.end].split())
        shortened = named_ and f"{named_[0]}." in text and len(named_[0]) <= _ABBREVIATED  # "Moh. Sadik"
        if one.direct and named_ and not shortened and len(quote.split()) >= 4 and len(quote) <= _QUESTION - 30:
            quote = quote.rstrip(".,!?")
            asked = f'Who said: "{quote}"?' if english else f'Siapa yang mengatakan "{quote}"?'
            yield _Asked(asked, named_[0], "who", "who_said")  # whoever speaks is named before those that are spoken of


def _dates(text: str) -> Iterator[_Asked]:
    """When: for the only time that a sentence names, what precedes it, or follows it where it comes first."""
    times = [(start, end) for start, end in expressions.times(text) if re.search(r"\d", text[start:end])]
    if len(times) != 1 or _QUOTED.search(text):
        return
    start, end = times[0]
    if _OF.search(text[:start]):
        return
    before = _BEFORE_DATE.sub("", text[:start])
    if after := _CLAUSE.split(before)[-1].strip():
        before = after
    rest = before
    if len(before.split()) < 3 or not _VERB.search(before):
        tail = text[end:].lstrip(" ),")
        rest = _CLAUSE.split(tail)[0].strip(" .")
    if len(rest.split()) < 3 or not _VERB.search(rest) or _INSIDE.search(rest) or _JOINING.match(rest) or _HEADLESS.match(rest):
        return
    question = f"When was it that {_opened(rest)}?" if language(text) == "en" else f"Kapan {_opened(rest)}?"
    yield _Asked(question, _balanced(text[start:end].strip()), "when", "factoid")


def _numbers(text: str) -> Iterator[_Asked]:
    """How many, how long: the figure is taken out where it is, which Indonesian allows and English understands."""
    if _QUOTED.search(text):
        return
    apart = [*expressions.times(text), *names(text)]
    lasting = expressions.durations(text)
    for start, end in expressions.numbers(text):
        figure = _FIGURE.match(text, start)
        if figure is None or any(start < b and a < end for a, b in apart) or not re.match(r"[\s.,;)]|$", text[figure.end() :]):
            continue
        left = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
        right = next((m for m in _CLAUSE.finditer(text, end) if not any(a <= m.start() < b for a, b in apart)), None)
        stop = right.start() if right else len(text)
        counted = text[figure.end() : stop].strip(" .")
        asked = "how much" if _MONEY.match(figure[0]) else "how many"
        opening = text[left:start].strip()
        clause = f"{opening} {asked if language(text) == 'en' else 'berapa'} {counted}".strip()
        if len(clause.split()) < 4 or _INSIDE.search(clause) or _POINTING.match(clause) or _balanced(clause) != clause:
            continue
        if _HEADLESS.match(opening):
            continue
        if not _VERB.search(f"{opening} | {counted}") or _CLAUSE.match(f" {opening} ") or not names(clause):
            continue
        kind: Kind = "how_long" if any(a <= start and end <= b + 1 for a, b in lasting) else "how_many"
        answer = _VERB_BEHIND.sub("", text[start:end].strip()) if counted else figure[0]
        yield _Asked(f"{clause[0].upper()}{clause[1:]}?", answer, kind, "factoid")


_RULES = (_quotations, _dates, _numbers)


def _balanced(text: str) -> str:
    """The text without a bracket at its edge that has no partner."""
    if text.count("(") == text.count(")"):
        return text
    return text.strip("()").strip()


def _after_dateline(text: str, start: int, end: int) -> int:
    """Where a sentence begins without "KOMPAS.com, Jakarta - ", which is no part of what it says."""
    dateline = _DATELINE.match(text, start, end)
    return dateline.end() if dateline else start


def _fits(text: str) -> bool:
    """A sentence that says by itself whom it speaks of, as far as form tells."""
    return _SHORTEST <= len(text) <= _LONGEST and not _POINTING.match(text) and "\n" not in text.strip()


def _opened(clause: str) -> str:
    """The clause with a small first letter, unless a name opens it."""
    first = clause.split(maxsplit=1)[0]
    is_name = any(start == 0 for start, _ in names(clause)) or first.isupper()
    return clause if is_name else clause[0].lower() + clause[1:]


def _pending(asked: _Asked, place: _Place, places: Sequence[_Place], holding: dict[str, set[int]]) -> Pending:
    tongue: Language = language(place.text)
    case = EvalCase(
        id="",
        question=asked.question,
        answers=(asked.answer,),
        sources=(GoldSpan(source=place.article.source, quote=place.text),),
        kind=asked.kind,
        language=tongue,
        tags=(asked.tag, "draft"),
    )
    return named(Pending(verdict="draft", case=case, near=tuple(_near(asked, place, places, holding))))


def _near(asked: _Asked, place: _Place, places: Sequence[_Place], holding: dict[str, set[int]]) -> Iterator[FrozenSpan]:
    """Other sentences that hold the answer and two of the question's terms: they may have to be marked too."""
    rows = (
        set.intersection(*(holding.get(fold(word), set()) for word, _, _ in words(asked.answer)))
        if words(asked.answer)
        else set()
    )
    wanted = set(terms(asked.question)) - set(terms(asked.answer))
    near = [
        places[row]
        for row in sorted(rows)
        if places[row] != place and asked.answer in places[row].text and len(wanted & set(terms(places[row].text))) > 1
    ]
    for one in near[:_NEAR]:
        yield FrozenSpan(source=one.article.source, sha256=one.article.sha256, start=one.start, end=one.end, quote=one.text)
