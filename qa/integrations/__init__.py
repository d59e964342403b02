"""Sitasi inside other programs' frames."""
