"""Paragraphs of a Word file with their places, and the tags in them, however Word split them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

TAG = re.compile(r"\[\[([^\[\]]*)\]\]")
_P, _T, _TC, _TR, _TBL = qn("w:p"), qn("w:t"), qn("w:tc"), qn("w:tr"), qn("w:tbl")
_BODY, _SDT_CONTENT = qn("w:body"), qn("w:sdtContent")
_BOX = qn("w:txbxContent")
_SPACES = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " "}
_HIDDEN = {qn("w:del"), qn("w:moveFrom"), _BOX}
"""What a reader does not see as text of the paragraph; a text box has paragraphs of its own."""
_PARTS = (
    ("header", "верхний колонтитул"),
    ("footer", "нижний колонтитул"),
    ("footnotes", "сноски"),
    ("endnotes", "концевые сноски"),
    ("comments", "примечания"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph and where it stands; ``takes_blocks`` where a table may stand in its place."""

    paragraph: Any
    place: str
    takes_blocks: bool
    fillable: bool = True
    """Notes and comments are kept as they are: nothing can be filled in there."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A tag in the text of a paragraph: from and to are signs of that text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A ``w:t`` and which signs of the paragraph's text it holds."""

    start: int
    end: int
    element: Any


@dataclass
class Letters:
    """The text of a paragraph and its pieces; tabs and breaks are spaces of no piece."""

    text: str = ""
    pieces: list[Piece] = field(default_factory=list)


def spots(document: Any) -> Iterator[Spot]:
    """Return every paragraph: of the body first, then of headers, footers and notes."""
    yield from _spots(document.element.body, "")
    for part in document.part.package.iter_parts():
        name = str(part.partname)
        title = next((told for key, told in _PARTS if f"/word/{key}" in name), None)
        if title is None or not name.endswith(".xml"):
            continue
        root = getattr(part, "element", None)
        if root is not None:
            yield from _spots(root, title)
        else:
            for spot in _spots(parse_xml(part.blob), title):
                yield Spot(spot.paragraph, spot.place, takes_blocks=False, fillable=False)


def letters(paragraph: Any) -> Letters:
    """Return the text of a paragraph as a reader sees it."""
    found = Letters()
    _collect(paragraph, found)
    return found


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the tags of a text in their order."""
    return tuple(Mention(one[1], one.start(), one.end()) for one in TAG.finditer(text))


def _spots(root: Any, part: str) -> Iterator[Spot]:
    tables = list(root.iter(_TBL))
    plain = 0
    for paragraph in root.iter(_P):
        cell = _above(paragraph, _TC, root)
        box = _above(paragraph, _BOX, root)
        if cell is None and box is None:
            plain += 1
        place = "надпись" if box is not None else _place(cell, tables, plain)
        holder = paragraph.getparent().tag
        free = not part and cell is None and box is None and holder in (_BODY, _SDT_CONTENT)
        yield Spot(paragraph, f"{part}, {place}" if part else place, free)


def _place(cell: Any, tables: list[Any], plain: int) -> str:
    if cell is None:
        return f"абзац {plain}"
    row = cell.getparent()
    while row.tag != _TR:  # a content control may stand between a cell and its row
        row = row.getparent()
    table = row.getparent()
    while table.tag != _TBL:
        table = table.getparent()
    number = 1 + next(index for index, one in enumerate(tables) if one is table)
    line = 1 + sum(1 for _ in row.itersiblings(_TR, preceding=True))
    column = 1 + [one for one in row.iter(_TC) if _above(one, _TR, table) is row].index(cell)
    return f"таблица {number}, строка {line}, ячейка {column}"


def _above(element: Any, tag: str, root: Any) -> Any:
    """Return the nearest element of that tag around another, inside ``root``."""
    parent = element.getparent()
    while parent is not None and parent is not root:
        if parent.tag == tag:
            return parent
        parent = parent.getparent()
    return None


def _collect(element: Any, found: Letters) -> None:
    for child in element:
        if child.tag == _T:
            own = child.text or ""
            found.pieces.append(Piece(len(found.text), len(found.text) + len(own), child))
            found.text += own
        elif child.tag in _SPACES:
            found.text += _SPACES[child.tag]
        elif child.tag not in _HIDDEN and child.tag != _P:
            _collect(child, found)
