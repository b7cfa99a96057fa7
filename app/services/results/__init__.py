"""Results as tables show them, each with its source cell."""
