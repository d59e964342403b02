"""The promise "offline", watched from outside: no name is looked up, nobody is spoken to, nothing foreign is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import httpx
import pytest

from qa.safety.privacy import SWITCHES

pytestmark = pytest.mark.integration

QUESTION = "Kapan peluncuran pertama dari Vostochny?"


@pytest.fixture
def indexes(assistant, seeds_settings):
    return seeds_settings.indexes


def silent(sandbox) -> None:
    assert sandbox.reached() == []
    assert sandbox.left() == []


def test_the_witness_sees_a_look_up_and_a_file(sandbox):
    sandbox.run(
        "-c", "import socket, pathlib; pathlib.Path.home().joinpath('id').touch(); socket.getaddrinfo('sitasi.invalid', 80)"
    )
    assert sandbox.left() == ["id"]
    assert sandbox.reached()
    sandbox.run("-c", "import socket; socket.socket().connect_ex(('127.0.0.1', 9))")
    assert sandbox.reached() == []
    sandbox.run("-c", "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('192.0.2.1', 9))")
    assert len(sandbox.reached()) == 1


def test_a_question_and_a_batch(sandbox, indexes):
    asked = sandbox.run("-m", "qa.cli", "ask", QUESTION, "--indexes", indexes)
    assert "2016" in asked.stdout, asked.stderr
    silent(sandbox)
    batch = sandbox.folder / "batch.jsonl"
    batch.write_text("".join(json.dumps({"id": n, "question": f"{QUESTION} ({n})"}) + "\n" for n in range(40)), encoding="utf-8")
    answered = sandbox.run("-m", "qa.cli", "ask", "--batch", batch, "--out", sandbox.folder / "out.jsonl", "--indexes", indexes)
    assert answered.returncode == 0, answered.stderr
    silent(sandbox)


def test_a_build(sandbox, root):
    built = sandbox.run("-m", "qa.cli", "build", root / "seeds", "--indexes", sandbox.folder / "indexes")
    assert built.returncode == 0, built.stderr
    silent(sandbox)


def test_the_page_and_its_endpoints(sandbox, indexes):
    with sandbox.running("-m", "qa.cli", "serve", "--port", "0", "--indexes", indexes) as server:
        url = server.stdout.readline().split()[1]
        answer = httpx.post(f"{url}ask", json={"question": QUESTION}, timeout=60).json()
        assert "2016" in answer["short"]
        for path in ("", "config", "theme.css", "docs", "gradio_api/startup-events"):
            assert httpx.get(f"{url}{path}", timeout=60).status_code == 200
        os.killpg(server.pid, signal.SIGINT)
        server.communicate(timeout=60)
    silent(sandbox)


def test_an_evaluation_with_workers(sandbox, indexes, root):
    cases = (root / "evals" / "seeds.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    suite = sandbox.folder / "suite.jsonl"
    suite.write_text("".join(cases[:6]), encoding="utf-8")
    measured = sandbox.run(
        "-m",
        "qa.cli",
        "eval",
        "run",
        suite,
        "--index",
        "seeds",
        "--indexes",
        indexes,
        "--workers",
        "2",
        "--out",
        sandbox.folder / "out",
    )
    assert (sandbox.folder / "out" / "report.json").is_file(), measured.stderr
    silent(sandbox)


@pytest.mark.extra
def test_a_small_training(sandbox, root):
    """The encoder's own test of training, run as a command: thirty steps on a world of 48 facts."""
    trained = sandbox.run(
        "-m", "pytest", root / "tests/training/test_encoder_training.py", "-k", "nearest_its_own_passage", "--rootdir", root, "-c", root / "pyproject.toml",
        "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--force-enable-socket", "--basetemp", sandbox.folder / "temp",
    )  # fmt: skip
    assert "1 passed" in trained.stdout, trained.stdout + trained.stderr
    silent(sandbox)


def environment(code: str, **more: str) -> dict[str, str]:
    """What `code` leaves in the environment of a fresh process."""
    bare = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, os; print(json.dumps(dict(os.environ)))"],
        env={**bare, **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


def test_importing_the_package_sets_every_switch():
    assert SWITCHES.items() <= environment("import qa").items()


def test_what_the_user_set_stays():
    chosen = {"LANGSMITH_TRACING": "true", "HF_HUB_OFFLINE": "0", "GRADIO_ANALYTICS_ENABLED": "True"}
    after = environment("import qa\nfrom qa.safety.privacy import permit_download; permit_download()", **chosen)
    assert chosen.items() <= after.items()


def test_a_model_that_was_named_may_be_looked_up_unless_the_user_is_offline():
    permit = "import qa\nimport huggingface_hub\nfrom qa.safety.privacy import permit_download; permit_download()\n"
    told = permit + "import os; os.environ['SEEN'] = str(huggingface_hub.is_offline_mode())"
    assert environment(told)["SEEN"] == "False"
    assert environment(told, HF_HUB_OFFLINE="1")["SEEN"] == "True"


def test_a_library_that_was_loaded_before_us_is_configured_too(sandbox, indexes):
    code = (
        "import onnxruntime\nfrom qa import Assistant, Settings\n"
        f"print(Assistant.open(settings=Settings(indexes={str(indexes)!r})).ask({QUESTION!r}).short)"
    )
    assert "2016" in sandbox.run("-c", code).stdout
    assert sandbox.reached() == []
