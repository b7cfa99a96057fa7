"""Red cells with comments in a copy of a school's book, where the findings point."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from app.services.importing import Finding

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_MOST_CELLS = 200
"""Of one finding: a whole column is marked at its first cells, the comment says the rest."""
_RED, _DARK_RED = "FFF8B4B4", "FF7F1D1D"
_AUTHOR = "Опора"
_WIDTH, _LINE = 300, 20
_LONGEST = 1_000


def mark(book: bytes, findings: Iterable[Finding]) -> tuple[bytes, int]:
    """Return the book with the cells of the findings red and commented, and how many are red.

    Findings without a cell, or about a sheet that the copy lacks, mark nothing.  Links to other
    files are dropped; a text stays a text.
    """
    # Late: only for a file that goes back.
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book), keep_links=False)
    said: dict[tuple[str, int, int], list[str]] = {}
    for finding in findings:
        text = f"{finding.message} {finding.hint}".strip()
        for place in places(finding):
            said.setdefault((finding.sheet or "", *place), []).append(text)
    marked = sum(
        _mark_cell(opened[sheet], row, column, texts)
        for (sheet, row, column), texts in said.items()
        if sheet in opened.sheetnames
    )
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue(), marked


def places(finding: Finding) -> list[tuple[int, int]]:
    """Return 1-based rows and columns of «E11», «C4:F4» or «V3, V8:V12»."""
    # Late: as above.
    from openpyxl.utils import column_index_from_string as index

    found: list[tuple[int, int]] = []
    for left, top, right, bottom in _PLACE.findall((finding.cell or "").replace("$", "")):
        for row in range(int(top), int(bottom or top) + 1):
            for column in range(index(left), index(right or left) + 1):
                found.append((row, column))
                if len(found) >= _MOST_CELLS:
                    return found
    return found


def _mark_cell(sheet: Any, row: int, column: int, texts: list[str]) -> bool:
    # Late: as above.
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return False
    text = "\n".join(dict.fromkeys(texts))[:_LONGEST]
    cell.fill = PatternFill("solid", fgColor=_RED)
    cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True, color=_DARK_RED)
    height = _LINE * (2 + len(text) // 40)
    cell.comment = Comment(text, _AUTHOR, height=height, width=_WIDTH)
    return True
