"""Readers of public benchmarks, one per format; `qa.evaluation.benchmarks.public` opens them."""
