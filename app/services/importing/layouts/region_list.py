"""The region's list of ШНОР and ШНСУ (domain.md §1.2; L16): flags, a category, or a bare list."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.models.enums import RecordKind
from app.services.importing.facts import Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.contract import Layout, up_to
from app.services.importing.layouts.named import figure_of, figures_in
from app.services.importing.layouts.school_tables import OWNER, NamedColumn, Sort, read_tables
from app.services.importing.layouts.wide import Wide, find_wide, wide_tables
from app.services.importing.tables import key, row_text

_KIND = RecordKind.REGION_LIST
_FLAGGED = 0.8
_LISTED = 0.6
_CATEGORY = re.compile(r"категори|группа|статус|признак|вид")
_LIST = re.compile(r"перечень|перечня|список|списка|спискок|реестр")
_OTHER_PURPOSE = re.compile(
    r"мероприят|срок|куратор|наставник|тьютор|фактор|риск|показател|ответственн|балл|участник|%"
)
"""Columns of plans, of curators, of results: such a table lists schools for another purpose."""
_TITLE_ROWS = 15


def recognise(sheet: Sheet) -> float:
    """Return the confidence: columns of flags or a category; a bare list needs its title."""
    if find_wide(sheet, OWNER, lambda table: _owned(table) and bool(_flags(sheet, table))):
        return _FLAGGED
    return _LISTED if find_wide(sheet, OWNER, _accepts(sheet)) else 0.0


def extract(sheet: Sheet) -> Extract:
    """Return what the region says of each school of its list."""
    return read_tables(sheet, wide_tables(sheet, OWNER, _accepts(sheet)), _KIND, _columns(sheet))


def _owned(table: Wide) -> bool:
    return bool({"name", "fisoko", "rcoi", "code"} & table.header.columns.keys())


def _accepts(sheet: Sheet) -> Callable[[Wide], bool]:
    listed = len(_titled(sheet)) == 1

    def accepts(table: Wide) -> bool:
        titles = [key(table.title(column)) for column in table.paths]
        other = any(_OTHER_PURPOSE.search(title) for title in titles)
        return _owned(table) and (bool(_flags(sheet, table)) or (listed and not other))

    return accepts


def _columns(sheet: Sheet) -> Callable[[Wide], tuple[NamedColumn, ...]]:
    """Return what gives the columns of a table: flags, else a category, else the list itself."""
    titled = _titled(sheet)

    def columns(table: Wide) -> tuple[NamedColumn, ...]:
        flags = _flags(sheet, table)
        if flags:
            return flags
        names = ("name", "fisoko", "rcoi", "code")
        column = next(table.header.columns[n] for n in names if n in table.header.columns)
        return tuple(NamedColumn(name, column, table.title(column), Sort.LISTED) for name in titled)

    return columns


def _flags(sheet: Sheet, table: Wide) -> tuple[NamedColumn, ...]:
    """Return the columns that are a flag by their title, else those of a category."""
    found: dict[str, NamedColumn] = {}
    said: dict[str, NamedColumn] = {}
    for column in table.others():
        title = table.title(column)
        figure = figure_of(_KIND, title)
        if figure:
            found.setdefault(figure.name, NamedColumn(figure.name, column, title, Sort.FLAG))
        elif _CATEGORY.search(key(title)):
            for name in _said_in(sheet, table.header.last + 1, column):
                said.setdefault(name, NamedColumn(name, column, title, Sort.SAID))
    return tuple((found or said).values())


def _said_in(sheet: Sheet, first: int, column: int) -> tuple[str, ...]:
    """Return the figures that the cells of a column name."""
    texts = (sheet.text(row, column) for row in sheet.filled_rows(first))
    named = (figure.name for text in texts for figure in figures_in(_KIND, text))
    return tuple(dict.fromkeys(named))


def _titled(sheet: Sheet) -> tuple[str, ...]:
    """Return the figures that the title of a list names: «Перечень школ с низкими…».

    A list of two kinds without a column that parts them says nothing of a school.
    """
    rows = (row for _, row in zip(range(_TITLE_ROWS), sheet.filled_rows(), strict=False))
    for text in (*(row_text(sheet, row) for row in rows), sheet.name):
        if _LIST.search(key(text)):
            return tuple(figure.name for figure in figures_in(_KIND, text))
    return ()


LAYOUT = Layout("region_list", "Список ШНОР и ШНСУ региона", recognise, extract, up_to(_FLAGGED))
