"""What makes a server out of an assistant: worker processes, budgets, kept answers, figures, logs, probes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.web.serving.service import Service


@contextmanager
def opened(settings: Settings) -> Iterator[Service]:
    """The index of `settings` with `web.workers` processes that answer; they end with the block. Raises StoreError, WorkerError."""
    from qa.assistant import Assistant
    from qa.web.serving.pool import Pool
    from qa.web.serving.service import Service

    assistant = Assistant.open(settings=settings)
    pool = Pool(settings) if settings.web.workers > 1 else None
    service = Service(assistant, pool)
    try:
        if pool is not None:
            pool.wait()
        yield service
    finally:
        service.close()
