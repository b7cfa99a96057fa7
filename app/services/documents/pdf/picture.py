"""A laid out picture as a PNG: its own PDF page, drawn by the library that shows our documents."""

from __future__ import annotations

import io

import pypdfium2

from app.services.charts import Palette, Scene
from app.services.documents.pdf.chart import one_page
from app.services.documents.rendering import PDFIUM

_POINTS_PER_INCH = 72


def as_png(scene: Scene, palette: Palette, dpi: int) -> bytes:
    """Return the picture as a PNG of that many dots per inch, on white."""
    data = one_page(scene, palette)
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[0]
            image = page.render(scale=dpi / _POINTS_PER_INCH).to_pil()
            page.close()
        finally:
            document.close()
    file = io.BytesIO()
    # A picture has few colours: a palette makes the file four times smaller.
    image.convert("RGB").quantize(256).save(file, "PNG", dpi=(dpi, dpi), optimize=True)
    return file.getvalue()
