"""Answers as a self-contained page: nothing in it is more than text, and nothing is loaded."""

from __future__ import annotations

from qa.web.takeaway.entries import CitedSource, Entry
from qa.web.takeaway.takeaway_html import fragment, page
from qa.web.wording.languages import words

EN = words("en")
EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) **tebal** &lt; www.jahat.example \x00\x0b {{v}} | `k`"
SOURCE = CitedSource(n=1, title=EVIL, about=EVIL, quote=EVIL, place=EVIL, url="")
HOSTILE = Entry(question=EVIL, pieces=(EVIL, 1), short=EVIL, withheld="", sources=(SOURCE,))


def test_hostile_words_are_text_and_the_page_forbids_itself_everything():
    made = page((HOSTILE,), EN)
    assert "<script" not in made
    assert 'href="javascript' not in made
    assert "default-src 'none'" in made
    assert "&lt;script&gt;" in made
    assert '<html lang="en">' in made


def test_a_number_leads_to_its_own_answers_source():
    made = page((HOSTILE, HOSTILE), EN)
    for place in ("a1-1", "a2-1"):
        assert made.count(f'href="#{place}"') == 1
        assert made.count(f'id="{place}"') == 1


def test_a_fragment_names_the_questions_of_a_conversation_only():
    assert "<b>&lt;script" not in fragment((HOSTILE,), EN).split("<ol>")[0].replace("<p><b>Short", "")
    assert fragment((HOSTILE, HOSTILE), EN).count("<p><b>&lt;script&gt;") == 2
