"""The server's log: one JSON object a line on standard error. What was asked is not in it unless `web.log` is "questions".

A traceback of a fault that nobody foresaw is logged whole, whatever the setting.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

FIELDS = "fields"  # the attribute of a record that holds what an event says beside its name
EVENTS = "qa.web.serving.questions"  # the logger of one event a question


class JsonLines(logging.Formatter):
    """time (ISO 8601, UTC), level, logger, event, and the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; what quotes something foreign cannot break it, for JSON escapes line ends and control characters."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= getattr(record, FIELDS, {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(kind: str) -> None:
    """Log this process as `web.log` says. "off": warnings alone, in the form that Python gives them."""
    if kind == "off":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in ("uvicorn", "uvicorn.error"):  # they bring handlers of their own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger(EVENTS).setLevel(logging.INFO)


def event(name: str, **fields: Any) -> None:
    """Log one event of the server."""
    logging.getLogger(EVENTS).info(name, extra={FIELDS: fields})
