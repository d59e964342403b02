"""What Prometheus may know of a server: how many questions, how they ended, how long each stage took, who waits. No text.

Names follow Prometheus' own conventions: a prefix, base units (seconds, bytes), `_total` for what only grows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

OUTCOMES = ("answered", "abstained", "failed", "left", "refused")
_STAGE = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_WHOLE = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series of each, that says when it was made


class Metrics:
    """The figures of one server, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own: dict[str, Any] = {"registry": self.registry, "namespace": "sitasi"}
        self.questions = Counter("questions", "Questions by how they ended", ["outcome"], **own)
        self.abstentions = Counter("abstentions", "Withheld answers by reason", ["reason"], **own)
        self.seconds = Histogram("question_seconds", "Seconds from a question's arrival to its answer", buckets=_WHOLE, **own)
        self.queue_seconds = Histogram("queue_seconds", "Seconds until a question was begun", buckets=_WHOLE, **own)
        self.stages = Histogram("stage_seconds", "Seconds of each stage of a question", ["stage"], buckets=_STAGE, **own)
        self.kept = Counter("kept_answers", "Questions by whether a kept answer was given", ["result"], **own)
        self.over = Counter("questions_over_budget", "Questions that the cheaper path answered", **own)
        self.added = Counter("articles_added", "Articles added through this server", **own)
        for outcome in OUTCOMES:  # what has not happened yet is nought, not absent
            self.questions.labels(outcome)
        ProcessCollector(registry=self.registry)

    def watch(self, name: str, words: str, value: Callable[[], float]) -> None:
        """A figure that is asked for whenever somebody looks."""
        Gauge(name, words, namespace="sitasi", registry=self.registry).set_function(value)

    def watch_processes(self, processes: Callable[[], dict[str, int]]) -> None:
        """Memory of this process and of each that answers beside it."""
        self.registry.register(_Memory(processes))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)


class _Memory(Collector):
    """Resident and proportional bytes: index pages that several processes share count once over all in the second."""

    def __init__(self, processes: Callable[[], dict[str, int]]) -> None:
        self._processes = processes

    def collect(self) -> Iterable[Metric]:
        """One sample a process and kind; nothing where the system does not tell."""
        family = GaugeMetricFamily("sitasi_memory_bytes", "Memory by process", labels=["process", "kind"])
        for name, pid in {"server": os.getpid(), **self._processes()}.items():
            for kind, size in memory(pid).items():
                family.add_metric([name, kind], size)
        yield family


def memory(pid: int) -> dict[str, int]:
    """Bytes of a process: resident, and proportional (shared pages divided among those who share them). Empty where unknown."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # not Linux, or it has gone
        return {}
    sizes = {line.split(":")[0]: line.split() for line in lines if line.startswith(("Rss:", "Pss:"))}
    return {kind: int(sizes[key][1]) * 1024 for kind, key in (("resident", "Rss"), ("proportional", "Pss")) if key in sizes}
