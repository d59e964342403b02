"""Learns the English-Indonesian lexicon."""
