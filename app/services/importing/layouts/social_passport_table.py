"""Social passports of all schools as one table (L14): a school per row, figures in чел. and %."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.models.enums import RecordKind
from app.services.figures import share_name
from app.services.importing.cells import read_number
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.contract import Layout
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import figure_of_path, is_percent
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
from app.services.importing.tables import key, row_text

_KIND = RecordKind.PASSPORT
_FEWEST = 3
"""So many different figures of a passport make a table one: a register gives pupils and staff."""
_COMMON = {"pupils", "teachers", "boys", "girls"}
"""Figures that a register has too."""
_TITLE = re.compile(r"социальн\w*паспорт|соцпаспорт")
_TITLE_ROWS = 10
_SURE = 0.98
_PLAIN = 0.85


def recognise(sheet: Sheet) -> float:
    """Return the confidence: schools in rows and several figures of passports in columns."""
    return 0.0 if find_wide(sheet, OWNER, _accepts(sheet)) is None else _surest(sheet)


def _surest(sheet: Sheet) -> float:
    return _SURE if _is_titled(sheet) else _PLAIN


def extract(sheet: Sheet) -> Extract:
    """Return a passport per school; columns that are no known figure are named in warnings."""
    findings, remarks = Findings(sheet), Remarks()
    tables = wide_tables(sheet, OWNER, _accepts(sheet))
    blocks = []
    rows_read = 0
    for table in tables:
        columns = tuple(_as_written(sheet, table, column) for column in _columns(table))
        known = [c for c in table.others() if figure_of_path(_KIND, table.paths[c])]
        tell_unknown(sheet, table, known, findings, "сведения")
        _tell_repeated(table, columns, findings)
        year = table_year(sheet, table)
        plan = Plan(_KIND, columns, year, cells=year_cells(year))
        block, count = read_table(sheet, table, plan, findings, remarks)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [table.header for table in tables])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def _accepts(sheet: Sheet) -> Callable[[Wide], bool]:
    """Return the test of a table: under the title of a passport fewer figures are enough."""
    fewest = 1 if _is_titled(sheet) else _FEWEST

    def accepts(table: Wide) -> bool:
        owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
        names = {column.name.removesuffix("_share") for column in _columns(table)}
        return bool(owned) and len(names - _COMMON) >= fewest

    return accepts


def _is_titled(sheet: Sheet) -> bool:
    rows = (row for _, row in zip(range(_TITLE_ROWS), sheet.filled_rows(), strict=False))
    said = [key(sheet.name), *(key(row_text(sheet, row)) for row in rows)]
    return any(_TITLE.search(text) for text in said)


def _columns(table: Wide) -> tuple[NamedColumn, ...]:
    """Return the columns of known figures; of two columns of one figure the first is taken."""
    found: dict[str, NamedColumn] = {}
    for column in table.others():
        figure = figure_of_path(_KIND, table.paths[column])
        if figure is None:
            continue
        percent = is_percent(table.paths[column])
        name = share_name(figure.name) if percent else figure.name
        sort = Sort.PERCENT if percent else Sort.COUNT
        found.setdefault(name, NamedColumn(name, column, table.title(column), sort))
    return tuple(found.values())


def _as_written(sheet: Sheet, table: Wide, column: NamedColumn) -> NamedColumn:
    """Return the column as a share where its cells say «30 %» and its title does not."""
    numbers = [read_number(sheet.at(row, column.column)) for row in table.data]
    written = [number.percent for number in numbers if number.value is not None]
    if column.sort is Sort.PERCENT or not written or not all(written):
        return column
    return replace(column, name=share_name(column.name), sort=Sort.PERCENT)


def _tell_repeated(table: Wide, columns: tuple[NamedColumn, ...], findings: Findings) -> None:
    taken = {column.column: column for column in columns}
    for column in table.others():
        figure = figure_of_path(_KIND, table.paths[column])
        if figure is None or column in taken:
            continue
        findings.sheet_warning(
            f"Столбец «{table.title(column)}» понят как «{figure.title}», но такой показатель уже "
            "взят из другого столбца; этот не загружен.",
            "Оставьте в файле один столбец или назовите их по-разному.",
            f"{table.letters(column)}{table.header.last + 1}",
        )


LAYOUT = Layout("social_passport", "Социальный паспорт (свод)", recognise, extract, _surest)
