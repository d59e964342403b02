"""Reading, masking, cutting and encoding on several machines; one process writes the index from what they have made."""
