"""Suites, metrics, the gate, reports."""
