"""The archive on the page: its table, its months, what is added, corrected and removed, and the reader's view of an article."""
