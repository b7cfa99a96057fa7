"""Neutral pictures in a Word file: SVG for programs that draw it, a 300 dpi PNG for all others."""

from __future__ import annotations

import io
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from app.services.charts import Palette, Scene, as_svg, print_palette
from app.services.documents import blocks
from app.services.documents.pdf.chart import scenes
from app.services.documents.pdf.picture import as_png
from app.services.documents.word import xml

DPI = 300
_SVG_TYPE = "image/svg+xml"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The name under which Word 2016 and later, LibreOffice and Р7 look for the SVG of a picture."""


def add_chart(
    document: Document, block: blocks.Chart, style: str, page: tuple[float, float], size: float
) -> None:
    """Add the picture in as many parts as fit ``page`` (width and height in points)."""
    palette = print_palette(grey=block.grey)
    for scene in scenes(block, *page, size):
        place = document.add_paragraph("", style)
        _add_picture(document, place, scene, palette)


def _add_picture(document: Document, place: Paragraph, scene: Scene, palette: Palette) -> None:
    png = io.BytesIO(as_png(scene, palette, DPI))
    place.add_run().add_picture(png, Pt(scene.width), Pt(scene.height))
    xml.describe_picture(place, scene.title)
    for inline in place._p.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice takes three millimetres where nothing is said
    _attach_svg(document, place, as_svg(scene, palette))


def _attach_svg(document: Document, place: Paragraph, svg: str) -> None:
    """Tell the programs that can that the same picture is there as SVG."""
    package = document.part.package
    number = 1 + sum(str(part.partname).endswith(".svg") for part in package.iter_parts())
    name = PackURI(f"/word/media/chart{number}.svg")
    part = Part(name, _SVG_TYPE, svg.encode("utf-8"), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    for blip in place._p.iter(qn("a:blip")):
        blip.append(_extension(relation))


def _extension(relation: str) -> Any:
    listed, one = OxmlElement("a:extLst"), OxmlElement("a:ext")
    one.set("uri", _SVG_EXTENSION)
    svg = one.makeelement(f"{{{_SVG_NAMESPACE}}}svgBlip", nsmap={"asvg": _SVG_NAMESPACE})
    svg.set(qn("r:embed"), relation)
    one.append(svg)
    listed.append(one)
    return listed
