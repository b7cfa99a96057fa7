"""Named styles of a Word document, worked out from the typography profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from app.services.documents.blocks import Align, Content, Role
from app.services.documents.typography import Profile, profile
from app.services.documents.word import xml

HEADING_LEVELS = (1, 2, 3, 4)
_TITLE_SHARE = 0.25
"""Of the height of a sheet: the space above the title of a long document, and under it."""
_POINTS_PER_MM = 72 / 25.4
_GAP_PT = 5.0
"""A line of this type is as high as the space around a table of a PDF."""

FONT = "Times New Roman"
"""Every office has it or a font of its metrics; Tinos is embedded in PDF only."""

BOLD = "Strong"
ITALIC = "Emphasis"
GRID = "Table Grid"
BARE = "Normal Table"

ORGANISATION = "Наименование организации"
PARENT = "Вышестоящая организация"
CONTACTS = "Справочные данные организации"
DOCUMENT_NAME = "Вид документа"
LINE = "Строка реквизита"
LINE_RIGHT = "Строка реквизита справа"
SIGNATURE = "Подпись"
SIGNATURE_NAME = "Расшифровка подписи"
CORNER = "Гриф"
CORNER_LAST = "Гриф, последняя строка"
POINT = "Пункт"
COLUMN = "Заголовок графы"
CHART = "Рисунок"
BULLET = "Пункт списка"
STAMP = "Место отметки об электронной подписи"
TITLE = "Название на титульном листе"
TITLE_SPACE = "Отступ титульного листа"
TITLE_FOOT = "Низ титульного листа"
CONTENTS_TITLE = "Заголовок оглавления"
INSERTED = "Заголовок вставки"
"""A heading put into a template that has no heading styles of its own."""
ROLES = {
    Role.TEXT: "Текст документа",
    Role.PLACE: "Место издания",
    Role.NOTE: "Примечание",
    Role.EXECUTOR: "Исполнитель",
    Role.PLAIN: "Строка без отступа",
    Role.CENTER: "Строка по центру",
    Role.CAPTION: "Название таблицы",
}
RAGGED = "{}, по левому краю"
"""A text with a blank to fill by hand: the line before the blank must not be pulled apart."""
GAP = "Отступ у таблицы"
"""Between a table and a text, which its rule must not touch; Word joins tables without it."""
CELLS = {
    Align.LEFT: "Ячейка",
    Align.CENTER: "Ячейка по центру",
    Align.RIGHT: "Ячейка справа",
}
BOLD_CELLS = {align: f"{name}, полужирная" for align, name in CELLS.items()}
GROUPS = {align: f"{name}, подзаголовок" for align, name in CELLS.items()}
"""Headings inside a table stay with the row below them."""

_LEFT = WD_ALIGN_PARAGRAPH.LEFT
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY
_CELL_ALIGN = {Align.LEFT: _LEFT, Align.CENTER: _CENTER, Align.RIGHT: _RIGHT}


@dataclass(frozen=True)
class Look:
    """What sets a paragraph style off from the base: points and millimetres."""

    align: WD_ALIGN_PARAGRAPH = _LEFT
    size: float | None = None
    bold: bool = False
    before: float = 0
    after: float = 0
    first_line_mm: float = 0
    left_mm: float = 0
    spacing: float = 1.0
    keep_next: bool = False


def define(document: Document, content: Content) -> None:
    """Give the document every style the renderer uses, and the language of its text."""
    chosen = profile(content.profile)
    xml.set_language(document, content.language)
    xml.set_compatibility(document)
    xml.remove_table_styles(document, (GRID, BARE))
    _base(document, chosen)
    for name, look in _looks(chosen, content.long_storage).items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _apply(style, look)
    for level in HEADING_LEVELS:
        _heading(document.styles[f"Heading {level}"], chosen.text_pt)


def complement(document: Document, chosen: Profile, *, long_storage: bool) -> None:
    """Give a document of somebody else the styles it lacks; those it has stay as they are."""
    known = {style.name for style in document.styles}
    looks = _looks(chosen, long_storage) | {INSERTED: _heading_look(chosen.text_pt)}
    for name, look in looks.items():
        if name not in known:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"] if "Normal" in known else None
            _apply(style, look)
    xml.add_table_styles(document, [name for name in (GRID, BARE) if name not in known])


def _base(document: Document, chosen: Profile) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(chosen.text_pt)
    xml.name_font(normal.element.get_or_add_rPr(), FONT)
    _apply(normal, Look())
    _apply(document.styles["Header"], Look(_CENTER, chosen.small_pt))


def _looks(chosen: Profile, long_storage: bool) -> dict[str, Look]:
    small, table = chosen.small_pt, chosen.table_pt
    indent, spacing = chosen.indent_mm, chosen.line_spacing
    corner = chosen.text_width_mm(long_storage=long_storage) - chosen.corner_width_mm
    body = Look(_JUSTIFY, after=2, first_line_mm=indent, spacing=spacing)
    looks = {
        ORGANISATION: Look(_CENTER, bold=True, after=2),
        PARENT: Look(_CENTER, after=2),
        CONTACTS: Look(_CENTER, small),
        DOCUMENT_NAME: Look(_CENTER, bold=True, before=14, after=10),
        LINE: Look(after=6),
        LINE_RIGHT: Look(_RIGHT, after=6),
        SIGNATURE: Look(before=36, after=24, keep_next=True),
        SIGNATURE_NAME: Look(_RIGHT, before=36, after=24, keep_next=True),
        CORNER: Look(left_mm=corner),
        CORNER_LAST: Look(left_mm=corner, after=8),
        POINT: body,
        COLUMN: Look(_CENTER, table, bold=True, keep_next=True),
        CHART: Look(before=8, after=8),
        ROLES[Role.TEXT]: body,
        ROLES[Role.PLACE]: Look(_CENTER, before=2, after=8),
        ROLES[Role.NOTE]: Look(_JUSTIFY, small, before=6),
        ROLES[Role.EXECUTOR]: Look(size=small, keep_next=True),
        ROLES[Role.PLAIN]: Look(after=2),
        ROLES[Role.CENTER]: Look(_CENTER, after=2),
        ROLES[Role.CAPTION]: Look(_JUSTIFY, small, before=8, after=4, keep_next=True),
        BULLET: body,
        STAMP: Look(_CENTER, small - 3, before=8, after=8),
        TITLE: Look(_CENTER, bold=True, after=6),
        TITLE_SPACE: Look(before=chosen.page_height_mm * _TITLE_SHARE * _POINTS_PER_MM),
        TITLE_FOOT: Look(_CENTER, before=chosen.page_height_mm * _TITLE_SHARE * _POINTS_PER_MM),
        CONTENTS_TITLE: Look(_CENTER, bold=True, before=10, after=10, keep_next=True),
        **{f"toc {level}": Look(left_mm=(level - 1) * indent / 2) for level in HEADING_LEVELS},
    }
    looks[GAP] = Look(size=_GAP_PT)
    justified = (ROLES[Role.TEXT], POINT, BULLET)
    looks |= {RAGGED.format(name): replace(looks[name], align=_LEFT) for name in justified}
    return looks | _cells(table)


def _cells(size: float) -> dict[str, Look]:
    looks = {CELLS[align]: Look(_CELL_ALIGN[align], size) for align in Align}
    looks |= {BOLD_CELLS[align]: Look(_CELL_ALIGN[align], size, bold=True) for align in Align}
    return looks | {
        GROUPS[align]: Look(_CELL_ALIGN[align], size, bold=True, keep_next=True) for align in Align
    }


def _apply(style: Any, look: Look) -> None:
    paragraph = style.paragraph_format
    paragraph.alignment = look.align
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.first_line_indent, paragraph.left_indent = Mm(look.first_line_mm), Mm(look.left_mm)
    paragraph.line_spacing = look.spacing
    paragraph.keep_with_next = look.keep_next
    paragraph.widow_control = True
    if look.size is not None:
        style.font.size = Pt(look.size)
    if look.bold:
        style.font.bold = True


def _heading(style: Any, size: float) -> None:
    """Strip the colours and fonts of the template's theme from a built-in heading."""
    xml.name_font(style.element.get_or_add_rPr(), FONT)
    style.font.color.rgb = RGBColor(0, 0, 0)
    _apply(style, _heading_look(size))


def _heading_look(size: float) -> Look:
    return Look(_CENTER, size, bold=True, before=10, after=10, keep_next=True)
