"""What every part of the page is made with: a component of plain HTML, and what a browser sends with an event."""

from __future__ import annotations

import time
from typing import TypeVar

import gradio as gr

from qa.errors import UsageError

Sent = TypeVar("Sent", int, str)


def html(value: str, name: str, script: str | None) -> gr.HTML:
    """HTML of ours and nothing around it; `script` names the part of page.js that serves it, and the events that it sends."""
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False, container=False, padding=False)


def sent(event: gr.EventData, name: str, kind: type[Sent]) -> Sent:
    """What page.js sends with an event. Raises UsageError for anything else: such an event comes from no page of ours."""
    value = getattr(event, name, None)
    if type(value) is not kind:
        raise UsageError(f"the event has no {name}. Cure: use the page")
    return value


def texts(event: gr.EventData, name: str) -> list[str]:
    """As `sent`, for a list of texts."""
    value = getattr(event, name, None)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"the event has no {name}. Cure: use the page")
    return value


def renewed(made: str) -> str:
    """HTML that counts as a new value even when it says what it said: an open article's mark is brought into view again."""
    return f'<div data-renewed="{time.monotonic_ns()}">{made}</div>'
