"""The buttons by which an answer leaves: what they send is a turn and a form, and a question becomes a link whole."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs

from qa.schema import Answer
from qa.web.render.conversation import Exchange, takeable
from qa.web.render.taking import ALL, LONGEST_LINK, saving_html, taking_html
from qa.web.takeaway.takeaway import FORMS
from qa.web.wording.languages import WORDS, words

ID = words("id")


def test_every_form_has_a_button_and_a_name_in_both_languages():
    for said in WORDS.values():
        offered = re.findall(r'data-turn="(-?\d+)" data-take="(\w+)"', saving_html(ALL, said.save_whole, said))
        assert {form for _, form in offered} == set(FORMS) - {"copy"}
        assert {turn for turn, _ in offered} == {str(ALL)}


def test_a_question_becomes_a_link_letter_for_letter():
    question = 'Apa "A&B=C#d?" <b> ${x} {{y}} émile +1?'
    link = html.unescape(re.search(r'data-link="([^"]+)"', taking_html(question, 3, ID))[1])
    assert parse_qs(link)["q"] == [question]
    narrowed = html.unescape(re.search(r'data-link="([^"]+)"', taking_html(question, 3, ID, "&outlet=A%20%26%20B"))[1])
    assert parse_qs(narrowed) == {"q": [question], "outlet": ["A & B"]}
    assert "data-link" not in taking_html("x" * (LONGEST_LINK + 1), 3, ID)


def test_what_failed_or_is_no_longer_in_its_article_is_not_taken_along():
    answer = Answer(question="?", language="id", abstained=True, reason="nothing-found")
    assert takeable(Exchange(question="?", answer=answer))
    assert not takeable(Exchange(question="?", answer=answer, broken=("[1]",)))
    assert not takeable(Exchange(question="?", problem=("x",)))
