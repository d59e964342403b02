"""The names of an archive on disk, in the file of its articles."""
