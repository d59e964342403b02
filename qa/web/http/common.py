"""What every endpoint for programs shares: refusals in words, the token, and the check of an answer before it leaves."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field, StringConstraints
from starlette.exceptions import HTTPException as StarletteHTTPException

from qa.contract import to_json
from qa.errors import QaError
from qa.retrieve.narrowing import Only
from qa.schema import Answer
from qa.web.http.auth import bears
from qa.web.protocol import Assisting

Outlet = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Narrowed(BaseModel):
    """What narrows the articles that a question is asked of; it never widens what the question itself says."""

    since: date | None = Field(default=None, description="only articles published on this day or later (2023-09-13)")
    until: date | None = Field(default=None, description="only articles published on this day or earlier")
    outlet: Outlet | list[Outlet] | None = Field(default=None, description="only this outlet's articles, or these outlets'")

    def only(self) -> Only:
        """What is set, as an assistant takes it; empty where nothing is."""
        return only_of(self.since, self.until, self.outlet)


def only_of(since: date | str | None, until: date | str | None, outlet: str | Sequence[str] | None) -> Only:
    """What of the three is set: an assistant that knows no filters is asked without."""
    given: Only = {}
    if since:
        given["since"] = since
    if until:
        given["until"] = until
    if outlet:
        given["outlet"] = outlet
    return given


UNFORESEEN = "the question failed; the server's log says why"


STREAMED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nothing on the way may hold a stream back


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"description": "no JSON, or the assistant refused"},
    401: {"description": "no token"},
    413: {"description": "the body is too long"},
    429: {"description": "too many questions wait already"},
}


_log = logging.getLogger(__name__)


class Worded(APIRoute):
    """What an assistant refuses is a 400 with its own words; what nobody foresaw a 500 without its inside."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def worded(request: Request) -> Any:
            try:
                return await handle(request)
            except QaError as error:
                return self.refusal(400, str(error))
            except StarletteHTTPException as error:
                return self.refusal(error.status_code, str(error.detail), error.headers)
            except RequestValidationError as error:
                return self.invalid(error)
            except Exception:  # noqa: BLE001 - a caller gets words, whatever an assistant does
                _log.exception("a question failed")
                return self.refusal(500, UNFORESEEN)

        return worded

    def refusal(self, status: int, words: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
        """An error in the form that callers of this endpoint expect."""
        return JSONResponse({"error": words}, status, headers)

    def invalid(self, error: RequestValidationError) -> JSONResponse:
        """What is wrong with a request, field by field; what was sent is not sent back, for it may be long and no text at all."""
        faults = [{"loc": list(fault["loc"]), "msg": wrong(fault), "type": fault["type"]} for fault in error.errors()]
        return JSONResponse({"detail": faults}, status_code=422)


def wrong(fault: Mapping[str, Any]) -> str:
    """One fault of a request in words."""
    if fault["type"] == "model_attributes_type" and tuple(fault["loc"]) == ("body",):
        return "the body must be a JSON object. Cure: send one, with the header Content-Type: application/json"
    return str(fault["msg"])


def bearer(token: str) -> Any:
    """A dependency that lets a request pass if no token is set or it brings the right one."""

    def check(request: Request) -> None:
        if token and not bears(request.headers.get("authorization", ""), token):
            raise HTTPException(401, "a token is needed: Authorization: Bearer …", headers={"WWW-Authenticate": "Bearer"})

    return check


def checked(assistant: Assisting, answer: Answer) -> Answer:
    """The answer, if each of its citations is still in its article. Raises QaError where one does not."""
    from qa.answer.verify.verify import check

    if faults := check(answer, assistant.article):
        raise QaError(
            f"the answer was withheld, for its citations are no longer in their articles: {'; '.join(faults)}. Cure: ask again"
        )
    return answer


def contract(assistant: Assisting, answer: Answer, *, identity: str | None = None, top: int = 20) -> dict[str, Any]:
    """The JSON contract of a checked answer."""
    return to_json(
        checked(assistant, answer), source_of=lambda article_id: assistant.article(article_id).source, id=identity, top=top
    )


def failure(error: Exception) -> str:
    """The message of a failure in a stream; what nobody foresaw is logged and keeps its inside."""
    if isinstance(error, QaError):
        return str(error)
    _log.error("a streamed question failed", exc_info=error)
    return UNFORESEEN
