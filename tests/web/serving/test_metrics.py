"""Figures for Prometheus: read back with the library's own parser."""

from __future__ import annotations

import os

from prometheus_client.parser import text_string_to_metric_families

from qa.web.serving.metrics import OUTCOMES, Metrics, memory


def samples(metrics):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }


def test_what_has_not_happened_yet_is_nought_and_not_absent():
    found = samples(Metrics())
    assert all(found["sitasi_questions_total", (("outcome", outcome),)] == 0 for outcome in OUTCOMES)


def test_counts_and_seconds_are_exposed():
    metrics = Metrics()
    metrics.questions.labels("answered").inc()
    metrics.stages.labels("read").observe(0.2)
    found = samples(metrics)
    assert found["sitasi_questions_total", (("outcome", "answered"),)] == 1
    assert found["sitasi_stage_seconds_sum", (("stage", "read"),)] == 0.2
    assert found["sitasi_stage_seconds_bucket", (("le", "0.25"), ("stage", "read"))] == 1
    assert found["sitasi_stage_seconds_bucket", (("le", "0.1"), ("stage", "read"))] == 0


def test_two_servers_in_one_process_do_not_count_each_other():
    first, second = Metrics(), Metrics()
    first.added.inc(3)
    assert samples(second)["sitasi_articles_added_total", ()] == 0


def test_a_watched_figure_is_asked_for_when_somebody_looks():
    metrics, waiting = Metrics(), [1.0]
    metrics.watch("waiting", "Who waits", lambda: waiting[0])
    waiting[0] = 7.0
    assert samples(metrics)["sitasi_waiting", ()] == 7


def test_memory_is_given_by_process_and_a_process_that_has_gone_is_left_out():
    metrics = Metrics()
    metrics.watch_processes(lambda: {"worker-1": 2**22 + 1})  # above the largest process id
    found = {labels for name, labels in samples(metrics) if name == "sitasi_memory_bytes"}
    assert found == {(("kind", kind), ("process", "server")) for kind in ("resident", "proportional")}
    own = memory(os.getpid())
    assert 0 < own["proportional"] <= own["resident"]
