"""Measurements: the program against the floor of what it must do, as ratios of one run."""
