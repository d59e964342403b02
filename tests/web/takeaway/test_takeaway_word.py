"""Answers as a Word document: any text makes one that opens, and links are the sources' own."""

from __future__ import annotations

import io

import docx

from qa.web.takeaway.entries import CitedSource, Entry
from qa.web.takeaway.takeaway_word import clean, document
from qa.web.wording.languages import words

ID = words("id")
EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) **tebal** &lt; www.jahat.example \x00\x0b {{v}} | `k`"


def opened(url: str = ""):
    source = CitedSource(n=1, title=EVIL, about=EVIL, quote=EVIL, place=EVIL, url=url)
    entry = Entry(question=EVIL, pieces=(EVIL, 1), short=EVIL, withheld="", sources=(source,))
    withheld = Entry(question="Siapa?", pieces=(), short="", withheld="Tidak ada.", sources=())
    return docx.Document(io.BytesIO(document((entry, withheld), ID)))


def test_hostile_words_are_text_and_link_nowhere():
    made = opened()
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert clean(EVIL) in text
    assert "Tidak ada." in text
    assert [relation for relation in made.part.rels.values() if relation.is_external] == []


def test_a_source_with_an_address_is_linked_to_it_and_its_number_is_raised():
    made = opened("https://koran.example/a?b=1&c=2")
    (link,) = [relation.target_ref for relation in made.part.rels.values() if relation.is_external]
    assert link == "https://koran.example/a?b=1&c=2"
    assert any(run.font.superscript and run.text == "[1]" for paragraph in made.paragraphs for run in paragraph.runs)


def test_what_xml_cannot_hold_is_seen_to_be_lost():
    assert clean("a\x00b\x0b\ud800c\ufffe") == "a\ufffdb\ufffd\ufffdc\ufffd"
    assert clean("tab\tbaris\n😀") == "tab\tbaris\n😀"
