"""A Milvus of several processes on this machine: every role its own, on loopback, in a folder that goes with it.

What it takes (nothing is downloaded here):

    pip download --no-deps milvus==2.3.5     # the roles' binary; unpack it: python -m zipfile -e milvus-2.3.5-*.whl DIR
    apt-get install etcd-server              # or apt-get download, and dpkg -x

Roles of a cluster exchange their writes by a message queue that is none of them: Pulsar or Kafka (rocksmq and natsmq are for one process
alone). Here it is the broker that librdkafka carries for tests, in a process of its own: Kafka's protocol over TCP, all in memory.
Segments lie in one folder that all roles share, in place of an object store. What is measured on it: milvus_failure.py.
"""

from __future__ import annotations

import contextlib
import ctypes
import lzma
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from qa.store.calls import Calls

ROLES = ("rootcoord", "datacoord", "querycoord", "proxy", "datanode", "indexnode")
"""What a cluster has one of; query nodes come beside them. Index coordination is a part of datacoord in this version."""
TOKEN = "root:Milvus"  # whom a server with passwords knows when it is new
STARTING = 240.0  # seconds until all roles must be there
LISTENING = {
    "rootcoord": "rootCoord",
    "datacoord": "dataCoord",
    "querycoord": "queryCoord",
    "proxy": "proxy",
    "datanode": "dataNode",
    "indexnode": "indexNode",
    "querynode": "queryNode",
}


def missing(wheel: Path, etcd: Path) -> str:
    """What is not on this machine, as one line; empty where all is."""
    lacks = []
    if not any((wheel / "milvus" / "data" / "bin" / f"milvus{end}").is_file() for end in ("", ".lzma")):
        lacks.append("the unpacked wheel milvus==2.3.5 (MILVUS_WHEEL=DIR)")
    if not etcd.is_file():
        lacks.append("etcd (apt-get install etcd-server, or ETCD=FILE)")
    return " and ".join(lacks)


def wheel_here() -> Path:
    """Where the wheel is unpacked: MILVUS_WHEEL, or what is installed beside this Python."""
    if named := os.environ.get("MILVUS_WHEEL"):
        return Path(named)
    import importlib.util

    found = importlib.util.find_spec("milvus")
    return Path(found.origin).parent.parent if found and found.origin else Path("nowhere")


def etcd_here() -> Path:
    """Where etcd is: ETCD, or as the shell finds it."""
    return Path(os.environ.get("ETCD") or shutil.which("etcd") or "nowhere")


