"""Fits the confidence of the answers."""
