"""Programmes: parts as entered and read back, sums, acts, order, copying, checks."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.cycle import MonitoringRow
from app.models.enums import ActivityStatus, ProgrammeKind, RoadmapMode, Severity, ValueRole
from app.models.programmes import ProgrammeBlock
from app.models.roadmaps import Roadmap, RoadmapGroup
from app.services import indicators, journal, programmes, roadmap
from app.services.acts import parse_act
from app.services.programmes import Approval, ItemForm, ProgrammeForm, parse_amount
from app.services.roadmap import ActivityRow, GroupRow, RoadmapForm
from app.services.workspace import Workspace

APPROVED = Approval("приказом", "Управление образования", date(2022, 1, 19), "9/1")


def new(workspace: Workspace, **more: object) -> int:
    form = ProgrammeForm(
        ProgrammeKind.PROGRAMME,
        "Программа поддержки школ Лесного района на 2022-2024 годы",
        2022,
        2024,
        approval=APPROVED,
    )
    return programmes.save_programme(workspace, form).id


def put(workspace: Workspace, programme: int, part: str, text: str, **data: str) -> int:
    return programmes.save_item(workspace, programme, ItemForm(part, text, data)).id


@pytest.mark.parametrize(
    ("text", "roubles"),
    [
        ("400 т.р.", 400_000),
        ("400 т. р.", 400_000),
        ("6 млн руб.", 6_000_000),
        ("3,5 млн.руб", 3_500_000),
        ("100000", 100_000),
        ("0", 0),
        ("1 250 000 руб.", 1_250_000),
        ("1\u00a0250,50", 1250.5),
        ("100 тыс. рублей", 100_000),
        ("1,2 млрд руб.", 1_200_000_000),
        ("без финансирования", None),
        ("", None),
        ("от 100 до 200 тыс. руб.", None),
        ("15 % бюджета", None),
        ("5 руб. 50 коп.", None),
        ("-5", None),
    ],
)
def test_sums_as_people_write_them(text: str, roubles: float | None) -> None:
    assert parse_amount(text) == roubles


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Закон от 29 декабря 2012 г. № 273-ФЗ", "273-ФЗ", date(2012, 12, 29)),
        ("Постановление № 1642 от 26.12.2017 г.", "1642", date(2017, 12, 26)),
        ("Приказ от 18 мая 2020 года № 157-05/20 (с изменениями на 19.10.2021)", "157-05/20",
         date(2020, 5, 18)),
        ("Государственная программа «Развитие образования»", "", None),
        ("Опрос 5 классов 2021 года", "", None),
        ("Приказ от 5 дек. 2021 г. № 7, 5 классы 2020", "7", date(2021, 12, 5)),
        ("Итоги за 5 класс 2020 года", "", None),
    ],
)  # fmt: skip
def test_number_and_date_of_an_act(text: str, number: str, day: date | None) -> None:
    found = parse_act(text)
    assert (found.number, found.date, found.impossible) == (number, day, "")


def test_a_blank_and_a_date_that_cannot_be_are_told() -> None:
    assert parse_act("Приказ от ______ «О мерах»").blank
    assert parse_act("Приказ от 31.02.2022 № 4").impossible == "31.02.2022"


def test_every_part_takes_its_fields_and_gives_them_back(workspace: Workspace) -> None:
    own = new(workspace)
    for part in programmes.parts().values():
        data: dict[str, str | int | float] = {}
        for field in part.fields:
            match field.type:
                case programmes.FieldType.CHOICE:
                    data[field.name] = field.choices[0]
                case programmes.FieldType.DATE:
                    data[field.name] = "2021-05-06"
                case programmes.FieldType.NUMBER:
                    data[field.name] = 5
                case _:
                    data[field.name] = f"поле {field.title}"
        form = ItemForm(part.key, f"запись {part.title}", data)
        programmes.save_item(workspace, own, form)
        (row,) = programmes.items(workspace, own, part.key)
        assert (row.text, row.data) == (form.text, data)
    assert len(programmes.items(workspace, own)) == len(programmes.parts())
    assert programmes.programme(workspace, own).entries == len(programmes.parts())


def test_a_real_programme_is_held_part_by_part(workspace: Workspace) -> None:
    """Facts of the programme of 2022-2024: three problems with causes, stages, sums, SWOT."""
    own = new(workspace)
    for problem, causes in (("Низкие результаты", 4), ("Кадры", 4), ("Оценка качества", 3)):
        outer = put(workspace, own, "problem", problem)
        lines = [f"- причина {number}" for number in range(causes)]
        programmes.add_items(workspace, own, "problem", lines, outer)
    rows = programmes.items(workspace, own, "problem")
    assert [row.depth for row in rows] == [0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1]
    for text, amount in (("Стимулирование", "400 т.р."), ("Оборудование", "100000"),
                         ("Дистанционное обучение", "0"), ("Точки роста", "6 млн руб."),
                         ("Библиотеки", "3,5 млн.руб")):  # fmt: skip
        put(workspace, own, "funding", text, amount_text=amount, year="2022", source="бюджет")
    (total,) = programmes.funding_totals(workspace, own)
    assert (total.amount, total.unknown) == (10_000_000, 0)
    put(workspace, own, "funding", "Курсы", amount_text="по смете", year="2022", source="бюджет")
    assert programmes.funding_totals(workspace, own)[0].unknown == 1
    numbers = [row.shown_number for row in programmes.items(workspace, own, "funding")]
    assert numbers == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_pasted_lines_fill_the_fields_of_a_part(workspace: Workspace) -> None:
    own = new(workspace)
    pasted = ["– Доля школ\t100\t%", "", "• Доля учителей\t95"]
    programmes.add_items(workspace, own, "target", pasted)
    rows = programmes.items(workspace, own, "target")
    assert [(row.text, dict(row.data)) for row in rows] == [
        ("Доля школ", {"value": "100", "unit": "%"}),
        ("Доля учителей", {"value": "95"}),
    ]
    journal.undo_last(workspace)
    assert programmes.items(workspace, own, "target") == ()


def test_a_task_stands_under_a_goal_and_begins_its_own_part(workspace: Workspace) -> None:
    own = new(workspace)
    goal = put(workspace, own, "goal", "Поднять результаты")
    form = ItemForm("task", "Обучить", parent_id=goal)
    programmes.save_item(workspace, own, form)
    (task,) = programmes.items(workspace, own, "task")
    assert (task.depth, task.parent_id) == (0, goal)


def test_entries_move_and_never_into_themselves(workspace: Workspace) -> None:
    own = new(workspace)
    one, two, three = (put(workspace, own, "goal", text) for text in ("раз", "два", "три"))
    programmes.move_item(workspace, three, None, 0)
    assert [row.text for row in programmes.items(workspace, own, "goal")] == ["три", "раз", "два"]
    programmes.move_item(workspace, two, one, 0)
    rows = programmes.items(workspace, own, "goal")
    assert [(row.text, row.shown_number) for row in rows] == [
        ("три", "1."),
        ("раз", "2."),
        ("два", "2.1."),
    ]
    with pytest.raises(UserError, match="внутри самой себя"):
        programmes.move_item(workspace, one, two, 0)
    first = put(workspace, own, "stage", "первый")
    second = put(workspace, own, "stage", "второй")
    with pytest.raises(UserError, match="не вкладываются"):
        programmes.move_item(workspace, second, first, 0)


def test_deleting_takes_what_is_nested_along_and_comes_back(workspace: Workspace) -> None:
    own = new(workspace)
    outer = put(workspace, own, "problem", "внешняя")
    programmes.add_items(workspace, own, "problem", ["внутри"], outer)
    programmes.delete_items(workspace, [outer])
    assert programmes.items(workspace, own) == ()
    journal.undo_last(workspace)
    assert [row.depth for row in programmes.items(workspace, own)] == [0, 1]


@pytest.mark.parametrize(
    ("part", "text", "data", "said"),
    [
        ("goal", "  ", {}, "пуста"),
        ("goal", "Цель", {"level": "любая"}, "стратегическая"),
        ("goal", "Цель", {"колонка": "1"}, "нет поля"),
        ("legal_basis", "Приказ", {"date": "30.02.2022"}, "дату"),
        ("funding", "Курсы", {"amount": "много"}, "число"),
    ],
)
def test_what_a_part_cannot_hold(
    workspace: Workspace, part: str, text: str, data: dict[str, str], said: str
) -> None:
    own = new(workspace)
    with pytest.raises(UserError, match=said):
        programmes.save_item(workspace, own, ItemForm(part, text, data))
    assert programmes.items(workspace, own) == ()


def test_acts_later_than_the_programme_and_without_details(workspace: Workspace) -> None:
    own = new(workspace)
    late = put(workspace, own, "legal_basis", "Приказ от 28.02.2022 № 40")
    put(workspace, own, "legal_basis", "Закон от 29 декабря 2012 г. № 273-ФЗ")
    put(workspace, own, "legal_basis", "Приказ министерства от ______ «О мерах»")
    put(workspace, own, "legal_basis", "Государственная программа")
    put(workspace, own, "legal_basis", "Приказ", date="2023-02-01", number="5")
    put(workspace, own, "funding", "Курсы", amount_text="по смете", year="2030")
    put(workspace, own, "swot", "Опытные учителя", quadrant="Сильные стороны")
    found = programmes.check_programme(workspace, own)
    errors = [one.item_id for one in found if one.severity is Severity.ERROR]
    assert errors[0] == late
    assert len(errors) == 2
    said = " ".join(one.text for one in found)
    expected = (
        "Акт от 28.02.2022 позже самой программы (утверждена 19.01.2022)",
        "пропуск",
        "нет номера и даты",
        "«по смете» не понята",
        "Год 2030",
        "слабые стороны",
    )
    assert [words for words in expected if words not in said] == []
    assert "273-ФЗ" not in said


def test_a_programme_is_copied_to_another_period(workspace: Workspace) -> None:
    own = new(workspace)
    goal = put(workspace, own, "goal", "Цель")
    programmes.save_item(workspace, own, ItemForm("task", "Задача", parent_id=goal))
    put(workspace, own, "funding", "Курсы", amount_text="10", year="2023")
    put(workspace, own, "stage", "Первый", period="2022")
    with workspace.database.write() as session:
        session.add(ProgrammeBlock(programme_id=own, position=1, kind="section", title="Паспорт"))
        session.flush()
        session.add(ProgrammeBlock(programme_id=own, parent_id=1, position=1, kind="text"))
        session.add(MonitoringRow(programme_id=own, position=1, subject="Динамика"))
    done = programmes.copy_programme(workspace, own, 2025, 2027)
    row = programmes.programme(workspace, done.id)
    assert row.title == "Программа поддержки школ Лесного района на 2025-2027 годы"
    assert row.approval == Approval()
    copied = programmes.items(workspace, done.id)
    assert [one.text for one in copied] == ["Цель", "Задача", "Первый", "Курсы"]
    assert copied[1].parent_id == copied[0].id
    assert copied[3].data["year"] == "2026"
    assert any("этапов" in note for note in done.notes)
    with workspace.database.read() as session:
        assert session.query(ProgrammeBlock).filter_by(programme_id=done.id).count() == 2
        assert session.query(MonitoringRow).filter_by(programme_id=done.id).count() == 1
    journal.undo_last(workspace)
    assert len(programmes.list_programmes(workspace)) == 1


def test_a_copy_brings_indicators_and_roadmaps_tied_as_they_were(workspace: Workspace) -> None:
    own = new(workspace)
    goal = put(workspace, own, "goal", "Цель")
    head = indicators.add_indicator(workspace, own, "Качество", is_group=True).indicator_id
    share = indicators.add_indicator(
        workspace, own, "Доля школ", parent_id=head, goal_id=goal
    ).indicator_id
    slot = indicators.Slot(ValueRole.PLAN, "2023")
    indicators.edit(workspace, [indicators.ValueEdit(share, slot, "5")])
    form = RoadmapForm("План на 2022 год", RoadmapMode.GOALS, 2022, 2022, own)
    plan = roadmap.create_roadmap(workspace, form).ids[0]
    group = roadmap.add_group(workspace, plan, "Цель 2022 года").ids[0]
    with workspace.database.write() as session:
        session.get_one(RoadmapGroup, group).goal_id = goal
        session.get_one(Roadmap, plan).columns = [
            {"field": "title", "title": "Мера"}, {"field": "year:2022", "title": "2022 год"},
        ]  # fmt: skip
    values = {"title": "Семинар", "term": "март 2022", "responsible": "РМК"}
    row = roadmap.add_activity(workspace, plan, group, values).ids[0]
    roadmap.edit_activities(workspace, [row], {"indicator_id": share})
    roadmap.set_status(workspace, [row], ActivityStatus.DONE)
    done = programmes.copy_programme(
        workspace, own, 2025, 2027, with_indicators=True, with_roadmaps=True
    )
    assert (done.indicators, done.roadmaps) == (2, 1)
    assert [note.split(":")[0] for note in done.notes[-2:]] == [
        "Показатели перенесены без значений",
        "В дорожных картах годы сдвинуты на 3, состояния и факт не перенесены",
    ]
    table = indicators.indicator_table(workspace, done.id)
    first, second = table.rows
    assert (first.title, second.title, second.parent_id) == ("Качество", "Доля школ", first.id)
    (new_goal,) = programmes.items(workspace, done.id, "goal")
    assert second.goal_id == new_goal.id
    assert not any(one.values for one in table.rows)
    (copied,) = [one for one in roadmap.list_roadmaps(workspace) if one.programme_id == done.id]
    assert (copied.title, copied.first_year, copied.last_year) == ("План на 2025 год", 2025, 2025)
    assert [one["field"] for one in copied.columns] == ["title", "year:2025"]
    assert copied.columns[1]["title"] == "2025 год"
    view = roadmap.open_roadmap(workspace, copied.id, date(2025, 1, 1))
    heading, activity = view.lines
    assert isinstance(heading, GroupRow)
    assert isinstance(activity, ActivityRow)
    assert heading.title == "Цель 2025 года"
    with workspace.database.read() as session:
        assert session.get_one(RoadmapGroup, heading.id).goal_id == new_goal.id
    assert (activity.term, activity.end, activity.indicator_id, activity.status) == (
        "март 2025", date(2025, 3, 31), second.id, ActivityStatus.PLANNED,
    )  # fmt: skip
    journal.undo_last(workspace)
    assert len(programmes.list_programmes(workspace)) == 1
    assert len(roadmap.list_roadmaps(workspace)) == 1


def test_roadmaps_alone_come_without_their_indicators_which_is_told(workspace: Workspace) -> None:
    own = new(workspace)
    share = indicators.add_indicator(workspace, own, "Доля школ").indicator_id
    plan = roadmap.create_roadmap(workspace, RoadmapForm("План", programme_id=own)).ids[0]
    row = roadmap.add_activity(workspace, plan, None, {"title": "Семинар"}).ids[0]
    roadmap.edit_activities(workspace, [row], {"indicator_id": share})
    done = programmes.copy_programme(workspace, own, 2025, 2027, with_roadmaps=True)
    untied = "Показатели не перенесены, поэтому мероприятия с ними не связаны."
    assert done.notes[-1] == untied
    bare = new(workspace)
    roadmap.create_roadmap(workspace, RoadmapForm("План", programme_id=bare))
    for taken in (True, False):
        told = programmes.copy_programme(
            workspace, bare, 2025, 2027, with_indicators=taken, with_roadmaps=True
        ).notes
        assert untied not in told
    copied = next(one for one in roadmap.list_roadmaps(workspace) if one.programme_id == done.id)
    (activity,) = roadmap.open_roadmap(workspace, copied.id, date(2025, 1, 1)).activities
    assert activity.indicator_id is None


def test_a_programme_in_use_is_not_deleted(workspace: Workspace) -> None:
    own = new(workspace)
    put(workspace, own, "goal", "Цель")
    inner = programmes.save_programme(
        workspace, ProgrammeForm(ProgrammeKind.SUBPROGRAMME, "Внутри", 2022, 2023, parent_id=own)
    ).id
    assert [row.id for row in programmes.list_programmes(workspace)] == [own, inner]
    with pytest.raises(UserError, match="сама в себя"):
        programmes.save_programme(
            workspace, ProgrammeForm(ProgrammeKind.PROGRAMME, "Круг", 2022, 2023, "", inner), own
        )
    with workspace.database.write() as session:
        session.add(Roadmap(programme_id=own, position=1, mode=RoadmapMode.SIMPLE, title="План"))
    with pytest.raises(UserError, match="дорожная карта, подпрограмма"):
        programmes.delete_programme(workspace, own)
    programmes.delete_programme(workspace, inner)
    journal.undo_last(workspace)
    assert len(programmes.list_programmes(workspace)) == 2


@pytest.mark.parametrize(
    ("first", "last", "title"), [(2024, 2022, "П"), (22, 24, "П"), (2022, 2024, " ")]
)
def test_a_programme_needs_a_title_and_years(
    workspace: Workspace, first: int, last: int, title: str
) -> None:
    form = ProgrammeForm(ProgrammeKind.PROGRAMME, title, first, last)
    with pytest.raises(UserError):
        programmes.save_programme(workspace, form)
