"""What the specialist does, one package per verb; no Qt, and nothing of the ORM leaves it."""
