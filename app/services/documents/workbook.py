"""The tables of a document as a workbook: a sheet for each, headers and spans kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from app.errors import UserError
from app.services.documents.blocks import Block, Cell, Content, Heading, Paragraph, Role, Table
from app.services.documents.tables import place

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_MAX_NAME = 31
_MAX_CELL = 32_767
"""Characters of a cell; Excel cuts what is longer, without a word."""
_NUMBER = re.compile(r"-?\d{1,15}(?:,\d+)?")
_WIDTH = 110
"""Characters of a whole table, shared by the weights of its columns."""


def render_xlsx(content: Content) -> bytes:
    """Return the tables of a document as an XLSX file; UserError when it has none."""
    # Late: needed only when a workbook is written.
    import xlsxwriter

    tables = list(_titled(content.blocks, content.title))
    if not tables:
        raise UserError(
            f"В документе «{content.title}» нет таблиц, записывать в XLSX нечего.",
            "Выберите PDF или DOCX.",
        )
    file = io.BytesIO()
    # Texts stay texts: a cell that begins with «=» must not become a formula.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": content.title, "author": content.meta.author})
        looks = _Looks(book)
        for index, (title, table) in enumerate(tables, start=1):
            sheet = book.add_worksheet(_sheet_name(index, title))
            _fill(sheet, table, looks)
    return file.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        common = {"text_wrap": True, "valign": "top", "border": 1}
        self.plain = book.add_format(common)
        self.bold = book.add_format({**common, "bold": True})
        self.header = book.add_format(
            {**common, "bold": True, "align": "center", "valign": "vcenter"}
        )


def _titled(blocks: tuple[Block, ...], title: str) -> Iterator[tuple[str, Table]]:
    """Return every table with the nearest heading or caption over it."""
    over = title
    for block in blocks:
        match block:
            case Heading(text):
                over = text
            case Paragraph(role=Role.CAPTION):
                over = block.text
            case Table():
                yield over, block


def _sheet_name(index: int, title: str) -> str:
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")
    return f"{index}. {plain}"[:_MAX_NAME].strip().rstrip("'")


def _fill(sheet: Any, table: Table, looks: _Looks) -> None:
    total = sum(column.weight for column in table.columns)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, max(6.0, _WIDTH * column.weight / total))
    header = table.header
    for placed in place(header, len(table.columns)):
        _write(sheet, placed.row, placed.column, placed.cell, looks.header)
    for placed in place(table.rows, len(table.columns)):
        look = looks.bold if placed.cell.bold else looks.plain
        _write(sheet, placed.row + len(header), placed.column, placed.cell, look)
    sheet.freeze_panes(len(header), 0)
    sheet.repeat_rows(0, max(len(header) - 1, 0))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    value = _value(cell.text)
    if len(cell.text) > _MAX_CELL:
        raise UserError(
            f"Текст «{cell.text[:40]}…» длиннее {_MAX_CELL} знаков, в ячейку XLSX он не войдёт.",
            "Сократите его или выберите PDF или DOCX.",
        )
    if cell.rows > 1 or cell.columns > 1:
        last = (row + cell.rows - 1, column + cell.columns - 1)
        sheet.merge_range(row, column, *last, "", look)
    if isinstance(value, float):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, value, look)


def _value(text: str) -> str | float:
    """Return a plain number as a number; a code with a leading zero stays a text."""
    bare = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    digits = bare.lstrip("-").split(",")[0]
    if _NUMBER.fullmatch(bare) and (digits == "0" or not digits.startswith("0")):
        return float(bare.replace(",", "."))
    return text.replace("\N{NO-BREAK SPACE}", " ")
