"""Risk factors: cells as people write them, a real matrix read back, years, gaps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.errors import UserError
from app.models.enums import ActivityStatus, PaperState, RoadmapMode, SchoolPaper, Significance
from app.models.roadmaps import Activity, ActivitySchool, ActivityYear, Roadmap, RoadmapGroup
from app.services import journal, support
from app.services.support import Mark, PaperForm, cell_text, parse_cell
from app.services.workspace import Workspace
from tests.stored import add_school

HIGH, MEDIUM, LOW, ABSENT = (
    Significance.HIGH,
    Significance.MEDIUM,
    Significance.LOW,
    Significance.ABSENT,
)
PRIORITY = Mark(None, True, True)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", Mark()),
        ("  ", Mark()),
        ("В", Mark(HIGH)),
        ("в а п", Mark(HIGH, True, True)),
        ("ВАП", Mark(HIGH, True, True)),
        ("СП", Mark(MEDIUM, True, True)),
        ("B", Mark(HIGH)),  # a Latin letter that looks Russian
        ("высокая, актуальный", Mark(HIGH, True)),
        ("Средняя значимость", Mark(MEDIUM)),
        ("низкая/приоритет", Mark(LOW, True, True)),
        ("не выявлен", Mark(ABSENT)),
        ("-", Mark(ABSENT)),
        ("—", Mark(ABSENT)),
        ("0", Mark(ABSENT)),
        ("нет", Mark(ABSENT)),
        ("+", Mark(None, True)),
        ("++", PRIORITY),
        ("П", PRIORITY),
        ("3", Mark(HIGH)),
        ("1 +", Mark(LOW, True)),
        *((tick, Mark(None, True)) for tick in ("х", "X", "v", "✓", "☒", "■", "•", "хх")),
        ("FALSE", Mark(ABSENT)),
        ("fаlsе", Mark(ABSENT)),  # some of the letters are Cyrillic
    ],
)
def test_cells_as_people_write_them(text: str, mark: Mark) -> None:
    assert parse_cell(text) == mark
    assert parse_cell(cell_text(mark)) == mark


@pytest.mark.parametrize(
    "text", ["4", "да нет", "В С", "В -", "0 А", "- П", "школа", "15", "?", "y", "fblsx", "хххх"]
)
def test_what_a_cell_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_cell(text)
    assert refused.value.hint


def test_the_ten_factors_are_data_with_sources() -> None:
    ten = support.shipped_factors()
    assert [one.position for one in ten] == list(range(1, 11))
    assert ten[0].title == "Низкий уровень оснащения школы"
    assert ten[9].title == "Низкий уровень вовлеченности родителей"
    assert all(part.source and not part.confirmed for one in ten for part in one.subfactors)


def test_the_matrix_of_a_real_programme_is_entered_and_read_back(workspace: Workspace) -> None:
    """Three schools chose priorities out of ten factors; «-» stands where none did."""
    chosen = {"Пелевинская ООШ": (1, 3, 6, 9), "Городищенская СОШ": (3, 9),
              "Краснополянская СОШ": (6, 9)}  # fmt: skip
    ids = {name: add_school(workspace, name) for name in chosen}
    marks = {
        (ids[name], f"500-{number}"): PRIORITY if number in numbers else Mark(ABSENT)
        for name, numbers in chosen.items()
        for number in range(1, 11)
    }
    support.set_marks(workspace, 2022, marks)
    matrix = support.risk_matrix(workspace, 2022)
    read = {
        school.name: tuple(
            factor.position
            for factor in matrix.factors
            if (cell := matrix.cell(school.id, factor.key)) and cell.mark.priority
        )
        for school in matrix.schools
    }
    assert read == chosen
    assert len(matrix.cells) == 30
    assert matrix.warnings == ()
    unused = [
        factor.position
        for factor in matrix.factors
        if not any(matrix.cells[one, factor.key].mark.actual for one in ids.values())
    ]
    assert unused == [2, 4, 5, 7, 8, 10]
    assert support.risk_years(workspace) == (2022,)
    journal.undo_last(workspace)
    assert support.risk_matrix(workspace, 2022).cells == {}


def test_more_priorities_than_usual_are_told_with_the_source(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    support.set_marks(workspace, 2026, {(school, f"500-{n}"): PRIORITY for n in range(1, 6)})
    (warning,) = support.risk_matrix(workspace, 2026).warnings
    assert "приоритетных факторов 5" in warning
    assert "программе" in warning


def test_marks_are_stored_whole_or_not_at_all(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    good = {(school, "500-1"): Mark(HIGH)}
    for bad in ({(school, "500-77"): Mark(LOW)}, {(99, "500-1"): Mark(LOW)},
                {(school, "500-2"): Mark(ABSENT, True)}):  # fmt: skip
        with pytest.raises(UserError):
            support.set_marks(workspace, 2026, {**good, **bad})
    assert support.risk_matrix(workspace, 2026).cells == {}
    assert support.set_marks(workspace, 2026, good).topics
    assert not support.set_marks(workspace, 2026, good).topics
    support.set_marks(workspace, 2026, {(school, "500-1"): Mark()})
    assert support.risk_matrix(workspace, 2026).cells == {}


def test_last_year_is_copied_without_what_was_resolved(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    marks = {(school, f"500-{n}"): Mark(MEDIUM, True) for n in (1, 2, 3)}
    support.set_marks(workspace, 2025, marks)
    support.resolve_risk(workspace, 2025, school, "500-1", date(2025, 12, 1), "Справка № 4")
    support.set_marks(workspace, 2026, {(school, "500-2"): Mark(LOW)})
    done = support.copy_year(workspace, 2025, 2026)
    assert (done.copied, done.kept, done.resolved) == (1, 1, 1)
    new = {
        factor: cell.mark
        for (_, factor), cell in support.risk_matrix(workspace, 2026).cells.items()
    }
    assert new == {"500-2": Mark(LOW), "500-3": Mark(MEDIUM, True)}
    with pytest.raises(UserError, match="не отмечены"):
        support.copy_year(workspace, 2020, 2026)


def test_a_risk_is_resolved_with_evidence_only(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    support.set_marks(
        workspace, 2026, {(school, "500-1"): Mark(HIGH, True), (school, "500-2"): Mark(ABSENT)}
    )
    day = date(2026, 5, 1)
    with pytest.raises(UserError, match="подтверждением"):
        support.resolve_risk(workspace, 2026, school, "500-1", day, " ")
    for factor in ("500-2", "500-3"):
        with pytest.raises(UserError, match="не выявлен"):
            support.resolve_risk(workspace, 2026, school, factor, day, "Акт")
    support.resolve_risk(workspace, 2026, school, "500-1", day, "Акт № 1")
    support.note_risk(workspace, 2026, school, "500-1", "проверено")
    cell = support.risk_matrix(workspace, 2026).cells[school, "500-1"]
    assert (cell.resolved_on, cell.evidence, cell.note) == (day, "Акт № 1", "проверено")
    support.resolve_risk(workspace, 2026, school, "500-1", None, "")
    assert support.risk_matrix(workspace, 2026).cells[school, "500-1"].resolved_on is None


def test_own_factors_follow_the_ten_and_stay_while_used(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    first = support.save_own_factor(workspace, " Удалённость  от райцентра ")
    second = support.save_own_factor(workspace, "Ветхое здание")
    keys = [one.key for one in support.factors(workspace)][10:]
    assert keys == ["own-1", "own-2"]
    with pytest.raises(UserError, match="уже есть"):
        support.save_own_factor(workspace, "ветхое здание")
    with pytest.raises(UserError, match="название"):
        support.save_own_factor(workspace, " ")
    support.set_marks(workspace, 2026, {(school, "own-1"): Mark(HIGH)})
    for one in (first, second):
        support.retire_factor(workspace, one.id)
    assert len(support.factors(workspace)) == 10
    assert [one.key for one in support.factors(workspace, True)][10:] == ["own-1"]
    assert [one.key for one in support.risk_matrix(workspace, 2026).factors][10:] == ["own-1"]
    assert len(support.risk_matrix(workspace, 2027).factors) == 10


def measure(workspace: Workspace, title: str, schools: tuple[int, ...] = (), **more: Any) -> None:
    """Store a measure under a heading about factor 3 of a plan for 2026 and 2027."""
    with workspace.database.write() as session:
        roadmap = Roadmap(
            position=1, mode=RoadmapMode.RISK_FACTORS, title="План", first_year=2026, last_year=2027
        )
        session.add(roadmap)
        session.flush()
        group = RoadmapGroup(roadmap_id=roadmap.id, position=1, title="Раздел", factor="500-3")
        session.add(group)
        session.flush()
        years = more.pop("years", ())
        values = {"position": 1, "search_key": "", "status": ActivityStatus.PLANNED, **more}
        one = Activity(roadmap_id=roadmap.id, group_id=group.id, title=title, **values)
        session.add(one)
        session.flush()
        session.add_all(ActivitySchool(activity_id=one.id, school_id=own) for own in schools)
        session.add_all(ActivityYear(activity_id=one.id, year=year) for year in years)


def test_priorities_and_measures_that_do_not_meet(workspace: Workspace) -> None:
    one, two = add_school(workspace, "СОШ № 1"), add_school(workspace, "СОШ № 2")
    marks = {(one, "500-3"): PRIORITY, (two, "500-3"): PRIORITY, (two, "500-9"): Mark(LOW, True)}
    support.set_marks(workspace, 2026, marks)
    lacking = support.priorities_without_measure(workspace, 2026)
    assert [(gap.school, gap.factor) for gap in lacking] == [
        ("СОШ № 1", "500-3"),
        ("СОШ № 2", "500-3"),
    ]
    assert "методическая компетентность" in lacking[0].text
    measure(workspace, "Курсы", (one,))
    measure(workspace, "Отменено", (two,), status=ActivityStatus.NOT_NEEDED)
    measure(workspace, "Прежнее", (two,), term_start=date(2025, 1, 1), term_end=date(2025, 12, 31))
    measure(workspace, "Следующее", (two,), years=(2027,))
    lacking = support.priorities_without_measure(workspace, 2026)
    assert [gap.school for gap in lacking] == ["СОШ № 2"]
    measure(workspace, "Уют", (one, two), factor="500-9")
    measure(workspace, "Логопед", factor="500-7")
    idle = support.measures_without_risk(workspace, 2026)
    assert [(gap.school, gap.factor) for gap in idle] == [("СОШ № 1", "500-9"), ("", "500-7")]
    measure(workspace, "Для всех")
    assert support.priorities_without_measure(workspace, 2026) == ()
    support.resolve_risk(workspace, 2026, two, "500-3", date(2026, 5, 1), "Акт")
    assert support.priorities_without_measure(workspace, 2026) == ()


def test_documents_of_a_school_have_dates_and_a_state(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    support.set_marks(workspace, 2026, {(school, "500-3"): PRIORITY, (school, "500-9"): PRIORITY})
    support.expect_papers(workspace, 2026, (school, school), date(2026, 4, 1))
    papers = support.list_papers(workspace, 2026)
    assert [(one.kind, one.factor) for one in papers] == [
        (SchoolPaper.SELF_CHECK, ""),
        (SchoolPaper.CONCEPT, ""),
        (SchoolPaper.MIDTERM, ""),
        (SchoolPaper.ANTI_RISK, "500-3"),
        (SchoolPaper.ANTI_RISK, "500-9"),
    ]
    assert all(one.is_overdue(date(2026, 4, 2)) for one in papers)
    assert not papers[0].is_overdue(date(2026, 4, 1))
    assert not support.expect_papers(workspace, 2026, (school,), None).topics
    ready = PaperForm(
        school,
        2026,
        SchoolPaper.CONCEPT,
        title="Концепция",
        issued_on=date(2026, 3, 1),
        valid_until=date(2028, 12, 31),
        state=PaperState.APPROVED,
    )
    support.save_paper(workspace, ready, papers[1].id)
    kept = support.list_papers(workspace, 2026, school)[1]
    assert kept.is_ready
    assert not kept.is_overdue(date(2027, 1, 1))
    assert kept.is_expired(date(2029, 1, 1))
    support.expect_papers(workspace, 2027, (school,), None)
    kinds = {one.kind for one in support.list_papers(workspace, 2027)}
    assert kinds == {SchoolPaper.SELF_CHECK, SchoolPaper.MIDTERM}  # the concept holds three years
    support.delete_paper(workspace, papers[0].id)
    journal.undo_last(workspace)
    assert len(support.list_papers(workspace, 2026)) == 5


def test_documents_with_impossible_dates_are_refused(workspace: Workspace) -> None:
    school = add_school(workspace, "СОШ № 1")
    for wrong in (
        {"issued_on": date(2026, 3, 1), "valid_until": date(2026, 2, 1), "state": PaperState.DRAFT},
        {"issued_on": date(2026, 3, 1)},
    ):
        with pytest.raises(UserError):
            support.save_paper(workspace, PaperForm(school, 2026, SchoolPaper.CONCEPT, **wrong))
    with pytest.raises(UserError, match="больше нет"):
        support.save_paper(workspace, PaperForm(99, 2026, SchoolPaper.CONCEPT))
