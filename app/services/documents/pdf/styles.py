"""Paragraph styles and measures of a document, worked out from its typography profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from app.services.documents.blocks import Content, Role, Run
from app.services.documents.pdf.fonts import BOLD, REGULAR
from app.services.documents.typography import Profile, profile

NATURAL_LINE = 1.15
"""Height of a single-spaced line of Tinos and of Times New Roman, in sizes of the type."""

HEADING_LEVELS = (1, 2, 3, 4)
"""A document or an annex, its sections, and headings inside them."""

_Alignment = Literal[0, 1, 2, 4]

_BULLET_LEVELS = 4


@dataclass(frozen=True)
class Measures:
    """Sizes of one document in points."""

    page: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    width: float
    """Between the margins."""
    height: float
    page_number_top: float
    table_size: float
    small_size: float
    text_size: float
    emblem_height: float


@dataclass(frozen=True)
class Styles:
    """Every style the renderer uses."""

    roles: dict[Role, ParagraphStyle]
    point: ParagraphStyle
    headings: dict[int, ParagraphStyle]
    organisation: ParagraphStyle
    parent: ParagraphStyle
    document_name: ParagraphStyle
    line: ParagraphStyle
    corner: ParagraphStyle
    bullets: tuple[ParagraphStyle, ...]
    """By level from 0."""
    title: ParagraphStyle
    contacts: ParagraphStyle


def measures(content: Content) -> Measures:
    """Return the sizes that the document's profile and storage time ask for."""
    chosen = profile(content.profile)
    left = chosen.left_margin_mm(long_storage=content.long_storage)
    return Measures(
        page=(chosen.page_width_mm * mm, chosen.page_height_mm * mm),
        left=left * mm,
        right=chosen.right_mm * mm,
        top=chosen.top_mm * mm,
        bottom=chosen.bottom_mm * mm,
        width=chosen.text_width_mm(long_storage=content.long_storage) * mm,
        height=(chosen.page_height_mm - chosen.top_mm - chosen.bottom_mm) * mm,
        page_number_top=chosen.page_number_from_top_mm * mm,
        table_size=chosen.table_pt,
        small_size=chosen.small_pt,
        text_size=chosen.text_pt,
        emblem_height=chosen.emblem_height_mm * mm,
    )


def styles(content: Content) -> Styles:
    """Return the styles of the document's profile."""
    chosen = profile(content.profile)
    size = chosen.text_pt
    body = _style("body", size, spacing=chosen.line_spacing, alignment=TA_JUSTIFY)
    indented = _like(body, "text", firstLineIndent=chosen.indent_mm * mm, spaceAfter=2)
    line = _style("line", size, alignment=TA_LEFT)
    centred = _like(line, "centred", alignment=TA_CENTER)
    bold = _like(centred, "bold", fontName=BOLD)
    return Styles(
        roles=_roles(chosen, indented, centred),
        point=indented,
        headings={
            level: _like(bold, f"heading {level}", spaceBefore=10, spaceAfter=10, keepWithNext=1)
            for level in HEADING_LEVELS
        },
        organisation=_like(bold, "organisation", spaceAfter=2),
        parent=_like(centred, "parent", spaceAfter=2),
        document_name=_like(bold, "document name", spaceBefore=14, spaceAfter=10),
        line=line,
        corner=_corner(chosen, line, content.long_storage),
        bullets=tuple(
            _like(indented, f"bullet {level}", leftIndent=level * chosen.indent_mm * mm)
            for level in range(_BULLET_LEVELS)
        ),
        contacts=_style("contacts", chosen.small_pt, alignment=TA_CENTER),
        title=_like(bold, "title", leading=size * NATURAL_LINE * 1.2, spaceAfter=6),
    )


def turned(sizes: Measures) -> Measures:
    """Return the sizes of a sheet that lies on its side, with the same margins."""
    height, width = sizes.page
    return replace(
        sizes,
        page=(width, height),
        width=width - sizes.left - sizes.right,
        height=height - sizes.top - sizes.bottom,
    )


def markup(runs: tuple[Run, ...]) -> str:
    """Return runs in reportlab's markup; signs of markup in the data stay literal."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.bold else text


def _style(
    name: str, size: float, *, alignment: _Alignment, spacing: float = 1.0
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=REGULAR,
        fontSize=size,
        leading=size * NATURAL_LINE * spacing,
        alignment=alignment,
        allowWidows=0,
        allowOrphans=0,
        bulletFontName=REGULAR,
    )


def _like(parent: ParagraphStyle, name: str, **changes: Any) -> ParagraphStyle:
    return ParagraphStyle(name, parent=parent, **changes)


def _roles(
    chosen: Profile, indented: ParagraphStyle, centred: ParagraphStyle
) -> dict[Role, ParagraphStyle]:
    small = _style("small", chosen.small_pt, alignment=TA_JUSTIFY)
    return {
        Role.TEXT: indented,
        Role.PLACE: _like(centred, "place", spaceBefore=8, spaceAfter=8),
        Role.NOTE: _like(small, "note", spaceBefore=6),
        Role.EXECUTOR: _like(small, "executor", alignment=TA_LEFT),
        Role.PLAIN: _like(centred, "plain", alignment=TA_LEFT, spaceAfter=2),
        Role.CENTER: _like(centred, "center", spaceAfter=2),
        Role.CAPTION: _like(small, "caption", spaceBefore=8, spaceAfter=4, keepWithNext=1),
    }


def _corner(chosen: Profile, line: ParagraphStyle, long_storage: bool) -> ParagraphStyle:
    indent = (chosen.text_width_mm(long_storage=long_storage) - chosen.corner_width_mm) * mm
    return _like(line, "corner", leftIndent=indent)
