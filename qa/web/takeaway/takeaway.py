"""Answers that leave the page: a copy with footnotes, and an answer or a conversation as Markdown, HTML, Word or JSON.

Only verified answers leave, each checked against its articles once more as it goes; what a browser sends is a turn's number and a
form's name. Nothing is written to disk: the bytes travel in the page's own event.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from qa.contract import to_json
from qa.errors import UsageError
from qa.web.render.conversation import takeable
from qa.web.render.source import escape
from qa.web.render.taking import ALL
from qa.web.takeaway import takeaway_html, takeaway_text, takeaway_word
from qa.web.takeaway.entries import entry

if TYPE_CHECKING:
    from qa.web.protocol import Assisting
    from qa.web.render.conversation import Exchange
    from qa.web.wording.languages import Words

Form = Literal["copy", "md", "html", "docx", "json"]
FORMS: tuple[Form, ...] = get_args(Form)

MOST_TURNS = 200  # of a conversation; the latest ones
MOST = 8 * 1024 * 1024  # bytes of one parcel
PASSAGES = 20  # passages listed with an answer in JSON, as in the API

_TYPES: Mapping[Form, str] = {
    "copy": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
_NO_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What leaves: the bytes, the name of the file, and for a copy the same as HTML for programs that take it."""

    form: Form
    name: str
    data: bytes
    rich: str = ""

    @property
    def type(self) -> str:
        """The media type."""
        return _TYPES[self.form]


def parcel(exchanges: Sequence[Exchange], turn: int, form: str, assistant: Assisting, words: Words) -> Parcel:
    """One answer (its turn) or the whole conversation (ALL) in a form.

    Raises UsageError for a turn or form that there is none of, for one without an answer, and for what is longer than MOST bytes.
    """
    chosen_form = next((known for known in FORMS if known == form), None)
    if chosen_form is None:
        raise UsageError(f"there is no form {form[:20]!r}. Cure: one of {', '.join(FORMS)}")
    chosen = exchanges[-MOST_TURNS:] if turn == ALL else exchanges[turn : turn + 1] if turn >= 0 else ()
    standing = [one for one in chosen if _verified(one, assistant)]
    if not standing:
        raise UsageError("there is no answer here that could be taken along. Cure: ask again")
    made, rich = _made(chosen_form, standing, assistant, words, whole=turn == ALL)
    if len(made) > MOST:
        raise UsageError(f"this is longer than {MOST} bytes. Cure: take the answers one by one")
    return Parcel(form=chosen_form, name=_name(standing, chosen_form, whole=turn == ALL), data=made, rich=rich)


def parcel_html(sent: Parcel, words: Words) -> str:
    """What page.js unpacks: the bytes in base64, and what to say when it is done."""
    data, rich = (base64.b64encode(part).decode() for part in (sent.data, sent.rich.encode()))
    done = words.copied if sent.form == "copy" else words.saved.format(name=sent.name)
    return (
        f'<div class="parcel" data-form="{sent.form}" data-name="{escape(sent.name)}" data-type="{sent.type}" '
        f'data-rich="{rich}" data-bytes="{data}" data-done="{escape(done)}" data-failed="{escape(words.copy_failed)}"></div>'
    )


def _verified(exchange: Exchange, assistant: Assisting) -> bool:
    from qa.answer.verify.verify import check

    return takeable(exchange) and exchange.answer is not None and not check(exchange.answer, assistant.article)


def _made(form: Form, exchanges: Sequence[Exchange], assistant: Assisting, words: Words, *, whole: bool) -> tuple[bytes, str]:
    """The bytes, and for a copy the same as HTML. JSON is the contract of docs/contract.md: an object, or a list for a conversation."""
    entries = tuple(entry(one.answer, one.headings, words) for one in exchanges if one.answer is not None)
    if form == "copy":
        return takeaway_text.plain(entries, words, questions=whole).encode(), takeaway_html.fragment(entries, words)
    if form == "md":
        return takeaway_text.markdown(entries, words).encode(), ""
    if form == "html":
        return takeaway_html.page(entries, words).encode(), ""
    if form == "docx":
        return takeaway_word.document(entries, words), ""
    contract = partial(to_json, source_of=lambda id_: assistant.article(id_).source, top=PASSAGES)
    contracts = [contract(one.answer) for one in exchanges if one.answer is not None]
    return json.dumps(contracts if whole else contracts[0], ensure_ascii=False, indent=2).encode(), ""


def _name(exchanges: Sequence[Exchange], form: Form, *, whole: bool) -> str:
    """A file name of the first question's letters and digits, at most sixty of them."""
    first = _NO_NAME.sub("-", exchanges[0].question.casefold())[:60].strip("-")
    return f"sitasi-{first or 'jawaban'}{'-dst' if whole and len(exchanges) > 1 else ''}.{form}"
