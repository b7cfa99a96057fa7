"""The ВПР procedure of a row: from its own columns, or from the titles above the table."""

from __future__ import annotations

from collections.abc import Callable

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.cells import read_number
from app.services.importing.facts import Procedure
from app.services.importing.grid import Sheet, address
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import Context, procedure_of, warn_unknown
from app.services.importing.layouts.titles import (
    find_grade,
    find_subject,
    find_year,
    grade_of,
    year_of,
)
from app.services.importing.layouts.wide import Wide
from app.services.importing.tables import cell

_VPR = AssessmentKind.VPR


def procedure_context(sheet: Sheet, table: Wide) -> Context:
    """Return the year, the grade and the subject that the titles above a table tell."""
    rows = table.titles
    return Context(find_year(sheet, rows), find_grade(sheet, rows), find_subject(sheet, rows, _VPR))


def row_procedures(
    sheet: Sheet, table: Wide, context: Context, findings: Findings
) -> Callable[[int], Procedure | None] | None:
    """Return what gives the procedure of a row; None when the table names none at all."""
    columns = table.header.columns
    if {"year", "grade", "subject"} <= columns.keys():
        reader = _RowReader(sheet, table, findings)
        return reader.procedure
    where = address(table.header.first, 0)
    procedure = procedure_of(_VPR, context, findings, where)
    return None if procedure is None else lambda _row: procedure


class _RowReader:
    """Reads the columns of year, grade and subject; an unknown subject is told once."""

    def __init__(self, sheet: Sheet, table: Wide, findings: Findings) -> None:
        self._sheet = sheet
        self._columns = table.header.columns
        self._findings = findings
        self._told: set[str] = set()

    def procedure(self, row: int) -> Procedure | None:
        """Return the procedure of a row; what it does not say is an error in its cell."""
        text = {n: self._sheet.text(row, self._columns[n]) for n in ("year", "grade", "subject")}
        year = year_of(text["year"])
        grade = read_number(text["grade"]).whole or grade_of(text["grade"])
        missing = {
            "year": (year, "года"),
            "grade": (grade, "класса"),
            "subject": (text["subject"], "предмета"),
        }
        for name, (value, what) in missing.items():
            if not value:
                self._findings.cell_error(
                    row,
                    self._columns[name],
                    f"В строке нет {what}.",
                    "Впишите и загрузите файл снова.",
                )
        if not (year and grade and text["subject"]):
            return None
        found = subjects.resolve(text["subject"], _VPR)
        if found.name not in self._told:
            self._told.add(found.name)
            warn_unknown(found, self._findings, cell(row, self._columns["subject"]))
        return Procedure(_VPR, year, found.name, grade)
