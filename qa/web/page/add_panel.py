"""What adds articles: files that are dropped, a text that is pasted, and where the operator allows it an address of the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import gradio as gr

from qa.errors import UsageError
from qa.web.archive.article_table import adding, doing
from qa.web.archive.changing import report_html
from qa.web.archive.fetched import fetch
from qa.web.archive.pasted import fetched, pasted
from qa.web.http import uploads
from qa.web.page.shared import QUIET, Shared
from qa.web.wording.archive_words import ARCHIVE
from qa.web.wording.languages import Words, words

if TYPE_CHECKING:
    from qa.web.protocol import Assisting

MAX_FACT = 500  # characters


class AddPanel:
    """Folded away until it is wanted; what came of an addition is shown just below it."""

    def __init__(self, shared: Shared, first: Words) -> None:
        self.shared = shared
        labels = ARCHIVE[first.language]
        with gr.Accordion(labels.add, open=False, elem_id="add", visible=shared.allowed.edit) as self.accordion:
            self.drop = gr.File(label=first.add_hint, file_count="multiple", type="filepath", elem_id="drop", height=140)
            with gr.Accordion(labels.add_text, open=False, elem_id="add-text") as self.by_text:
                self.text = gr.Textbox(
                    "", label=labels.add_text_box, placeholder=labels.add_text_place, lines=6, max_lines=16, elem_id="paste"
                )
                with gr.Row(elem_id="facts"):
                    self.title = gr.Textbox("", label=labels.add_title, max_length=MAX_FACT)
                    self.outlet = gr.Textbox("", label=labels.add_outlet, max_length=MAX_FACT)
                    self.day = gr.Textbox("", label=labels.add_day, max_length=40)
                    self.url = gr.Textbox("", label=labels.add_url, max_length=2000)
                self.paste = gr.Button(labels.add_button, elem_id="add-paste")
            with gr.Accordion(
                labels.add_address, open=False, visible=shared.allowed.fetch, elem_id="add-address"
            ) as self.by_address:
                self.address = gr.Textbox(
                    "", label=labels.add_address, placeholder=labels.add_address_place, max_length=2000, elem_id="address"
                )
                self.fetch = gr.Button(labels.add_address_button, elem_id="add-fetch")

    def wire(self, report: gr.HTML, then: Callable[[Any], Any]) -> None:
        """What its events do; `then` shows the archive again after each."""
        shared, desks = self.shared, self.shared.desks

        def add(paths: list[str] | None, tongue: str, index: str) -> Iterator[tuple[Any, ...]]:
            given = list(paths or ())
            if not all(map(uploads.inside, given)):
                raise UsageError("this names a file that was not uploaded here. Cure: add files on the page")
            try:
                if shared.allowed.edit:
                    for step in adding(desks.at(index).assistant, [Path(path) for path in given], words(tongue)):
                        yield step, gr.skip()
            finally:
                uploads.forget(given)
            yield gr.skip(), None

        def paste(  # noqa: PLR0917 - by place
            text: str, title: str, outlet: str, day: str, url: str, tongue: str, index: str
        ) -> Iterator[tuple[Any, ...]]:
            wording = words(tongue)
            if not text.strip() or not shared.allowed.edit:
                yield report_html(ARCHIVE[wording.language].no_text, "none"), *(gr.skip(),) * 5
                return
            assistant = desks.at(index).assistant
            facts = {"title": title.strip(), "outlet": outlet.strip(), "published": day.strip(), "url": url.strip()}
            last = ""
            for last in doing(lambda _: assistant.put(pasted(text, facts, shared.allowed.max_bytes)), wording):
                yield last, *(gr.skip(),) * 5
            if "report good" in last:
                yield gr.skip(), *("",) * 5

        def get(address: str, tongue: str, index: str) -> Iterator[tuple[Any, ...]]:
            labels = words(tongue)
            if not shared.allowed.fetch or not shared.allowed.edit:
                return
            assistant, url = desks.at(index).assistant, address.strip()
            yield report_html(ARCHIVE[labels.language].fetching.format(host=_host(url)), "none"), gr.skip()
            last = ""
            for last in doing(partial(_put, assistant, url, shared.allowed.max_bytes), labels):
                yield last, gr.skip()
            if "report good" in last:
                yield gr.skip(), ""

        here = [shared.language, shared.index]
        facts = [self.text, self.title, self.outlet, self.day, self.url]
        then(self.drop.upload(add, [self.drop, *here], [report, self.drop], **QUIET))
        then(self.paste.click(paste, [*facts, *here], [report, *facts], **QUIET))
        then(gr.on([self.fetch.click, self.address.submit], get, [self.address, *here], [report, self.address], **QUIET))

    def outputs(self) -> list[Any]:
        """What the other language changes here."""
        return [
            self.accordion, self.drop, self.by_text, self.text, self.title, self.outlet, self.day, self.url, self.paste, self.by_address,
            self.address, self.fetch,
        ]  # fmt: skip

    @staticmethod
    def switched(words_: Words) -> tuple[Any, ...]:
        """The same in the other language."""
        labels = ARCHIVE[words_.language]
        return (
            gr.update(label=labels.add),
            gr.update(label=words_.add_hint),
            gr.update(label=labels.add_text),
            gr.update(label=labels.add_text_box, placeholder=labels.add_text_place),
            gr.update(label=labels.add_title),
            gr.update(label=labels.add_outlet),
            gr.update(label=labels.add_day),
            gr.update(label=labels.add_url),
            gr.update(value=labels.add_button),
            gr.update(label=labels.add_address),
            gr.update(label=labels.add_address, placeholder=labels.add_address_place),
            gr.update(value=labels.add_address_button),
        )


def _put(assistant: Assisting, url: str, max_bytes: int, _: Callable[[str], None]) -> Any:
    return assistant.put(fetched(fetch(url), max_bytes))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:60]
    except ValueError:
        return url[:60]
