"""What could be asked next, of the articles that an answer cites: offered only when the assistant answers it, in the page's language."""

from __future__ import annotations

import logging
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from qa.language.speech.attribution import quotations
from qa.language.text.words import fold
from qa.web.page.examples import candidates, plain
from qa.web.render.source import escape
from qa.web.wording.card_words import CARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qa.schema import Answer, Article
    from qa.web.protocol import Assisting
    from qa.web.wording.languages import Words

OFFERED = 3
TRIES = 6  # candidates put to the assistant: each costs one answer's time
_ARTICLES = 2  # cited articles that are looked into
_PATTERNS = {"id": ("Apa kata {name}?", "Siapa {name}?"), "en": ("What did {name} say?", "Who is {name}?")}
_ENGLISH = ("what", "when", "who", "why", "how", "where")


def suggestions(assistant: Assisting, answer: Answer, asked: Sequence[str], language: str) -> tuple[str, ...]:
    """Up to three questions that were not asked yet and that the assistant answers now, in the page's language."""
    if answer.abstained or not answer.citations:
        return ()
    asking = plain(assistant)
    articles = [assistant.article(id_) for id_ in list(dict.fromkeys(c.article_id for c in answer.citations))[:_ARTICLES]]
    before = {_same(question) for question in asked}
    answered = {_same(answer.short), _same(answer.text)}
    kept: list[str] = []
    for question in _first(possible(articles, language), before):
        if len(kept) == OFFERED:
            break
        try:
            found = asking.ask(question)
        except Exception as error:
            logging.getLogger(__name__).info("no suggestion: %s", question, exc_info=error)
            continue
        if not found.abstained and found.citations and _same(found.short) not in answered:
            kept.append(question)
            answered.add(_same(found.short))
    return tuple(kept)


def possible(articles: Sequence[Article], language: str) -> Iterator[str]:
    """Candidates: of the people who speak in the articles, and of their plain sentences where these are of the page's language."""
    people: list[str] = []
    for article in articles:
        masks = [(mask.start, mask.end) for mask in article.masks]
        people += [
            one.speaker for one in quotations(article.text, masks, title=article.title) if one.named and " " in one.speaker
        ]
    named = [pattern.format(name=name) for name in dict.fromkeys(people) for pattern in _PATTERNS[language]]
    clauses = [question for question in candidates(articles) if (question.lower().startswith(_ENGLISH)) == (language == "en")]
    turns = chain.from_iterable(zip_longest(named, clauses))
    yield from dict.fromkeys(question for question in turns if question)


def next_html(questions: Sequence[str], words: Words) -> str:
    """The questions as buttons; "" for none."""
    if not questions:
        return ""
    offered = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(question)}">{escape(question)}</button></li>'
        for question in questions
    )
    return f'<h4 class="label">{escape(CARDS[words.language].next)}</h4><ul class="examples">{offered}</ul>'


def _first(found: Iterable[str], before: set[str]) -> list[str]:
    return [question for question in found if _same(question) not in before][:TRIES]


def _same(text: str) -> str:
    return " ".join(fold(text).split()).strip(" ?.!")
