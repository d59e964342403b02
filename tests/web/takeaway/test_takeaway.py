"""Answers that leave the page: every form says the same, nothing in them is more than text, and only citations that are in their articles are exported."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from dataclasses import replace

import docx
import pytest

from qa.errors import UsageError
from qa.schema import Answer
from qa.web.page.controller import Desk
from qa.web.render.conversation import Exchange
from qa.web.render.taking import ALL
from qa.web.takeaway.takeaway import FORMS, parcel
from qa.web.wording.languages import words

ID = words("id")
QUOTE = "Pasar itu memiliki 320 kios."


@pytest.fixture
def cited(fake, citation_from) -> Answer:
    return Answer(
        question="Berapa kios?",
        language="id",
        text=f"{QUOTE} [1]",
        short="320 kios",
        citations=(replace(citation_from(fake.shelf[0], QUOTE), url="https://koran.example/pasar?a=1&b=2"),),
        confidence=0.87,
    )


@pytest.fixture
def withheld() -> Answer:
    return Answer(question="Siapa raja Mars?", language="id", abstained=True, reason="not-in-articles")


def talk(*answers: Answer) -> tuple[Exchange, ...]:
    return tuple(Exchange(question=answer.question, answer=answer) for answer in answers)


def made(fake, form, *answers, turn=0) -> bytes:
    return parcel(talk(*answers), turn, form, fake, ID).data


def word_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "\n".join("".join(node.text or "" for node in p._p.iter() if node.tag.endswith("}t")) for p in document.paragraphs)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_answer_the_very_words_and_the_way_to_the_original(fake, cited, form):
    data = made(fake, form, cited)
    text = word_text(data) if form == "docx" else html.unescape(data.decode())
    assert "Pasar itu memiliki 320 kios." in text.replace("\\", "")
    assert "Koran Uji" in text
    assert "https://koran.example/pasar?a=1&b=2" in text


@pytest.mark.parametrize("form", FORMS)
def test_a_conversation_leaves_whole_and_says_what_was_not_answered(fake, cited, withheld, form):
    data = made(fake, form, cited, withheld, turn=ALL)
    text = word_text(data) if form == "docx" else data.decode().replace("\\", "")
    assert "Berapa kios?" in text
    assert "Siapa raja Mars?" in text
    assert "not-in-articles" in text if form == "json" else "Tidak ada dalam artikel-artikel ini" in text


def test_a_copy_is_a_sentence_with_its_footnote_and_needs_no_question(fake, cited):
    sent = parcel(talk(cited), 0, "copy", fake, ID)
    assert sent.data.decode() == (
        f"{QUOTE} [1]\n\n[1] “{QUOTE}”, Pasar Minggu dibuka lagi, Koran Uji, 4 Maret 2024, https://koran.example/pasar?a=1&b=2\n"
    )
    assert "<sup>[1]</sup>" in sent.rich


def test_json_is_the_contract(fake, cited, withheld):
    one = json.loads(made(fake, "json", cited))
    assert (
        fake.article(one["citations"][0]["article_id"]).text[slice(*(one["citations"][0][k] for k in ("start", "end")))] == QUOTE
    )
    assert [answer["abstained"] for answer in json.loads(made(fake, "json", cited, withheld, turn=ALL))] == [False, True]


def test_a_file_is_named_by_its_question_and_by_nothing_that_a_disk_minds(fake, cited):
    assert parcel(talk(cited), 0, "md", fake, ID).name == "sitasi-berapa-kios.md"
    name = parcel(talk(replace(cited, question="../../etc/passwd" * 20)), 0, "docx", fake, ID).name
    assert re.fullmatch(r"sitasi-[\w-]{1,60}\.docx", name)


@pytest.mark.parametrize(
    ("turn", "form"), [(0, "exe"), (1, "md"), (-2, "md"), (10**9, "md")], ids=["form", "after", "before", "far"]
)
def test_what_a_browser_makes_up_is_refused(fake, cited, turn, form):
    with pytest.raises(UsageError):
        parcel(talk(cited), turn, form, fake, ID)


def test_an_answer_whose_citation_is_no_longer_in_its_article_is_not_exported(fake, cited):
    moved = replace(cited, citations=(replace(cited.citations[0], start=cited.citations[0].start + 1),))
    with pytest.raises(UsageError):
        parcel(talk(moved), 0, "md", fake, ID)
    assert QUOTE in parcel(talk(moved, cited), ALL, "md", fake, ID).data.decode().replace("\\", "")


def test_the_desk_packs_a_parcel_and_says_in_words_why_it_cannot(fake, cited):
    desk = Desk(fake)
    packed = desk.take(talk(cited), 0, "copy", ID)
    assert QUOTE in base64.b64decode(re.search(r'data-bytes="([^"]+)"', packed)[1]).decode()
    assert "data-problem" in desk.take(talk(cited), 5, "copy", ID)


def test_a_link_opens_its_span_and_one_that_leads_nowhere_says_so(fake):
    desk = Desk(fake)
    text = fake.shelf[0].text
    start = text.index(QUOTE)
    opened = desk.span("pasar", start, start + len(QUOTE), ID)
    assert re.search(rf'<mark id="mark-0" class="linked"[^>]*>{re.escape(QUOTE)}</mark>', opened)
    assert ID.legend_linked in opened
    assert ID.gone_link in desk.span("tidak-ada", 0, 5, ID)
    for start, end in ((5, 5), (9, 3), (0, len(text) + 1), (-1, 4)):
        assert ID.gone_span in desk.span("pasar", start, end, ID)
    assert "<mark" not in desk.span("pasar", 0, 0, ID).split('class="source-text"')[1]
