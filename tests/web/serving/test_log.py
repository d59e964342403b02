"""The log: one JSON object a line, whatever is in it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

from qa.web.serving.log import FIELDS, JsonLines


def record(message, level=logging.INFO, **more):
    made = logging.LogRecord("qa.web", level, "file.py", 1, message, None, more.pop("exc_info", None))
    setattr(made, FIELDS, more)
    return made


def test_an_event_is_one_line_with_its_fields():
    line = JsonLines().format(record("question", outcome="answered", note="baris\nbaru \x1b[31m"))
    assert "\n" not in line
    assert "\x1b" not in line
    said = json.loads(line)
    assert (said["event"], said["outcome"], said["level"], said["logger"]) == ("question", "answered", "info", "qa.web")
    assert said["time"].endswith("+00:00")


def test_a_fault_brings_its_traceback_in_the_same_line():
    try:
        int("dua\nbaris")
    except ValueError:
        line = JsonLines().format(record("a question failed", logging.ERROR, exc_info=sys.exc_info()))
    assert "\n" not in line
    assert "ValueError: invalid literal" in json.loads(line)["traceback"]


def logged(kind):
    """What a process writes to standard error that is configured so."""
    script = (
        "import logging\nfrom qa.web.serving.log import configure, event\n"
        f"configure({kind!r})\nevent('question', outcome='answered')\n"
        "logging.getLogger('uvicorn.error').warning('a warning')\nlogging.getLogger('qa.web.page.examples').info('Siapa presiden?')"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stderr.splitlines()


def test_events_and_warnings_of_the_whole_process_are_json_and_what_libraries_say_besides_is_left_out():
    assert [json.loads(line)["event"] for line in logged("events")] == ["question", "a warning"]


def test_switched_off_only_warnings_are_left():
    assert logged("off") == ["a warning"]
