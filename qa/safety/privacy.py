"""Nothing phones home: what the libraries beneath would count, look up or leave behind is switched off before they are loaded.

Each reads its own environment variable when it is imported, so `import qa` sets them all, in this one place. What the user
has set is left as it is: whoever wants a trace of LangChain, or a model from a hub, says so in the same variable.
"""

from __future__ import annotations

import os
import sys

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime from 1.32 on: sends events and writes a device id into the user's cache
    "GRADIO_ANALYTICS_ENABLED": "False",  # gradio: counts launches, looks for a newer version
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, and through it transformers and sentence-transformers
    "HF_HUB_OFFLINE": "1",  # the same: no look-up of a model that was not asked for (see `permit_download`)
    "LANGSMITH_TRACING": "false",  # langchain: sends each prompt to a service when this is true
    "LANGCHAIN_TRACING_V2": "false",  # its older name
    "DO_NOT_TRACK": "1",  # whatever else honours it
}

_ours: set[str] = set()


def quiet() -> None:
    """Set every switch that the user has not set. Costs microseconds and imports nothing."""
    for name, value in SWITCHES.items():
        if name not in os.environ:
            os.environ[name] = value
            _ours.add(name)
    loaded = sys.modules.get("onnxruntime")
    if loaded is not None and os.environ["ORT_DISABLE_TELEMETRY"] == "1":
        loaded.disable_telemetry_events()  # it was imported before us, and has read its environment already


def permit_download() -> None:
    """Let a hub be asked for a model, because one was named; a user who is offline by choice (HF_HUB_OFFLINE) stays so."""
    if "HF_HUB_OFFLINE" not in _ours:
        return
    _ours.discard("HF_HUB_OFFLINE")
    os.environ.pop("HF_HUB_OFFLINE", None)
    if (constants := sys.modules.get("huggingface_hub.constants")) is not None:
        constants.HF_HUB_OFFLINE = False  # type: ignore[attr-defined]  # it was loaded before us, and has read its environment already
