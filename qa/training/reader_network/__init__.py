"""The reader's network: its definition, its starting weights and its export."""
