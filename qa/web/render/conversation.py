"""The conversation as HTML: answers with their citations, abstentions and failures, each recognisable as what it is."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.schema import Answer, Citation, Sentence, Turn
from qa.web.cards.agreement_card import agreement_html
from qa.web.cards.gloss_card import gloss_html
from qa.web.cards.suggestions import ENGLISH
from qa.web.narrowing.chips import narrowed_html
from qa.web.narrowing.filters import WHOLE, Narrowing
from qa.web.narrowing.narrowing_link import link_of
from qa.web.render.doubt import candidate, doubt, sureness
from qa.web.render.feedback import feedback_html
from qa.web.render.markers import MARKER, markers
from qa.web.render.source import escape
from qa.web.render.taking import ALL, print_html, saving_html, taking_html
from qa.web.wording.edge_words import EDGES
from qa.web.wording.narrowing_words import NARROWING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qa.web.wording.languages import Words

_PASSAGE_CHARS = 280
_QUESTION_CHARS = 200  # of a question that is shown whole
_CARDS = 12  # sources shown before the rest is folded away


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question and what has become of it: a stage and proved sentences while it works, then an answer or a problem in words."""

    question: str
    stage: str = ""
    answer: Answer | None = None
    streamed: tuple[Sentence, ...] = ()  # what is proved already of an answer that is still being written
    problem: tuple[str, ...] = ()  # what it means, and the error's own words
    broken: tuple[str, ...] = ()  # what the check at display found; the answer is then not shown
    headings: Mapping[str, str] = field(default_factory=dict)  # article id -> what replaces a title that is missing
    kept: int = 0  # its row in the history; 0 where nothing is kept
    only: Narrowing = WHOLE  # what the question was narrowed to
    missing: str = ""  # an outlet that the question names and the archive has not
    judged: str | None = None  # what the reader said of the answer ("": nothing yet); None where nobody asks

    @property
    def working(self) -> bool:
        """Nothing has come of it yet."""
        return self.answer is None and not self.problem and not self.broken

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What can be opened: the answer's citations, before it those of the sentences that were streamed."""
        cited = {sentence.citation.n: sentence.citation for sentence in self.streamed}
        return self.answer.citations if self.answer is not None else tuple(cited.values())


def takeable(exchange: Exchange) -> bool:
    """Whether an exchange has anything to take along: an answer, or that it was withheld and why."""
    return exchange.answer is not None and not exchange.broken


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """The history that an assistant is given: the questions that were answered or withheld, not those that failed."""
    return tuple(
        Turn(question=e.question, answer=MARKER.sub("", e.answer.text).strip(), short=e.answer.short)
        for e in exchanges
        if e.answer is not None and not e.broken
    )


def conversation_html(exchanges: Sequence[Exchange], words: Words, examples: Sequence[str], place: str = "") -> str:
    """Every exchange in order; before the first one a welcome with example questions. `place` is the conversation's id, where it is kept."""
    if not exchanges:
        return welcome_html(words, examples)
    taking = f"{saving_html(ALL, words.save_whole, words)}{print_html(words)}" if any(map(takeable, exchanges)) else ""
    bar = f'<div class="whole"><button type="button" data-new>{escape(words.new)}</button>{taking}</div>'
    items = "".join(
        f'<li class="exchange" data-turn="{i}">{exchange_html(e, i, words)}<div class="next"></div></li>'
        for i, e in enumerate(exchanges)
    )
    return f'{bar}<ol class="conversation" data-place="{escape(place)}">{items}</ol>'


def welcome_html(words: Words, examples: Sequence[str]) -> str:
    """What the page can do, and questions that this archive answers, those in the page's language first."""
    examples = sorted(examples, key=lambda question: question.lower().startswith(ENGLISH) != (words.language == "en"))
    offered = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(q)}">{escape(q)}</button></li>' for q in examples
    )
    listed = f'<h3>{escape(words.examples)}</h3><ul class="examples">{offered}</ul>' if offered else ""
    return f'<section class="welcome"><h2>{escape(words.welcome)}</h2><p>{escape(words.welcome_more)}</p>{listed}</section>'


def exchange_html(exchange: Exchange, turn: int, words: Words) -> str:
    """The question and the one thing that it came to."""
    asked = _asked(exchange.question, words)
    asked += narrowed_html(exchange.only, exchange.headings, words, "" if exchange.working else exchange.question)
    if exchange.missing:
        asked += f'<p class="only">{escape(NARROWING[words.language].no_outlet.format(name=exchange.missing))}</p>'
    if exchange.working:
        return asked + _working(exchange, turn, words)
    if exchange.broken:
        return asked + _problem(words.broken, words.broken_cure, exchange.broken)
    if exchange.answer is None:
        return asked + _problem(words.failed, words.failed_cure, exchange.problem)
    judging = "" if exchange.judged is None else feedback_html(exchange.answer, exchange.judged, turn, words.language)
    judging = taking_html(exchange.question, turn, words, link_of(exchange.only)) + judging
    if exchange.answer.abstained or not exchange.answer.citations:
        return asked + _abstention(exchange.answer, turn, words, exchange.headings) + judging
    return asked + _answer(exchange.answer, turn, words, exchange.headings) + judging


