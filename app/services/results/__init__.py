"""Results as tables show them, each with its source cell."""

from app.services.results.export import export_rows
from app.services.results.queries import history, list_results, sources, years
from app.services.results.types import Observation, ResultRow

__all__ = [
    "Observation",
    "ResultRow",
    "export_rows",
    "history",
    "list_results",
    "sources",
    "years",
]
