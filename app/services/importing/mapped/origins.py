"""Reads the parts of a procedure (year, assessment, subject, grade) from where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.models.enums import AssessmentKind
from app.services.importing import subjects
from app.services.importing.facts import Procedure
from app.services.importing.grid import Sheet, address, column_index, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.procedures import warn_unknown
from app.services.importing.layouts.titles import (
    FoundNumber,
    find_grade,
    find_subject,
    find_year,
    grade_of,
    year_of,
)
from app.services.importing.mapped.body import (
    PARTS,
    How,
    Origin,
    Placed,
    TableMap,
    needed_parts,
)
from app.services.importing.mapped.turning import turned, turned_cell
from app.services.importing.tables import fixed, row_text

PART_TITLES = {"year": "год", "assessment": "процедура", "subject": "предмет", "grade": "класс"}
"""Of the parts, in the nominative, for sentences."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_KINDS = {
    AssessmentKind.VPR: re.compile(r"впр|всероссийск\w+ провер"),
    AssessmentKind.OGE: re.compile(r"огэ|гиа[\s-]*9"),
    AssessmentKind.EGE: re.compile(r"егэ|гиа[\s-]*11"),
}
_GRADE = re.compile(r"(\d{1,2})(?!\d)")
Value = int | str


def cell_of(text: str) -> tuple[int, int] | None:
    """Return the 0-based row and column of an A1 address, or None."""
    match = _ADDRESS.fullmatch(text.strip().upper())
    return (int(match[2]) - 1, column_index(match[1])) if match else None


def value_of(part: str, text: str) -> Value | None:
    """Return what a text says of one part; None when it does not say it.

    A year is that of the end of a school year, a grade 1–12, an assessment the word of its enum.
    """
    if part == "year":
        return year_of(text)
    if part == "grade":
        return _grade(text)
    if part == "assessment":
        folded = text.casefold()
        return next((kind.value for kind, p in _KINDS.items() if p.search(folded)), None)
    return text.strip() or None


def _grade(text: str) -> int | None:
    match = _GRADE.match(text.strip())
    number = int(match[1]) if match else grade_of(text)
    return number if number and 1 <= number <= 12 else None


def constant_fault(part: str, origin: Origin) -> str | None:
    """Return why a constant or an address cannot be used, or None."""
    title = PART_TITLES[part]
    if origin.how is How.CELL:
        return None if cell_of(origin.value) else f"Не указана ячейка, где стоит {title}."
    if value_of(part, origin.value) is None:
        return f"Не указано значение: {title}."
    return None


def title_year(sheet: Sheet, mapping: TableMap) -> FoundNumber | None:
    """Return the year above a table, or anywhere in a form, with its cell in ``sheet``."""
    if not mapping.turned:
        return find_year(sheet, range(mapping.header[0]))
    form = turned(sheet)
    found = find_year(form, range(form.height))
    return FoundNumber(found.value, turned_cell(found.cell)) if found and found.cell else found


