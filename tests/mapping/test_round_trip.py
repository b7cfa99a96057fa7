"""A stick with an unknown table: mapped once, stored, recognised next year, told in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.errors import UserError
from app.models.database import Database
from app.models.enums import FileStatus
from app.models.intake import TableMapping
from app.services import importing, mapping, results
from app.services.importing import ImportPlan
from app.services.mapping import How, Origin, Role, TableMap
from app.services.progress import NoProgress
from app.services.workspace import Workspace
from tests.journeys.stick import SCHOOLS, register_rows, write_book

HEAD = ("ОУ", "Писало", "Оценка 2", "Оценка 3", "Оценка 4", "Оценка 5", "Примечание")
ROWS = ((SCHOOLS[0][0], 10, 1, 2, 3, 4, "-"), (SCHOOLS[1][0], 20, 5, 5, 5, 5, "-"))


def unknown_rows(year: int, *, above: int = 0) -> Sequence[Sequence[object]]:
    """Return the table of another office; ``above`` adds lines over its header."""
    title = (f"Сведения управления за {year} год",)
    return [title, *[("",)] * above, HEAD, *ROWS, ("Итого", 30, 6, 7, 8, 9)]


def plan_of(workspace: Workspace, *paths: Path) -> ImportPlan:
    return importing.prepare(workspace, paths, NoProgress())


def whole(plan: ImportPlan, path: str) -> TableMap:
    """Return the proposal for the only sheet of a file with the rest said by hand."""
    (sheet,) = importing.open_sheets(plan, path, NoProgress())
    made = mapping.propose(sheet).with_column(6, role=Role.IGNORED)
    said = {"assessment": "ВПР", "subject": "Математика", "grade": "5"}
    constants = {part: Origin(How.CONSTANT, value) for part, value in said.items()}
    return replace(made, origins={**made.origins, **constants})


@pytest.fixture
def mapped(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Load a register and the unknown table of 2025, mapped by hand."""
    write_book(tmp_path / "1" / "Реестр.xlsx", register_rows())
    write_book(tmp_path / "1" / "Сводка.xlsx", unknown_rows(2025), "Свод")
    plan = plan_of(workspace, tmp_path / "1")
    (file,) = (file for file in plan.files if file.path == "Сводка.xlsx")
    assert (file.status, file.changes) == (FileStatus.NEEDS_DECISION, ())
    mapping.remember(workspace, "Сводка управления", whole(plan, "Сводка.xlsx"))
    plan = importing.reread(workspace, plan, {"Сводка.xlsx"}, NoProgress())
    importing.apply(workspace, plan, NoProgress())
    return workspace


def test_results_are_stored_with_their_cells(mapped: Workspace) -> None:
    rows = results.list_results(mapped, year=2025)
    assert sorted((row.participants, row.n2, row.n5) for row in rows) == [(10, 1, 4), (20, 5, 5)]
    first = next(row for row in rows if row.participants == 10)
    sources = results.sources(mapped, first.id)
    assert (sources["n2"].sheet, sources["n2"].cell) == ("Свод", "C3")
    assert sources["year"].cell == "A1"


def test_next_year_the_table_is_recognised_as_last_time(mapped: Workspace, tmp_path: Path) -> None:
    write_book(tmp_path / "2" / "Другое имя.xlsx", unknown_rows(2026, above=2))
    plan = plan_of(mapped, tmp_path / "2")
    (file,) = plan.files
    assert (file.layout, file.status) == ("mapped", FileStatus.IMPORTED)
    assert file.layout_title == "Сводка управления – по разметке, как в прошлый раз"
    before = mapping.list_mappings(mapped)[0].used_at
    importing.apply(mapped, plan, NoProgress())
    rows = results.list_results(mapped, year=2026)
    assert {results.sources(mapped, row.id)["n2"].cell for row in rows} == {"C5", "C6"}
    assert mapping.list_mappings(mapped)[0].used_at > before


def test_the_same_bytes_again_change_nothing_and_keep_their_title(
    mapped: Workspace, tmp_path: Path
) -> None:
    plan = plan_of(mapped, tmp_path / "1" / "Сводка.xlsx")
    (file,) = plan.files
    assert (file.status, file.layout_title) == (FileStatus.UNCHANGED, "Таблица по разметке")
    importing.discard(plan)


def test_a_known_layout_comes_before_a_mapping(mapped: Workspace, tmp_path: Path) -> None:
    plan = plan_of(mapped, write_book(tmp_path / "Реестр 2.xlsx", register_rows()[:-1]))
    assert [file.layout for file in plan.files] == ["register"]
    importing.discard(plan)


def test_a_mapping_that_is_not_whole_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    plan = plan_of(workspace, write_book(tmp_path / "С.xlsx", unknown_rows(2025)))
    (sheet,) = importing.open_sheets(plan, "С.xlsx", NoProgress())
    with pytest.raises(UserError, match="Не указано, что в столбцах: G"):
        mapping.remember(workspace, "С", mapping.propose(sheet))
    with pytest.raises(UserError, match="нет названия"):
        mapping.remember(workspace, "  ", whole(plan, "С.xlsx"))
    assert mapping.list_mappings(workspace) == ()
    importing.discard(plan)


def test_mapping_again_replaces_the_first_one(mapped: Workspace) -> None:
    (old,) = mapping.list_mappings(mapped)
    assert old.body is not None
    mapping.remember(mapped, "Новое имя", replace(old.body, totals_count=False))
    (new,) = mapping.list_mappings(mapped)
    assert (new.id, new.title) == (old.id, "Новое имя")
    assert new.body is not None
    assert not new.body.totals_count


def spoil(database: Database) -> None:
    """Make the stored mapping one of a later version."""
    with database.write() as session:
        body = dict(session.scalars(select(TableMapping.body)).one())
        session.execute(update(TableMapping).values(body={**body, "schema": 99}))


def test_a_mapping_of_a_later_version_is_listed_with_its_fault(
    mapped: Workspace, tmp_path: Path
) -> None:
    spoil(mapped.database)
    (row,) = mapping.list_mappings(mapped)
    assert row.body is None
    assert "версия разметки 99" in row.fault
    plan = plan_of(mapped, write_book(tmp_path / "С.xlsx", unknown_rows(2026)))
    (file,) = plan.files
    assert (file.layout == "mapped", file.changes) == (False, ())
    importing.discard(plan)


def test_a_table_that_no_layout_knows_at_all(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Опрос",), ("ОУ", "Всего, чел.", "Балл средний"), (SCHOOLS[0][0], 7, 3.5)]
    plan = plan_of(workspace, write_book(tmp_path / "Опрос.xlsx", rows))
    (file,) = plan.files
    assert (file.layout, file.status) == (None, FileStatus.NEEDS_DECISION)
    assert any("Разметить…" in finding.hint for finding in file.findings)
    importing.discard(plan)
