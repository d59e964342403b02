"""Endpoints for programs, and who may use them."""
