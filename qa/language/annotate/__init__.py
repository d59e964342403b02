"""What stands in a text, found where it stands."""
