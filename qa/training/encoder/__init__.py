"""Trains the static encoder."""
