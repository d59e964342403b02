"""What the chat page does."""
