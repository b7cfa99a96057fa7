"""Word documents of 2007 and later: their tables, with merged cells and what stands above each."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from app.services.spreadsheets.docx_grid import Grid, GridCell, lay_out
from app.services.spreadsheets.docx_lists import Lists
from app.services.spreadsheets.docx_numbers import Numbering
from app.services.spreadsheets.docx_text import Text, W, boxed_tables, local, text_of
from app.services.spreadsheets.messages import (
    DAMAGED_DOCUMENT,
    RESAVE_DOCUMENT,
    RawSheet,
    Refused,
)
from app.services.spreadsheets.values import check_area

_RELATIONS = "_rels/.rels"
_DOCUMENT = "word/document.xml"
"""Its usual name; Word of the browser writes ``document2.xml`` and says so in the relations."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The namespace of «Strict Open XML» (ISO/IEC 29500-1); the parts are the same otherwise."""
_LARGEST_PART = 48 << 20
"""Bytes of a part of XML; a programme of 300 pages has 10 million."""
_BEFORE = 12
"""Paragraphs above a table that are kept: its title and what it is about."""
_WIDEST = 200
"""Columns of a table; Word itself allows 63."""

_TOO_BIG = "Документ слишком велик: для чтения не хватает отведённой памяти."
_TOO_BIG_HINT = "Сохраните нужные таблицы отдельным документом и загрузите его."


