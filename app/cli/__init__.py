"""The command line: one module per command; it knows services, never Qt or the storage."""
