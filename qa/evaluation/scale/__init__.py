"""What an archive of a given size costs here and in other libraries: `qa bench`."""
