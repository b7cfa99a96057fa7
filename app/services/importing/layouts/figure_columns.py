"""Columns of named figures in a table with a school per row: which figure each of them is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from app.models.enums import RecordKind
from app.services.figures import count_name, share_name
from app.services.importing.cells import read_number
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.count_and_share import writes_both
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.named import (
    figure_of_path,
    is_percent,
    may_be_families,
    told_as_children,
)
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.passport_columns import (
    TWO_DATES_HINT,
    columns_by,
    is_level,
)
from app.services.importing.layouts.school_tables import (
    NamedColumn,
    Plan,
    Sort,
    read_table,
    table_year,
    tell_unknown,
    year_cells,
)
from app.services.importing.layouts.wide import Wide
from app.services.importing.layouts.years import is_year_before
from app.services.importing.tables import key, row_text
from app.services.table_words import pattern

_TITLE_ROWS = 10
OF_STAFF = frozenset(
    {
        "psychologists", "social_teachers", "speech_teachers", "category_top", "category_first",
        "young", "old", "teachers",
    }
)  # fmt: skip
"""Figures of a passport that speak of the staff."""
_PUPILS = frozenset({"pupils", "boys", "girls"})
_OF_REGISTER = frozenset({"teachers", "employees", "capacity", "shifts"})
_FEWEST_OF_STAFF = 3


def read_tables(sheet: Sheet, kind: RecordKind, tables: tuple[Wide, ...]) -> Extract:
    """Return a record per school; columns that are no known figure are named in warnings."""
    findings, remarks = Findings(sheet), Remarks()
    blocks = []
    rows_read = 0
    for table in tables:
        columns = tuple(as_written(sheet, table, one) for one in columns_of(kind, table))
        known = [
            c
            for c in table.others()
            if figure_of_path(kind, table.paths[c]) and not is_of_year_before(table.paths[c])
        ]
        known += columns_by(table.paths).parts
        tell_unknown(sheet, table, known, findings, "сведения")
        _tell_repeated(kind, table, columns, findings)
        _tell_parts(kind, table, columns, findings)
        _tell_families(sheet, kind, table, columns, findings)
        year = table_year(sheet, table)
        plan = Plan(kind, columns, year, cells=year_cells(year))
        block, count = read_table(sheet, table, plan, findings, remarks)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [table.header for table in tables])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def columns_of(kind: RecordKind, table: Wide) -> tuple[NamedColumn, ...]:
    """Return the columns of known figures; of two columns of one figure the first is taken.

    A column of the year before («прошлый год», «АППГ») is not one of this table's year, and one of
    some grades («1-4 классы») is not the school's beside those of others.
    """
    found: dict[str, NamedColumn] = {}
    parts = columns_by(table.paths).parts
    for column in table.others():
        if column in parts:
            continue
        figure = figure_of_path(kind, table.paths[column])
        if figure is None or is_of_year_before(table.paths[column]):
            continue
        percent = is_percent(table.paths[column])
        name = share_name(figure.name) if percent else figure.name
        sort = Sort.PERCENT if percent else Sort.COUNT
        found.setdefault(name, NamedColumn(name, column, table.title(column), sort))
    return tuple(found.values())


def is_of_year_before(path: tuple[str, ...]) -> bool:
    """Return whether the titles of a column say that it is of the year before."""
    return any(is_year_before(part) for part in path)


def is_of_staff(sheet: Sheet, table: Wide) -> bool:
    """Return whether a table speaks of teachers and not of children and their families.

    Category, age and posts of teachers stand in many a passport too; the other figures decide,
    and a title that says «кадры» where there are few.
    """
    own: set[str] = set()
    for column in table.others():
        path = table.paths[column]
        passport = figure_of_path(RecordKind.PASSPORT, path)
        if passport and passport.name not in OF_STAFF | _PUPILS:
            return False
        figure = figure_of_path(RecordKind.STAFF, path)
        if figure and figure.name not in _OF_REGISTER:
            own.add(figure.name)
    return len(own) >= (1 if is_titled_staff(sheet) else _FEWEST_OF_STAFF)


def is_titled(sheet: Sheet, title: re.Pattern[str]) -> bool:
    """Return whether the name or one of the first rows of a sheet says what it is."""
    rows = (row for _, row in zip(range(_TITLE_ROWS), sheet.filled_rows(), strict=False))
    said = [key(sheet.name), *(key(row_text(sheet, row)) for row in rows)]
    return any(title.search(text) for text in said)


def is_titled_staff(sheet: Sheet) -> bool:
    """Return whether the titles speak of the staff of schools."""
    return is_titled(sheet, pattern("staff_titles", "title"))


def as_written(sheet: Sheet, table: Wide, column: NamedColumn) -> NamedColumn:
    """Return the column as a share where its cells say «30 %» and its title does not.

    Where they say «12 (10 %)» under «чел. (%)» it is one of counts.
    """
    if column.sort is Sort.PERCENT and writes_both(sheet, table.data, column.column):
        return replace(column, name=count_name(column.name), sort=Sort.COUNT)
    numbers = [read_number(sheet.at(row, column.column)) for row in table.data]
    written = [number.percent for number in numbers if number.value is not None]
    if column.sort is Sort.PERCENT or not written or not all(written):
        return column
    return replace(column, name=share_name(column.name), sort=Sort.PERCENT)


def _tell_repeated(
    kind: RecordKind, table: Wide, columns: tuple[NamedColumn, ...], findings: Findings
) -> None:
    taken = {column.column: column for column in columns}
    for column in table.others():
        figure = figure_of_path(kind, table.paths[column])
        if figure is None or column in taken or is_of_year_before(table.paths[column]):
            continue
        if is_level(table.paths[column]):
            continue
        findings.sheet_warning(
            f"Столбец «{table.title(column)}» понят как «{figure.title}», но такой показатель уже "
            "взят из другого столбца; этот не загружен.",
            "Оставьте в файле один столбец или назовите их по-разному.",
            f"{table.letters(column)}{table.header.last + 1}",
        )


def _tell_families(
    sheet: Sheet,
    kind: RecordKind,
    table: Wide,
    columns: tuple[NamedColumn, ...],
    findings: Findings,
) -> None:
    """Tell which columns may be of families, though they were taken for children of these.

    A share in the same cell is one of the pupils: it says that children are counted.
    """
    doubtful = [
        one
        for one in columns
        if (figure := figure_of_path(kind, table.paths[one.column]))
        if one.sort is Sort.COUNT and may_be_families(figure, table.paths[one.column])
        if not writes_both(sheet, table.data, one.column)
    ]
    if doubtful:
        where = f"{table.letters(doubtful[0].column)}{table.header.last + 1}"
        findings.sheet_warning(*told_as_children([one.title for one in doubtful]), where)


def _tell_parts(
    kind: RecordKind, table: Wide, columns: tuple[NamedColumn, ...], findings: Findings
) -> None:
    """Tell which columns of some grades were left out, and of figures of two dates."""
    found = columns_by(table.paths)
    where = table.header.last + 1
    if found.parts:
        findings.sheet_warning(
            f"Столбцы {found.listed} – часть школы, они не загружены: в базу идут числа по всей "
            "школе.",
            "Если столбца «Всего» нет, допишите его и загрузите файл снова.",
            f"{table.letters(found.parts[0])}{where}",
        )
    dated: dict[str, list[int]] = defaultdict(list)
    for column in found.dates:
        figure = figure_of_path(kind, table.paths[column])
        if figure is not None:
            share = is_percent(table.paths[column])
            dated[share_name(figure.name) if share else figure.name].append(column)
    taken = {column.name for column in columns}
    for name, places in dated.items():
        said = columns_by({column: table.paths[column] for column in places}).two_dates
        if said and taken & {name, count_name(name)}:
            findings.sheet_error(said, TWO_DATES_HINT, f"{table.letters(places[0])}{where}")
            return