def _asked(question: str, words: Words) -> str:
    """The question; the rest of a very long one is folded away."""
    you = f'<span class="unseen">{escape(words.you)}: </span>'
    if len(question) <= _QUESTION_CHARS:
        return f'<p class="asked">{you}<span dir="auto">{escape(question)}</span></p>'
    begins = textwrap.shorten(question, _QUESTION_CHARS, placeholder="…")
    whole = EDGES[words.language].whole_question.format(n=words.number(len(question)))
    return (
        f'<p class="asked">{you}<span dir="auto">{escape(begins)}</span></p>'
        f'<details class="whole-question"><summary>{escape(whole)}</summary><p dir="auto">{escape(question)}</p></details>'
    )


def _working(exchange: Exchange, turn: int, words: Words) -> str:
    names = list(words.stages)
    at = names.index(exchange.stage) if exchange.stage in names else 0
    steps = "".join(
        f'<li class="now" aria-current="step">{escape(words.stages[name])}</li>'
        if i == at
        else f'<li class="{"done" if i < at else "next"}">{escape(words.stages[name])}</li>'
        for i, name in enumerate(names)
    )
    says = exchange.streamed[-1].text if exchange.streamed else words.stages[names[at]]
    return (
        f'<ol class="stages" data-say="{escape(says)}">{steps}</ol>'
        f'<p class="slow" aria-hidden="true">{escape(EDGES[words.language].slow)}</p>{_streamed(exchange, turn, words)}'
    )


def _streamed(exchange: Exchange, turn: int, words: Words) -> str:
    if not exchange.streamed:
        return ""
    prose = _prose(" ".join(sentence.text for sentence in exchange.streamed), exchange.citations, "", turn, words)
    return f'<div class="telling"><div class="said">{prose}</div><p class="writing">{escape(words.writing)}</p></div>'


def _problem(title: str, cure: str, what: Sequence[str]) -> str:
    says = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in what)
    return f'<div class="problem" role="alert"><h3>{escape(title)}</h3>{says}<p>{escape(cure)}</p></div>'


def _answer(answer: Answer, turn: int, words: Words, headings: Mapping[str, str]) -> str:
    prose = _prose(answer.text, answer.citations, answer.short, turn, words)
    short = ""
    if answer.short:
        short = f'<p class="short"><span class="label">{escape(words.short)}</span> <strong dir="auto">{escape(answer.short)}</strong></p>'
    cards = [_card(c, turn, words, headings) for c in answer.citations]
    folded = ""
    if len(cards) > _CARDS + 1:
        more = EDGES[words.language].more_sources.format(n=words.number(len(cards) - _CARDS))
        folded = f'<details class="more-cards"><summary>{escape(more)}</summary><ol class="cards" start="{_CARDS + 1}">{"".join(cards[_CARDS:])}</ol></details>'
        cards = cards[:_CARDS]
    sure = f'<p class="sure">{escape(words.confidence)}: <span>{escape(sureness(answer, words))}</span></p>'
    return (
        f'<div class="answer" data-say="{escape(answer.short or answer.text)}"><div class="said">{prose}</div>'
        f"{short}{sure}{gloss_html(answer, words)}{agreement_html(answer, turn, words)}"
        f'<h3 class="label">{escape(words.sources)}</h3><ol class="cards">{"".join(cards)}</ol>{folded}{_details(answer, words)}</div>'
    )


def _prose(text: str, citations: Sequence[Citation], short: str, turn: int, words: Words) -> str:
    """An answer's text escaped, its markers made chips and the short answer made bold where it first occurs."""
    marked = markers(text, citations)
    bold = _stretch(text, short)
    parts: list[str] = []
    for start, end in pairwise(sorted({0, len(text), *bold, *marked, *(end for end, _ in marked.values())})):
        if start in marked:
            parts.append(_tied(parts.pop() if parts else "", _chip(marked[start][1], turn, words)))
        elif bold and bold[0] <= start < bold[1]:
            parts.append(f"<b>{escape(text[start:end])}</b>")
        else:
            parts.append(escape(text[start:end]).replace("\n", "</p><p dir='auto'>"))
    return f"<p dir='auto'>{''.join(parts)}</p>"


