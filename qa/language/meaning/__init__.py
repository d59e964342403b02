"""Words that mean the same, or the opposite."""
