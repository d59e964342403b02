"""Training of the project's own models: `qa train encoder|reader`, on a CPU or a GPU."""
