"""What the sources make of one another: typed values, what two of them are to each other, and the sides that an answer shows."""
