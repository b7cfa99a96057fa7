"""The order as a Word document."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from app.errors import OutputError
from app.services.documents import blocks, render_docx
from app.services.documents.content.facts import ListedSchool
from tests.documents.samples import (
    LONG_NAME,
    OFFICE,
    REASON,
    body,
    docx_texts,
    emblem,
    order,
    pdf_pages,
    schools,
    squeezed,
)


def opened(content: blocks.Content) -> docx.document.Document:
    return docx.Document(io.BytesIO(render_docx(content)))


def test_every_text_is_in_the_file_in_order() -> None:
    content = order(risk_zone=schools(4, "зона риска"), schools=schools(30))
    numbers = {n for b in content.blocks if isinstance(b, blocks.NumberedPoints)
               for n, _ in b.numbered()}  # fmt: skip
    expected = [p.text for p in blocks.texts(content)[1:] if p.text not in numbers]
    assert docx_texts(render_docx(content)) == expected


def test_headings_and_points_are_real() -> None:
    document = opened(order())
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == order().title
    assert len(headings) == 2
    points = [p for p in document.paragraphs if p.style.name.startswith("Пункт")]
    levels = [p._p.pPr.numPr.ilvl.val for p in points]
    assert levels == [0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0]
    # The first with the second, what ends with a colon, the last two with the signature.
    kept = [index for index, p in enumerate(points) if p.paragraph_format.keep_with_next]
    assert kept == [0, 1, 6, 9, 10]
    assert len({p._p.pPr.numPr.numId.val for p in points}) == 1


def test_two_lists_are_numbered_apart() -> None:
    content = order()
    twice = next(b for b in content.blocks if isinstance(b, blocks.NumberedPoints))
    document = opened(replace(content, blocks=(*content.blocks, twice)))
    ids = {
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name.startswith("Пункт")
    }
    assert len(ids) == 2


def test_tables_have_every_width_and_a_repeated_header() -> None:
    document = opened(order(schools=schools(5)))
    table = document.tables[-1]
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    assert layout.get(qn("w:type")) == "fixed"
    grid = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert sum(grid) == round(180 / 25.4 * 1440)
    for row in table.rows:
        widths = [int(c.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for c in row._tr.tc_lst]
        assert widths == grid
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])


def test_annexes_are_sections_and_pages_are_numbered_from_the_second() -> None:
    document = opened(order(risk_zone=schools(1)))
    assert len(document.sections) == 3
    first, *annexes = document.sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.is_linked_to_previous
    assert "PAGE" in first.header._element.xml
    for section in annexes:
        assert not section.different_first_page_header_footer
        assert section.header.is_linked_to_previous
        assert (section.page_width.mm, section.left_margin.mm) == pytest.approx((210, 20), abs=0.1)


def test_styles_language_and_properties() -> None:
    document = opened(order())
    normal = document.styles["Normal"]
    assert normal.font.name == "Times New Roman"
    assert normal.font.size.pt == 14
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "ru-RU"
    assert document.core_properties.title == order().title
    assert document.core_properties.author == OFFICE.name
    assert document.core_properties.language == "ru-RU"
    direct = [r for p in document.paragraphs for r in p.runs if r.bold is not None or r.font.size]
    assert direct == []


def test_very_long_title_does_not_fit_the_property_but_the_page() -> None:
    content = order()
    title = ("Об утверждении перечня " * 18)[:400]
    document = opened(replace(content, title=title, blocks=(blocks.Heading(title),)))
    assert document.core_properties.title == f"{title[:254]}…"
    assert document.paragraphs[0].text == title


def test_emblem_has_a_description() -> None:
    document = opened(order(office=replace(OFFICE, emblem=emblem())))
    assert len(document.inline_shapes) == 1
    assert 'descr="Герб"' in document.element.xml


def test_control_character_is_named_with_its_place() -> None:
    rows = (ListedSchool("Школа\u0001", "ШНОР", REASON),)
    with pytest.raises(OutputError, match=r"U\+0001.*строка 1, графа «Общеобразовательная"):
        render_docx(order(schools=rows))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice не установлен")
def test_libreoffice_prints_the_same_text(tmp_path: Path) -> None:
    rows = (ListedSchool(LONG_NAME, "ШНОР", REASON), *schools(25))
    content = order(schools=rows, office=replace(OFFICE, emblem=emblem()))
    source = tmp_path / "приказ.docx"
    source.write_bytes(render_docx(content))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pdf_pages((tmp_path / "приказ.pdf").read_bytes())
    text = squeezed(body(pages))
    missing = [p.place for p in blocks.texts(content) if squeezed(p.text) not in text]
    assert missing == []
    assert pages[1].strip().startswith("2")
