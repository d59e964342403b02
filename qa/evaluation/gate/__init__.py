"""Compares runs: is one worse than the other, beyond chance?"""
