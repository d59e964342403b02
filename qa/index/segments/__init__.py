"""The segments of a generation: parts that never change, read as one index."""
