"""Sitasi: questions answered from a news archive, each sentence cited to its exact words.

    from qa import Assistant
    answer = Assistant.open("seeds").ask("Satelit apa yang diorbitkan roket Soyuz-2.1a?")

Public names are resolved when they are first used: `import qa` loads the standard library alone, and switches off what the
libraries behind it would send or look up (qa/safety/privacy.py).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from qa.safety.privacy import quiet

if TYPE_CHECKING:
    from qa.assistant import Added, Assistant
    from qa.errors import (
        CorpusError,
        DuplicateError,
        IndexBrokenError,
        IndexBusyError,
        IndexMissingError,
        MissingExtraError,
        ModelError,
        QaError,
        ReadError,
        SettingsError,
        StoreError,
        SuiteError,
        TrainingError,
        UsageError,
    )
    from qa.schema import Answer, Article, Citation, Hit, Mask, Passage, Query, Turn
    from qa.settings import Settings

__version__ = "0.1.0"

quiet()

_HOME = {
    "Added": "qa.assistant",
    "Assistant": "qa.assistant",
    "Answer": "qa.schema",
    "Article": "qa.schema",
    "Citation": "qa.schema",
    "Hit": "qa.schema",
    "Mask": "qa.schema",
    "Passage": "qa.schema",
    "Query": "qa.schema",
    "Turn": "qa.schema",
    "Settings": "qa.settings",
    "QaError": "qa.errors",
    "UsageError": "qa.errors",
    "SettingsError": "qa.errors",
    "MissingExtraError": "qa.errors",
    "CorpusError": "qa.errors",
    "ReadError": "qa.errors",
    "DuplicateError": "qa.errors",
    "StoreError": "qa.errors",
    "IndexMissingError": "qa.errors",
    "IndexBrokenError": "qa.errors",
    "IndexBusyError": "qa.errors",
    "ModelError": "qa.errors",
    "SuiteError": "qa.errors",
    "TrainingError": "qa.errors",
}

__all__ = [
    "Added",
    "Answer",
    "Article",
    "Assistant",
    "Citation",
    "CorpusError",
    "DuplicateError",
    "Hit",
    "IndexBrokenError",
    "IndexBusyError",
    "IndexMissingError",
    "Mask",
    "MissingExtraError",
    "ModelError",
    "Passage",
    "QaError",
    "Query",
    "ReadError",
    "Settings",
    "SettingsError",
    "StoreError",
    "SuiteError",
    "TrainingError",
    "Turn",
    "UsageError",
    "__version__",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'qa' has no attribute {name!r}; it has: {', '.join(sorted(_HOME))}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
