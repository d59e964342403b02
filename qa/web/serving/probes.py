"""What watches over a server asks: does it live, may questions be sent to it, what are its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from qa.web.serving.service import Service


def probes(service: Service) -> APIRouter:
    """GET /livez and GET /readyz, asked without a token (qa/web/http/auth.py): they tell nothing but that a server is there."""
    router = APIRouter(tags=["about"])

    @router.get("/livez", summary="Alive: the server itself answers")
    def livez() -> dict[str, str]:
        return {"status": "ok"}

    @router.get(
        "/readyz",
        summary="Ready: questions that come now are answered",
        responses={503: {"description": "starting, stopping, or no process is left that answers"}},
    )
    def readyz() -> JSONResponse:
        why = "stopping" if service.stopping else "ok" if service.engine.ready else "no process answers"
        return JSONResponse({"status": why}, 200 if service.ready else 503)

    return router


def figures(service: Service) -> APIRouter:
    """GET /metrics."""
    router = APIRouter(tags=["about"])

    @router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
    def metrics() -> Response:
        return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router
