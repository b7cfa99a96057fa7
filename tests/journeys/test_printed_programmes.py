"""Whole programmes entered through the services and printed: every text is in both files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.services import programmes, roadmap, settings
from app.services.documents import (
    PaperRequest,
    blocks,
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
from tests.importing.word_tables import document
from tests.journeys import programme_texts, word_indicators
from tests.journeys.word_plans import measure_rows, quantity_rows, rows_of

Row = list[str]
INDICATORS: dict[str, list[Row]] = {
    "subprogramme": word_indicators.NESTED,
    "decree": word_indicators.GROUPS,
    "goals": word_indicators.BY_GOAL,
}


ROADMAPS: dict[str, tuple[str, list[Row], list[Row]]] = {
    "decree": (
        "Комплекс мер и управленческих решений",
        rows_of("sergokala"),
        measure_rows(rows_of("sergokala")),
    ),
    "goals": (
        "«Дорожная карта» поддержки школ",
        rows_of("bavly"),
        quantity_rows(rows_of("bavly"), ["2019", "2020", "2021", "2022"], merged=True),
    ),
}
"""Title of a roadmap, its rows, and the table of its Word file."""


def load_roadmap(workspace: Workspace, name: str, programme: int, folder: Path) -> None:
    """Bring the roadmap from its Word file into the programme."""
    title, _, table = ROADMAPS[name]
    path = document(folder / "Карта.docx", table, before=[title])
    apply(workspace, prepare(workspace, (path,), NoProgress()), NoProgress())
    (made,) = roadmap.list_roadmaps(workspace)
    form = roadmap.RoadmapForm(
        made.title, made.mode, made.first_year, made.last_year, programme, made.directions
    )
    roadmap.edit_roadmap(workspace, made.id, form)


def load_indicators(workspace: Workspace, name: str, folder: Path) -> int:
    """Bring the table of indicators from its Word file; return the programme that it made."""
    path = folder / "Программа 2021-2024.docx"
    word_indicators.paged(path, INDICATORS[name], after=99, head=0)
    apply(workspace, prepare(workspace, (path,), NoProgress()), NoProgress())
    (made,) = programmes.list_programmes(workspace)
    return made.id


def entered(workspace: Workspace, name: str, folder: Path) -> tuple[programme_texts.Text, int]:
    """Enter a whole programme over its loaded indicators; return it and its id."""
    settings.save_office(workspace, DETAILS)
    text = programme_texts.read(name)
    programme = programme_texts.enter(workspace, text, load_indicators(workspace, name, folder))
    if name in ROADMAPS:
        load_roadmap(workspace, name, programme, folder)
    builder.start_from(workspace, programme, text.preset)
    return text, programme


def small(text: str) -> str:
    """Return text folded and in small letters: a kind of resources begins a line on paper."""
    return folded(text).casefold()


def texts(content: blocks.Content) -> tuple[str, str]:
    """Return the texts of both files, folded and in small letters."""
    return small(pdf_text(render_pdf(content))), small(docx_text(render_docx(content)))


def shown(rows: Sequence[Row]) -> list[str]:
    """Return the cells of a table that say something."""
    return [cell for row in rows for cell in row if cell not in ("", ">", "^")]


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_every_text_and_figure_is_printed(workspace: Workspace, tmp_path: Path, name: str) -> None:
    text, programme = entered(workspace, name, tmp_path)
    content = build_programme(workspace, programme).content
    pdf, word = texts(content)
    values = shown(INDICATORS[name][2 if name == "subprogramme" else 1 :])
    wanted = [*text.cells, *values]
    if name in ROADMAPS:
        wanted += [cell for row in ROADMAPS[name][1] for cell in row if cell]
    assert [one for one in wanted if small(one) not in pdf] == []
    assert [one for one in wanted if small(one) not in word] == []


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_every_part_stands_whole_and_in_its_order(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    text, programme = entered(workspace, name, tmp_path)
    pdf = pdf_text(render_pdf(build_programme(workspace, programme).content))
    for key, lines in text.parts.items():
        if key == "resource":
            continue  # printed by kinds, in the order of the kinds
        at = pdf.index(folded(lines[0].split("\t")[0]))
        for line in lines:
            at = pdf.index(folded(line.split("\t")[-1].strip()), at)


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_each_section_with_data_has_its_heading_and_number(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    text, programme = entered(workspace, name, tmp_path)
    content = build_programme(workspace, programme).content
    headings = [one.text for one in content.blocks if isinstance(one, blocks.Heading)]
    tops = [one for one in builder.preset(text.preset).blocks if one.kind == "section"]
    empty = {"Дорожная карта"}  # one roadmap is entered: the tasks' section prints it
    titles = [one.title for one in tops if one.title not in empty]
    assert [one for one in titles if not any(title.endswith(one) for title in headings)] == []


def test_the_decree_carries_the_programme_as_its_annex(
    workspace: Workspace, tmp_path: Path
) -> None:
    text, programme = entered(workspace, "decree", tmp_path)
    asked = PaperRequest("decree-programme", 2023, programme_id=programme)
    content = build_paper(workspace, asked).content
    pdf, word = texts(content)
    assert folded("п о с т а н о в л я е т") in pdf
    assert [one for one in text.cells if small(one) not in pdf] == []
    assert [one for one in text.cells if small(one) not in word] == []