class Procedures:
    """Gives the procedure of a row; what cannot be read is noted once, where it stands."""

    def __init__(self, sheet: Sheet, mapping: TableMap, findings: Findings) -> None:
        self._sheet, self._map, self._findings = sheet, mapping, findings
        self._needed = needed_parts(mapping.kind, mapping.record)
        self._fixed: dict[str, Value | None] = {}
        self.cells: dict[str, str] = {}
        """Block columns of the parts: ``$B$1`` for one cell, ``D`` for a column."""
        self._told: set[str] = set()
        self._made: dict[tuple[Value, ...], Procedure] = {}
        for part in PARTS:
            self._prepare(part)

    @property
    def broken(self) -> bool:
        """True when a part that serves the whole table could not be read."""
        return any(self._fixed.get(p, "") is None for p in self._needed if p in self._fixed)

    def year(self, row: int, column: Placed | None = None) -> int | None:
        """Return the year of a row, None with the fault noted."""
        value = self._value("year", row, column)
        return value if isinstance(value, int) else None

    def read(self, row: int, column: Placed | None = None) -> Procedure | None:
        """Return the procedure of a row; ``column`` says which one of those side by side."""
        values = [self._value(part, row, column) for part in PARTS]
        year, kind, subject, grade = values
        if not (isinstance(year, int) and isinstance(grade, int) and kind and subject):
            return None
        key = (year, kind, subject, grade)
        if key not in self._made:
            self._made[key] = self._procedure(
                AssessmentKind(str(kind)), year, str(subject), grade, row
            )
        return self._made[key]

    def _prepare(self, part: str) -> None:
        origin = self._map.origins.get(part)
        if origin is None or part not in self._needed:
            return
        if origin.how is How.COLUMN:
            column = self._map.placed(part)
            if column is not None:
                self.cells[part] = column_letters(column.column)
        elif origin.how is not How.HEADER:
            found, cell = self._single(part, origin)
            self._fixed[part] = found
            if cell:
                self.cells[part] = cell

    def _single(self, part: str, origin: Origin) -> tuple[Value | None, str | None]:
        """Return the value for the whole table and its cell; a missing one is an error."""
        if origin.how is How.CONSTANT:
            value = value_of(part, origin.value)
            if part == "year":
                self._doubt_year(value)
            return value, None
        if origin.how is How.TITLES:
            return self._titled(part)
        shown = turned_cell(origin.value.upper()) if self._map.turned else origin.value
        place = cell_of(shown)
        text = self._sheet.text(*place) if place else ""
        found = value_of(part, text)
        if found is None:
            self._findings.sheet_error(
                f"В ячейке {origin.value} не найден {PART_TITLES[part]}: там «{text}».",
                "Впишите его в файл или исправьте разметку таблицы.",
                shown,
            )
        return found, fixed(*place) if place and found is not None else None

    def _doubt_year(self, year: Value | None) -> None:
        """Warn that the year is not the file's own: the same table comes again next year."""
        found = title_year(self._sheet, self._map)
        if found is not None and found.value == year:
            return
        where = f"а в файле – {found.value}" if found else "в самой таблице года нет"
        self._findings.sheet_warning(
            f"Год {year} взят из разметки, {where}.",
            "Если файл за другой год, исправьте год в разметке, прежде чем загружать.",
            found.cell.replace("$", "") if found and found.cell else None,
        )

    def _titled(self, part: str) -> tuple[Value | None, str | None]:
        rows = range(self._map.header[0])
        value, cell = self._search(part, rows)
        if value is None:
            self._findings.sheet_error(
                f"Над таблицей не найден {PART_TITLES[part]}.",
                "Допишите его над таблицей или исправьте разметку.",
                address(self._map.header[0], 0),
            )
        return value, cell

    def _search(self, part: str, rows: Sequence[int]) -> tuple[Value | None, str | None]:
        if part == "year":
            year = title_year(self._sheet, self._map)
            return (year.value, year.cell) if year else (None, None)
        if part == "assessment":
            return self._assessment(rows)
        if part == "subject":
            kind = self._fixed.get("assessment") or AssessmentKind.VPR.value
            subject = find_subject(self._sheet, rows, AssessmentKind(str(kind)))
            return (subject.subject.name, subject.cell) if subject else (None, None)
        found = find_grade(self._sheet, rows)
        return (found.value, found.cell) if found else (None, None)

    def _assessment(self, rows: Sequence[int]) -> tuple[Value | None, str | None]:
        for row in rows:
            found = value_of("assessment", row_text(self._sheet, row))
            if found is not None:
                return found, None
        return value_of("assessment", self._sheet.name), None

    def _value(self, part: str, row: int, column: Placed | None) -> Value | None:
        own: Value | None = getattr(column, part, None) if part != "assessment" else None
        if own:
            return own
        if part in self._fixed:
            return self._fixed[part]
        place = self._map.placed(part)
        return None if place is None else self._in_row(part, row, place.column)

    def _in_row(self, part: str, row: int, column: int) -> Value | None:
        text = self._sheet.text(row, column)
        value = value_of(part, text)
        if value is None and row not in self._findings.error_rows:
            self._findings.cell_error(
                row,
                column,
                f"Не найден {PART_TITLES[part]}: в ячейке «{text}».",
                "Впишите и загрузите файл снова.",
            )
        return value

    def _procedure(
        self, kind: AssessmentKind, year: int, subject: str, grade: int, row: int
    ) -> Procedure:
        found = subjects.resolve(subject, kind)
        if found.name not in self._told:
            self._told.add(found.name)
            place = self.cells.get("subject") or f"A{self._map.header[0] + 1}"
            where = place if place.startswith("$") else f"{place}{row + 1}"
            warn_unknown(found, self._findings, where)
        return Procedure(kind, year, found.name, grade)
