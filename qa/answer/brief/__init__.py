"""What an archive holds, on one page: numbers, days, names, and questions that it answers."""
