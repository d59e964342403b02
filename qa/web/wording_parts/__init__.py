"""The page's words by part, each file with both languages."""
