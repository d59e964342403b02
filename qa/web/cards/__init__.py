"""Cards beside an answer and lists of the archive: sides, timeline, brief, what to ask next, glosses."""
