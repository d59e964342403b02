"""Answers to copy, save and print."""
