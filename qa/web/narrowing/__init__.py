"""What a reader sets beside a question: days, outlets, chosen articles."""
