"""The letter to many schools: each school is named and counted once."""

from __future__ import annotations

from app.services import settings
from app.services.documents import blocks
from app.services.documents.rendering import render_pdf
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
