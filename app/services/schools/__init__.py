"""Schools as lists and cards show them."""
