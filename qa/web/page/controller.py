"""What happens between a click and the page: asking, checking again, opening sources. Knows no Gradio, so it is tested without a browser."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qa.errors import CorpusError, QaError, UsageError
from qa.schema import MAX_QUESTION, Answer
from qa.web.archive.reader_view import extras_html
from qa.web.cards.suggestions import suggestions
from qa.web.cards.tried import Tried
from qa.web.narrowing.filters import WHOLE, Narrowing, standing
from qa.web.narrowing.missing_outlet import missing_outlet
from qa.web.page.examples import examples, plain
from qa.web.render.conversation import Exchange, turns
from qa.web.render.doubt import candidate, doubt
from qa.web.render.feedback import keep, take_back
from qa.web.render.source import Marked, article_html, close_button, escape, heading, mark_of, marks_of
from qa.web.takeaway.takeaway import parcel, parcel_html
from qa.web.wording.address_words import address_in_words
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.edge_words import EDGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qa.schema import Article, Citation
    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

EXAMPLES = 4
MOST_SHOWN = 50  # exchanges of a conversation, as in the API: all are sent to the browser again with every question

_log = logging.getLogger(__name__)


class Desk:
    """One assistant and the example questions that it can answer."""

    def __init__(self, assistant: Assisting, feedback: Path | None = None) -> None:
        self.assistant = assistant
        self.feedback = feedback  # folder where judgements of answers are kept; None: nobody is asked
        self.examples = examples(assistant, EXAMPLES)
        self._tried = Tried(lambda: plain(assistant))

    def refresh(self) -> None:
        """Look for example questions again, after the archive has changed."""
        self.examples = examples(self.assistant, EXAMPLES)

    def masthead(self, words: Words, names: Sequence[str] = ()) -> str:
        """The name, the index with its size (among several, a choice), and the switches of language and light."""
        index = f"{escape(words.index)} <b>{escape(self.assistant.name)}</b>"
        if len(names) > 1:
            offered = "".join(
                f'<option value="{escape(name)}"{" selected" if name == self.assistant.name else ""}>{escape(name)}</option>'
                for name in names
            )
            index = f'<select data-index aria-label="{escape(ARCHIVE[words.language].index)}">{offered}</select>'
        edges = EDGES[words.language]
        count = words.articles.format(n=words.number(len(self.assistant.articles())))
        return (
            f'<header class="masthead" data-drop="{escape(words.add_here)}" '
            f'data-empty="{escape(edges.empty)}" data-cut="{escape(edges.cut.format(n=words.number(MAX_QUESTION)))}" data-gone="{escape(edges.gone)}" data-back="{escape(edges.back)}" '
            f'data-linked="{escape(words.link_copied)}" data-unlinked="{escape(words.copy_failed)}"><div><h1>Sitasi</h1><p class="tagline">{escape(words.tagline)}</p></div>'
            f'<div class="edition"><p>{index} · {escape(count)}</p>'
            f'<button type="button" class="switch" data-language lang="{"en" if words.language == "id" else "id"}">{escape(words.switch)}</button>'
            f'<button type="button" class="switch" data-theme title="{escape(edges.theme)}" aria-label="{escape(edges.theme)}">'
            f'<span aria-hidden="true">&#9680;</span></button>'
            f'<button type="button" class="switch" data-keys title="{escape(words.keys)}" aria-label="{escape(words.keys)}">?</button>'
            f"</div>{keys_html(words)}</header>"
        )

    def answer(
        self, question: str, before: Sequence[Exchange], words: Words, only: Narrowing = WHOLE
    ) -> Iterator[tuple[Exchange, ...]]:
        """The conversation as it grows: once per stage and per proved sentence, and at the end with the checked answer or the problem.

        `only` narrows what is searched; what the archive no longer has of it is left out.
        """
        earlier = tuple(before)[1 - MOST_SHOWN :]
        only = standing(only, self.assistant)
        exchange = Exchange(
            question=question[:MAX_QUESTION],
            only=only,
            missing=self._missing(question[:MAX_QUESTION]),
            headings=self._titles(only.articles, words),
        )
        yield (*earlier, exchange)
        try:
            _short(question)
            for event in self.assistant.tell(question, turns(earlier), **only.only()):
                if isinstance(event, str):
                    exchange = replace(exchange, stage=event)
                elif isinstance(event, Answer):
                    exchange = self.shown(exchange, event, words)
                elif self._verified(event.citation):
                    exchange = replace(exchange, streamed=(*exchange.streamed, event))
                yield (*earlier, exchange)
        except Exception as error:  # noqa: BLE001 - the page outlives whatever an assistant does; the next question must work
            exchange = replace(exchange, answer=None, broken=(), streamed=(), problem=in_words(error, words))
            yield (*earlier, exchange)
        if exchange.working:
            yield (*earlier, replace(exchange, streamed=(), problem=(words.unexpected.format(kind="-"),)))

    def shown(self, exchange: Exchange, answer: Answer, words: Words, judged: str | None = None) -> Exchange:
        """The exchange with its answer, or with the citations that are no longer in their articles."""
        from qa.answer.verify.verify import check

        broken = tuple(check(answer, self.assistant.article))
        untitled = {c.article_id for c in answer.citations if not c.title}
        near = [answer.hits[place].passage for place in doubt(answer, words).places] if answer.abstained else []
        untitled |= {passage.article_id for passage in near if not passage.title}
        headings = self._titles((*sorted(untitled if not broken else ()), *exchange.only.articles), words)
        return replace(
            exchange, answer=answer, broken=broken, headings=headings, judged=None if self.feedback is None else judged or ""
        )

    def judge(self, exchanges: Sequence[Exchange], turn: int, verdict: str, correction: str) -> tuple[Exchange, ...]:
        """The conversation after the reader judged one of its answers; unchanged where there is nothing to judge."""
        now = tuple(exchanges)
        answer = self._answer(now, turn)
        if self.feedback is None or answer is None or now[turn].broken:
            return now
        kept = keep(self.assistant, self.feedback, answer, turns(now[:turn]), verdict=verdict, correction=correction)
        return (*now[:turn], replace(now[turn], judged=kept or now[turn].judged), *now[turn + 1 :])

    def citation(self, exchanges: Sequence[Exchange], turn: int, n: int, words: Words) -> str:
        """The article of a citation, all of the answer's quotes in it marked, the clicked one in focus."""
        citations = exchanges[turn].citations if 0 <= turn < len(exchanges) else ()
        cited = next((c for c in citations if c.n == n), None)
        if cited is None:
            return panel_problem((words.gone,), words)
        try:
            article = self.assistant.article(cited.article_id)
        except QaError as error:
            return panel_problem((words.gone, str(error)), words)
        if article.text[cited.start : cited.end] != cited.quote:
            return panel_problem((f"[{n}] {words.broken}.", words.broken_cure), words)
        return self._panel(article, marks_of(citations, article.id), words, focus=n)

    def near(self, exchanges: Sequence[Exchange], turn: int, place: int, words: Words) -> str:
        """The article of a passage that came near, the passage marked as such, or in it the words that may be the answer."""
        answer = self._answer(exchanges, turn)
        if answer is None or place not in doubt(answer, words).places:
            return panel_problem((words.gone,), words)
        hit = answer.hits[place]
        mark, span = mark_of(hit), candidate(answer, place) if answer.reason == "low-confidence" else None
        if span:
            mark = Marked(start=mark.start + span[0], end=mark.start + span[1])
        return self.article(hit.passage.article_id, words, marked=(mark,))

    def unjudge(self, exchanges: Sequence[Exchange], turn: int) -> tuple[Exchange, ...]:
        """The conversation after the reader took a judgement back; unchanged where there is none."""
        now = tuple(exchanges)
        if self.feedback is None or self._answer(now, turn) is None or not now[turn].judged:
            return now
        return (*now[:turn], replace(now[turn], judged=take_back(self.feedback, now[turn].judged or "")), *now[turn + 1 :])

    def article(self, article_id: str, words: Words, marked: Sequence[Marked] = (), *, edit: bool = False) -> str:
        """Any article of the archive with its masks, quotations and copies; with `edit` the forms that change it."""
        try:
            article = self.assistant.article(article_id)
        except QaError as error:
            return panel_problem((words.gone, str(error)), words)
        return self._panel(article, marked, words, edit=edit)

    def span(self, article_id: str, start: int, end: int, words: Words, *, edit: bool = False) -> str:
        """What a link points to: an article, and a span of it where it has one (`end` 0: the whole article)."""
        try:
            article = self.assistant.article(article_id)
        except QaError:
            return panel_problem((words.gone_link,), words)
        if not end:
            return self._panel(article, (), words, edit=edit)
        if not 0 <= start < end <= len(article.text):
            return panel_problem((words.gone_span,), words)
        return self._panel(article, (Marked(start=start, end=end, linked=True),), words, edit=edit)

    def take(self, exchanges: Sequence[Exchange], turn: int, form: str, words: Words) -> str:
        """An answer or the conversation in a form that leaves the page, as page.js unpacks it."""
        try:
            return parcel_html(parcel(exchanges, turn, form, self.assistant, words), words)
        except QaError as error:
            return f'<div class="parcel" data-problem="{escape(" ".join(in_words(error, words)))}"></div>'

    def _panel(
        self, article: Article, marked: Sequence[Marked], words: Words, focus: int | None = None, *, edit: bool = False
    ) -> str:
        try:
            extras = extras_html(article, self.assistant.copies(article.id), words, edit=edit)
            return article_html(article, marked, words, focus=focus, extras=extras)
        except QaError as error:
            return panel_problem(in_words(error, words), words)

    def next(self, exchanges: Sequence[Exchange], words: Words) -> tuple[str, ...]:
        """What could be asked next of the articles that the last answer cites; () where there is none."""
        last = exchanges[-1] if exchanges else None
        if last is None or last.answer is None or last.broken:
            return ()
        asked = [one.question for one in exchanges]
        return suggestions(self.assistant, last.answer, asked, words.language, tried=self._tried)

    def _missing(self, question: str) -> str:
        return missing_outlet(question, sorted({row.outlet for row in self.assistant.articles() if row.outlet}))

    def _titles(self, ids: Sequence[str], words: Words) -> dict[str, str]:
        """What replaces the titles of articles, of those that are still there."""
        found: dict[str, str] = {}
        for id_ in ids:
            with suppress(CorpusError):
                found[id_] = heading(self.assistant.article(id_), words)
        return found

    def _verified(self, citation: Citation) -> bool:
        return self.assistant.article(citation.article_id).text[citation.start : citation.end] == citation.quote

    @staticmethod
    def _answer(exchanges: Sequence[Exchange], turn: int) -> Answer | None:
        return exchanges[turn].answer if 0 <= turn < len(exchanges) else None


