"""What every kind of mapped table needs while its rows are read."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.enums import ReferenceScope
from app.services.importing.facts import SchoolRef
from app.services.importing.grid import Sheet, column_letters
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.labels import read_label
from app.services.importing.layouts.refs import RefReader, ref_of
from app.services.importing.mapped.body import SCHOOL_FIELDS, TableMap
from app.services.importing.mapped.origins import Procedures, cell_of
from app.services.importing.mapped.turning import turned_cell
from app.services.importing.tables import Header, fixed, iter_filled


@dataclass(frozen=True)
class Owner:
    """Whose row it is: a school, or a scope of reference with its name; ``title`` for messages."""

    ref: SchoolRef
    scope: ReferenceScope | None = None
    name: str = ""

    @property
    def title(self) -> str:
        """Return what to call the row in a message."""
        return f"«{self.name or self.ref.called or 'без названия'}»"


@dataclass(frozen=True)
class Table:
    """A sheet under its mapping."""

    sheet: Sheet
    mapping: TableMap
    header: Header
    refs: RefReader
    procedures: Procedures
    findings: Findings

    def owner(self, row: int, *, total: bool) -> Owner | None:
        """Return whose row it is, or None with the fault noted.

        A row of totals is the district's; a label without a code that names a district or a
        region is theirs.
        """
        if total:
            return self._whole(row)
        if self.mapping.school:
            return self._of_form()
        ref = self.refs.read(row, self.findings)
        label = read_label(ref.name or "", False)
        if ref.name and not ref.codes and label.scope is not None:
            return Owner(ref, label.scope, ref.name)
        if not (ref.codes or ref.name):
            self._nobody(row)
            return None
        return Owner(ref)

    def _of_form(self) -> Owner | None:
        """Return the school that the cell of a form names, or None with the fault noted."""
        column, row = cell_of(self.mapping.school) or (0, 0)  # the sheet is turned
        ref = ref_of(self.sheet.text(row, column))
        if ref.codes or ref.name:
            return Owner(ref)
        self.findings.sheet_error(
            f"В ячейке {self.mapping.school} не названа школа.",
            "Впишите её в файл или исправьте разметку.",
            turned_cell(self.mapping.school),
        )
        return None

    def _whole(self, row: int) -> Owner:
        """Return the owner of a row of totals, called as its first words are."""
        texts = (text for _, text in iter_filled(self.sheet, row) if not text.isdigit())
        name = next(texts, "Итого")
        scope = read_label(name, False).scope or ReferenceScope.DISTRICT
        return Owner(SchoolRef(), scope, name)

    def _nobody(self, row: int) -> None:
        if row in self.findings.error_rows:
            return
        self.findings.nobody_error(row, self._school_column())

    def _school_column(self) -> int:
        names = (*self.refs.names, *(column for column, _ in self.refs.codes))
        return min(names, default=0)

    def sources(self, owners: list[SchoolRef]) -> dict[str, str]:
        """Return the block columns that say whose row it is and of which procedure."""
        columns = self.header.columns
        names = {n: column_letters(columns[n]) for n in SCHOOL_FIELDS if n in columns}
        if self.mapping.school:
            place = cell_of(turned_cell(self.mapping.school)) or (0, 0)
            names = {"name": fixed(*place)}
        return {**self.procedures.cells, **self.refs.fields(names, owners)}
