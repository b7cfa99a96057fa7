"""The table of staff: sums of schools by year, shares of those who gave both, nothing invented."""

from __future__ import annotations

from app.models.enums import RecordKind
from app.models.records import Record
from app.services.documents.programme.results_rows import result_facts
from app.services.documents.programme.staff_rows import staff_table
from app.services.documents.tables import Cell
from app.services.workspace import Workspace
from tests.stored import add_school


def store(workspace: Workspace, school: int, year: int, **data: float) -> None:
    with workspace.database.write() as session:
        session.add(
            Record(
                identity=f"{school}-{year}",
                kind=RecordKind.STAFF,
                year=year,
                school_id=school,
                data=data,
                current=True,
            )
        )


def lines(workspace: Workspace, year: int) -> list[list[str]]:
    table = staff_table(workspace, year)
    assert table is not None
    rows = [[c.text if isinstance(c, Cell) else c for c in row] for row in table.rows]
    return [[text.replace("\N{NO-BREAK SPACE}", " ") for text in row] for row in rows]


def test_without_records_there_is_no_table(workspace: Workspace) -> None:
    assert staff_table(workspace, 2026) is None
    assert result_facts(workspace, 2026, {"staff"}).tables == {}


def test_sums_and_shares_are_of_the_schools_that_gave_them(workspace: Workspace) -> None:
    first, second = add_school(workspace, "А"), add_school(workspace, "Б")
    store(workspace, first, 2024, teachers=10, higher=7)
    store(workspace, first, 2025, teachers=12, higher=9, vacancies=1.5)
    store(workspace, second, 2025, higher=4)
    store(workspace, second, 2027, teachers=99)
    found = lines(workspace, 2026)
    assert found == [
        ["Численность"],
        ["Количество учителей, чел.", "10", "12"],
        ["Вакансии, ставок", "нет данных", "1,5"],
        ["Образование"],
        ["Педагоги с высшим образованием, чел.", "7 (70,0 %)", "13 (75,0 %)"],
    ]
    table = result_facts(workspace, 2026, {"staff"}).tables["staff"]
    assert [one.title for one in table.columns] == [
        "Показатель",
        "2024\N{NO-BREAK SPACE}г.\nпо 1\N{NO-BREAK SPACE}школе",
        "2025\N{NO-BREAK SPACE}г.\nпо 2\N{NO-BREAK SPACE}школам",
    ]


def test_only_the_last_three_years_are_shown(workspace: Workspace) -> None:
    school = add_school(workspace, "А")
    for year in range(2020, 2026):
        store(workspace, school, year, teachers=year - 2000)
    assert lines(workspace, 2026)[1][1:] == ["23", "24", "25"]


def test_sums_are_exact_and_shares_short_of_a_whole_per_cent(workspace: Workspace) -> None:
    school = add_school(workspace, "А")
    store(workspace, school, 2026, teachers=2500, category_top=749, part_time=1234567.5)
    shown = {row[0]: row[-1] for row in lines(workspace, 2026)}
    assert "749 (29,96 %)" in shown.values()
    assert "1234567,5" in shown.values()
