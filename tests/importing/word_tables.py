"""Makes Word documents for tests: tables from rows of texts, and parts written by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    """Add a table; ``>`` joins a cell to the one at its left, ``^`` to the one above."""
    table = document.add_table(len(rows), max(len(row) for row in rows))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text not in (">", "^"):
                table.cell(number, column).text = text
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == ">" and (column + 1 == len(row) or row[column + 1] != ">"):
                start = max(at for at in range(column) if row[at] != ">")
                _merge(table, (number, start), (number, column))
            if text == "^" and (number + 1 == len(rows) or rows[number + 1][column] != "^"):
                start = max(at for at in range(number) if rows[at][column] != "^")
                _merge(table, (start, column), (number, column))
    return table


def _merge(table: Table, first: tuple[int, int], last: tuple[int, int]) -> None:
    text = table.cell(*first).text
    table.cell(*first).merge(table.cell(*last)).text = text


def document(path: Path, *tables: Sequence[Sequence[str]], before: Sequence[str] = ()) -> Path:
    """Write a document with paragraphs and, below them, tables one right after the other."""
    made = docx.Document()
    for line in before:
        made.add_paragraph(line)
    for rows in tables:
        add_table(made, rows)
        empty = made.add_paragraph("")
        empty.paragraph_format.page_break_before = True
    made.save(str(path))
    return path


def number_cells(table: Table, column: int, first: int, style: str = "List Number") -> None:
    """Number the cells of a column as Word does it: by a list, without any text."""
    for row in list(table.rows)[first:]:
        row.cells[column].paragraphs[0].style = style


def raw_document(path: Path, body: str, parts: dict[str, str] | None = None) -> Path:
    """Write a document whose body is given as WordprocessingML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return path


def xml_row(*cells: str) -> str:
    """Return a row of WordprocessingML; a cell is a text, or XML when it begins with ``<``."""
    made = (
        cell
        if cell.startswith("<w:tc>")
        else f"<w:tc>{cell}</w:tc>"
        if cell.startswith("<")
        else f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>"
        for cell in cells
    )
    return f"<w:tr>{''.join(made)}</w:tr>"


def xml_table(*rows: str) -> str:
    """Return a table of WordprocessingML."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


__all__ = [
    "add_table",
    "document",
    "number_cells",
    "qn",
    "raw_document",
    "xml_row",
    "xml_table",
]
