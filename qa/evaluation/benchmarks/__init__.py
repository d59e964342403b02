"""Readers of public benchmarks, one a format; `qa.evaluation.public` is the door."""
