"""Real programmes in short words: their shape, counts and figures, the sentences our own."""
