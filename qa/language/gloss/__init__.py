"""English questions in Indonesian words."""
