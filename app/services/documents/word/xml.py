"""Parts of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph

_LEVELS = 4
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
    for old in compat.findall(qn("w:compatSetting")):
        if old.get(qn("w:name")) == "compatibilityMode":
            compat.remove(old)  # that of the template: which of two Word follows is not said
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


def add_table_styles(document: Document, names: Sequence[str]) -> None:
    """Add table styles that the document lacks, as the ready template of python-docx has them."""
    # Late: the template of the library is a file that only foreign documents need.
    import docx

    if not names:
        return
    ready = docx.Document().styles.element
    for style in ready.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) in names:
            document.styles.element.append(style)


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
    return _new_list(document, [_level(level, indent_points) for level in range(_LEVELS)])


def _new_list(document: Document, levels: Sequence[Any]) -> int:
    numbering = document.part.numbering_part.element
    known = [int(n.get(qn("w:numId"))) for n in numbering.findall(qn("w:num"))]
    lists = numbering.findall(qn("w:abstractNum"))
    new = 1 + max([int(n.get(qn("w:abstractNumId"))) for n in lists], default=0)
    abstract = element("abstractNum", abstractNumId=str(new))
    abstract.append(element("multiLevelType", val="multilevel"))
    for level in levels:
        abstract.append(level)
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


def new_bullets(document: Document, indent_points: float) -> int:
    """Add a list of dashes, deeper by the indent on every level; return its ``numId``."""
    return _new_list(document, [_bullet(level, indent_points) for level in range(_LEVELS)])


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


def fill_cell(cell: Any, paragraphs: Sequence[str], style_id: str, width: int) -> None:
    """Put texts of that style into an empty ``w:tc``, and set its width in twips."""
    _set_width(cell, width)
    for index, text in enumerate(paragraphs):
        paragraph = cell.add_p() if index else cell.p_lst[0]
        paragraph.style = style_id
        paragraph.add_r().text = text


def style_runs(cell: Any, style: str) -> None:
    """Give every run of a ``w:tc`` a character style by its id."""
    for run in cell.iter(qn("w:r")):
        run.style = style


def span_columns(cell: Any, count: int, width: int) -> None:
    """Stretch a ``w:tc`` over ``count`` columns that together are ``width`` twips wide."""
    _set_width(cell, width)
    cell.get_or_add_tcPr().append(element("gridSpan", val=str(count)))


def merge_down(cell: Any, *, begins: bool, width: int) -> None:
    """Make a ``w:tc`` the first of a vertical merge, or one that continues it."""
    _set_width(cell, width)
    merge = element("vMerge", val="restart") if begins else element("vMerge")
    cell.get_or_add_tcPr().append(merge)


def _set_width(cell: Any, width: int) -> None:
    properties = cell.get_or_add_tcPr()
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("tcW", w=str(width), type="dxa"))


def text_of(paragraph: Any) -> str:
    """Return the text of a ``w:p``."""
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def keep_with_next(paragraph: Any) -> None:
    """Keep a ``w:p`` on the page of what follows it."""
    paragraph.get_or_add_pPr()._insert_keepNext(element("keepNext"))


def keep_row_whole(row: Any) -> None:
    """Forbid a page break inside a ``w:tr``."""
    row.get_or_add_trPr().insert(0, element("cantSplit"))


def repeat_as_header(row: Any) -> None:
    """Repeat a ``w:tr`` at the top of every page that the table spans."""
    row.get_or_add_trPr().append(element("tblHeader"))


@dataclass(frozen=True)
class Entry:
    """A line of the contents: text, bookmark of its heading, page, and the paragraph to fill."""

    text: str
    mark: str
    page: int
    paragraph: Paragraph


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Wrap the text of the paragraph in a bookmark."""
    start = element("bookmarkStart", id=str(number), name=name)
    first = paragraph._p.find(qn("w:r"))
    if first is None:
        return
    first.addprevious(start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def fill_contents(entries: Sequence[Entry], width: Length, depth: int) -> None:
    """Write a field of contents with its lines filled in, so that it is right before any update."""
    for index, entry in enumerate(entries):
        stops = entry.paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if index == 0:
            _begin_field(entry.paragraph, f'TOC \\o "1-{depth}" \\h \\z \\u')
        link = element("hyperlink", anchor=entry.mark, history="1")
        link.append(_run(entry.text))
        link.append(_run("", element("tab")))
        for part in _page_reference(entry):
            link.append(part)
        entry.paragraph._p.append(link)
        if index == len(entries) - 1:
            entry.paragraph._p.append(_run("", element("fldChar", fldCharType="end")))


def _begin_field(paragraph: Paragraph, instruction: str) -> None:
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    for part in (
        element("fldChar", fldCharType="begin"),
        code,
        element("fldChar", fldCharType="separate"),
    ):
        paragraph._p.append(_run("", part))


def _page_reference(entry: Entry) -> list[Any]:
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" PAGEREF {entry.mark} \\h "
    return [
        _run("", element("fldChar", fldCharType="begin")),
        _run("", code),
        _run("", element("fldChar", fldCharType="separate")),
        _run(str(entry.page)),
        _run("", element("fldChar", fldCharType="end")),
    ]


def _run(text: str, *parts: Any) -> Any:
    run = element("r")
    if text:
        words = element("t")
        words.set(qn("xml:space"), "preserve")
        words.text = text
        run.append(words)
    for part in parts:
        run.append(part)
    return run


def describe_picture(paragraph: Paragraph, text: str) -> None:
    """Give the pictures of the paragraph a description for screen readers."""
    for properties in paragraph._p.iter(qn("wp:docPr")):
        properties.set("descr", text)


def _level(level: int, indent_points: float) -> Any:
    text = "".join(f"%{n}." for n in range(1, level + 2))
    return _list_level(level, "decimal", text, 0.0, indent_points)


def _bullet(level: int, indent_points: float) -> Any:
    return _list_level(level, "bullet", "\N{EN DASH}", level * indent_points, indent_points)


def _list_level(level: int, kind: str, text: str, left: float, first: float) -> Any:
    made = element("lvl", ilvl=str(level))
    made.append(element("start", val="1"))
    made.append(element("numFmt", val=kind))
    made.append(element("suff", val="space"))
    made.append(element("lvlText", val=text))
    made.append(element("lvlJc", val="left"))
    properties = element("pPr")
    ends = (str(round(points * _TWIPS_PER_POINT)) for points in (left, first))
    properties.append(element("ind", left=next(ends), firstLine=next(ends)))
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
