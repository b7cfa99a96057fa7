"""Marks of one exam by school, as districts retell them: the table of L2 under a title of ГИА."""

from __future__ import annotations

from itertools import islice

from app.models.enums import AssessmentKind
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.fisoko_marks import extract, marks_header
from app.services.importing.layouts.titles import find_kind

_EXAMS = (AssessmentKind.OGE, AssessmentKind.EGE)
_TOP = 12
"""Titles of a table stand in the first rows."""
_SURE = 0.78
"""Less than a table of several subjects side by side, more than one without a title of L2."""


def recognise(sheet: Sheet) -> float:
    """Return the confidence: participants and marks by school, an exam named above the table."""
    header = marks_header(sheet)
    titled = header and find_kind(sheet, range(header.first)) in _EXAMS
    return _SURE if titled else 0.0


def _at_most(sheet: Sheet) -> float:
    return _SURE if find_kind(sheet, islice(sheet.filled_rows(), _TOP)) in _EXAMS else 0.0


LAYOUT = Layout("gia_marks", "ОГЭ и ЕГЭ: отметки по школам", recognise, extract, _at_most)
