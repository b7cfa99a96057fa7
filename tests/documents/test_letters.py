"""The letter to many schools: each school is named and counted once."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from app.services import settings
from app.services.documents import blocks
from app.services.documents.rendering import render_docx, render_pdf
from app.services.documents.tables import Cell, Table
from app.services.forms import build_reminder
from app.services.workspace import Workspace
from tests.documents.samples import pdf_pages, squeezed
from tests.documents.test_order import DETAILS
from tests.stored import add_school


def test_a_school_is_named_once_over_all_that_it_owes(workspace: Workspace) -> None:
    settings.save_office(workspace, DETAILS)
    for name in ("Лукоморская СОШ", "Озёрная СОШ"):
        add_school(workspace, name, search_key=name.casefold())
    content = build_reminder(workspace, 2025, forms=("passport", "staff")).content
    (table,) = (one for one in content.blocks if isinstance(one, Table))
    assert [len(row) for row in table.rows] == [4, 2, 4, 2]
    assert table.rows[2][:2] == (Cell("2", rows=2), Cell("Озёрная СОШ", rows=2))
    printed = squeezed("".join(pdf_pages(render_pdf(content))))
    assert printed.count(squeezed("Озёрная СОШ")) == 1
    assert [one.text for one in blocks.texts(content)].count("Кадры") == 2


def _reminder(workspace: Workspace, schools: int, forms: tuple[str, ...]) -> blocks.Content:
    settings.save_office(workspace, DETAILS)
    for number in range(schools):
        name = f"{number + 1}-я Подлесная ООШ"
        add_school(workspace, name, search_key=name.casefold())
    return build_reminder(workspace, 2025, forms=forms).content


@pytest.mark.parametrize("schools", range(14, 20))
def test_no_page_begins_with_rows_that_name_no_school(workspace: Workspace, schools: int) -> None:
    content = _reminder(workspace, schools, ("passport", "staff"))
    pages = [squeezed(page) for page in pdf_pages(render_pdf(content))]
    assert len(pages) > 1
    for page in pages[:-1]:
        assert page.count("Кадры") == page.count("Подлесная"), page[-200:]
    assert "".join(pages).count("Подлесная") == schools


def test_a_school_that_owes_more_than_a_page_keeps_is_named_again() -> None:
    over = Cell("Подлесная ООШ", rows=90)
    rows = ((over, "Сведения 1"), *((f"Сведения {n}",) for n in range(2, 91)))
    table = Table((blocks.Column("Школа", 1), blocks.Column("Что", 1)), rows)
    content = blocks.Content("Письмо", "letter", "2025", (table,), blocks.Meta("Отдел", 2025))
    pages = [squeezed(page) for page in pdf_pages(render_pdf(content))]
    assert len(pages) > 1
    assert all("ПодлеснаяООШ" in page for page in pages)


def test_rows_of_one_school_stay_together_in_word(workspace: Workspace) -> None:
    content = _reminder(workspace, 16, ("passport", "staff"))
    table = docx.Document(io.BytesIO(render_docx(content))).tables[-2]
    kept = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows[1:]]
    assert kept == [True, False] * 16
