"""Articles in PostgreSQL, where several machines answer from one archive.

The rows of a segment are written in one transaction, carry the segment's number, and never change: whoever answers from a generation
finds in them what its manifest says, whatever is published meanwhile. A file in the segment's folder says which they are and what they
hash to. Rows are freed when no generation names them and no reader, on whichever machine, holds them.
"""
