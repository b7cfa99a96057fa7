"""Roadmaps of a programme: activities with deadlines, those who answer, results and years."""

from app.services.roadmap.loading import (
    Removed,
    remove_loaded,
    roadmaps_are_gone,
    same_plan,
    store_plan,
    stored_plans,
)
from app.services.roadmap.quantities import Quantity, parse_quantity
from app.services.roadmap.terms import Term, TermState, Years, parse_term, split_term

__all__ = [
    "Quantity",
    "Removed",
    "Term",
    "TermState",
    "Years",
    "parse_quantity",
    "parse_term",
    "remove_loaded",
    "roadmaps_are_gone",
    "same_plan",
    "split_term",
    "store_plan",
    "stored_plans",
]
