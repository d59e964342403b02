"""Files and records in, articles out."""
