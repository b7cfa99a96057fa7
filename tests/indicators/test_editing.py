"""Indicators entered by hand: order, numbers, values, refusals, undo."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.models.enums import ActivityStatus, BetterWhen, RoadmapMode
from app.models.roadmaps import Activity, Roadmap
from app.services import indicators, journal
from app.services.changes import ChangeSet, Topic
from app.services.indicators import FieldEdit, ValueEdit
from app.services.workspace import Workspace
from tests.indicators.builders import BASE, fact, make_indicator, make_programme, only_row, plan


def titles(workspace: Workspace, programme: int) -> list[tuple[str, str]]:
    table = indicators.indicator_table(workspace, programme)
    return [(row.shown_number, row.title) for row in table.rows]


def test_order_and_counted_numbers(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    group = make_indicator(workspace, programme, "Динамика", "", is_group=True)
    make_indicator(workspace, programme, "Доля первая", parent_id=group)
    last = make_indicator(workspace, programme, "Доля третья", parent_id=group)
    make_indicator(workspace, programme, "Кадры")
    indicators.edit(workspace, [FieldEdit(last, "number", "1.7.")])
    made = indicators.add_indicator(
        workspace, programme, "Доля вторая", after_id=last - 1
    ).indicator_id
    assert titles(workspace, programme) == [
        ("1", "Динамика"),
        ("1.1", "Доля первая"),
        ("1.2", "Доля вторая"),
        ("1.7.", "Доля третья"),
        ("2", "Кадры"),
    ]
    table = indicators.indicator_table(workspace, programme)
    added = table.row(made)
    assert added is not None
    assert (added.level, added.parent_id) == (1, group)


def test_values_keep_the_text_and_the_number(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, base="98/98", plan2024="не менее 3", fact2024="+")
    values = indicators.indicator_table(workspace, programme).rows[0].values
    assert (values[BASE].text, values[BASE].number) == ("98/98", 98.0)
    assert (values[plan(2024)].text, values[plan(2024)].number) == ("не менее 3", 3.0)
    assert (values[fact(2024)].text, values[fact(2024)].number) == ("+", None)
    indicators.edit(workspace, [ValueEdit(row_id, fact(2024), "  ")])
    assert fact(2024) not in indicators.indicator_table(workspace, programme).rows[0].values


def test_three_of_four_is_a_share_only_where_the_unit_says_so(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Доля школ", "%", fact2024="3 из 4")
    make_indicator(workspace, programme, "Число школ", "ед.", fact2024="3 из 4")
    share, count = indicators.indicator_table(workspace, programme).rows
    assert share.values[fact(2024)].number == 75.0
    assert count.values[fact(2024)].number == 3.0
    assert count.values[fact(2024)].denominator == 4.0


def test_a_programme_has_a_plan_and_a_fact_for_each_year(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    table = indicators.indicator_table(workspace, programme)
    assert table.slots == (
        BASE,
        *(slot for year in (2024, 2025, 2026) for slot in (plan(year), fact(year))),
    )


def test_a_year_of_half_years_has_no_column_of_its_own(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme)
    half = indicators.Slot(plan(2024).role, "2024-1")
    indicators.edit(workspace, [ValueEdit(row_id, half, "5")])
    periods = [slot.period for slot in indicators.indicator_table(workspace, programme).slots]
    assert periods[1:5] == ["2024-1", "2024-1", "2024-2", "2024-2"]
    assert "2024" not in periods


def test_several_changes_are_one_action(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, base="10", plan2024="20")
    changes = indicators.edit(
        workspace,
        [
            ValueEdit(row_id, BASE, "11"),
            ValueEdit(row_id, plan(2024), ""),
            FieldEdit(row_id, "better", "меньше"),
            FieldEdit(row_id, "title", "Доля вакансий"),
        ],
    )
    assert changes == ChangeSet.of(Topic.INDICATORS)
    row = indicators.indicator_table(workspace, programme).rows[0]
    assert (row.title, row.better, set(row.values)) == ("Доля вакансий", BetterWhen.LOWER, {BASE})
    journal.undo_last(workspace)
    row = indicators.indicator_table(workspace, programme).rows[0]
    assert (row.title, row.better) == ("Доля школ", None)
    assert {slot: value.text for slot, value in row.values.items()} == {
        BASE: "10",
        plan(2024): "20",
    }


def test_the_same_cell_twice_in_one_action(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme)
    twice = [ValueEdit(row_id, BASE, "1"), ValueEdit(row_id, BASE, "2")]
    indicators.edit(workspace, twice)
    assert indicators.indicator_table(workspace, programme).rows[0].values[BASE].text == "2"


def test_nothing_is_stored_of_a_refused_change(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme, base="10")
    with pytest.raises(UserError, match="названи"):
        indicators.edit(workspace, [ValueEdit(row_id, BASE, "5"), FieldEdit(row_id, "title", " ")])
    assert indicators.indicator_table(workspace, programme).rows[0].values[BASE].text == "10"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("better", "вбок", "Направление"),
        ("formula", "no_such", "Формулы"),
        ("is_group", "может быть", "«да»"),
        ("unit", "х" * 61, "длинный"),
    ],
)
def test_impossible_fields_are_refused(
    workspace: Workspace, field: str, text: str, said: str
) -> None:
    row_id = make_indicator(workspace, make_programme(workspace))
    with pytest.raises(UserError, match=said):
        indicators.edit(workspace, [FieldEdit(row_id, field, text)])


def test_a_heading_has_no_values(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    heading = make_indicator(workspace, programme, "Кадры", "", is_group=True)
    filled = make_indicator(workspace, programme, base="5")
    with pytest.raises(UserError, match="заголовок"):
        indicators.edit(workspace, [ValueEdit(heading, BASE, "5")])
    with pytest.raises(UserError, match="есть значения"):
        indicators.edit(workspace, [FieldEdit(filled, "is_group", "да")])


def test_removing_takes_what_hangs_under_it_and_undo_brings_it_back(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    group = make_indicator(workspace, programme, "Динамика", "", is_group=True)
    inner = make_indicator(workspace, programme, "Внутри", parent_id=group, base="1")
    make_indicator(workspace, programme, "Глубже", parent_id=inner, plan2025="7")
    before = indicators.indicator_table(workspace, programme)
    indicators.remove(workspace, [group])
    assert indicators.indicator_table(workspace, programme).rows == ()
    journal.undo_last(workspace)
    assert indicators.indicator_table(workspace, programme) == before


def test_an_indicator_that_a_measure_serves_stays(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    row_id = make_indicator(workspace, programme)
    with workspace.database.write() as session:
        session.add(Roadmap(id=1, position=1, mode=RoadmapMode.SIMPLE, title="План"))
        session.flush()
        session.add(
            Activity(
                roadmap_id=1,
                position=1,
                title="Семинар для школ",
                search_key="семинар",
                status=ActivityStatus.PLANNED,
                indicator_id=row_id,
            )
        )
    with pytest.raises(UserError, match="Семинар для школ"):
        indicators.remove(workspace, [row_id])


def test_moving(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    first = make_indicator(workspace, programme, "Первый")
    second = make_indicator(workspace, programme, "Второй")
    third = make_indicator(workspace, programme, "Третий")
    indicators.move(workspace, third, None, 0)
    assert [title for _, title in titles(workspace, programme)] == ["Третий", "Первый", "Второй"]
    indicators.move(workspace, second, first, 0)
    assert titles(workspace, programme)[2] == ("2.1", "Второй")
    with pytest.raises(UserError, match="под самого себя"):
        indicators.move(workspace, first, second, 0)
    other = make_indicator(workspace, make_programme(workspace, "Другая"))
    with pytest.raises(UserError, match="другую программу"):
        indicators.move(workspace, first, other, 0)


def test_what_is_gone_is_told(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="программы больше нет"):
        indicators.indicator_table(workspace, 7)
    with pytest.raises(UserError, match="показателя больше нет"):
        indicators.edit(workspace, [FieldEdit(7, "title", "Имя")])
    with pytest.raises(UserError, match="не может кончиться"):
        indicators.new_programme(workspace, "Имя", 2025, 2024)


def test_programmes_are_counted(workspace: Workspace) -> None:
    programme = make_programme(workspace)
    make_indicator(workspace, programme, "Заголовок", "", is_group=True)
    make_indicator(workspace, programme, "Доля")
    (choice,) = indicators.programmes(workspace)
    assert (choice.title, choice.indicators) == ("Поддержка школ", 1)
    assert only_row(indicators.indicator_table(workspace, programme), "Доля").level == 0
