"""Drafted cases and feedback, until a person has accepted them."""
