"""A picture alone as PNG, SVG and PDF."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from app.errors import OutputError
from app.services.charts import Bars, Series
from app.services.documents import PICTURE_FORMATS, write_picture
from tests.charts import samples


@pytest.mark.parametrize("ending", PICTURE_FORMATS)
@pytest.mark.parametrize("grey", [False, True])
def test_every_format_is_written(tmp_path: Path, ending: str, grey: bool) -> None:
    path = write_picture(samples.stack(12), tmp_path / f"картинка{ending}", grey=grey)
    assert path.stat().st_size > 1000


def test_a_png_is_for_print_and_in_grey_only_grey(tmp_path: Path) -> None:
    path = write_picture(samples.histogram(), tmp_path / "гистограмма.png", grey=True)
    with Image.open(path) as image:
        assert round(image.info["dpi"][0]) == 300
        assert image.width == pytest.approx(510 * 300 / 72, abs=2)
        colors = image.convert("RGB").getcolors(1_000_000)
    assert colors is not None
    assert all(max(color) - min(color) <= 3 for _, color in colors)


def test_svg_and_pdf_hold_the_words(tmp_path: Path) -> None:
    svg = write_picture(samples.lines(), tmp_path / "линии.svg")
    texts = [node.text for node in ET.parse(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "Район" in texts
    pdf = write_picture(samples.lines(), tmp_path / "линии.pdf")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert "Район" in document[0].get_textpage().get_text_range()
    document.close()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"картинка\.bmp"):
        write_picture(samples.lines(), tmp_path / "картинка.bmp")
    odd = Bars("Доля \U0001f600", ("А",), (Series("2025", (1.0,)),))
    with pytest.raises(OutputError, match="нет знака"):
        write_picture(odd, tmp_path / "картинка.svg")
    assert list(tmp_path.iterdir()) == []
