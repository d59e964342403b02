"""Suites of questions with their gold answers, and checks of them."""
