"""The list of bias marks with all marks of a school in one cell (L7): «РУ4, МА5»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from app.services.importing.cells import is_empty, shorten
from app.services.importing.facts import Block, Extract
from app.services.importing.grid import Sheet
from app.services.importing.layouts.bias_rows import SEVERAL, Listing
from app.services.importing.layouts.columns import personal_columns
from app.services.importing.layouts.findings import Findings
from app.services.importing.layouts.notes import Remarks
from app.services.importing.layouts.school_tables import OWNER, tell_unknown
from app.services.importing.layouts.wide import Wide, wide_tables
from app.services.importing.tables import is_total
from app.services.table_words import pattern

_ABBREVIATION = re.compile(r"[^\W\d_]{2,3}[ _-]?\d{1,2}|\d{1,2}[ _-]?[^\W\d_]{2,3}")
_NUMBER = re.compile(r"\d+")
_BRACKET = re.compile(r"[()\[\]]")

MarkerOf = Callable[[str], str | None]
"""Returns «4 РУ» for «РУ4», None for what names no mark."""


def cell_tables(sheet: Sheet, marker_of: MarkerOf) -> tuple[Wide, ...]:
    """Return the tables with a column of cells that list marks of a school."""

    def accepts(table: Wide) -> bool:
        owned = {"name", "fisoko", "rcoi", "code"} & table.header.columns.keys()
        rows = range(table.header.last + 1, sheet.height)
        return bool(owned) and _column(sheet, table, rows, marker_of) is not None

    return wide_tables(sheet, OWNER, accepts)


def read_cells(sheet: Sheet, tables: tuple[Wide, ...], prefix: str, marker_of: MarkerOf) -> Extract:
    """Return the marks that the cells name; a word that is none of them keeps its row out."""
    findings, remarks = Findings(sheet), Remarks()
    blocks: list[Block] = []
    rows_read = 0
    for table in tables:
        column = _column(sheet, table, table.data, marker_of)
        if column is None:
            continue
        tell_unknown(sheet, table, (column,), findings, "признаки")
        rows = [row for row in table.data if not is_total(sheet, row)]
        rows_read += len(rows)
        said = {row: _marks(sheet, row, column, findings, marker_of) for row in rows}
        blocks.extend(Listing(sheet, table, column, prefix).blocks(said, findings, remarks))
    personal = personal_columns(sheet, [table.header for table in tables])
    remarks.tell(sheet, findings)
    return Extract(tuple(blocks), findings.problems, rows_read, personal)


def _column(
    sheet: Sheet, table: Wide, rows: range | tuple[int, ...], marker_of: MarkerOf
) -> int | None:
    """Return the first column most of whose filled cells name marks alone."""
    for column in table.others():
        texts = [sheet.text(row, column) for row in rows if not is_empty(sheet.at(row, column))]
        known = sum(all(_mark(part, marker_of) for part in _parts(text)) for text in texts)
        if known and 2 * known > len(texts):
            return column
    return None


def _marks(
    sheet: Sheet, row: int, column: int, findings: Findings, marker_of: MarkerOf
) -> tuple[str, ...]:
    if is_empty(sheet.at(row, column)):
        return ()
    found: list[str] = []
    for part in _parts(sheet.text(row, column)):
        mark = _mark(part, marker_of)
        if mark is None:
            message = f"«{shorten(part)}» – непонятно, какой это предмет и класс."
            findings.cell_error(row, column, message, "Напишите, например, «РУ4, МА5».")
            return ()
        found.append(mark)
    return tuple(dict.fromkeys(found))


def _mark(part: str, marker_of: MarkerOf) -> str | None:
    """Return the mark that a part of a cell names; one of two grades would lose a mark."""
    bare = _BRACKET.sub(" ", part).strip()
    return marker_of(bare) if len(_NUMBER.findall(bare)) == 1 else None


def _parts(text: str) -> list[str]:
    """Return what a cell lists: «РУ4, МА5», and abbreviations with spaces alone between them."""
    parts = [part.strip() for part in SEVERAL.split(text) if part.strip()]
    return [one for part in _with_grades(parts) for one in _beside_each_other(part)]


def _with_grades(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a cell, a grade alone with the part before it: «математика, 4 класс».

    Of two subjects before one grade the first is left without any, and so it is told.
    """
    held = ""
    for part in parts:
        if held and pattern("bias_rows", "grade_alone").fullmatch(part.casefold()):
            yield f"{held} {part}"
            held = ""
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _beside_each_other(part: str) -> list[str]:
    found = _ABBREVIATION.findall(part)
    whole = "".join("".join(found).split()) == "".join(part.split())
    return found if whole and len(found) > 1 else [part]
