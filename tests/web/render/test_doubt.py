"""Degrees of not knowing: the headline, the line under it and the passages below say the same thing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from qa.schema import LANGUAGES, REASONS, Answer, Hit, Passage, Trace
from qa.web.page.controller import Desk
from qa.web.render.conversation import Exchange, exchange_html
from qa.web.render.doubt import candidate, doubt, near, sureness
from qa.web.wording.languages import words

ID = words("id")


@dataclass(frozen=True)
class Spanned:
    start: int
    end: int
    score: float = 1.0


@dataclass(frozen=True)
class Read:
    relevance: float
    answerable: float = 0.0
    spans: tuple[Spanned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHit(Hit):
    """A hit with what a reader made of it."""

    reading: Read | None = None


def hit(article, reading=None) -> Hit:
    passage = Passage(
        id=f"{article.id}:0-{len(article.text)}", article_id=article.id, start=0, end=len(article.text), text=article.text
    )
    return ReadHit(passage=passage, score=1.0, rank=1, stage="fused", reading=reading)


def withheld(reason, *hits, question="Berapa kios di Pasar Minggu?", **more) -> Answer:
    return Answer(question=question, language="id", abstained=True, reason=reason, hits=hits, trace=Trace(query=question), **more)


def shown(answer, **more) -> str:
    return exchange_html(Exchange(question=answer.question, answer=answer, **more), 0, ID)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason])
def test_no_headline_contradicts_the_line_under_it(fake, reason, language):
    said = words(language)
    why = doubt(withheld(reason, *map(hit, fake.shelf)), said)
    assert (why.degree == "perhaps") == (reason in {"low-confidence", "not-proved"})
    no = {"id": "Tidak ada", "en": "Not in"}[language]
    assert why.headline.startswith(no) == (why.degree == "none")
    assert not (reason == "nothing-found" and why.places)


def test_articles_that_share_no_word_with_the_question_are_no_cards_and_the_line_says_so(fake):
    answer = withheld("not-in-articles", *map(hit, fake.shelf), question="Apakah kucing menari balet?")
    why = doubt(answer, ID)
    assert why.places == ()
    assert why.line.startswith("Tidak ada artikel")
    assert "data-hit" not in shown(answer)
    assert doubt(withheld("not-in-articles", *map(hit, fake.shelf)), ID).places == (0,)


def test_what_the_reader_finds_beside_the_matter_is_no_card(fake):
    pasar, hujan = fake.shelf
    assert near(withheld("not-in-articles", hit(pasar, Read(-2.0)), hit(hujan, Read(0.5)))) == (1,)


def test_a_candidate_is_shown_as_such_and_one_click_shows_its_place(fake):
    pasar, hujan = fake.shelf
    start = pasar.text.index("320 kios")
    answer = withheld(
        "low-confidence", hit(hujan, Read(3.0, -1.0, (Spanned(0, 5),))), hit(pasar, Read(2.0, 1.0, (Spanned(start, start + 8),)))
    )
    assert doubt(answer, ID).headline == ID.perhaps_this
    assert candidate(answer, 1) == (start, start + 8)
    html = shown(answer)
    first = html.index('data-hit="1"')
    assert first < html.index('data-hit="0"')
    assert ID.perhaps_label in html
    assert "<b>320 kios</b>" in html
    assert 'class="answer"' not in html
    opened = Desk(fake).near((Exchange(question="x", answer=answer),), 0, 1, ID)
    assert '<mark id="mark-0" class="near" data-n="0" tabindex="-1">320 kios</mark>' in opened


def test_a_span_that_lies_outside_its_passage_is_no_candidate(fake):
    for span in (Spanned(5, 5), Spanned(-1, 3), Spanned(0, 10**6)):
        assert candidate(withheld("low-confidence", hit(fake.shelf[0], Read(1.0, 1.0, (span,)))), 0) is None


def test_a_passage_that_is_not_shown_is_not_opened_by_a_made_up_click(fake):
    answer = withheld("not-in-articles", *map(hit, fake.shelf), question="Apakah kucing menari balet?")
    assert ID.gone in Desk(fake).near((Exchange(question="x", answer=answer),), 0, 0, ID)


def test_each_answer_says_how_sure_it_is(fake):
    answer = fake.ask("Berapa kios yang dimiliki Pasar itu?")
    for confidence, said in ((0.97, ID.sure_high), (0.7, ID.sure_fair), (0.4, ID.sure_low)):
        sure = replace(answer, confidence=confidence)
        assert sureness(sure, ID) == said
        assert f"{ID.confidence}: <span>{said}</span>" in shown(sure)
