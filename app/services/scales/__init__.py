"""Scales of marks and minimum scores by year: data with a source that an office can correct."""

from app.services.scales.in_force import Scales, shipped, used, using
from app.services.scales.reading import limits
from app.services.scales.recounting import (
    About,
    CountedFigures,
    NotCounted,
    Recount,
    Recounted,
    preview_recount,
    recount,
    undo_recount,
)
from app.services.scales.store import (
    Known,
    in_force,
    list_minimums,
    list_scales,
    restore_minimum,
    restore_scale,
    save_minimum,
    save_scale,
)
from app.services.scales.types import MARKS, Condition, MarkScale, MinScore, Unit

__all__ = [
    "MARKS",
    "About",
    "Condition",
    "CountedFigures",
    "Known",
    "MarkScale",
    "MinScore",
    "NotCounted",
    "Recount",
    "Recounted",
    "Scales",
    "Unit",
    "in_force",
    "limits",
    "list_minimums",
    "list_scales",
    "preview_recount",
    "recount",
    "restore_minimum",
    "restore_scale",
    "save_minimum",
    "save_scale",
    "shipped",
    "undo_recount",
    "used",
    "using",
]
