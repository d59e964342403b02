"""The files of an index: articles in SQLite, a manifest with hashes, one writer."""
