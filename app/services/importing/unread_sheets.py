"""Sheets beside those that were understood: what is told of one that gives nothing."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.enums import Severity
from app.services.importing.grid import Sheet
from app.services.importing.loaded import LoadedSheet
from app.services.importing.plan import Finding

_FIGURES = 3
"""A row of so many numbers is one of data, no header."""
_WIDTH = 1
"""A continued table may leave out the number of the row."""


def unread(sheet: Sheet, sheets: Sequence[Sheet], known: Sequence[LoadedSheet]) -> Finding:
    """Return what is told of a sheet that no layout knows.

    Rows without a header that look like those of an understood sheet are its continuation: their
    file waits, for a part of its schools would be missing.
    """
    hidden = "Скрытый лист" if sheet.hidden else "Лист"
    before = _continued(sheet, sheets, known)
    if before is None:
        return Finding(
            Severity.WARNING,
            f"{hidden} «{sheet.name}» не распознан: из него ничего не взято.",
            "Если на нём данные, поставьте над ними заголовки столбцов и загрузите файл снова или "
            "нажмите в окне «Разметить…».",
            sheet.name,
        )
    return Finding(
        Severity.ERROR,
        f"{hidden} «{sheet.name}» похож на продолжение листа «{before}», но заголовков столбцов на "
        "нём нет: из него ничего не взято.",
        f"Скопируйте на него строки заголовков с листа «{before}» или перенесите строки туда и "
        "загрузите файл снова. Если лист лишний, удалите его.",
        sheet.name,
    )


def _continued(sheet: Sheet, sheets: Sequence[Sheet], known: Sequence[LoadedSheet]) -> str | None:
    """Return the name of the understood sheet, the nearest before, that a sheet continues."""
    first = next(sheet.filled_rows(), None)
    if first is None or sheet.numbers[first] < _FIGURES:
        return None
    width = len(sheet.line(first))
    starts = {one.sheet: one.first_row - 1 for one in known if _has_facts(one)}
    for other in reversed(sheets[: sheets.index(sheet)]):
        if other.name in starts:
            row = starts[other.name]
            alike = other.numbers[row] >= _FIGURES
            return other.name if alike and abs(len(other.line(row)) - width) <= _WIDTH else None
    return None


def _has_facts(sheet: LoadedSheet) -> bool:
    return any(block.facts for block in sheet.extract.blocks)
