"""Answers as text: what an article says is shown, never obeyed."""

from __future__ import annotations

import re

from qa.web.takeaway.entries import CitedSource, Entry
from qa.web.takeaway.takeaway_text import literal, markdown, plain
from qa.web.wording.languages import words

ID = words("id")
SOURCE = CitedSource(n=1, title="Judul", about="Koran Uji · 4 Maret 2024", quote="Isi.", place="a.txt:0-4", url="")


def one(**more) -> Entry:
    return Entry(**{"question": "Apa?", "pieces": ("Isi.", 1), "short": "", "withheld": "", "sources": (SOURCE,), **more})


def test_markdown_of_hostile_words_is_text():
    assert literal("<b>") == "\\<b\\>"
    assert literal("[x](javascript:a)") == "\\[x\\](javascript:a)"
    assert literal("1. satu\n- dua\n    kode") == "1\\. satu\n\\- dua\nkode"
    assert "https:" not in literal("https://jahat.example")
    assert literal("&lt;") == "\\&lt;"


def test_a_copy_of_a_conversation_has_the_questions_and_one_of_an_answer_has_not():
    assert plain((one(),), ID, questions=False) == "Isi. [1]\n\n[1] “Isi.”, Judul, Koran Uji, 4 Maret 2024, a.txt:0-4\n"
    assert plain((one(), one(question="Lalu?")), ID, questions=True).count("?\n\nIsi. [1]") == 2


def test_markdown_numbers_the_notes_of_a_conversation_on():
    text = markdown((one(), one()), ID)
    assert re.findall(r"\[\^(\d)\](?!:)", text) == ["1", "2"]
    assert re.findall(r"^\[\^(\d)\]:", text, re.MULTILINE) == ["1", "2"]


def test_a_file_name_with_backticks_stays_in_its_code_span():
    text = markdown((one(sources=(CitedSource(n=1, title="t", about="", quote="q", place="`a`<b>.txt:0-1", url=""),)),), ID)
    assert "`'a'<b>.txt:0-1`" in text