def read_docx(path: Path, note: Callable[[str], None]) -> Iterator[RawSheet]:
    """Yield the tables of a document in their order, those inside other tables after them.

    Tracked deletions are left out, insertions are in; automatic numbers are told as text.  Raises
    Refused; what the zip and XML libraries raise on broken input passes through.
    """
    with zipfile.ZipFile(path) as archive:
        document = _main_part(archive)
        root = _parse(archive, document)
        if root is None:
            raise Refused(DAMAGED_DOCUMENT, RESAVE_DOCUMENT)
        numbering, styles, footnotes = (
            _parse(archive, posixpath.join(posixpath.dirname(document), f"{name}.xml"))
            for name in ("numbering", "styles", "footnotes")
        )
        reader = _Tables(Numbering(numbering, styles), footnotes)
    body = root.find(f"{W}body")
    if body is None:
        raise Refused(DAMAGED_DOCUMENT, RESAVE_DOCUMENT)
    reader.read(body)
    for sentence in reader.notes():
        note(sentence)
    yield from reader.sheets


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return the part that holds the text, as the relations of the package name it."""
    relations = _parse(archive, _RELATIONS)
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/") or _DOCUMENT
    return _DOCUMENT


def _parse(archive: zipfile.ZipFile, part: str) -> Element | None:
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    if part.casefold() not in names:
        return None
    info = archive.getinfo(names[part.casefold()])
    if info.file_size > _LARGEST_PART:
        raise Refused(_TOO_BIG, _TOO_BIG_HINT)
    data = archive.read(info)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(DAMAGED_DOCUMENT, RESAVE_DOCUMENT)
    data = data.replace(_STRICT, W[1:-1].encode())
    return ElementTree.fromstring(data)  # noqa: S314 - no DOCTYPE, so no entities, and a size limit


@dataclass
class _Tables:
    """Walks through a document and gathers its tables."""

    numbering: Numbering
    footnotes: Element | None = None
    sheets: list[RawSheet] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    text: Text = field(default_factory=Text)
    foreign: int = 0
    """Other files put in whole: Word makes them part of the document when it saves it."""
    _before: list[str] = field(default_factory=list)

    def read(self, body: Element) -> None:
        """Gather the tables below ``body``, and after them measures that stand in lists."""
        self._blocks(body)
        self.lists.close()
        self.sheets.extend(self.lists.sheets)

    def notes(self) -> Iterator[str]:
        """Yield Russian sentences about what was taken otherwise than it is printed."""
        if self.text.tracked:
            yield (
                "В документе есть непринятые исправления: удалённое не взято, вставленное взято."
            )
        if self.text.hidden:
            yield "В документе есть скрытый текст: он не взят."
        if self.foreign:
            yield (
                f"В документ целиком вставлены другие файлы ({self.foreign}): они не прочитаны. "
                "Откройте документ в Word и сохраните его заново – они станут его частью."
            )
        for number, text in enumerate(self._footnotes(), start=1):
            yield f"Сноска {number} документа в таблицы не вошла: «{text}»."

    def _footnotes(self) -> Iterator[str]:
        """Yield the texts of the footnotes; separators between them and the page have a type."""
        for note in () if self.footnotes is None else self.footnotes.iter(f"{W}footnote"):
            if note.get(f"{W}type") is None:
                lines = (text_of(paragraph, Text()) for paragraph in note.iter(f"{W}p"))
                text = " ".join(" ".join(lines).split())
                if text:
                    yield text

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            kind = local(child)
            if kind == "p":
                self._paragraph(child)
            elif kind == "tbl":
                self._table(child, "")
            elif kind == "altChunk":
                self.foreign += 1
            elif kind in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
                self._blocks(child)

    def _paragraph(self, paragraph: Element) -> None:
        label = self.numbering.label(paragraph)
        text = text_of(paragraph, self.text)
        self.lists.take(label, text)
        line = " ".join(part for part in (label, text) if part)
        if line:
            self._before.append(line)
            del self._before[:-_BEFORE]
        for table in boxed_tables(paragraph):
            self._table(table, "")

    def _line(self, paragraph: Element) -> str:
        """Return a paragraph with its automatic number in front."""
        label = self.numbering.label(paragraph)
        line = text_of(paragraph, self.text)
        return " ".join(part for part in (label, line) if part)

    def _table(self, table: Element, inside: str) -> None:
        self.lists.close()
        name = f"Таблица {len(self.sheets) + 1}" + (f" (внутри: {inside})" if inside else "")
        sheet = RawSheet(name, [], before=tuple(self._before))
        self.sheets.append(sheet)
        self._before = []
        nested: list[Element] = []
        grid = lay_out(table, lambda cell: self._cell(cell, nested))
        check_area(len(grid.rows), grid.width, name)
        if grid.width > _WIDEST:
            raise Refused(DAMAGED_DOCUMENT, RESAVE_DOCUMENT, sheet=name)
        if grid.dropped:
            self.text.tracked = True
        _fill(sheet, grid.rows, grid.width)
        for one in nested:
            self._before = [*sheet.before, *_frame(grid)][-_BEFORE:]
            self._table(one, name)
        self._before = []

    def _cell(self, cell: Element, nested: list[Element]) -> str:
        """Return the text of a cell; a table inside it is told as lines and kept for itself."""
        lines: list[str] = []
        for child in _content(cell):
            inside = [child] if local(child) == "tbl" else list(boxed_tables(child))
            if local(child) == "p":
                lines.append(self._line(child))
            for table in inside:
                nested.append(table)
                lines.extend(_flat(table, self.text))
        return "\n".join(line for line in lines if line)


def _frame(grid: Grid) -> list[str]:
    """Return the lines of a table of one cell, which is only a frame around what it holds."""
    cells = [cell for row in grid.rows for cell in row]
    return cells[0].text.split("\n")[:1] if len(cells) == 1 else []


def _content(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a cell, through content controls."""
    for child in parent:
        kind = local(child)
        if kind in ("p", "tbl"):
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
            yield from _content(child)


def _flat(table: Element, text: Text) -> Iterator[str]:
    """Yield the rows of a table inside a cell as lines."""
    for row in table.iter(f"{W}tr"):
        cells = (
            " ".join(filter(None, (text_of(p, text) for p in cell.iter(f"{W}p"))))
            for cell in row.findall(f"{W}tc")
        )
        line = "; ".join(cell for cell in cells if cell)
        if line:
            yield line


def _fill(sheet: RawSheet, rows: list[list[GridCell]], width: int) -> None:
    merged = []
    for number, row in enumerate(rows):
        values: list[str | None] = [None] * width
        for cell in row:
            values[cell.column] = cell.text or None
            if cell.width > 1 or cell.height > 1:
                last = (number + cell.height - 1, cell.column + cell.width - 1)
                merged.append((number, cell.column, *last))
        sheet.rows.append(values)
    sheet.merged = tuple(merged)
