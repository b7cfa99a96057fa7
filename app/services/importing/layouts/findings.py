"""Collects the problems of a sheet while a layout reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.models.enums import Severity
from app.services.importing.cells import compact_rows
from app.services.importing.facts import Problem
from app.services.importing.grid import Sheet, address, column_letters
from app.services.russian import counted

_WHOSE = "Впишите название школы или её код."


class Findings:
    """The problems of one sheet; rows and columns are 0-based here, as in the grid."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet.name
        self._problems: list[Problem] = []
        self._columns: dict[tuple[int, str], tuple[int, list[int]]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything found so far."""
        told = list(self._problems)
        for (column, message), (place, rows) in self._columns.items():
            told[place] = _of_column(told[place], message, rows, column)
        return tuple(told)

    @property
    def error_rows(self) -> frozenset[int]:
        """0-based rows that an error keeps out."""
        return frozenset(
            p.row - 1 for p in self._problems if p.severity is Severity.ERROR and p.row
        )

    def cell_error(self, row: int, column: int, message: str, hint: str = "") -> None:
        """Note an error in one cell; it keeps the row out."""
        self._note(Severity.ERROR, message, hint, address(row, column), row + 1)

    def nobody_error(self, row: int, column: int, hint: str = _WHOSE) -> None:
        """Note a row of numbers that does not say of which school they are."""
        self.cell_error(row, column, "Не указано, чья это строка.", hint)

    def nobody_took_part(self, row: int, column: int, item: str) -> None:
        """Note a school without participants, and so without a result."""
        self.cell_warning(row, column, f"{item}: участников нет, результата тоже.")

    def cell_warning(
        self, row: int, column: int, message: str, hint: str = "", *, soft: bool = False
    ) -> None:
        """Note something doubtful in one cell; the row goes in.

        A ``soft`` finding is one that a person who knows better confirms with a note.
        """
        self._note(Severity.WARNING, message, hint, address(row, column), row + 1, soft=soft)

    def range_warning(
        self, row: int, columns: range, message: str, hint: str = "", *, soft: bool = False
    ) -> None:
        """Note something doubtful in neighbouring cells of a row; the row goes in."""
        cells = f"{address(row, columns[0])}:{address(row, columns[-1])}"
        self._note(Severity.WARNING, message, hint, cells, row + 1, soft=soft)

    def column_warning(
        self, row: int, column: int, message: str, hint: str = "", *, item: str = ""
    ) -> None:
        """Note what is doubtful in a column: once, with every cell that shows it.

        Cells of which the same ``message`` is said are told together, so what it says must be
        true of each.  ``item`` says whose cell it is, and is told where there is but one.
        """
        about = (column, message)
        known = self._columns.get(about)
        if known is not None:
            known[1].append(row)
            return
        self._columns[about] = len(self._problems), [row]
        told = f"{item}: {message}" if item else _sentence(message)
        self._note(Severity.WARNING, told, hint, address(row, column), None)

    def rows_warning(self, rows: Sequence[int], column: int, message: str, hint: str = "") -> None:
        """Note something about a column in several rows at once."""
        self._note(Severity.WARNING, message, hint, cell_list(rows, column), None)

    def sheet_error(self, message: str, hint: str = "", cell: str | None = None) -> None:
        """Note an error that keeps the whole sheet out."""
        self._note(Severity.ERROR, message, hint, cell, None)

    def sheet_warning(
        self, message: str, hint: str = "", cell: str | None = None, *, soft: bool = False
    ) -> None:
        """Note something doubtful about the whole sheet."""
        self._note(Severity.WARNING, message, hint, cell, None, soft=soft)

    def skipped_rows(self, rows: Sequence[int], message: str, hint: str, cells: str) -> None:
        """Note the 1-based rows that were not read, for they hold no data."""
        self._note(Severity.WARNING, message, hint, cells, None)
        self._problems[-1] = replace(self._problems[-1], skipped=tuple(rows))

    def warn(self, problem: Problem) -> None:
        """Note a warning that another reading of the sheet has made."""
        self._problems.append(problem)

    def _note(
        self,
        severity: Severity,
        message: str,
        hint: str,
        cell: str | None,
        row: int | None,
        *,
        soft: bool = False,
    ) -> None:
        problem = Problem(severity, message, hint, self._sheet, cell, row, soft=soft)
        self._problems.append(problem)


def _of_column(problem: Problem, message: str, rows: Sequence[int], column: int) -> Problem:
    """Return what was told of the first cell, for all the cells that show the same."""
    more = len(set(rows)) - 1
    if not more:
        return problem
    told = f"То же ещё в {counted(more, 'ячейке', 'ячейках', 'ячейках')} столбца."
    return replace(problem, message=f"{_sentence(message)} {told}", cell=cell_list(rows, column))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def cell_list(rows: Sequence[int], column: int) -> str:
    """Return the addresses of a column in 0-based rows, ranges joined: ``V3,V8:V12``."""
    letters = column_letters(column)
    parts = [part.split("-") for part in compact_rows(row + 1 for row in rows).split(",")]
    return ",".join(":".join(f"{letters}{row}" for row in part) for part in parts)
