"""The ready ИСБ of the region (domain.md §2) and its lists of ШНОР and ШНСУ (L16)."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.enums import RecordKind
from app.services.importing.facts import Block, Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import figure_of
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.school_tables import (
    OWNER,
    NamedColumn,
    Plan,
    Sort,
    read_table,
    table_year,
    tell_unknown,
    year_cells,
)
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables

_SORTS = {
    "rank": Sort.COUNT,
    "shnor": Sort.FLAG,
    "shnsu": Sort.FLAG,
}


@dataclass(frozen=True)
class _Kind:
    """One kind of list: its record and the figures of which it needs one."""

    record: RecordKind
    needed: frozenset[str]

    def accepts(self, table: Wide) -> bool:
        owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
        names = {column.name for column in self.columns(table)}
        return bool(owned) and bool(names & self.needed)

    def columns(self, table: Wide) -> tuple[NamedColumn, ...]:
        found: dict[str, NamedColumn] = {}
        for column in table.others():
            title = table.title(column)
            figure = figure_of(self.record, title)
            if figure:
                sort = _SORTS.get(figure.name, Sort.NUMBER)
                found.setdefault(figure.name, NamedColumn(figure.name, column, title, sort))
        return tuple(found.values())

    def recognise(self, sheet: Sheet) -> float:
        return 0.8 if find_wide(sheet, OWNER, self.accepts) else 0.0

    def extract(self, sheet: Sheet) -> Extract:
        findings, remarks = Findings(sheet), Remarks()
        tables = wide_tables(sheet, OWNER, self.accepts)
        blocks: list[Block] = []
        rows_read = 0
        for table in tables:
            columns = self.columns(table)
            tell_unknown(sheet, table, [c.column for c in columns], findings, "сведения")
            year = table_year(sheet, table)
            plan = Plan(self.record, columns, year, cells=year_cells(year))
            block, count = read_table(sheet, table, plan, findings, remarks)
            blocks.append(block)
            rows_read += count
        remarks.tell(sheet, findings)
        personal = personal_columns(sheet, [table.header for table in tables])
        return Extract(tuple(blocks), findings.problems, rows_read, personal)


_ISB = _Kind(RecordKind.ISB, frozenset({"isb"}))
_REGION = _Kind(RecordKind.REGION_LIST, frozenset({"shnor", "shnsu"}))

ISB_LAYOUT = Layout("ready_isb", "ИСБ школ из региона", _ISB.recognise, _ISB.extract, up_to(0.8))
REGION_LAYOUT = Layout(
    "region_list", "Список ШНОР и ШНСУ региона", _REGION.recognise, _REGION.extract, up_to(0.8)
)
