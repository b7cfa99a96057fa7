"""Roadmaps of real programmes: read from Word, printed again with every row in both files."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.enums import ProgrammeKind, RoadmapMode
from app.models.programmes import Programme
from app.models.roadmaps import Roadmap
from app.services import settings
from app.services.documents import (
    PaperRequest,
    build_paper,
    build_programme,
    render_docx,
    render_pdf,
)
from app.services.documents import programme as builder
from app.services.importing import apply, prepare
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.documents.test_order import DETAILS
from tests.documents.test_programme import docx_text, folded, pdf_text
from tests.journeys.word_plans import HEAD, plan_document, rows_of

PRESETS = {"krasny": "order_roadmap", "baikalovo": "full"}


def imported(workspace: Workspace, name: str, folder: Path) -> int:
    """Read the Word file of a real roadmap; return the programme that it was put under."""
    settings.save_office(workspace, DETAILS)
    path = plan_document(folder / "план.docx", "Дорожная карта", rows_of(name), HEAD, merged=True)
    plan = prepare(workspace, (path,), NoProgress())
    apply(workspace, plan, NoProgress())
    with workspace.database.write() as session:
        programme = Programme(
            kind=ProgrammeKind.ROADMAP, title="Поддержка школ", first_year=2019, last_year=2021
        )
        session.add(programme)
        session.flush()
        for roadmap in session.query(Roadmap):
            roadmap.programme_id = programme.id
        return programme.id


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_cell_is_printed_in_the_order_and_in_the_programme(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    programme = imported(workspace, name, tmp_path)
    builder.start_from(workspace, programme, PRESETS[name])
    order = build_paper(workspace, PaperRequest("order-roadmap", 2020, programme_id=programme))
    whole = build_programme(workspace, programme)
    for content in (order.content, whole.content):
        pdf, word = pdf_text(render_pdf(content)), docx_text(render_docx(content))
        for row in rows_of(name):
            for cell in row:
                assert folded(cell) in pdf, cell
                assert folded(cell) in word, cell


def test_the_kind_of_the_roadmap_survives(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, "krasny", tmp_path)
    with workspace.database.read() as session:
        assert [one.mode for one in session.query(Roadmap)] == [RoadmapMode.SECTIONS]
