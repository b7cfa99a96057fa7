"""Roadmaps by hand: edited, moved, tied, copied, closed, and all of it undone."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.enums import ActivityStatus, OrganizationKind, RoadmapMode
from app.models.people import Organization
from app.models.roadmaps import ActivityResponsible
from app.services import indicators
from app.services import roadmap as service
from app.services.journal import undo_last
from app.services.roadmap import LineKey, RoadmapForm
from app.services.workspace import Workspace
from tests.stored import add_school

DAY = date(2022, 5, 1)


@pytest.fixture
def plan(workspace: Workspace) -> int:
    form = RoadmapForm("Дорожная карта", RoadmapMode.SECTIONS, 2022, 2022)
    return service.create_roadmap(workspace, form).ids[0]


def add(
    workspace: Workspace, roadmap: int, title: str, group: int | None = None, **more: str
) -> int:
    values = {"title": title, **more}
    return service.add_activity(workspace, roadmap, group, values).ids[0]


def view(workspace: Workspace, plan: int) -> service.RoadmapView:
    return service.open_roadmap(workspace, plan, DAY)


def titles(workspace: Workspace, plan: int) -> list[str]:
    return [line.title for line in view(workspace, plan).lines]


def one(workspace: Workspace, plan: int) -> service.ActivityRow:
    (row,) = view(workspace, plan).activities
    return row


def test_a_new_activity_is_understood(workspace: Workspace, plan: int) -> None:
    group = service.add_group(workspace, plan, "Работа с педагогами", number="2.").ids[0]
    add(
        workspace, plan, "Совещание", group, term="1 кв.", responsible="РМК, МОЦ", plan="не менее 3"
    )
    row = one(workspace, plan)
    assert (row.start, row.end) == (date(2022, 1, 1), date(2022, 3, 31))
    assert (row.level, row.overdue, row.status) == (1, True, ActivityStatus.PLANNED)
    assert "мок" not in row.search_key
    assert "моц" in row.search_key


def test_a_deadline_that_does_not_exist_is_refused(workspace: Workspace, plan: int) -> None:
    key = add(workspace, plan, "Совещание", term="сентябрь")
    with pytest.raises(UserError, match="в феврале 29 дней"):
        service.edit_activities(workspace, [key], {"term": "30 февраля"})
    assert one(workspace, plan).term == "сентябрь"
    service.edit_activities(workspace, [key], {"term": "когда сможем"})
    assert "не понятен" in one(workspace, plan).term_problem


def test_dates_by_hand_stay_when_the_years_change(workspace: Workspace, plan: int) -> None:
    first = add(workspace, plan, "А", term="сентябрь")
    second = add(workspace, plan, "Б", term="по плану")
    by_hand = {"term_start": None, "term_end": date(2022, 6, 1)}
    service.edit_activities(workspace, [second], by_hand)
    wrong = {"term_start": date(2022, 7, 1), "term_end": date(2022, 6, 1)}
    with pytest.raises(UserError, match="раньше его начала"):
        service.edit_activities(workspace, [second], wrong)
    form = RoadmapForm("Дорожная карта", RoadmapMode.SECTIONS, 2023, 2023)
    service.edit_roadmap(workspace, plan, form)
    rows = {row.id: row for row in view(workspace, plan).activities}
    assert (rows[first].end, rows[second].end) == (date(2023, 9, 30), date(2022, 6, 1))
    assert rows[second].term_by_hand


def test_many_rows_at_once_and_one_undo(workspace: Workspace, plan: int) -> None:
    ids = [add(workspace, plan, title) for title in "АБВ"]
    service.edit_activities(workspace, ids, {"responsible": "РМК", "extra:Класс": "5"})
    rows = view(workspace, plan).activities
    assert {(row.responsible, row.extra["Класс"]) for row in rows} == {("РМК", "5")}
    assert undo_last(workspace).done
    assert {row.responsible for row in view(workspace, plan).activities} == {""}


def test_those_who_answer_are_found_in_the_directory(workspace: Workspace, plan: int) -> None:
    with workspace.database.write() as session:
        session.add(
            Organization(
                kind=OrganizationKind.METHOD_OFFICE, name="Районный методический кабинет",
                short_name="РМК", key="районный методический кабинет", spellings=["Методкабинет"],
                cases={},
            )
        )  # fmt: skip
    key = add(workspace, plan, "Совещание", responsible="методкабинет; РМК,\nНикто")
    with workspace.database.read() as session:
        rows = session.query(ActivityResponsible).order_by(ActivityResponsible.position).all()
        found = [(row.name, row.organization_id is not None) for row in rows]
    assert found == [("методкабинет", True), ("РМК", True), ("Никто", False)]
    assert one(workspace, plan).responsible == "методкабинет; РМК,\nНикто"
    service.edit_activities(workspace, [key], {"responsible": ""})
    with workspace.database.read() as session:
        assert session.query(ActivityResponsible).count() == 0


def test_years_and_schools(workspace: Workspace, plan: int) -> None:
    school = add_school(workspace, "СОШ № 1")
    key = add(workspace, plan, "Совещание")
    service.set_year(workspace, [key], 2022, plan="не менее 3")
    service.set_year(workspace, [key], 2022, fact="4")
    service.set_schools(workspace, [key], [school])
    row = one(workspace, plan)
    (cell,) = row.years
    assert (cell.plan, cell.plan_number, cell.fact_number) == ("не менее 3", 3, 4)
    assert row.schools == ((school, "СОШ № 1"),)
    service.set_schools(workspace, [key], [])
    assert one(workspace, plan).schools == ()


def test_a_status_other_than_done_needs_a_reason(workspace: Workspace, plan: int) -> None:
    key = add(workspace, plan, "Совещание", term="до 01.03.2022")
    assert one(workspace, plan).overdue
    with pytest.raises(UserError, match="нужна причина"):
        service.set_status(workspace, [key], ActivityStatus.NOT_NEEDED)
    service.set_status(
        workspace, [key], ActivityStatus.DONE, proof="протокол № 3", done_on=date(2022, 2, 1)
    )
    row = one(workspace, plan)
    assert (row.status, row.proof, row.done_on) == (
        ActivityStatus.DONE, "протокол № 3", date(2022, 2, 1),
    )  # fmt: skip
    assert not row.overdue


def test_drag_and_drop(workspace: Workspace, plan: int) -> None:
    first = service.add_group(workspace, plan, "Первый").ids[0]
    second = service.add_group(workspace, plan, "Второй").ids[0]
    a, b, c = (add(workspace, plan, title, first) for title in "абв")
    service.move_lines(workspace, plan, [LineKey(c)], first, 0)
    assert titles(workspace, plan) == ["Первый", "в", "а", "б", "Второй"]
    service.move_lines(workspace, plan, [LineKey(a), LineKey(c)], second)
    assert titles(workspace, plan) == ["Первый", "б", "Второй", "а", "в"]
    service.move_lines(workspace, plan, [LineKey(first, True)], second, 1)
    assert titles(workspace, plan) == ["Второй", "а", "Первый", "б", "в"]
    with pytest.raises(UserError, match="внутрь него самого"):
        service.move_lines(workspace, plan, [LineKey(second, True)], first)
    undo_last(workspace)
    undo_last(workspace)
    assert titles(workspace, plan) == ["Первый", "в", "а", "б", "Второй"]
    assert b


def test_numbers_counted_and_by_hand(workspace: Workspace, plan: int) -> None:
    group = service.add_group(workspace, plan, "Раздел", number="3.").ids[0]
    ids = [add(workspace, plan, title, group) for title in "АБ"]
    service.number_lines(workspace, ids, auto=True)
    assert [row.number for row in view(workspace, plan).activities] == ["3.1", "3.2"]
    service.move_lines(workspace, plan, [LineKey(ids[1])], group, 0)
    assert [row.number for row in view(workspace, plan).activities] == ["3.1", "3.2"]
    service.edit_activities(workspace, [ids[0]], {"number": "7а"})
    assert [row.number for row in view(workspace, plan).activities] == ["3.1", "7а"]


def test_a_circle_is_named(workspace: Workspace, plan: int) -> None:
    a, b, c = (add(workspace, plan, title) for title in ("Анализ", "План", "Отчёт"))
    service.set_after(workspace, b, a)
    service.set_after(workspace, c, b)
    with pytest.raises(UserError, match="по кругу") as raised:
        service.set_after(workspace, a, c)
    assert all(title in str(raised.value) for title in ("Анализ", "План", "Отчёт"))
    with pytest.raises(UserError, match="по кругу"):
        service.set_after(workspace, a, a)
    service.set_after(workspace, c, None)


def test_a_copy_into_the_next_year(workspace: Workspace, plan: int) -> None:
    a = add(workspace, plan, "А", term="1 кв. 2022", responsible="РМК")
    b = add(workspace, plan, "Б", term="2022-2023 учебный год")
    service.set_after(workspace, b, a)
    service.set_year(workspace, [a], 2022, plan="3", fact="2")
    service.set_status(workspace, [a], ActivityStatus.DONE)
    form = RoadmapForm("Следующая", RoadmapMode.SIMPLE, 2023, 2024)
    target = service.create_roadmap(workspace, form).ids[0]
    service.copy_lines(workspace, [LineKey(a), LineKey(b)], target, shift=1)
    first, second = view(workspace, target).activities
    assert (first.term, first.end) == ("1 кв. 2023", date(2023, 3, 31))
    assert (second.term, second.end) == ("2023-2024 учебный год", date(2024, 8, 31))
    assert (first.status, first.years[0].year, first.years[0].fact) == (
        ActivityStatus.PLANNED, 2023, "",
    )  # fmt: skip
    assert second.after_id == first.id
    assert len(view(workspace, plan).activities) == 2


def test_a_heading_is_copied_with_all_under_it(workspace: Workspace, plan: int) -> None:
    group = service.add_group(workspace, plan, "Раздел 2022 года", number="1.").ids[0]
    inner = service.add_group(workspace, plan, "Подраздел", parent_id=group).ids[0]
    a, b = add(workspace, plan, "А", inner, term="март 2022"), add(workspace, plan, "Б", group)
    alone = add(workspace, plan, "В", term="2022")
    form = RoadmapForm("Следующая", RoadmapMode.SECTIONS, 2023, 2023)
    target = service.create_roadmap(workspace, form).ids[0]
    keys = [LineKey(group, True), LineKey(inner, True), LineKey(a), LineKey(b), LineKey(alone)]
    done = service.copy_lines(workspace, keys, target, shift=1)
    copied = view(workspace, target).lines
    assert [(line.title, line.level) for line in copied] == [
        ("Раздел 2023 года", 1), ("Подраздел", 2), ("А", 2), ("Б", 1), ("В", 0),
    ]  # fmt: skip
    assert [row.term for row in view(workspace, target).activities] == ["март 2023", "", "2023"]
    assert len(done.ids) == 3
    service.copy_lines(workspace, [LineKey(group, True)], plan, group)  # into itself: once
    assert titles(workspace, plan).count("А") == 2
    undo_last(workspace)
    undo_last(workspace)
    assert view(workspace, target).lines == ()
    assert titles(workspace, plan).count("А") == 1
    with pytest.raises(UserError, match="уже нет"):
        service.copy_lines(workspace, [LineKey(999)], target)


def test_the_indicator_comes_along_within_a_programme_only(workspace: Workspace) -> None:
    indicators.new_programme(workspace, "Программа", 2022, 2024)
    programme = indicators.programmes(workspace)[0].id
    indicator = indicators.add_indicator(workspace, programme, "Доля школ").indicator_id
    same = service.create_roadmap(workspace, RoadmapForm("А", programme_id=programme)).ids[0]
    other = service.create_roadmap(workspace, RoadmapForm("Б")).ids[0]
    row = add(workspace, same, "Мера")
    service.edit_activities(workspace, [row], {"indicator_id": indicator})
    service.copy_lines(workspace, [LineKey(row)], same)
    service.copy_lines(workspace, [LineKey(row)], other)
    assert [one.indicator_id for one in view(workspace, same).activities] == [indicator] * 2
    assert [one.indicator_id for one in view(workspace, other).activities] == [None]


def test_many_rows_are_one_step_of_undo(workspace: Workspace, plan: int) -> None:
    """Deleted, moved, copied, changed, shown to schools: one Ctrl+Z brings all of it back."""
    group = service.add_group(workspace, plan, "Раздел").ids[0]
    rows = [add(workspace, plan, name, term="2022") for name in "АБВГ"]
    keys = [LineKey(one) for one in rows[:3]]
    school = add_school(workspace, "Школа № 1")
    before = view(workspace, plan).lines
    for work in (
        lambda: service.delete_lines(workspace, keys),
        lambda: service.move_lines(workspace, plan, keys, group),
        lambda: service.copy_lines(workspace, keys, plan, group, shift=1),
        lambda: service.edit_activities(workspace, rows, {"term": "2023", "responsible": "РМК"}),
        lambda: service.set_year(workspace, rows, 2022, plan="не менее 3"),
        lambda: service.set_status(workspace, rows, ActivityStatus.DONE),
        lambda: service.set_reminder(workspace, rows, date(2022, 5, 1)),
        lambda: service.set_schools(workspace, rows, [school]),
        lambda: service.number_lines(workspace, rows, auto=True),
        lambda: service.delete_lines(workspace, [LineKey(group, True), *keys]),
    ):
        work()
        assert view(workspace, plan).lines != before
        undo_last(workspace)
        assert view(workspace, plan).lines == before


def test_deleting_and_taking_it_back(workspace: Workspace, plan: int) -> None:
    group = service.add_group(workspace, plan, "Раздел").ids[0]
    inner = service.add_group(workspace, plan, "Подраздел", parent_id=group).ids[0]
    a, b = add(workspace, plan, "А", inner, responsible="РМК"), add(workspace, plan, "Б")
    service.set_after(workspace, b, a)
    service.delete_lines(workspace, [LineKey(group, True)])
    assert titles(workspace, plan) == ["Б"]
    undo_last(workspace)
    assert sorted(titles(workspace, plan)) == ["А", "Б", "Подраздел", "Раздел"]
    service.delete_roadmap(workspace, plan)
    assert service.list_roadmaps(workspace) == ()
    undo_last(workspace)
    assert sorted(titles(workspace, plan)) == ["А", "Б", "Подраздел", "Раздел"]


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (RoadmapForm(" "), "нет названия"),
        (RoadmapForm("К", first_year=2024, last_year=2022), "позже"),
    ],
)
def test_a_form_is_checked(workspace: Workspace, form: RoadmapForm, says: str) -> None:
    with pytest.raises(UserError, match=says):
        service.create_roadmap(workspace, form)


def test_export_by_year_and_school(workspace: Workspace, plan: int) -> None:
    near, far = add_school(workspace, "Ближняя"), add_school(workspace, "Дальняя")
    a = add(workspace, plan, "А", term="2022")
    add(workspace, plan, "Б", term="2023")
    service.set_schools(workspace, [a], [near])
    (whole,) = service.export_roadmaps(workspace)
    assert [row["title"] for row in whole["groups"][0]["activities"]] == ["А", "Б"]
    (of_year,) = service.export_roadmaps(workspace, year=2023)
    assert [row["title"] for row in of_year["groups"][0]["activities"]] == ["Б"]
    (of_school,) = service.export_roadmaps(workspace, school_id=far)
    assert [row["title"] for row in of_school["groups"][0]["activities"]] == ["Б"]
    with pytest.raises(UserError, match="«Другая»"):
        service.export_roadmaps(workspace, "Другая")


def test_an_activity_for_schools_is_one_step(workspace: Workspace, plan: int) -> None:
    school = add_school(workspace, "СОШ № 1")
    service.add_activity(workspace, plan, None, {"title": "Совещание"}, [school])
    assert one(workspace, plan).schools == ((school, "СОШ № 1"),)
    undo_last(workspace)
    assert view(workspace, plan).lines == ()
