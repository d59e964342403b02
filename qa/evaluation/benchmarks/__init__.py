"""Readers of public benchmarks, one a format; `qa.evaluation.benchmarks.public` is the door."""
