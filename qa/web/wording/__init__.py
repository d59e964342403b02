"""The page's texts, in each of its languages."""