def _short(question: str) -> None:
    """Raises UsageError for a question that is longer than the page takes."""
    if len(question) > MAX_QUESTION:
        raise UsageError(f"the question has {len(question)} characters. Cure: at most {MAX_QUESTION}")


def keys_html(words: Words) -> str:
    """What the keys do, for the dialog that page.js opens."""
    rows = "".join(f"<div><dt><kbd>{escape(key)}</kbd></dt><dd>{escape(does)}</dd></div>" for key, does in words.key_list.items())
    close = f'<button type="button" class="close" title="{escape(words.keys_close)}" aria-label="{escape(words.keys_close)}">&#215;</button>'
    return f"<template><div><h2>{escape(words.keys)}</h2>{close}<dl>{rows}</dl></div></template>"


def panel_problem(says: Sequence[str], words: Words) -> str:
    """A problem where an article was to be."""
    lines = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in says)
    return (
        f'<article class="source"><div class="source-bar"><p class="kicker"></p>{close_button(words)}</div>'
        f'<div class="problem" role="alert">{lines}</div></article>'
    )


def in_words(error: Exception, words: Words) -> tuple[str, ...]:
    """What went wrong as sentences for a visitor: what it means, and what ours say of it with their cure (in English, but for addresses).

    Of any other error only the kind is shown, and the rest is logged.
    """
    if isinstance(error, QaError):
        sentence = address_in_words(str(error), words.language)
        return (sentence,) if sentence else (words.error(error), str(error))
    _log.error("unexpected", exc_info=error)
    return (words.unexpected.format(kind=type(error).__name__),)
