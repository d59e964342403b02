"""Files in, immutable articles with masks and passages out."""
