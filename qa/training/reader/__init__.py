"""Trains the reader."""
