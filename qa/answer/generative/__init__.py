"""Answers with a chat model, whose every sentence needs its quote."""
