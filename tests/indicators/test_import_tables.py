"""From a Word file or a workbook to stored indicators and back into JSON: every cell is there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.models.enums import FileStatus, ValueRole
from app.services import exporting, importing, indicators, journal, programmes, roadmap
from app.services.importing import ImportReport
from app.services.indicators import Slot
from app.services.progress import NoProgress
from app.services.roadmap import RoadmapForm
from app.services.workspace import Workspace
from tests.importing.word_tables import document
from tests.indicators import tables
from tests.journeys.stick import write_book


def word(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the table in the spelling of the maker of Word files."""
    return [[">" if cell == "<" else cell for cell in line] for line in lines]


def load(workspace: Workspace, path: Path) -> ImportReport:
    plan = importing.prepare(workspace, [path], NoProgress())
    try:
        return importing.apply(workspace, plan, NoProgress())
    finally:
        importing.discard(plan)


def exported_rows(workspace: Workspace, target: Path) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each exported row: goal, number, title, unit, values, the rest."""
    exporting.write_indicators(workspace, target)
    for programme in json.loads(target.read_text(encoding="utf-8")):
        for row in programme["indicators"]:
            values = (value["text"] for value in row["values"])
            head = (row["goal"], row["number"], row["title"], row["unit"], row["source"])
            yield tuple(cell for cell in (*head, *values, *row["extra"].values()) if cell)


def written_rows(lines: Sequence[Sequence[str]], goals: bool = False) -> list[tuple[str, ...]]:
    """Return the filled cells of each row; a goal reaches down to the rows that it covers."""
    found: list[tuple[str, ...]] = []
    goal = ""
    for line in lines:
        if goals:
            goal = line[0] if line[0] not in ("", "^") else goal
        cells = [cell for cell in (line[1:] if goals else line) if cell not in ("", "<", "^")]
        found.append((goal, *cells) if goals else tuple(cells))
    return found


def test_targets(workspace: Workspace, tmp_path: Path) -> None:
    lines = [line for line in tables.TARGETS if line[0] or line[1][0].isupper()]
    path = document(tmp_path / "Программа 2022.docx", word(lines), before=["Целевые показатели"])
    report = load(workspace, path)
    assert [file.layout for file in report.files] == ["indicators"]
    assert report.files[0].rows.stored == 10
    rows = list(exported_rows(workspace, tmp_path / "out.json"))
    assert rows == [(number, title, "%", text) for number, title, text in lines[1:]]
    assert indicators.programmes(workspace)[0].title == "Программа 2022"


def test_rows_by_goal(workspace: Workspace, tmp_path: Path) -> None:
    lines = [line for line in tables.BY_GOAL if line[1] != "процент"]
    load(workspace, document(tmp_path / "Цели.docx", word(lines)))
    rows = list(exported_rows(workspace, tmp_path / "out.json"))
    assert rows == written_rows(lines[1:], goals=True)


def test_nested_rows_inside_a_passport(workspace: Workspace, tmp_path: Path) -> None:
    report = load(workspace, document(tmp_path / "Подпрограмма.docx", word(tables.NESTED)))
    assert any("Методы сбора" in one.message for one in report.files[0].findings)
    rows = list(exported_rows(workspace, tmp_path / "out.json"))
    assert rows == written_rows(tables.NESTED[5:-2])
    table = indicators.indicator_table(workspace, indicators.programmes(workspace)[0].id)
    assert [(row.number, row.level) for row in table.rows] == [
        ("2.1.", 0), ("2.1.1.", 1), ("2.1.2.", 1), ("2.2.", 0), ("2.3.", 0), ("2.3.1.", 1),
        ("2.3.2.", 1),
    ]  # fmt: skip


def test_the_same_file_twice_changes_nothing_and_undo_takes_it_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = document(tmp_path / "Подпрограмма.docx", word(tables.NESTED))
    first = load(workspace, path)
    assert [file.status for file in load(workspace, path).files] == [FileStatus.UNCHANGED]
    shown = importing.preview_undo(workspace, first.batch_id)
    assert shown.gone == {"показатели": 7, "значения показателей": 25, "программы": 1}
    report = importing.undo(workspace, first.batch_id)
    assert (report.removed, report.kept) == (33, ())
    assert indicators.programmes(workspace) == ()
    assert journal.next_undo(workspace) is None
    assert load(workspace, path).files[0].rows.stored == 7


def test_undo_of_a_load_gives_back_the_goals_and_the_programme(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = load(workspace, document(tmp_path / "Цели.docx", word(tables.BY_GOAL)))
    choice = indicators.programmes(workspace)[0]
    assert len(programmes.items(workspace, choice.id, indicators.GOAL_PART)) == 4
    shown = importing.preview_undo(workspace, first.batch_id)
    assert (shown.gone["разделы программ"], shown.gone["программы"]) == (4, 1)
    assert importing.undo(workspace, first.batch_id).kept == ()
    assert programmes.list_programmes(workspace) == ()


def test_undo_of_a_load_keeps_what_people_changed(workspace: Workspace, tmp_path: Path) -> None:
    first = load(workspace, document(tmp_path / "Подпрограмма.docx", word(tables.NESTED)))
    row = indicators.indicator_table(workspace, indicators.programmes(workspace)[0].id).rows[1]
    slot = Slot(ValueRole.PLAN, "2022")
    indicators.edit(workspace, [indicators.ValueEdit(row.id, slot, "90")])
    shown = importing.preview_undo(workspace, first.batch_id)
    report = importing.undo(workspace, first.batch_id)
    assert report == shown.report
    programme, rows = report.kept
    assert "Остались показатели (2): «Динамика результатов школ»" in rows
    assert rows.endswith("изменено вручную.")
    assert "Остались программы (1): «Подпрограмма»" in programme
    (kept,) = indicators.export_rows(workspace)
    assert [(one["number"], len(one["values"])) for one in kept["indicators"]] == [
        ("2.1.", 0), ("2.1.1.", 5),
    ]  # fmt: skip


def test_undo_of_a_load_keeps_what_measures_stand_on(workspace: Workspace, tmp_path: Path) -> None:
    first = load(workspace, document(tmp_path / "Подпрограмма.docx", word(tables.NESTED)))
    programme = indicators.programmes(workspace)[0].id
    row = indicators.indicator_table(workspace, programme).rows[3]
    (made,) = roadmap.create_roadmap(workspace, RoadmapForm("Карта")).ids
    roadmap.add_activity(workspace, made, None, {"title": "Курсы", "indicator_id": row.id})
    report = importing.undo(workspace, first.batch_id)
    assert any(
        "Остались показатели (1)" in one and "мероприятия дорожных карт" in one
        for one in report.kept
    )
    (kept,) = indicators.export_rows(workspace)
    assert [one["number"] for one in kept["indicators"]] == ["2.2."]
    assert len(kept["indicators"][0]["values"]) == 5


def test_undo_of_a_newer_edition_brings_the_older_values_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = load(workspace, document(tmp_path / "Цели.docx", word(tables.BY_GOAL)))
    before = indicators.export_rows(workspace)
    newer = [list(line) for line in word(tables.BY_GOAL)]
    newer[1][3] = "1,5"
    newer.append(["", "Доля новых форм", "0", "1", "2", "3", "4"])
    second = load(workspace, document(tmp_path / "Цели.docx", newer))
    early = importing.preview_undo(workspace, first.batch_id)
    assert any(f"обновлено загрузкой № {second.batch_id}" in one for one in early.report.kept)
    shown = importing.preview_undo(workspace, second.batch_id)
    (line,) = shown.returning
    assert (line.figure, line.now, line.before) == ("2019 план", "1,5", "1")
    assert shown.gone == {"показатели": 1, "значения показателей": 5}
    importing.undo(workspace, second.batch_id)
    assert indicators.export_rows(workspace) == before


def test_a_newer_edition_of_the_file(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, document(tmp_path / "Цели.docx", word(tables.BY_GOAL)))
    newer = [list(line) for line in word(tables.BY_GOAL)]
    newer[1][3] = "1,5"
    report = load(workspace, document(tmp_path / "Цели.docx", newer))
    rows = report.files[0].rows
    assert (rows.stored, rows.unchanged) == (1, 10)


def test_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, document(tmp_path / "Цели.docx", word(tables.GROUPS)))
    book = tmp_path / "Цели.xlsx"
    exporting.write_indicators(workspace, book)
    report = load(workspace, book)
    assert [file.layout for file in report.files] == ["indicators"]


@pytest.mark.parametrize("lines", [tables.ROADMAP, tables.MONITORING])
def test_other_tables_of_a_programme_are_not_taken_for_indicators(
    workspace: Workspace, tmp_path: Path, lines: list[list[str]]
) -> None:
    report = load(workspace, document(tmp_path / "Другое.docx", lines))
    assert report.files[0].layout != "indicators"
    assert indicators.export_rows(workspace) == []


def test_the_years_of_a_programme_are_those_of_all_its_tables(
    workspace: Workspace, tmp_path: Path
) -> None:
    load(workspace, document(tmp_path / "Всё.docx", word(tables.TARGETS), word(tables.BY_GOAL)))
    (choice,) = indicators.programmes(workspace)
    assert (choice.first_year, choice.last_year) == (2019, 2022)


def test_a_programme_without_years_takes_them_from_its_name_or_says_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    named = document(tmp_path / "Программа 2022-2024.docx", word(tables.TARGETS))
    assert not any(
        "ни одного года" in one.message for one in load(workspace, named).files[0].findings
    )
    (choice,) = indicators.programmes(workspace)
    assert (choice.first_year, choice.last_year) == (2022, 2024)
    silent = document(tmp_path / "Программа.docx", word(tables.TARGETS[:-1]))
    report = load(workspace, silent)
    assert any("ни одного года" in one.message for one in report.files[0].findings)


def test_a_cell_over_several_rows_is_that_of_each(workspace: Workspace, tmp_path: Path) -> None:
    lines = [
        ["Критерий", "Показатель", "Ед. изм.", "2025", "2026", "Источник"],
        ["Охват", "Школы в сети", "ед.", "2", "4", "Мониторинг"],
        ["^", "Школы с наставником", "^", "1", "3", "^"],
        ["Итог", "Средний балл", "балл", "3,2", "3,4", "Протоколы"],
    ]
    load(workspace, document(tmp_path / "Индикаторы.docx", lines))
    table = indicators.indicator_table(workspace, indicators.programmes(workspace)[0].id)
    found = [(row.unit, row.source, dict(row.extra)["Критерий"]) for row in table.rows]
    assert found == [
        ("ед.", "Мониторинг", "Охват"),
        ("ед.", "Мониторинг", "Охват"),
        ("балл", "Протоколы", "Итог"),
    ]


def test_shares_of_excel_are_taken_as_they_are_and_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ("№", "Показатель", "Ед. изм.", "2025", "2026"),
        (1, "Доля получивших аттестат", "%", 0.98, 1.0),
        (2, "Доля охваченных помощью", "%", 60.5, 0.5),
        (3, "Средняя нагрузка", "ставки", 0.5, 0.75),
    ]
    path = write_book(tmp_path / "Показатели.xlsx", rows)
    said = [one.message for file in load(workspace, path).files for one in file.findings]
    assert [one for one in said if "не больше 1" in one] == [
        "Показатель «Доля получивших аттестат» в процентах, а числа в строке не больше 1 (0,98): "
        "они взяты как есть."
    ]
    table = indicators.indicator_table(workspace, indicators.programmes(workspace)[0].id)
    assert [value.text for value in table.rows[0].values.values()] == ["0,98", "1"]
