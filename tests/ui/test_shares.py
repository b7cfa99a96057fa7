"""A share beside the threshold of its year, wherever it is shown: whole or not, never past it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.models.enums import AssessmentKind
from app.services.methodology import apply_rules, rules_for
from app.services.workspace import Workspace
from app.ui.pages.classification.columns import PROCEDURES
from app.ui.pages.classification.loading import explain, load
from app.ui.pages.results.page import ResultsPage, View
from app.ui.pages.schools.columns import card_columns
from app.ui.pages.schools.loading import load_card
from app.ui.screenshots import settle
from app.ui.startup import Startup
from tests.stored import add_result
from tests.ui.conftest import ScriptedDoor
from tests.ui.district import District

YEAR = 2025
NOT_REACHED = (AssessmentKind.VPR, YEAR, "Математика", 4)
"""150 of 451 is 33,259 %: with one decimal it would read as the threshold of 33,3."""
FAR_FROM_IT = (AssessmentKind.VPR, YEAR, "Русский язык", 4)
"""3 of 152 is 1,974 %: no limit is near, and one decimal is enough."""


@pytest.fixture
def district(district: District, workspace: Workspace) -> District:
    """Let a third be the threshold of the year, and two results stand beside it."""
    rules = replace(rules_for(workspace, YEAR), threshold_percent=Decimal("33.3"))
    apply_rules(workspace, YEAR, rules)
    add_result(workspace, district.empty, NOT_REACHED, 451, 150)
    add_result(workspace, district.empty, FAR_FROM_IT, 152, 3)
    return district


@pytest.fixture
def page(district: District, started: Startup) -> ResultsPage:
    started._window.show_page("results")
    settle(started._window)
    found = started._window.pages["results"]
    assert isinstance(found, ResultsPage)
    return found


def test_in_the_list_of_results(page: ResultsPage, district: District) -> None:
    column = next(one for one in page.model.columns if one.key == "percent_below")
    lines = [line for line in page.model.all_rows() if line.row.school_id == district.empty]
    shown = {line.row.subject: column.display(line) for line in lines}
    assert shown == {"Математика": "33,26", "Русский язык": "2,0"}
    assert not any(line.mark for line in lines)


def test_in_the_pivot_behind_it_and_in_its_file(
    page: ResultsPage, started: Startup, door: ScriptedDoor, tmp_path: Path
) -> None:
    window = started._window
    page.show_view(View.PIVOT)
    settle(window)
    page.grade.choose(4)
    page.subject.choose("Математика")
    page.subject.picked.emit()
    settle(window)
    model, behind = page.pivot.model, page.pivot.behind
    assert model.index(0, 1).data() == "33,26"
    page.pivot.table.clicked.emit(model.index(0, 1))
    assert behind.heading.text().startswith("Лицей имени Пушкина; 2025: 33,26.")
    assert behind.model.index(0, behind.model.columnCount() - 1).data() == "33,26"
    door.expect("save_file", tmp_path / "свод.xlsx")
    page.export.click()
    settle(window)
    sheet = openpyxl.load_workbook(tmp_path / "свод.xlsx").active
    assert sheet is not None
    assert sheet.cell(sheet.max_row, 2).number_format == "0.00"


def test_in_the_explanation_beside_the_distance(workspace: Workspace, district: District) -> None:
    line = next(one for one in load(workspace, YEAR).lines if one.id == district.empty)
    shown = {
        row.title: [column.display(row) for column in PROCEDURES if column.key in _BESIDE]
        for row in explain(workspace, line, YEAR).procedures
    }
    assert shown["ВПР, математика, 4 класс"] == ["33,26", "-0,04"]
    assert shown["ВПР, русский язык, 4 класс"] == ["2,0", "-31,3"]


_BESIDE = {"percent", "points"}


def test_in_the_card_of_a_school(workspace: Workspace, district: District) -> None:
    card = load_card(workspace, district.empty, YEAR)
    assert card is not None
    column = card_columns((YEAR,))[1]
    assert [column.display(one) for one in card.procedures] == ["33,26", "2,0"]