class Cluster:
    """Processes of one cluster; `with Cluster(folder, wheel, etcd) as cluster:` starts and ends them."""

    def __init__(self, folder: Path, wheel: Path, etcd: Path, *, query_nodes: int = 3, secured: bool = False) -> None:
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._etcd = etcd
        self._query_nodes = query_nodes
        self._secured = secured
        self._bin = unpacked(wheel, folder / "bin")
        self._logs: list[IO[bytes]] = []
        self.port = free_port()
        self.ports: dict[str, int] = {}
        self._metrics: dict[str, int] = {}

    @property
    def url(self) -> str:
        """The address for --store."""
        return f"milvus+http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End every process, the last started first."""
        for process in reversed(self.processes.values()):
            process.kill()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        for log in self._logs:
            log.close()

    def kill(self, name: str) -> None:
        """End a process as a power cut does."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait(20)

    def leader(self, calls: Calls, collection: str) -> str:
        """The name of a query node that leads a shard of a collection: it asks the others and merges."""
        groups = calls("asking for replicas", lambda client, timeout: client.describe_replica(collection, timeout=timeout))
        leader = groups[0].shards[0].shard_leader
        names = [name for name in self.ports if name.startswith("querynode") and f"NodeID={leader}]" in self.log(name)]
        assert len(names) == 1, f"node {leader} is in the logs of {names}"
        return names[0]

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def memory_mb(self) -> int:
        """Resident memory of all processes; what they share is counted each time."""
        pages = 0
        for process in self.processes.values():
            with contextlib.suppress(OSError):
                pages += int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000

    def _start(self) -> None:
        end = time.monotonic() + STARTING
        client, peer = free_port(), free_port()
        here = f"http://127.0.0.1:{client}"
        among = f"http://127.0.0.1:{peer}"
        listen = ["--listen-client-urls", here, "--advertise-client-urls", here, "--listen-peer-urls", among]
        listen += ["--initial-advertise-peer-urls", among, "--initial-cluster", f"default={among}"]
        self._run("etcd", [str(self._etcd), "--data-dir", str(self.folder / "etcd"), "--unsafe-no-fsync", *listen])
        broker = self._run(
            "broker", [sys.executable, __file__, "--broker", str(self._bin / "librdkafka.so.1")], out=subprocess.PIPE
        )
        assert broker.stdout is not None
        self._brokers = broker.stdout.readline().decode().strip()
        self._endpoints = f"127.0.0.1:{client}"
        self._await("etcd", client, end)
        for role in ROLES:
            self.role(role, role)
        for number in range(self._query_nodes):
            self.role("querynode", f"querynode{number}")
        for name, port in self._metrics.items():
            self._await(name, port, end)
        self._await("proxy", self.port, end)

    def role(self, role: str, name: str) -> None:
        """Start a role under a name."""
        port = self.port if role == "proxy" else free_port()
        self.ports[name], self._metrics[name] = port, free_port()
        conf = self.folder / name
        conf.mkdir(exist_ok=True)
        (conf / "milvus.yaml").write_text(self._settings(role, port), encoding="utf-8")
        (conf / "glog.conf").touch()
        self._run(
            name,
            [str(self._bin / "milvus"), "run", role, "-alias", name],
            env={
                "MILVUSCONF": str(conf),
                "LD_LIBRARY_PATH": str(self._bin),
                "METRICS_PORT": str(self._metrics[name]),
                "GOMAXPROCS": "2",
                "HOME": str(self.folder),
                "TMPDIR": str(conf),
            },
            cwd=conf,
        )

    def _settings(self, role: str, port: int) -> str:
        kind = LISTENING[role]
        inner = f"  internalPort: {free_port()}\n" if role == "proxy" else ""
        secured = "true" if self._secured else "false"
        return (
            f"etcd:\n  endpoints: {self._endpoints}\n  rootPath: sitasi\n"
            f"mq:\n  type: kafka\nkafka:\n  brokerList: {self._brokers}\n"
            f"localStorage:\n  path: {self.folder / 'storage'}\n"
            f"common:\n  storageType: local\n  security:\n    authorizationEnabled: {secured}\n"
            "log:\n  level: info\n"
            f"{kind}:\n  ip: 127.0.0.1\n  port: {port}\n{inner}"
        )

    def _await(self, name: str, port: int, end: float) -> None:
        while True:
            status = self.processes[name].poll()
            if status is not None:
                raise RuntimeError(f"{name} ended with status {status}: {self.last_words(name)}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                if time.monotonic() > end:
                    raise RuntimeError(f"{name} did not listen in {STARTING:g} s: {self.last_words(name)}") from None
                time.sleep(0.2)
            else:
                return

    def last_words(self, name: str) -> str:
        """The end of a process's log."""
        return self.log(name)[-1500:]

    def _run(
        self, name: str, command: list[str], *, out: Any = None, env: dict[str, str] | None = None, cwd: Path | None = None
    ) -> Any:
        log = (self.folder / f"{name}.log").open("wb")
        self._logs.append(log)
        process = subprocess.Popen(
            command, stdin=out or subprocess.DEVNULL, stdout=out or log, stderr=log, env={**os.environ, **(env or {})}, cwd=cwd
        )
        self.processes[name] = process
        return process


def unpacked(wheel: Path, into: Path) -> Path:
    """The wheel's binaries, which come compressed, as files that run; the wheel's folder stays as it is."""
    source = wheel / "milvus" / "data" / "bin"
    if (source / "milvus").is_file():
        return source
    into.mkdir(parents=True)
    for packed in source.glob("*.lzma"):
        target = into / packed.name.removesuffix(".lzma")
        with lzma.open(packed) as read, target.open("wb") as write:
            shutil.copyfileobj(read, write)
        target.chmod(0o755)
    return into


def broker(library: str) -> None:
    """Serve Kafka's protocol until the standard input ends, and print where."""
    rdkafka = ctypes.CDLL(library)
    for function in (rdkafka.rd_kafka_conf_new, rdkafka.rd_kafka_new, rdkafka.rd_kafka_mock_cluster_new):
        function.restype = ctypes.c_void_p
    rdkafka.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
    said = ctypes.create_string_buffer(512)
    producer = rdkafka.rd_kafka_new(0, ctypes.c_void_p(rdkafka.rd_kafka_conf_new()), said, len(said))
    served = rdkafka.rd_kafka_mock_cluster_new(ctypes.c_void_p(producer), 1)
    print(rdkafka.rd_kafka_mock_cluster_bootstraps(ctypes.c_void_p(served)).decode(), flush=True)
    sys.stdin.read()


def free_port() -> int:
    """A port that nobody listens on, each once, and below those that connections get: a role that starts must not lose its port to one."""
    for port in _ports:
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free between 20000 and 32000")


_ports = iter(random.sample(range(20_000, 32_000), 12_000))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--broker"]:
        broker(sys.argv[2])
    else:
        sys.exit(__doc__)
