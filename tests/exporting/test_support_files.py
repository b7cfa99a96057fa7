"""Support and cycle as files: the rows of each kind, three formats, refusals."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import OutputError
from app.models.enums import Significance, SupportRole
from app.services import cycle, support
from app.services.cycle import EvidenceForm, RecommendationForm
from app.services.exporting import write_support
from app.services.people import Who
from app.services.support import AppointmentForm, GroupForm, Mark, MemberForm
from app.services.workspace import Workspace
from tests.stored import add_school

YEAR, TODAY = 2026, date(2026, 11, 22)


@pytest.fixture
def schools(workspace: Workspace) -> tuple[int, int]:
    """Enter one row of every kind about the first of two schools."""
    one, two = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    support.set_marks(workspace, YEAR, {(one, "500-3"): Mark(Significance.HIGH, True, True)})
    support.save_appointment(workspace, AppointmentForm(SupportRole.CURATOR, one))
    members = (MemberForm(Who("", school_id=one)),)
    support.save_group(workspace, GroupForm("1", "", "кооперация", members))
    cycle.save_recommendation(
        workspace, RecommendationForm(YEAR, "school", "=1+1", one, term="до 01.02.2026")
    )
    cycle.save_evidence(workspace, EvidenceForm(YEAR, "goals", title="Программа", number="5"))
    return one, two


def rows(workspace: Workspace, folder: Path, kind: str, school: int | None = None) -> list[Any]:
    path = folder / f"{kind}.json"
    count = write_support(workspace, kind, path, YEAR, school, TODAY)
    found = json.loads(path.read_bytes())
    assert len(found) == count
    return list(found)


def test_every_kind_as_json(workspace: Workspace, schools: tuple[int, int], tmp_path: Path) -> None:
    (risk,) = rows(workspace, tmp_path, "risks")
    assert (risk["school"], risk["number"], risk["significance"]) == ("СОШ № 1", 3, "высокая")
    assert (risk["actual"], risk["priority"]) == (True, True)
    (curator,) = rows(workspace, tmp_path, "curators")
    assert curator["person"] == ""
    assert "Не указаны фамилия" in curator["problems"][0]
    (group,) = rows(workspace, tmp_path, "networks")
    assert (group["members"], group["principle"]) == (["СОШ № 1"], "кооперация")
    (advice,) = rows(workspace, tmp_path, "recommendations")
    assert (advice["text"], advice["overdue"]) == ("=1+1", True)
    evidence = rows(workspace, tmp_path, "evidence")
    assert len(evidence) == 30
    assert [one["state"] for one in evidence].count("есть") == 3
    for kind in ("risks", "curators", "networks", "recommendations"):
        assert rows(workspace, tmp_path, kind, schools[1]) == []


def test_tables_hold_texts_never_formulas(
    workspace: Workspace, schools: tuple[int, int], tmp_path: Path
) -> None:
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"рекомендации{ending}"
        assert write_support(workspace, "recommendations", path, YEAR, None, TODAY) == 1
    text = (tmp_path / "рекомендации.csv").read_text(encoding="utf-8-sig")
    head, line = list(csv.reader(text.splitlines(), delimiter=";"))
    assert head[3:5] == ["Рекомендация", "Срок"]
    assert line[3] == "'=1+1"
    with pytest.raises(OutputError, match=r"\.json, \.csv, \.xlsx"):
        write_support(workspace, "risks", tmp_path / "риски.txt", YEAR, None, TODAY)
