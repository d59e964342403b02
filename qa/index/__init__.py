"""Passages on disk: articles, the lexical arm, the dense arm, atomic generations."""
