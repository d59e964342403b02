"""The command that measures large archives."""
