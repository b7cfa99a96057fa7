"""Categories of a year that only a list or a decision tells, as figures that texts are held to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.models.enums import AssessmentKind, Basis, Category, RecordKind
from app.services import methodology, settings
from app.services.documents import register, sign
from app.services.documents.blocks import Content, Meta
from app.services.documents.claims import Told, district_figures
from app.services.documents.claims.types import Known
from app.services.documents.figure_findings import faults_of_texts
from app.services.workspace import Workspace
from tests.analysis.rows import add_record
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school

BOTH = {"shnor": 1, "shnsu": 1}


@pytest.fixture
def listed(workspace: Workspace) -> list[int]:
    """Store five schools; the list of the region of 2026 names two of them, one for both."""
    schools = [add_school(workspace, f"СОШ № {number}") for number in range(1, 6)]
    add_record(workspace, RecordKind.REGION_LIST, 2026, {"shnor": 1}, schools[0])
    add_record(workspace, RecordKind.REGION_LIST, 2026, BOTH, schools[1])
    return schools


def found(workspace: Workspace, text: str, year: int = 2026) -> list[str]:
    (faults,) = faults_of_texts(workspace, year, None, (Told(text),))
    return [one.message for one in faults]


@pytest.mark.parametrize(
    "text", ["В районе 2 ШНОР.", "В 2026 году выявлено 2 ШНОР.", "1 ШНСУ.", "В зоне риска 4 школы."]
)
def test_a_list_alone_agrees_and_is_silent_on_what_it_does_not_name(
    workspace: Workspace, listed: list[int], text: str
) -> None:
    assert found(workspace, text) == []


def test_a_figure_that_the_list_alone_contradicts_is_found(
    workspace: Workspace, listed: list[int]
) -> None:
    (told,) = found(workspace, "В 2026 году выявлено 5 ШНОР.")
    assert "в таблице 2 (школы ШНОР в списке региона, 2026 год)" in told


def test_a_decision_in_a_year_without_results_is_compared(
    workspace: Workspace, listed: list[int]
) -> None:
    for school in listed[2:]:
        methodology.override(workspace, 2026, school, Category.SHNOR, "перечень", Basis.REGION)
    assert found(workspace, "В районе 3 ШНОР.") == []
    (told,) = found(workspace, "В районе 4 ШНОР.")
    assert "в таблице 3 (школы ШНОР по решениям, 2026 год)" in told


def test_a_list_that_names_nobody_does_not_hide_the_year_before(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    for subject in ("Русский язык", "Математика"):
        add_result(workspace, school, (AssessmentKind.VPR, 2025, subject, 5), 10, 5)
    add_record(workspace, RecordKind.REGION_LIST, 2026, {"order": "приказ"}, school)
    (told,) = found(workspace, "В районе 4 ШНОР.")
    assert "в таблице 1 (школы ШНОР, 2025 год)" in told
    assert found(workspace, "В районе 4 ШНОР.", 2020) == [told]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Приказ Управления образования от 12.03.2025 № 16-п о перечне.", True),
        ("Приказ Управления образования Тридевятого района от 12.03.2025 № 16-п.", True),
        ("Приказ и.о. начальника Управления образования от 12.03.2025 № 16-п.", True),
        ("Приказ Управления образования Заозёрского района от 12.03.2025 № 16-п.", False),
        ("Распоряжение Управления образования от 12.03.2025 № 16-п о перечне.", False),
        ("Приказ Управления образования от 12.03.2025 № 15-п.", False),
    ],
)
def test_the_register_tells_the_kind_and_the_office_tells_its_place(
    workspace: Workspace, text: str, wrong: bool
) -> None:
    settings.save_office(workspace, DETAILS)
    content = Content("Об утверждении перечня школ", "order", "2025", (), Meta("Отдел", 2025))
    row, _ = register(workspace, content)
    sign(workspace, row.id, "15-п", date(2025, 3, 12))
    assert bool(found(workspace, text)) is wrong


@pytest.mark.usefixtures("listed")
def test_a_named_year_is_classified_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    categories = district_figures._categories

    def count(asked: Workspace, year: int) -> Iterator[Known]:
        counted.append(year)
        return categories(asked, year)

    monkeypatch.setattr(district_figures, "_categories", count)
    assert found(workspace, "В 2026 году выявлено 2 ШНОР.") == []
    assert counted == [2026]
