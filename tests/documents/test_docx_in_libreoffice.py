"""Every kind of paper in LibreOffice: the same text on its sheets, the tables of the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from app.models.enums import AssessmentKind
from app.services import settings
from app.services.documents import (
    Content,
    OrderRequest,
    blocks,
    build_decisions,
    build_order,
    build_paper,
    build_programme,
    build_school_card,
    newest_programme,
    papers,
    write,
)
from app.services.documents.pdf.styles import measures, turned
from app.services.documents.pdf.table import table
from app.services.documents.pdf.wrap import Wrapper
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.documents.programmes import add_programme, add_support
from tests.documents.test_order import DETAILS
from tests.documents.test_papers import request_of
from tests.stored import add_result

OTHERS = ("order", "programme", "school-card", "decisions")
_WIDTH_ERROR = 1.0
"""Points: LibreOffice keeps lengths in hundredths of a millimetre, columns as shares."""
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LIMIT = 420
"""Seconds for one start of LibreOffice and all kinds in a row on a busy machine."""


def made(workspace: Workspace) -> Iterator[tuple[str, Content]]:
    """Return every kind of paper, filled."""
    school = list_schools(workspace)[0].id
    yield "order", build_order(workspace, OrderRequest(2026, number="7")).content
    yield "programme", build_programme(workspace, newest_programme(workspace)).content
    yield "school-card", build_school_card(workspace, school, 2026)
    yield "decisions", build_decisions(workspace, 2026)
    for kind in papers():
        yield kind, build_paper(workspace, request_of(workspace, kind, filled=True)).content


def squeezed(text: str) -> str:
    """Return the text without what breaking lines and pages changes."""
    return re.sub(r"[\s\u00ad\ufffe\u2010\u2011\u2012-]", "", text)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where LibreOffice put its PDFs; contents are made by the first test."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture
def contents(workspace: Workspace) -> dict[str, Content]:
    """Store a district and make every kind of paper from it."""
    settings.save_office(workspace, DETAILS)
    add_support(workspace)
    add_programme(workspace)
    school = list_schools(workspace)[0].id
    for subject in ("Русский язык", "Математика"):
        add_result(workspace, school, (AssessmentKind.VPR, 2026, subject, 5), 10, 5)
    return dict(made(workspace))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice не установлен")
def test_every_kind_is_the_same_in_libreoffice(
    contents: dict[str, Content], printed: Path, tmp_path: Path
) -> None:
    assert set(contents) == {*OTHERS, *papers()}
    for kind, content in contents.items():
        write(content, printed / f"{kind}.docx")
    for form in ("pdf", "fodt"):
        convert(form, [printed / f"{kind}.docx" for kind in contents], tmp_path / "profile")
    faults = [
        fault
        for kind, content in contents.items()
        for fault in (
            *faults_of(content, printed / f"{kind}.pdf"),
            *differing_tables(content, printed / f"{kind}.fodt"),
        )
    ]
    assert faults == []
    # The comparison itself is tried: other weights of columns must be seen.
    turned_round = [
        replace(one, columns=one.columns[::-1]) if isinstance(one, blocks.Table) else one
        for one in contents["order"].blocks
    ]
    other = replace(contents["order"], blocks=tuple(turned_round))
    assert list(differing_tables(other, printed / "order.fodt"))


def convert(form: str, files: list[Path], profile: Path) -> None:
    """Have LibreOffice save the files in another form beside them."""
    start = [str(shutil.which("soffice")), f"-env:UserInstallation=file://{profile}", "--headless"]
    order = ["--convert-to", form, "--outdir", str(files[0].parent)]
    subprocess.run(
        [*start, *order, *map(str, files)], check=True, capture_output=True, timeout=_LIMIT
    )


def differing_tables(content: Content, opened: Path) -> Iterator[str]:
    """Return the tables that LibreOffice has in other numbers, rows or widths than the PDF."""
    ours, theirs = list(drawn_tables(content)), list(opened_tables(opened))
    if len(ours) != len(theirs):
        yield f"{opened.stem}: таблиц {len(theirs)} вместо {len(ours)}"
        return
    for number, ((rows, widths), (their_rows, their_widths)) in enumerate(
        zip(ours, theirs, strict=True), start=1
    ):
        if rows != their_rows:
            yield f"{opened.stem}: в таблице {number} строк {their_rows} вместо {rows}"
        same = len(widths) == len(their_widths) and all(
            abs(one - other) <= _WIDTH_ERROR
            for one, other in zip(widths, their_widths, strict=True)
        )
        if not same:
            yield f"{opened.stem}: в таблице {number} графы {their_widths} вместо {widths}"


def drawn_tables(content: Content) -> Iterator[tuple[int, list[float]]]:
    """Return the rows and the widths of columns (points) of every table as the PDF draws it."""
    upright = measures(content)
    sizes, wrapper = upright, Wrapper()
    for block in content.blocks:
        match block:
            case blocks.NewPage(landscape) | blocks.Annex(landscape=landscape):
                sizes = turned(upright) if landscape else upright
            case blocks.Table():
                lines = table(block, sizes, wrapper).lines
                edges = {x for line in lines for box in line.boxes for x in box.edges}
                yield len(lines), [right - left for left, right in pairwise(sorted(edges))]
            case blocks.Registration():
                yield 1, [sizes.width / 2, sizes.width / 2]
            case blocks.Signature():
                yield 1, [sizes.width * 0.55, sizes.width * 0.45]
            case _:
                pass


def opened_tables(path: Path) -> Iterator[tuple[int, list[float]]]:
    """Return the same of the tables that LibreOffice read, in its own words (OpenDocument)."""
    root = ElementTree.parse(path).getroot()
    widths = {
        str(style.get(f"{_STYLE}name")): inches(one.get(f"{_STYLE}column-width"))
        for style in root.iter(f"{_STYLE}style")
        for one in style.iter(f"{_STYLE}table-column-properties")
    }
    for found in root.iter(f"{_TABLE}table"):
        columns = [
            widths[str(column.get(f"{_TABLE}style-name"))]
            for column in found.iter(f"{_TABLE}table-column")
            for _ in range(int(column.get(f"{_TABLE}number-columns-repeated", "1")))
        ]
        yield sum(1 for _ in found.iter(f"{_TABLE}table-row")), columns


def inches(text: str | None) -> float:
    """Return a length of OpenDocument in points."""
    assert text is not None
    assert text.endswith("in")
    return float(text.removesuffix("in")) * 72


def faults_of(content: Content, pdf: Path) -> Iterator[str]:
    """Return what LibreOffice lost, pushed off its sheet, or left an empty page for."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page_text(document, index) for index in range(len(document))]
        outside = partial(runs_out, document)
        yield from (
            f"{pdf.stem}: страница {index + 1} пуста"
            for index, text in enumerate(pages)
            if not squeezed(text)
        )
        yield from (
            f"{pdf.stem}: текст за краем страницы {index + 1}"
            for index in range(len(pages))
            if outside(index)
        )
    finally:
        document.close()
    # The number of a page stands between the halves of a row that the page divides.
    whole = squeezed("".join(re.sub(r"^\s*\d+\s", "", text) for text in pages))
    for piece in blocks.texts(content)[1:]:
        said = squeezed(piece.text)
        if "рисунок" in piece.place:
            continue  # a picture: its words are drawn, not written
        if said and said not in whole and not all(squeezed(w) in whole for w in piece.text.split()):
            yield f"{pdf.stem}: нет текста «{piece.text[:60]}» ({piece.place})"


def page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """Return the text of a page."""
    page = document[index].get_textpage()
    try:
        return str(page.get_text_range())
    finally:
        page.close()


def runs_out(document: pypdfium2.PdfDocument, index: int) -> bool:
    """Return whether any letter of a page stands outside of it."""
    page = document[index]
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        return any(
            left < 0 or bottom < 0 or right > width + 1 or top > height + 1
            for left, bottom, right, top in (
                text.get_rect(number) for number in range(text.count_rects())
            )
        )
    finally:
        text.close()
