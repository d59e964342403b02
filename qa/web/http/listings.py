"""The endpoints /quotes and /timeline: what somebody said and what happened to a name, for programs; the commands of the same names list the same."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from qa.answer.spoken import quote_json
from qa.answer.timeline_tables import as_json_object
from qa.web.http.common import REFUSALS, Narrowed, Worded
from qa.web.http.limits import Turnstile
from qa.web.protocol import Assisting

LONGEST = 200
"""Characters of a name."""


class NamedIn(Narrowed):
    """A name, and what narrows the articles that are looked through."""

    name: Annotated[str, StringConstraints(max_length=LONGEST)] = Field(description="a person, place, thing or event")


def quotes_of(assistant: Assisting, name: str, only: Any) -> dict[str, Any]:
    """What somebody said, as both endpoints for programs give it."""
    return {"name": name, "quotes": [quote_json(one) for one in assistant.quotes(name, **only)]}


def timeline_of(assistant: Assisting, name: str, only: Any) -> dict[str, Any]:
    """The dated events of a name, as both give them."""
    return as_json_object(name, assistant.timeline(name, **only))


def listing_endpoints(assistant: Assisting, turns: Turnstile) -> APIRouter:
    """The two endpoints; a listing takes a turn as a question does."""
    router = APIRouter(tags=["list"], route_class=Worded)

    @router.post("/quotes", summary="What somebody said, dated and cited", responses=REFUSALS)
    async def quotes(asked: NamedIn) -> dict[str, Any]:
        return await turns.run(lambda: quotes_of(assistant, asked.name, asked.only()))

    @router.post("/timeline", summary="The dated events of a name, cited", responses=REFUSALS)
    async def timeline(asked: NamedIn) -> dict[str, Any]:
        return await turns.run(lambda: timeline_of(assistant, asked.name, asked.only()))

    return router
