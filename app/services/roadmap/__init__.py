"""Roadmaps of a programme: activities with deadlines, those who answer, results and years."""
