"""What leaves of an answer: every source in full, and of a withheld one why."""

from __future__ import annotations

from dataclasses import replace

from qa.schema import Answer
from qa.web.takeaway.entries import entry
from qa.web.wording.languages import words

ID = words("id")


def test_a_source_has_its_words_on_one_line_its_place_and_only_a_safe_address(fake, citation_from):
    quote = fake.shelf[0].text[:60]
    citation = replace(citation_from(fake.shelf[0], quote), url="javascript:alert(1)", title="")
    made = entry(Answer(question="?", language="id", text="Isi [1]", citations=(citation,)), {"pasar": "Dari isinya"}, ID)
    (source,) = made.sources
    assert "\n" in quote
    assert source.quote == " ".join(quote.split())
    assert (source.title, source.about, source.place, source.url) == (
        "Dari isinya",
        "Koran Uji · 4 Maret 2024",
        "pasar.txt:0-60",
        "",
    )
    assert made.pieces == ("Isi", 1)


def test_what_was_withheld_says_why_and_nothing_else():
    made = entry(Answer(question="?", language="id", text="x", short="y", abstained=True, reason="nothing-found"), {}, ID)
    assert made.withheld.startswith(ID.no_answer)
    assert (made.pieces, made.short, made.sources) == ((), "", ())
