"""Rows of a table parted by what their own columns say: the subject, the class and the subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.services.importing.grid import Sheet
from app.services.importing.layouts.findings import Findings
from app.services.importing.tables import is_total, is_total_text

_OVER_ALL = (
    "Строка итога не говорит об одном предмете и классе, поэтому не загружена.",
    "Показатели района программа считает по строкам школ.",
)


def parted(
    sheet: Sheet, rows: Sequence[int], columns: Sequence[int], findings: Findings
) -> Mapping[tuple[str, ...], Sequence[int]]:
    """Return the 0-based rows by the texts of their cells in ``columns``.

    A total over all subjects or classes is of none of them, which is told; in a table of one
    subject and class it is theirs.
    """
    data = [row for row in rows if not is_total(sheet, row)]
    used = [c for c in columns if any(sheet.text(row, c) for row in data)] or list(columns)
    groups: dict[tuple[str, ...], list[int]] = {}
    over_all: list[int] = []
    for row in rows:
        if any(_is_over_all(sheet, row, column) for column in used):
            over_all.append(row)
        else:
            groups.setdefault(tuple(sheet.text(row, c) for c in columns), []).append(row)
    if len(groups) == 1:
        for own in groups.values():
            own.extend(over_all)
    else:
        tell_over_all(over_all, used[0], findings)
    return groups


def tell_over_all(rows: Sequence[int], column: int, findings: Findings) -> None:
    """Tell of totals that are of no one subject and class; ``column`` is where to show them."""
    if rows:
        findings.rows_warning(rows, column, *_OVER_ALL)


def _is_over_all(sheet: Sheet, row: int, column: int) -> bool:
    text = sheet.text(row, column)
    return is_total_text(text) or (not text and is_total(sheet, row))
