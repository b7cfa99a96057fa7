"""Tables for other programs: results, passports and marks of bias as JSON, CSV and XLSX."""

from app.services.exporting.analysis import write_signals, write_subjects
from app.services.exporting.decisions import write_decisions
from app.services.exporting.indicators import write_indicators
from app.services.exporting.records import write_bias, write_passports
from app.services.exporting.results import FORMATS, write_results
from app.services.exporting.roadmap import write_roadmaps
from app.services.exporting.seen import SeenColumn, SeenTable, write_seen
from app.services.exporting.support import write_support

__all__ = [
    "FORMATS",
    "SeenColumn",
    "SeenTable",
    "write_bias",
    "write_decisions",
    "write_indicators",
    "write_passports",
    "write_results",
    "write_roadmaps",
    "write_seen",
    "write_signals",
    "write_subjects",
    "write_support",
]
