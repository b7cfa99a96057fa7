"""A picture alone as a file: vector PDF and SVG, or a PNG for what knows neither."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from pathlib import Path

from app.errors import OutputError
from app.services.charts import Chart, Palette, Scene, as_svg, lay_out, print_palette, words
from app.services.documents.blocks import Piece
from app.services.output import unreadable, write_safely

WIDTH = 510.0
"""Points: the text of an A4 sheet between its margins."""
_SIZE = 10.0
_DPI = 300
_PNG = b"\x89PNG\r\n\x1a\n"


def write_picture(chart: Chart, path: Path, *, grey: bool = False) -> Path:
    """Write the picture as .png (300 dpi), .svg or .pdf, by the ending of ``path``; return it.

    ``grey`` gives the print in hatched greys.  OutputError says in Russian what went wrong: another
    ending, a character that the font lacks, a disk that is full; an older file is then untouched.
    """
    found = _MAKERS.get(path.suffix.casefold())
    if found is None:
        raise OutputError(
            f"Картинку нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(_MAKERS)}.",
        )
    make, check = found
    write_safely(path, make(_scene(chart), print_palette(grey=grey)), check)
    return path


def _scene(chart: Chart) -> Scene:
    # Late: reportlab costs as much as the whole start of the window.
    from app.services.documents.pdf.chart import measure
    from app.services.documents.pdf.fonts import check_letters

    check_letters(Piece("картинка", text) for text in words(chart))
    return lay_out(chart, WIDTH, measure, _SIZE)


def _as_png(scene: Scene, palette: Palette) -> bytes:
    # Late: as above, and the library that draws PDF.
    from app.services.documents.pdf.picture import as_png

    return as_png(scene, palette, _DPI)


def _as_pdf(scene: Scene, palette: Palette) -> bytes:
    # Late: as above.
    from app.services.documents.pdf.chart import one_page

    return one_page(scene, palette)


def _as_svg(scene: Scene, palette: Palette) -> bytes:
    return as_svg(scene, palette).encode("utf-8")


def _begins(sign: bytes) -> Callable[[Path], None]:
    def check(path: Path) -> None:
        with path.open("rb") as file:
            if file.read(len(sign)) != sign:
                raise unreadable(path)

    return check


def _check_svg(path: Path) -> None:
    try:
        ET.parse(path)  # noqa: S314 - the file that was written a moment ago
    except ET.ParseError as error:
        raise unreadable(path) from error


_MAKERS: Mapping[str, tuple[Callable[[Scene, Palette], bytes], Callable[[Path], None]]] = {
    ".png": (_as_png, _begins(_PNG)),
    ".svg": (_as_svg, _check_svg),
    ".pdf": (_as_pdf, _begins(b"%PDF-")),
}
FORMATS = tuple(_MAKERS)
"""Endings that ``write_picture`` knows."""
