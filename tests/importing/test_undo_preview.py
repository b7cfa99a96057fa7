"""What undoing a load would do is shown beforehand, value by value, and nothing is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UserError
from app.models.enums import BatchStatus, RecordKind
from app.models.intake import FormExcuse
from app.models.schools import SchoolValue
from app.services.importing import UndoLine, list_batches, preview_undo, undo
from app.services.importing.facts import RecordFact
from app.services.results import list_results
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.importing.loads import load, ref, reference, register, result, results, school
from tests.importing.test_applying import sizes
from tests.importing.test_record_rows import records

ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
TWO = ref("МАОУ Троицкая СОШ", fisoko="edu000002", rcoi="13048")
REGISTER = register("Реестр.xlsx", school(4, ONE, pupils=504), school(5, TWO, pupils=198))
ITEM = "ВПР 2025, математика, 5 класс"
TWOS = "Получили «2», чел."


def marks(n2: int, path: str = "А.xlsx") -> object:
    """Return a file with one result and one row of the district."""
    return results(path, result(9, ONE, n2=n2), reference(8, "Район", float(n2)))


def test_values_that_come_back_are_listed_and_nothing_is_stored(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, marks(1))
    second = load(workspace, marks(3, "Б.xlsx")).batch_id or 0
    before = sizes(workspace)
    shown = preview_undo(workspace, second)
    assert UndoLine(ONE.name or "", ITEM, TWOS, "3", "1") in shown.returning
    assert UndoLine("Район (муниципалитет)", ITEM, "Получили «2», %", "3", "1") in shown.returning
    assert (shown.standing, shown.gone) == ((), {})
    assert (sizes(workspace), list_batches(workspace)[0].status) == (before, BatchStatus.APPLIED)
    assert [row.n2 for row in list_results(workspace)] == [3]
    assert undo(workspace, second) == shown.report


def test_a_newer_load_that_stands_on_the_value_is_named(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, marks(1))
    second = load(workspace, marks(3, "Б.xlsx")).batch_id or 0
    third = load(workspace, marks(5, "В.xlsx")).batch_id or 0
    shown = preview_undo(workspace, second)
    assert shown.returning == ()
    twos = [line for line in shown.standing if line.figure == TWOS]
    assert [(line.now, line.before) for line in twos] == [("5", "1")]
    assert twos[0].kept_by.startswith(f"загрузка № {third} от ")
    assert shown.report.kept == undo(workspace, second).kept


def test_a_correction_by_hand_that_stands_on_the_value_is_named(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    second = load(workspace, register("Р.xlsx", school(4, ONE, pupils=505))).batch_id or 0
    _correct_by_hand(workspace, "505", "507")
    (line,) = preview_undo(workspace, second).standing
    assert (line.owner, line.item, line.figure) == (ONE.name, "Сведения о школе", "Обучающихся")
    assert (line.now, line.before, line.kept_by) == ("507", "504", "исправлено вручную")
    assert "их изменил человек" in undo(workspace, second).kept[0]


def _correct_by_hand(workspace: Workspace, old: str, new: str) -> None:
    with workspace.database.write() as session:
        value = session.query(SchoolValue).filter_by(value=old, current=True).one()
        value.current = False
        session.flush()
        by_hand = {"school_id": value.school_id, "field": value.field, "value": new}
        session.add(SchoolValue(**by_hand, replaced_id=value.id, current=True))


def test_what_goes_for_good_is_counted_by_what_it_is(workspace: Workspace) -> None:
    batch = load(workspace, REGISTER, marks(1)).batch_id or 0
    shown = preview_undo(workspace, batch)
    assert shown.gone == {"Сведения о школе": 4, "Код школы": 4, ITEM: 2}
    assert set(shown.report.removed_schools) == {ONE.name, TWO.name}
    assert len(list_schools(workspace)) == 2


def test_figures_of_a_passport_come_back_by_their_titles(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    fact = RecordFact(RecordKind.PASSPORT, 2025, {"pupils": 200}, "3", ref=ONE)
    load(workspace, records("П.xlsx", fact))
    newer = replace(fact, data={"pupils": 210})
    batch = load(workspace, records("П2.xlsx", newer)).batch_id or 0
    (line,) = preview_undo(workspace, batch).returning
    assert (line.owner, line.item) == (ONE.name, "Социальный паспорт, 2025 год")
    assert (line.now, line.before) == ("210", "200")


def test_a_school_that_another_table_names_stays(workspace: Workspace) -> None:
    batch = load(workspace, REGISTER).batch_id or 0
    one = next(row.id for row in list_schools(workspace) if row.short_name == ONE.name)
    with workspace.database.write() as session:
        session.add(FormExcuse(school_id=one, year=2025, form="passport", reason="новая школа"))
    report = undo(workspace, batch)
    assert report.removed_schools == (TWO.name,)
    why = "на неё ссылаются другие сведения программы"
    assert report.kept == (f"Школа «{ONE.name}» осталась: {why}.",)


def test_a_load_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="нет в базе"):
        preview_undo(workspace, 9)
