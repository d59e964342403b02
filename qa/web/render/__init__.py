"""Values in, HTML out."""
