"""Answers as a Word document: the numbers raised, each source with its exact words and their place."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.web.takeaway.entries import CitedSource, Entry
    from qa.web.wording.languages import Words

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def document(entries: Sequence[Entry], words: Words) -> bytes:
    """The bytes of a .docx with a heading a question. Nothing in it is a field or a macro; links are the sources' own addresses."""
    import docx

    made = docx.Document()
    about = made.core_properties
    about.title, about.author, about.comments = clean(entries[0].question)[:200], "Sitasi", ""
    about.language = words.language
    for one in entries:
        made.add_heading(clean(" ".join(one.question.split())), level=2)
        if one.withheld:
            made.add_paragraph().add_run(clean(one.withheld)).italic = True
            continue
        paragraph = made.add_paragraph()
        for piece in one.pieces:
            if isinstance(piece, int):
                paragraph.add_run(f"[{piece}]").font.superscript = True
            else:
                paragraph.add_run(clean(piece))
        if one.short:
            short = made.add_paragraph()
            short.add_run(f"{words.short}: ").bold = True
            short.add_run(clean(one.short))
        made.add_heading(words.sources, level=3)
        for source in one.sources:
            _source(made.add_paragraph(), source, words)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def clean(text: str) -> str:
    """Text without the characters that XML cannot hold; each becomes U+FFFD, so that the loss is seen."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _source(paragraph: Any, source: CitedSource, words: Words) -> None:
    paragraph.add_run(f"[{source.n}] ").bold = True
    paragraph.add_run(clean(f"{words.quote_open}{source.quote}{words.quote_close} "))
    paragraph.add_run(clean(", ".join(part for part in (source.title, source.about.replace(" · ", ", ")) if part) + ", "))
    if source.url:
        _link(paragraph, clean(source.url))
    else:
        paragraph.add_run(clean(source.place)).italic = True


def _link(paragraph: Any, url: str) -> None:
    """A hyperlink, which python-docx reads but does not write: the element, and the relation that it names."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, _RELATION, is_external=True))
    run = paragraph.add_run(url)
    run.font.underline = True
    paragraph_element = run.element.getparent()
    link.append(run.element)
    paragraph_element.append(link)
