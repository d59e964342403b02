"""What keeps a user's machine, terminal and secrets safe."""
