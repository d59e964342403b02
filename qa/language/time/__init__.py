"""Dates, periods and feasts in text."""
