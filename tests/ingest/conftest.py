"""A Dask cluster on loopback: a scheduler and two workers, each a process of its own, ended with the tests."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

QUIET = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "3",
    "OMP_NUM_THREADS": "1",
}


class Cluster:
    """The processes; `kill` ends a worker as a machine that loses power does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._env = {
            **os.environ,
            **QUIET,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]),
        }
        self.workers = []
        self._logs = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        self.address = self._said(self.scheduler, r"Scheduler at:\s+(tcp://\S+)")
        for _ in range(2):
            self.add()

    def add(self):
        told = ["--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder)]
        worker = self._start("worker", self.address, *told)
        self._said(worker, r"Registered to:\s+(tcp://\S+)")
        self.workers.append(worker)

    def kill(self):
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait(20)

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait(20)
        for log in self._logs:
            log.close()

    def _start(self, what, *told):
        log = (self._folder / f"{what}-{len(self._logs)}.log").open("w+")
        self._logs.append(log)
        code = f"import sys; from distributed.cli.dask_{what} import main; main()"
        process = subprocess.Popen([sys.executable, "-c", code, *told], stdout=log, stderr=log, env=self._env, cwd=self._folder)
        process.log = Path(log.name)
        return process

    @staticmethod
    def _said(process, pattern):
        end = time.monotonic() + 120
        while not (found := re.search(pattern, process.log.read_text())):
            assert process.poll() is None, process.log.read_text()
            assert time.monotonic() < end, process.log.read_text()
            time.sleep(0.1)
        return found[1]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("not installed: distributed. Cure: pip install 'sitasi[dask]'")
    made = Cluster(tmp_path_factory.mktemp("dask"))
    yield made
    made.close()
