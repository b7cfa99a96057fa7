"""Golden documents: the content is as it was, and both files say exactly that content."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from app.services.documents import blocks, render_docx, render_pdf
from tests.documents.samples import body, docx_texts, pdf_pages, squeezed
from tests.golden.documents import FOLDER, as_json, as_text, documents

NAMES = sorted(documents())


def golden(name: str) -> list[str]:
    """Return the lines of the golden text without the title that only the properties hold."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]


def rows_of_docx(data: bytes) -> list[list[str]]:
    """Return the rows of the ruled tables of a DOCX."""
    tables = docx.Document(io.BytesIO(data)).tables
    ruled = [table for table in tables if table.style.name == "Table Grid"]
    return [[cell.text for cell in row.cells] for table in ruled for row in table.rows]


@pytest.mark.parametrize("name", NAMES)
def test_content_is_as_it_was(name: str) -> None:
    content = documents()[name]
    assert as_json(content) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert as_text(content) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_pdf_says_the_content_and_nothing_else(name: str) -> None:
    """Every line of the golden text is in the PDF in order; only headers are repeated."""
    text = squeezed(body(pdf_pages(render_pdf(documents()[name]))))
    place = 0
    between = ""
    for line in golden(name):
        found = text.index(squeezed(line), place)
        between += text[place:found]
        place = found + len(squeezed(line))
    between += text[place:]
    header = squeezed("№ Общеобразовательная организация Категория Основание")
    assert between.replace(header, "") == ""


@pytest.mark.parametrize("name", NAMES)
def test_docx_says_the_content_and_nothing_else(name: str) -> None:
    """Numbers of points are made by Word itself, so they are not in the text."""
    number = re.compile(r"\d+\.(\d+\.)?")
    points = [line for line in golden(name) if not number.fullmatch(line)]
    said = [" ".join(text.split()) for text in docx_texts(render_docx(documents()[name]))]
    assert said == points


@pytest.mark.parametrize("name", NAMES)
def test_docx_has_the_rows_of_the_content(name: str) -> None:
    content = documents()[name]
    expected = []
    for block in content.blocks:
        if isinstance(block, blocks.Table):
            expected.append([column.title for column in block.columns])
            expected += [list(row) for row in block.rows]
    assert rows_of_docx(render_docx(content)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_docx_points_are_numbered_as_the_content_says(name: str) -> None:
    """Count the levels as Word does and compare with the numbers in the golden text."""
    document = docx.Document(io.BytesIO(render_docx(documents()[name])))
    counters = [0, 0, 0]
    numbers = []
    for paragraph in document.element.body.iter(qn("w:p")):
        properties = paragraph.pPr
        if properties is None or properties.numPr is None:
            continue
        level = properties.numPr.ilvl.val
        counters[level] += 1
        counters[level + 1 :] = [0] * (2 - level)
        numbers.append("".join(f"{n}." for n in counters[: level + 1]))
    assert numbers == [line for line in golden(name) if re.fullmatch(r"\d+\.(\d+\.)?", line)]
