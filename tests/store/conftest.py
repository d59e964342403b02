"""A Milvus over TCP on loopback: Milvus Lite's own server, started once for all tests of this folder, ended with them."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory):
    """(process, url) of a server of its own; skipped where Milvus Lite or its client is not installed."""
    for package in ("milvus_lite", "pymilvus"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not installed: {package}. Cure: pip install 'sitasi[milvus]' milvus-lite")
    command = shutil.which("milvus-lite", path=str(Path(sys.executable).parent))
    assert command, "milvus-lite is installed without its command"
    port, data = free_port(), tmp_path_factory.mktemp("milvus")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([command, "server", "--data-dir", str(data), "--host", "127.0.0.1", "--port", str(port)], **quiet)
    end = time.monotonic() + 120
    while True:
        assert process.poll() is None, f"milvus-lite ended with status {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            assert time.monotonic() < end, "milvus-lite did not listen within two minutes"
            time.sleep(0.1)
    yield process, f"milvus+http://127.0.0.1:{port}"
    process.kill()
    process.wait(20)


@pytest.fixture(scope="session")
def milvus(milvus_server):
    return milvus_server[1]