def _stretch(text: str, short: str) -> tuple[int, int] | tuple[()]:
    """Where the short answer first occurs in the text, or nowhere."""
    at = text.find(short) if short else -1
    return (at, at + len(short)) if at >= 0 else ()


def _tied(before: str, chip: str) -> str:
    """A number kept on the line of the word that it follows; `before` is HTML, and is split only where it has no tag."""
    before = before.rstrip()
    if "<" in before or not before:
        return f"{before}&nbsp;{chip}"
    head, space, last = before.rpartition(" ")
    return f'{head}{space}<span class="tied">{last}&nbsp;{chip}</span>'


def _chip(citation: Citation, turn: int, words: Words) -> str:
    says = f"{words.open_source.format(n=citation.n)}: {citation.title or citation.source}"
    return (
        f'<button type="button" class="chip" data-turn="{turn}" data-cite="{citation.n}" title="{escape(says)}" '
        f'aria-label="{escape(says)}">{citation.n}</button>'
    )


def _card(citation: Citation, turn: int, words: Words, headings: Mapping[str, str]) -> str:
    about = " · ".join(escape(part) for part in (citation.outlet, citation.published and words.day(citation.published)) if part)
    return (
        f'<li><button type="button" class="card" data-turn="{turn}" data-cite="{citation.n}">'
        f'<span class="number" aria-hidden="true">{citation.n}</span><span class="card-title" dir="auto">'
        f'{escape(citation.title or headings.get(citation.article_id, words.untitled))}</span><span class="card-about">{about}</span>'
        f'<q class="card-quote" dir="auto">{escape(citation.quote)}</q></button></li>'
    )


def _abstention(answer: Answer, turn: int, words: Words, headings: Mapping[str, str]) -> str:
    why = doubt(answer, words)
    cards = [_near(answer, place, turn, words, headings) for place in why.places]
    perhaps = why.degree == "perhaps" and candidate(answer, why.places[0]) is not None if why.places else False
    first = f'<ol class="cards">{cards.pop(0)}</ol>' if perhaps else ""
    label = f'<h4 class="label">{escape(words.near)}</h4>' if cards else ""
    listed = f'{label}<ol class="cards">{"".join(cards)}</ol>' if cards else ""
    return (
        f'<div class="abstention" data-degree="{why.degree}" data-reason="{escape(answer.reason)}" data-say="{escape(why.headline)}"><h3>{escape(why.headline)}</h3>'
        f"<p>{escape(why.line)}</p>{first}{listed}{_details(answer, words)}</div>"
    )


def _near(answer: Answer, place: int, turn: int, words: Words, headings: Mapping[str, str]) -> str:
    """A passage that came near; words of it that may be the answer are bold, and named as no more than that."""
    hit = answer.hits[place]
    about = words.day(hit.passage.published) if hit.passage.published else ""
    span = candidate(answer, place) if answer.reason == "low-confidence" else None
    kind, label = ("near perhaps", f'<span class="card-label">{escape(words.perhaps_label)}</span>') if span else ("near", "")
    return (
        f'<li><button type="button" class="card {kind}" data-turn="{turn}" data-hit="{place}">{label}'
        f'<span class="card-title" dir="auto">{escape(hit.passage.title or headings.get(hit.passage.article_id, words.untitled))}</span><span class="card-about">{escape(about)}</span>'
        f'<span class="card-quote" dir="auto">{_excerpt(hit.passage.text, span)}</span></button></li>'
    )


def _excerpt(text: str, span: tuple[int, int] | None) -> str:
    """The passage's beginning, or what is around the span, which is bold."""
    start, end = span or (0, 0)
    left = text.rfind(" ", 0, start - _PASSAGE_CHARS // 3) + 1 if start > _PASSAGE_CHARS // 2 else 0
    right = len(text) if len(text) - left <= _PASSAGE_CHARS else max(end, text.rfind(" ", left, left + _PASSAGE_CHARS))
    prose = (
        f"{escape(text[left:start])}<b>{escape(text[start:end])}</b>{escape(text[end:right])}" if span else escape(text[:right])
    )
    return f"{'…' if left else ''}{prose}{'…' if right < len(text) else ''}"


def _details(answer: Answer, words: Words) -> str:
    trace = answer.trace
    rows = [(words.confidence, f"{answer.confidence:.0%}")] if not answer.abstained or answer.confidence else []
    rows += [(words.stages.get(stage, stage), f"{seconds:.3f} {words.seconds}") for stage, seconds in trace.seconds]
    rows += [(words.generation, trace.index), (words.settings, trace.settings)]
    rows += list(trace.models)
    rows += [(words.dropped, words.number(len(trace.dropped)) if trace.dropped else ""), (words.note, trace.note)]
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value)
    return f'<details class="trace"><summary>{escape(words.details)}</summary><dl>{listed}</dl></details>' if listed else ""
