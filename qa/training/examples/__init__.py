"""Training examples of the reader."""
