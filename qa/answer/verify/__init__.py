"""Drafts in, verified answers out."""
