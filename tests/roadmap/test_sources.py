"""From an activity back to the cells it was read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.services.importing import apply, prepare
from app.services.progress import NoProgress
from app.services.roadmap import (
    WHOLE_ROW,
    ActivityRow,
    RoadmapForm,
    add_activity,
    create_roadmap,
    list_roadmaps,
    open_roadmap,
    sources,
)
from app.services.workspace import Workspace
from tests.importing.word_tables import document


def load(workspace: Workspace, path: Path) -> tuple[ActivityRow, ...]:
    apply(workspace, prepare(workspace, [path], NoProgress()), NoProgress())
    (info,) = list_roadmaps(workspace)
    return open_roadmap(workspace, info.id).activities


def test_each_field_knows_its_cell(tmp_path: Path, workspace: Workspace) -> None:
    rows = [
        ["№", "Мероприятие", "Срок", "Ответственный", "2024", "Класс"],
        ["1. Раздел", *[">"] * 5],
        ["1.1", "Семинар для", "март 2024", "РМК", "не менее 3", "5"],
        ["", "учителей", "", "", "", ""],
        ["1.2", "Приказ", "май 2024", "УО", "1", ""],
    ]
    path = document(tmp_path / "план.docx", rows, before=["План на 2024 год"])
    first, second = load(workspace, path)
    found = sources(workspace, first.id)
    assert {name: one.cell for name, one in found.items()} == {
        WHOLE_ROW: None,
        "number": "A3:A4",
        "title": "B3:B4",
        "term": "C3:C4",
        "responsible": "D3:D4",
        "year:2024": "E3:E4",
        "extra:Класс": "F3:F4",
    }
    assert found["title"].sentence().startswith("план.docx, Таблица 1, ячейки B3:B4 (загрузка № ")
    assert found[WHOLE_ROW].row == 3
    assert sources(workspace, second.id)["term"].cell == "C5"
    assert (first.loaded, found["term"].archived_as is None) == (True, False)


def test_parallel_directions_have_columns_of_their_own(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows = [
        ["Направление А", ">", "Направление Б", ">"],
        ["Мероприятия", "Ответственные, сроки"] * 2,
        ["Приказ", "УО, 2024", "Критерии", "ОО, 2024"],
        ["Справка", ">", ">", "РМК, 2024"],
    ]
    order, criteria, note = load(workspace, document(tmp_path / "п.docx", rows))
    cells = [
        [sources(workspace, one.id)[name].cell for name in ("title", "term", "responsible")]
        for one in (order, criteria, note)
    ]
    assert cells == [["A3", "B3", "B3"], ["C3", "D3", "D3"], ["A4", "D4", "D4"]]


def test_what_was_entered_by_hand_has_none(workspace: Workspace) -> None:
    (roadmap,) = create_roadmap(workspace, RoadmapForm("План")).ids
    (activity,) = add_activity(workspace, roadmap, None, {"title": "Совещание"}).ids
    assert sources(workspace, activity) == {}
    assert not open_roadmap(workspace, roadmap).activities[0].loaded
    with pytest.raises(UserError, match="уже нет"):
        sources(workspace, activity + 1)
