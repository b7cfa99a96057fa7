"""Pictures inside documents: PDF, Word with SVG and PNG, the snapshot of the register."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdfium2
import pytest
from PIL import Image

from app.errors import OutputError
from app.services.charts import Bars, Series
from app.services.documents import blocks, render_docx, render_pdf
from app.services.documents.blocks import Chart, Content, Heading, Meta, Run, texts
from app.services.documents.snapshot import from_json, to_json
from tests.charts import samples


def document(*charts: blocks.Chart) -> Content:
    opening = (Heading("Справка"), blocks.Paragraph((Run("Текст перед рисунком."),)))
    return Content("Справка", "note", "2025", (*opening, *charts), Meta("Отдел", 2025))


def pages_of(pdf: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in found]
    finally:
        found.close()


@pytest.mark.parametrize("name", samples.EVERY)
@pytest.mark.parametrize("grey", [False, True])
def test_every_picture_is_printed_with_its_words(name: str, grey: bool) -> None:
    pdf = render_pdf(document(Chart(samples.EVERY[name], grey)))
    text = " ".join(pages_of(pdf))
    assert samples.EVERY[name].title.split()[0] in text
    assert b"Helvetica" not in pdf


def test_forty_schools_take_several_pages() -> None:
    found = pages_of(render_pdf(document(Chart(samples.bars(40)))))
    assert len(found) == 3
    assert "часть 3 из 3" in found[-1]


def test_a_word_file_holds_the_picture_twice() -> None:
    data = render_docx(document(Chart(samples.columns()), Chart(samples.bars(40), grey=True)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        svgs = [name for name in names if name.endswith(".svg")]
        pngs = [name for name in names if name.endswith(".png")]
        assert len(svgs) == len(pngs) == 4
        types = archive.read("[Content_Types].xml").decode()
        assert types.count("image/svg+xml") in (1, 4)
        body = archive.read("word/document.xml").decode()
        assert body.count("<asvg:svgBlip") == 4
        assert archive.read(svgs[0]).startswith(b"<svg")
        image = Image.open(io.BytesIO(archive.read(pngs[0])))
        assert round(image.info["dpi"][0]) == 300
    shapes = docx.Document(io.BytesIO(data)).inline_shapes
    assert len(shapes) == 4
    section = docx.Document(io.BytesIO(data)).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in shapes)


def test_a_picture_survives_the_register() -> None:
    content = document(*(Chart(chart, grey=True) for chart in samples.EVERY.values()))
    assert from_json(to_json(content)) == content


def test_a_character_no_font_has_is_named_with_its_picture() -> None:
    odd = Bars("Доля", ("Школа \U0001f600",), (Series("2025", (1.0,)),))
    with pytest.raises(OutputError, match="рисунок 1"):
        render_pdf(document(Chart(odd)))


def test_texts_of_pictures_are_part_of_the_document() -> None:
    content = document(Chart(samples.dots()))
    assert "Похожие школы (23)" in [piece.text for piece in texts(content)]
