"""For an English page over Indonesian articles: that they are, and their cited words said again word for word, marked as no translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.errors import ModelError
from qa.language.gloss.reverse import gloss
from qa.language.text.identify import language
from qa.web.render.source import escape
from qa.web.wording.card_words import CARDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.schema import Answer, Citation
    from qa.web.wording.languages import Words

GLOSSED = 3  # citations that are glossed
LONGEST = 600  # characters of one


def gloss_html(answer: Answer, words: Words) -> str:
    """The note and the glosses; "" on an Indonesian page, and where no cited sentence is Indonesian."""
    foreign = _foreign(answer.citations) if words.language == "en" else ()
    if not foreign:
        return ""
    labels = CARDS["en"]
    try:
        rows = "".join(f"<li><b>[{cited.n}]</b> {escape(gloss(cited.quote[:LONGEST]))}</li>" for cited in foreign[:GLOSSED])
    except ModelError:
        rows = ""
    listed = (
        f'<p class="label">{escape(labels.gloss)}</p><ul>{rows}</ul><p class="gloss-note">{escape(labels.gloss_note)}</p>'
        if rows
        else ""
    )
    return f'<aside class="gloss" aria-label="{escape(labels.glossed)}"><p>{escape(labels.glossed)}</p>{listed}</aside>'


def _foreign(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(cited for cited in citations if language(cited.quote) == "id")
