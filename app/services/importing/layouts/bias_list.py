"""The list of schools with signs of biased ВПР results (L7): a marker per grade and subject."""

from __future__ import annotations

import re

from app.models.enums import AssessmentKind, RecordKind
from app.services.importing import subjects
from app.services.importing.facts import Block, Extract, RecordFact
from app.services.importing.grid import Sheet, column_index
from app.services.importing.layouts.bias_cells import cell_tables, read_cells
from app.services.importing.layouts.bias_rows import read_rows, row_tables
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
    tell_school_year,
    tell_unknown,
    year_cells,
)
from app.services.importing.layouts.titles import grade_of, short_title
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables
from app.services.importing.tables import HEADER_SEARCH_ROWS, key, row_text

_KIND = RecordKind.BIAS
_VPR = AssessmentKind.VPR
_TITLE = re.compile(r"необъективн")
_PREFIX = "marker_"
_TITLE_NUMBERS = 3
"""A title has no more: year, grade, part."""
_LOOK_ALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


def recognise(sheet: Sheet) -> float:
    """Return the confidence: columns of markers; a total or the title makes it certain."""
    table = find_wide(sheet, OWNER, _accepts)
    if table is None:
        titled = _is_titled(sheet, HEADER_SEARCH_ROWS)
        return 0.97 if titled and (row_tables(sheet) or cell_tables(sheet, marker_name)) else 0.0
    marked = any("маркер" in key(row_text(sheet, row)) for row in range(table.header.last + 1))
    return 0.97 if marked or _is_titled(sheet, table.header.last + 1) else 0.0


def _is_titled(sheet: Sheet, rows: int) -> bool:
    """Return whether the name of the sheet or one of its first rows speaks of biased results."""
    # A row of many numbers is data and no title: most of these rows are such.
    titles = (row for row in range(min(rows, sheet.height)) if sheet.numbers[row] <= _TITLE_NUMBERS)
    said = (key(row_text(sheet, row)) for row in titles)
    return any(_TITLE.search(text) for text in (key(sheet.name), *said))


def extract(sheet: Sheet) -> Extract:
    """Return the markers of each school; «Количество маркеров» is compared with them."""
    findings, remarks = Findings(sheet), Remarks()
    tables = wide_tables(sheet, OWNER, _accepts)
    if not tables:
        listed = row_tables(sheet)
        if listed:
            return read_rows(sheet, listed, _PREFIX)
        return read_cells(sheet, cell_tables(sheet, marker_name), _PREFIX, marker_name)
    blocks = []
    rows_read = 0
    for table in tables:
        columns = _columns(table)
        tell_unknown(sheet, table, [c.column for c in columns], findings, "признаки")
        year = table_year(sheet, table)
        tell_school_year(sheet, year, findings)
        plan = Plan(_KIND, columns, year, cells=year_cells(year))
        block, count = read_table(sheet, table, plan, findings, remarks)
        _check_total(sheet, block, findings)
        blocks.append(block)
        rows_read += count
    remarks.tell(sheet, findings)
    personal = personal_columns(sheet, [table.header for table in tables])
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def marker_name(text: str) -> str | None:
    """Return «4 РУ» for a title of a marker («РУ4», «Русский язык, 4 класс»), or None."""
    text = text.translate(_LOOK_ALIKES)
    short = short_title(text, _VPR)
    grade = grade_of(text)
    subject = subjects.by_title(text, _VPR) or subjects.inside(text, _VPR)
    if short:
        subject, grade = short
    if grade is None or subject is None:
        return _bare_marker(text)
    return f"{grade} {subjects.short_of(subject)}"


def _bare_marker(text: str) -> str | None:
    """Return a marker whose grade and abbreviation stand in two header rows: «4 класс РУ»."""
    grade = grade_of(text)
    for word in re.findall(r"[А-ЯЁ]{2,3}", text):
        subject = subjects.by_title(word, _VPR)
        if grade and subject:
            return f"{grade} {subjects.short_of(subject)}"
    return None


def _accepts(table: Wide) -> bool:
    owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
    return bool(owned) and any(c.name.startswith(_PREFIX) for c in _columns(table))


def _columns(table: Wide) -> tuple[NamedColumn, ...]:
    found: dict[str, NamedColumn] = {}
    for column in table.others():
        title = table.title(column)
        marker = marker_name(title)
        figure = None if marker else figure_of(_KIND, title)
        if marker:
            name = _PREFIX + marker
            found.setdefault(name, NamedColumn(name, column, title, Sort.FLAG))
        elif figure:
            sort = Sort.COUNT if figure.name == "total" else Sort.FLAG
            found.setdefault(figure.name, NamedColumn(figure.name, column, title, sort))
    return tuple(found.values())


def _check_total(sheet: Sheet, block: Block, findings: Findings) -> None:
    """Warn where the number of markers is not that of the marks in the row."""
    for fact in block.facts:
        if not isinstance(fact, RecordFact) or "total" not in fact.data:
            continue
        marks = sum(value == 1 for name, value in fact.data.items() if name.startswith(_PREFIX))
        if marks != fact.data["total"]:
            findings.cell_warning(
                int(fact.rows) - 1,
                column_index(block.columns["total"]),
                f"Количество маркеров {fact.data['total']}, а отмечено {marks}.",
                "Сверьте строку со списком; загружены отметки в столбцах предметов.",
                soft=True,
            )


LAYOUT = Layout(
    "bias_list", "Список школ с признаками необъективности", recognise, extract, up_to(0.97)
)
