"""Normalises answers before they are compared."""
