"""Names, codes and the end of a school by hand: each can be undone, loads respect them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.errors import UserError
from app.models.enums import CodeSystem, SchoolStatus
from app.services import journal, registry, schools
from app.services.backup import check
from app.services.importing import Decisions, undo
from app.services.registry import CodeDetails, Ending
from app.services.results import list_results
from app.services.schools import SchoolCard, SchoolRow
from app.services.workspace import Workspace
from tests.importing.loads import VPR, load, prepare_facts, ref, register, result, results, school

ONE = ref("МБОУ Полянская СОШ", rcoi="13450")
TWO = ref("МКОУ Заречная ООШ", rcoi="13451")
REGISTER = register("Реестр.xlsx", school(4, ONE), school(5, TWO))
RCOI = CodeSystem.RCOI


@pytest.fixture(autouse=True)
def _district(workspace: Workspace) -> None:
    load(workspace, REGISTER)


def row(workspace: Workspace, name: str | None) -> SchoolRow:
    """Return a school of the list."""
    return next(one for one in schools.list_schools(workspace) if one.short_name == name)


def card(workspace: Workspace, name: str | None) -> SchoolCard:
    """Return the card of a school."""
    return schools.school_card(workspace, row(workspace, name).id)


def codes(workspace: Workspace) -> list[tuple[str, bool]]:
    """Return the codes of the first school with whether they are in force."""
    return [(one.code, one.current) for one in card(workspace, ONE.name).codes]


def test_another_name_is_added_changed_removed_and_each_is_undone(workspace: Workspace) -> None:
    one = row(workspace, ONE.name).id
    odd = results("А.xlsx", result(9, ref("Поляны, школа")))
    assert prepare_facts(workspace, [odd]).questions
    registry.add_alias(workspace, one, " Поляны,  школа ")
    assert not prepare_facts(workspace, [odd]).questions
    (alias,) = card(workspace, ONE.name).aliases
    assert (alias.name, alias.source) == ("Поляны, школа", None)
    registry.rename_alias(workspace, alias.id, "Полянка")
    assert prepare_facts(workspace, [odd]).questions
    registry.remove_alias(workspace, alias.id)
    assert card(workspace, ONE.name).aliases == ()
    for name in ("Полянка", "Поляны, школа"):
        assert journal.undo_last(workspace).done
        assert [one.name for one in card(workspace, ONE.name).aliases] == [name]
    assert journal.undo_last(workspace).done
    assert card(workspace, ONE.name).aliases == ()


@pytest.mark.parametrize("name", ["МКОУ Заречная ООШ", "Зарека", "  "])
def test_a_name_that_means_another_school_is_refused(workspace: Workspace, name: str) -> None:
    registry.add_alias(workspace, row(workspace, TWO.name).id, "Зарека")
    with pytest.raises(UserError, match=r"уже значит|пустое"):
        registry.add_alias(workspace, row(workspace, ONE.name).id, name)


def test_a_new_code_is_in_force_and_the_old_one_still_matches(workspace: Workspace) -> None:
    one = row(workspace, ONE.name).id
    registry.add_code(workspace, one, CodeDetails(RCOI, " 20 001", date(2026, 1, 1)))
    assert codes(workspace) == [("20001", True), ("13450", False)]
    assert row(workspace, ONE.name).rcoi == "20001"
    old = card(workspace, ONE.name).codes[1]
    assert old.until == date(2026, 1, 1)
    load(workspace, results("А.xlsx", result(9, ref(rcoi="13450"))))
    assert len(list_results(workspace, school_id=one)) == 1
    assert check(workspace).findings == ()


def test_removing_a_code_brings_back_the_one_before(workspace: Workspace) -> None:
    one = row(workspace, ONE.name).id
    registry.add_code(workspace, one, CodeDetails(RCOI, "20001"))
    registry.remove_code(workspace, card(workspace, ONE.name).codes[0].id)
    assert codes(workspace) == [("13450", True)]
    journal.undo_last(workspace)
    assert codes(workspace) == [("20001", True), ("13450", False)]
    journal.undo_last(workspace)
    assert codes(workspace) == [("13450", True)]


def test_a_former_code_leaves_the_one_in_force(workspace: Workspace) -> None:
    details = CodeDetails(RCOI, "09999", date(2018, 9, 1), date(2020, 8, 31))
    registry.add_code(workspace, row(workspace, ONE.name).id, details)
    assert codes(workspace) == [("13450", True), ("09999", False)]
    former = card(workspace, ONE.name).codes[1]
    assert (former.since, former.until) == (details.since, details.until)


def test_the_text_of_a_code_from_a_file_stays(workspace: Workspace) -> None:
    code = card(workspace, ONE.name).codes[0]
    registry.change_code(workspace, code.id, CodeDetails(RCOI, "13450", since=date(2020, 1, 1)))
    assert card(workspace, ONE.name).codes[0].since == date(2020, 1, 1)
    with pytest.raises(UserError, match="дал загруженный файл"):
        registry.change_code(workspace, code.id, CodeDetails(RCOI, "1"))


@pytest.mark.parametrize(
    ("details", "why"),
    [
        (CodeDetails(RCOI, "13451"), "принадлежит школе «МКОУ Заречная ООШ»"),
        (CodeDetails(RCOI, " "), "пустой"),
        (CodeDetails(RCOI, "5", date(2021, 1, 1), date(2020, 1, 1)), "раньше"),
    ],
)
def test_a_code_that_cannot_be_is_refused(
    workspace: Workspace, details: CodeDetails, why: str
) -> None:
    with pytest.raises(UserError, match=why):
        registry.add_code(workspace, row(workspace, ONE.name).id, details)


def test_a_school_is_joined_to_another_and_keeps_its_history(workspace: Workspace) -> None:
    load(workspace, results("А.xlsx", result(9, TWO)))
    one, two = row(workspace, ONE.name).id, row(workspace, TWO.name).id
    ending = Ending("постановление от 01.08.2025 № 7", date(2025, 9, 1), one)
    registry.end_school(workspace, two, ending)
    shown = card(workspace, TWO.name)
    assert shown.row.status is SchoolStatus.MERGED
    assert shown.ending is not None
    assert shown.ending.successor is not None
    assert (shown.ending.successor.name, shown.ending.ended_on) == (ONE.name, date(2025, 9, 1))
    (joined,) = card(workspace, ONE.name).joined
    assert (joined.id, joined.name, joined.on) == (two, TWO.name, date(2025, 9, 1))
    assert len(list_results(workspace, school_id=two)) == 1
    status = next(field for field in shown.fields if field.field == "status")
    assert [past.value for past in status.history] == ["действует"]
    assert check(workspace).findings == ()
    journal.undo_last(workspace)
    assert row(workspace, TWO.name).status is SchoolStatus.ACTIVE
    assert card(workspace, ONE.name).joined == ()


def test_a_closed_school_works_again(workspace: Workspace) -> None:
    two = row(workspace, TWO.name).id
    registry.end_school(workspace, two, Ending("нет учеников"))
    assert row(workspace, TWO.name).status is SchoolStatus.CLOSED
    registry.reopen_school(workspace, two)
    assert card(workspace, TWO.name).ending is None
    assert row(workspace, TWO.name).status is SchoolStatus.ACTIVE


def test_an_end_that_makes_no_sense_is_refused(workspace: Workspace) -> None:
    one, two = row(workspace, ONE.name).id, row(workspace, TWO.name).id
    with pytest.raises(UserError, match="Основание"):
        registry.end_school(workspace, two, Ending(" "))
    with pytest.raises(UserError, match="самой себе"):
        registry.end_school(workspace, two, Ending("приказ", None, two))
    registry.end_school(workspace, one, Ending("приказ"))
    with pytest.raises(UserError, match="сама не действует"):
        registry.end_school(workspace, two, Ending("приказ", None, one))


def test_rows_from_after_the_end_ask_once_and_older_ones_are_history(workspace: Workspace) -> None:
    one, two = row(workspace, ONE.name).id, row(workspace, TWO.name).id
    registry.end_school(workspace, two, Ending("приказ", date(2025, 9, 1), one))
    own = results("2025.xlsx", result(9, TWO))
    assert prepare_facts(workspace, [own]).questions == ()
    load(workspace, own)
    later = replace(VPR, year=2026)
    after = results("2026.xlsx", result(9, TWO, procedure=later))
    (question,) = prepare_facts(workspace, [after]).questions
    assert {one.name for one in question.candidates} == {ONE.name, TWO.name}
    assert not question.can_create
    load(workspace, after, decisions=Decisions(schools={question.key: one}))
    assert [r.year for r in list_results(workspace, school_id=one)] == [2026]
    assert [r.year for r in list_results(workspace, school_id=two)] == [2025]
    more = results("6.xlsx", result(9, TWO, procedure=replace(later, grade=6)))
    assert prepare_facts(workspace, [more]).questions == ()
    assert prepare_facts(workspace, [own]).questions == ()


def test_undoing_the_register_keeps_a_school_that_another_went_into(workspace: Workspace) -> None:
    one, two = row(workspace, ONE.name).id, row(workspace, TWO.name).id
    registry.end_school(workspace, two, Ending("приказ", None, one))
    report = undo(workspace, 1)
    assert report.removed_schools == ()
    assert len(report.kept) == 2
