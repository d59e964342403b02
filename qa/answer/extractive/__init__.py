"""Answers without a chat model: sentences of the passages that were read, word for word."""
