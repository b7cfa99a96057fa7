"""Tables for other programs: results as JSON, CSV and XLSX."""

from app.services.exporting.results import FORMATS, write_results

__all__ = ["FORMATS", "write_results"]
