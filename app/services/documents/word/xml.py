"""Parts of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

_LEVELS = 3
_TWIPS_PER_POINT = 20
_COMPATIBILITY = "15"
"""The layout rules of Word 2013 and later; without it files open in compatibility mode."""


def element(name: str, /, **attributes: str) -> Any:
    """Return a new element; the names are in the ``w`` namespace: ``element("lang", val="ru")``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_language(document: Document, language: str) -> None:
    """Make ``language`` the default of every text of the document."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def set_compatibility(document: Document) -> None:
    """Say that the file is laid out as current versions of Word do."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    compat.insert(
        0,
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=_COMPATIBILITY,
        ),
    )


def name_font(properties: Any, font: str) -> None:
    """Name one font for all scripts in run properties, in place of the fonts of the theme."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("rFonts", ascii=font, hAnsi=font, cs=font, eastAsia=font))


def remove_table_styles(document: Document, keep: Sequence[str]) -> None:
    """Remove the ready-made table styles of the template, which a user would only trip over."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        name = style.find(qn("w:name")).get(qn("w:val"))
        if style.get(qn("w:type")) == "table" and name not in keep:
            styles.remove(style)


def add_page_field(paragraph: Paragraph) -> None:
    """Put the number of the page into the paragraph as a field."""
    parts = (
        element("fldChar", fldCharType="begin"),
        element("instrText"),
        element("fldChar", fldCharType="separate"),
        element("t"),
        element("fldChar", fldCharType="end"),
    )
    parts[1].text = "PAGE"
    parts[3].text = "2"
    for part in parts:
        paragraph.add_run()._r.append(part)


def new_numbering(document: Document, indent_points: float) -> int:
    """Add a multilevel list 1., 1.1., … that starts at one; return its ``numId``."""
    numbering = document.part.numbering_part.element
    known = [int(n.get(qn("w:numId"))) for n in numbering.findall(qn("w:num"))]
    lists = numbering.findall(qn("w:abstractNum"))
    new = 1 + max([int(n.get(qn("w:abstractNumId"))) for n in lists], default=0)
    abstract = element("abstractNum", abstractNumId=str(new))
    abstract.append(element("multiLevelType", val="multilevel"))
    for level in range(_LEVELS):
        abstract.append(_level(level, indent_points))
    # The schema wants every abstractNum before the first num.
    position = lists[-1].getnext() if lists else None
    if position is None:
        numbering.append(abstract)
    else:
        position.addprevious(abstract)
    number = element("num", numId=str(1 + max(known, default=0)))
    number.append(element("abstractNumId", val=str(new)))
    numbering.append(number)
    return int(number.get(qn("w:numId")))


def number_paragraph(paragraph: Paragraph, numbering: int, level: int) -> None:
    """Make the paragraph an item of the list on that level, from 0."""
    properties = element("numPr")
    properties.append(element("ilvl", val=str(level)))
    properties.append(element("numId", val=str(numbering)))
    paragraph._p.get_or_add_pPr()._insert_numPr(properties)


def fix_layout(table: Table, widths: Sequence[int], margins: tuple[int, int]) -> None:
    """Fix the width of every column and cell (twips) and the side and vertical cell margins.

    Without a width on every cell LibreOffice and Р7 work out their own.
    """
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.append(element("tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_margins(*margins))
    _in_order(properties)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))


def fill_cell(cell: Any, text: str, style_id: str, width: int) -> None:
    """Put a text of that style into an empty ``w:tc``, and set its width in twips."""
    properties = cell.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("tcW", w=str(width), type="dxa"))
    paragraph = cell.p_lst[0]
    paragraph.style = style_id
    paragraph.add_r().text = text


def keep_row_whole(row: _Row) -> None:
    """Forbid a page break inside the row."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def repeat_as_header(row: _Row) -> None:
    """Repeat the row at the top of every page that the table spans."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def describe_picture(paragraph: Paragraph, text: str) -> None:
    """Give the pictures of the paragraph a description for screen readers."""
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", text)


def _level(level: int, indent_points: float) -> Any:
    made = element("lvl", ilvl=str(level))
    made.append(element("start", val="1"))
    made.append(element("numFmt", val="decimal"))
    made.append(element("suff", val="space"))
    made.append(element("lvlText", val="".join(f"%{n}." for n in range(1, level + 2))))
    made.append(element("lvlJc", val="left"))
    properties = element("pPr")
    first = str(round(indent_points * _TWIPS_PER_POINT))
    properties.append(element("ind", left="0", firstLine=first))
    made.append(properties)
    return made


def _margins(side: int, vertical: int) -> Any:
    made = element("tblCellMar")
    for name, width in (("top", vertical), ("left", side), ("bottom", vertical), ("right", side)):
        made.append(element(name, w=str(width), type="dxa"))
    return made


_TABLE_PROPERTIES = ("tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook")


def _in_order(properties: Any) -> None:
    """Put table properties into the order of the schema; Word refuses any other."""
    order = {qn(f"w:{name}"): place for place, name in enumerate(_TABLE_PROPERTIES)}
    for child in sorted(properties, key=lambda item: order[item.tag]):
        properties.remove(child)
        properties.append(child)
