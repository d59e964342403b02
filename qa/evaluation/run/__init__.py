"""Asks the questions of a suite and keeps what came back."""
