"""The server that shows the page: one address, one machine unless a token guards it, and patience that ends.

uvicorn bounds how long a connection may idle between two requests, not how long a request's head may take. Here a connection
that has not said what it wants within HEAD seconds gets 408 and is closed; a body's time is bounded in qa/web/http/inlet.py.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import socket
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from qa.errors import UsageError
from qa.web.app import application
from qa.web.http.origin import loopback
from qa.web.serving.service import Service

if TYPE_CHECKING:
    from qa.web.protocol import Assisting

GRACE = 2  # seconds that answers on their way have when the program is ended
HEAD = 15.0  # seconds for the head of a request
UNREAD = 60.0  # seconds in which a caller reads some of what waits for it: who reads nothing would hold a turn for ever
MOST_OPEN = 800  # connections at once: an open page holds one
DRAIN = 20.0  # seconds in which questions that were asked are still answered when the program is ended; a second signal ends it at once
_TICK = 0.05
_SPARE = 200  # file descriptors that are left for everything else
_LATE = b"the request came too slowly\n"


class Patient(H11Protocol):
    """HTTP/1.1 whose requests must have their head within `head` seconds, and whose answers must be read: see UNREAD."""

    head = HEAD
    unread = UNREAD
    _bell: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        if self._bell is None and self._between():
            self._wait()  # the next request's first bytes
        super().data_received(data)
        if not self._between():
            self._stop()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(self.unread, self.transport.abort)

    def resume_writing(self) -> None:
        self._read_on()
        super().resume_writing()

    def _read_on(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self._read_on()
        super().connection_lost(exc)

    def _between(self) -> bool:
        """Whether no request is being answered: the head of the next one is what is awaited."""
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._bell = self.loop.call_later(self.head, self._give_up)

    def _stop(self) -> None:
        if self._bell is not None:
            self._bell.cancel()
            self._bell = None

    def _give_up(self) -> None:
        self._bell = None
        if self._between() and not self.transport.is_closing():
            head = f"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: {len(_LATE)}\r\n\r\n"
            self.transport.write(head.encode() + _LATE)
            self.transport.close()


class Server(uvicorn.Server):
    """Ends quietly, and not in the middle of a question: nobody new is let in, questions that were asked are answered within DRAIN
    seconds, and what is cut off then is cut on purpose and no error to be printed.
    """

    service: Service | None = None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.service is not None:
            self.service.stopping = True
            for listening in self.servers:
                listening.close()
            until = time.monotonic() + DRAIN
            while self.service.open and time.monotonic() < until and not self.force_exit:  # noqa: ASYNC110 - threads count them
                await asyncio.sleep(_TICK)
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def server(app: Any, *, grace: int = GRACE, protocol: type[Patient] = Patient) -> Server:
    """A server of `app`. An open page holds a connection for as long as it is open: who ends the program waits `grace` seconds."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    most = MOST_OPEN if files == resource.RLIM_INFINITY else max(16, min(MOST_OPEN, files - _SPARE))
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        log_level="warning",
        server_header=False,
        limit_concurrency=most,
        timeout_graceful_shutdown=grace,
    )
    return Server(config)


def serve(
    assistant: Assisting,
    *,
    host: str,
    port: int,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
    feedback: Path | None = None,
    history: Path | None = None,
    token: str = "",
    **more: Any,
) -> None:
    """Serve the page and the endpoints at http://host:port until interrupted; `ready` is called with the address once it answers (port 0:
    any free one). `more` is what the page is built with besides (`qa.web.app.build`: allowed, others, opened).

    Raises UsageError when the port is taken or the address is not this machine's, and when other machines could reach it and no
    token is asked of them: they could read every article and add others.
    """
    if not token and not loopback(host):
        raise UsageError(
            f"--host {host} would show the archive to other machines, and no token guards it. Cure: qa serve --host {host} "
            "--token-file FILE (or QA_WEB__TOKEN), or --host 127.0.0.1 for this machine alone"
        )
    with listen(host, port) as listening:
        url = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        announce = _announce(url, open_browser=open_browser, ready=ready)
        asyncio.run(_serve(assistant, listening, announce, feedback=feedback, history=history, token=token, **more))


async def _serve(
    assistant: Assisting,
    listening: socket.socket,
    announce: Callable[[], None],
    *,
    feedback: Path | None,
    history: Path | None,
    token: str,
    **more: Any,
) -> None:
    app = await application(assistant, announce, feedback, history, token=token, **more)
    running = server(app)
    running.service = assistant if isinstance(assistant, Service) else None
    await running.serve(sockets=[listening])


def _announce(url: str, *, open_browser: bool, ready: Callable[[str], None] | None) -> Callable[[], None]:
    def announce() -> None:
        if ready is not None:
            ready(url)
        if open_browser:
            webbrowser.open(url)

    return announce


def listen(host: str, port: int) -> socket.socket:
    """A listening socket of our own, so that a taken port is known before anything is built."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, ValueError) as error:  # ValueError: a name that no host can have
        listening.close()
        raise UsageError(
            f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}. Cure: another port (qa serve --port {port + 1 if port < 65535 else 7860}), "
            "or --port 0 for any free one"
        ) from error
    return listening
