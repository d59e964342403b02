"""The only rooms that know Indonesian or English."""
