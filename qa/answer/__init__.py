"""Hits in, proved answers out."""
