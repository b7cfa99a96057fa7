"""The plan of a load: what is new, what changes, what waits and why; nothing is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.enums import AssessmentKind, FileStatus, Severity
from app.services.importing import (
    Answer,
    ChangeKind,
    Decisions,
    RowCounts,
    exit_code,
    report_json,
)
from app.services.importing.facts import Block, Extract, Procedure
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.workspace import Workspace
from tests.importing.loads import (
    VPR,
    error,
    load,
    messages,
    plan_of,
    prepare_facts,
    ref,
    reference,
    register,
    result,
    results,
    school,
    unread,
)
from tests.stored import add_school

ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
TWO = ref("МАОУ Троицкая СОШ", fisoko="edu000002", rcoi="13048")
REGISTER = register("Реестр.xlsx", school(4, ONE, pupils=504), school(5, TWO, pupils=198))


@pytest.fixture
def two_schools(workspace: Workspace) -> Workspace:
    """A workspace that knows two schools from a register."""
    load(workspace, REGISTER)
    return workspace


def test_register_is_matched_first_whatever_the_order(workspace: Workspace) -> None:
    marks = results("А.xlsx", result(9, ref(rcoi="01307")), result(10, ref(fisoko="edu000002")))
    plan = prepare_facts(workspace, [marks, REGISTER])
    assert [file.status for file in plan.files] == [FileStatus.IMPORTED, FileStatus.IMPORTED]
    assert plan.totals == RowCounts(read=4, stored=4)
    assert plan.questions == ()
    assert {change.school for change in plan.files[0].changes} == {ONE.name, TWO.name}


def test_nothing_is_stored_by_a_plan(workspace: Workspace) -> None:
    prepare_facts(workspace, [REGISTER])
    assert prepare_facts(workspace, [REGISTER]).totals.stored == 2


def test_rows_of_one_fact_count_as_rows_of_the_file(two_schools: Workspace) -> None:
    protocol = results("Протокол.xlsx", result("3,8-12", ref(rcoi="01307")), read=6)
    assert prepare_facts(two_schools, [protocol]).totals == RowCounts(read=6, stored=6)


def test_changed_row_shows_old_new_and_the_cell(two_schools: Workspace) -> None:
    load(two_schools, results("А.xlsx", result(9, ONE, n2=1, mean=3.5)))
    plan = prepare_facts(two_schools, [results("Б.xlsx", result(14, ONE, n2=3, mean=3.25))])
    (change,) = plan.files[0].changes
    assert change.kind is ChangeKind.CHANGED
    assert change.item == "ВПР 2025, математика, 5 класс"
    assert [(d.field, d.old, d.new, d.cell) for d in change.differences] == [
        ("Получили «2», чел.", "1", "3", "D14"),
        ("Ниже минимума, чел.", "1", "3", None),
        ("Среднее", "3,5", "3,25", None),
    ]


def test_same_facts_in_other_bytes_are_unchanged(two_schools: Workspace) -> None:
    load(two_schools, results("А.xlsx", result(9, ONE), reference(8, "Район", 11.5)))
    plan = prepare_facts(
        two_schools, [results("Копия.xlsx", result(30, ONE), reference(29, "РАЙОН", 11.5))]
    )
    assert plan.files[0].status is FileStatus.UNCHANGED
    assert plan.files[0].rows == RowCounts(read=2, unchanged=2)


def test_fuller_file_completes_a_poorer_one_and_not_the_other_way(two_schools: Workspace) -> None:
    load(two_schools, results("А.xlsx", result(9, ONE, n2=1)))
    full = results("Б.xlsx", result(9, ONE, n2=1, n3=4))
    assert load(two_schools, full).totals.stored == 1
    poor = prepare_facts(two_schools, [results("В.xlsx", result(9, ONE, n2=1))])
    assert poor.files[0].status is FileStatus.UNCHANGED


def test_file_with_an_error_waits_as_a_whole(two_schools: Workspace) -> None:
    bad = results("А.xlsx", result(9, ONE), result(10, TWO, n2=12), problems=(error(10),))
    plan = prepare_facts(two_schools, [bad])
    file = plan.files[0]
    assert file.status is FileStatus.NEEDS_DECISION
    assert file.has_errors
    assert file.rows == RowCounts(read=2, quarantined=2)
    assert file.findings[0].sheet == "Лист1"
    assert file.findings[0].cell == "D10"


def test_accepted_file_gives_its_good_rows_only(two_schools: Workspace) -> None:
    bad = results("А.xlsx", result(9, ONE), result(10, TWO, n2=12), problems=(error(10),))
    plan = prepare_facts(two_schools, [bad], Decisions(accept_good=frozenset({"А.xlsx"})))
    file = plan.files[0]
    assert (file.status, file.good_accepted) == (FileStatus.IMPORTED, True)
    assert file.rows == RowCounts(read=2, stored=1, quarantined=1)


def test_bad_row_inside_an_aggregate_keeps_the_whole_aggregate_out(two_schools: Workspace) -> None:
    protocol = results("П.xlsx", result("3-6", ONE), result("7-9", TWO), problems=(error(5),))
    plan = prepare_facts(two_schools, [protocol], Decisions(accept_good=frozenset({"П.xlsx"})))
    assert (plan.totals.stored, plan.totals.quarantined) == (3, 4)


def test_broken_sheet_gives_nothing_even_when_accepted(two_schools: Workspace) -> None:
    broken = results("А.xlsx", result(9, ONE), problems=(error(None, "Год не найден."),))
    plan = prepare_facts(two_schools, [broken], Decisions(accept_good=frozenset({"А.xlsx"})))
    assert plan.files[0].status is FileStatus.NEEDS_DECISION
    assert not plan.files[0].has_errors  # there is nothing good to accept
    assert plan.totals.stored == 0


def test_unknown_school_holds_back_only_its_own_rows(two_schools: Workspace) -> None:
    stranger = ref("Пелевинская ООШ", fisoko="edu000077")
    marks = results("А.xlsx", result(9, ONE), result(10, stranger))
    plan = prepare_facts(two_schools, [marks])
    assert plan.files[0].status is FileStatus.NEEDS_DECISION
    assert plan.files[0].rows == RowCounts(read=2, stored=1, quarantined=1)
    (question,) = plan.questions
    assert (question.name, question.codes) == ("Пелевинская ООШ", "ФИС ОКО edu000077")
    assert question.where == "файл «А.xlsx», лист «Лист1», ячейка A10"
    assert (question.rows, question.can_create) == (1, True)


def test_code_alone_cannot_become_a_school(two_schools: Workspace) -> None:
    (question,) = prepare_facts(
        two_schools, [results("А.xlsx", result(9, ref(rcoi="99999")))]
    ).questions
    assert not question.can_create
    assert question.candidates == ()


@pytest.mark.parametrize(
    ("answer", "stored", "status"),
    [
        (Answer.NEW, 2, FileStatus.IMPORTED),
        (Answer.SKIP, 1, FileStatus.IMPORTED),
        (1, 2, FileStatus.IMPORTED),
        (4711, 1, FileStatus.NEEDS_DECISION),
    ],
)
def test_answers_settle_the_question(
    two_schools: Workspace, answer: int | Answer, stored: int, status: FileStatus
) -> None:
    second = replace(VPR, grade=6)
    stranger = ref("Пелевинская ООШ", fisoko="edu000077")
    marks = results("А.xlsx", result(9, ONE), result(10, stranger, procedure=second))
    (question,) = prepare_facts(two_schools, [marks]).questions
    plan = prepare_facts(two_schools, [marks], Decisions(schools={question.key: answer}))
    assert (plan.totals.stored, plan.files[0].status) == (stored, status)


def test_waiting_file_asks_its_questions_too(two_schools: Workspace) -> None:
    stranger = ref("Пелевинская ООШ", fisoko="edu000077")
    marks = results("А.xlsx", result(9, ONE), result(10, stranger), problems=(error(9),))
    assert len(prepare_facts(two_schools, [marks]).questions) == 1


def test_two_schools_with_one_code_make_the_register_wait(workspace: Workspace) -> None:
    twin = ref("МАОУ Троицкая СОШ", fisoko="edu000001", rcoi="13048")
    bad = register("Реестр.xlsx", school(4, ONE), school(5, twin), school(6, ref("ООШ", "edu3")))
    plan = prepare_facts(workspace, [bad])
    file = plan.files[0]
    assert (file.status, plan.totals.stored) == (FileStatus.NEEDS_DECISION, 0)
    assert {finding.cell for finding in file.findings} == {"C4", "C5"}
    assert "«edu000001» стоит у двух строк" in file.findings[0].message
    assert "исправьте файл" in file.findings[0].hint
    accepted = prepare_facts(workspace, [bad], Decisions(accept_good=frozenset({"Реестр.xlsx"})))
    assert accepted.totals == RowCounts(read=3, stored=1, quarantined=2)


def test_register_that_gives_a_stored_code_to_another_school_waits(two_schools: Workspace) -> None:
    thief = ref("Городищенская ООШ", fisoko="edu000001")
    plan = prepare_facts(two_schools, [register("Новый.xlsx", school(4, thief))])
    file = plan.files[0]
    assert file.status is FileStatus.NEEDS_DECISION
    errors = [one for one in file.findings if one.severity is Severity.ERROR]
    assert (errors[0].cell, errors[0].sheet) == ("C4", "Лист1")
    assert "в базе он принадлежит школе «МКОУ СОШ №1»" in errors[0].message
    (question,) = plan.questions
    assert not question.can_create
    assert question.candidates[0].name == "МКОУ СОШ №1"
    renamed = Decisions(schools={question.key: question.candidates[0].school_id})
    after = prepare_facts(two_schools, [register("Новый.xlsx", school(4, thief))], renamed)
    assert after.files[0].status is FileStatus.IMPORTED
    assert after.files[0].changes[0].differences[0].old == "МКОУ СОШ №1"


def test_swapped_codes_of_two_stored_schools_are_an_error(two_schools: Workspace) -> None:
    swapped = ref(TWO.name, fisoko="edu000001")
    file = prepare_facts(two_schools, [register("Новый.xlsx", school(4, swapped))]).files[0]
    assert file.has_errors
    assert "МКОУ СОШ №1" in messages(file)


def test_renamed_school_keeps_its_code(two_schools: Workspace) -> None:
    renamed = ref("МАОУ Троицкая ООШ", fisoko="edu000002")
    plan = prepare_facts(two_schools, [register("Новый.xlsx", school(4, renamed))])
    (change,) = plan.files[0].changes
    assert (plan.files[0].status, change.kind) == (FileStatus.IMPORTED, ChangeKind.CHANGED)
    assert change.differences[0].new == "МАОУ Троицкая ООШ"


def test_empty_cell_of_a_register_erases_nothing(two_schools: Workspace) -> None:
    again = register("Новый.xlsx", school(4, ONE, pupils=None, kind="СОШ"))
    (change,) = prepare_facts(two_schools, [again]).files[0].changes
    assert [(d.field, d.old, d.new, d.cell) for d in change.differences] == [
        ("Вид", "нет", "СОШ", "E4")
    ]


def test_register_asks_before_making_a_second_school_of_one_name(two_schools: Workspace) -> None:
    other = ref("Троицкая СОШ", fisoko="edu000099")
    plan = prepare_facts(two_schools, [register("Новый.xlsx", school(4, other))])
    (question,) = plan.questions
    assert question.can_create
    assert plan.files[0].status is FileStatus.NEEDS_DECISION
    made = prepare_facts(
        two_schools,
        [register("Новый.xlsx", school(4, other))],
        Decisions(schools={question.key: Answer.NEW}),
    )
    assert made.files[0].changes[0].kind is ChangeKind.NEW


def test_two_schools_of_one_name_in_one_register_are_two_schools(workspace: Workspace) -> None:
    same = [ref("СОШ №1", fisoko="edu1"), ref("МБОУ СОШ №1", fisoko="edu2")]
    plan = prepare_facts(
        workspace, [register("Р.xlsx", *(school(4 + i, one) for i, one in enumerate(same)))]
    )
    assert plan.totals.stored == 2
    assert "заведены две школы" in messages(plan.files[0])


def test_repeated_row_of_a_register_is_told(workspace: Workspace) -> None:
    same = ref("СОШ №1")
    plan = prepare_facts(workspace, [register("Р.xlsx", school(4, same), school(5, same))])
    assert plan.totals == RowCounts(read=2, stored=1, unchanged=1)
    assert "повторяет" in messages(plan.files[0])


def test_first_load_without_a_register_creates_schools_with_a_warning(workspace: Workspace) -> None:
    marks = results("А.xlsx", result(9, ONE), result(10, TWO))
    file = prepare_facts(workspace, [marks]).files[0]
    assert (file.status, file.rows.stored) == (FileStatus.IMPORTED, 2)
    assert "реестра ещё нет" in messages(file)


def test_later_load_without_a_register_asks(workspace: Workspace) -> None:
    add_school(workspace, "МБОУ СОШ №9")
    assert len(prepare_facts(workspace, [results("А.xlsx", result(9, ONE))]).questions) == 1


def test_waiting_register_does_not_let_others_create_its_schools(workspace: Workspace) -> None:
    bad = register("Реестр.xlsx", school(4, ONE), problems=(error(4, "Численность 99999."),))
    plan = prepare_facts(workspace, [bad, results("А.xlsx", result(9, ONE))])
    assert plan.totals.stored == 0
    assert len(plan.questions) == 1


def test_conflict_inside_a_load_keeps_both_rows_out(two_schools: Workspace) -> None:
    first, second, third = result(9, ONE, n2=1), result(14, ONE, n2=4), result(9, ONE, n2=1)
    files = [results("А.xlsx", first), results("Б.xlsx", second), results("В.xlsx", third)]
    plan = prepare_facts(two_schools, files)
    assert plan.totals == RowCounts(read=3, quarantined=3)
    assert all(file.status is FileStatus.NEEDS_DECISION for file in plan.files)
    earlier, later = plan_of(plan, "А.xlsx"), plan_of(plan, "Б.xlsx")
    assert "здесь 1, а позже в этой загрузке 4" in messages(earlier)
    assert "файл «Б.xlsx», лист «Лист1», ячейка D14" in messages(earlier)
    assert "здесь 4, а раньше в этой загрузке 1" in messages(later)
    assert "файл «А.xlsx», лист «Лист1», ячейка D9" in messages(later)
    assert later.findings[0].cell == "D14"


def test_a_copy_before_the_contradiction_waits_too(two_schools: Workspace) -> None:
    rows = (result(9, ONE, n2=1), result(9, ONE, n2=1), result(14, ONE, n2=4))
    files = [results(f"{n}.xlsx", row) for n, row in enumerate(rows, start=1)]
    plan = prepare_facts(two_schools, files)
    assert plan.totals == RowCounts(read=3, quarantined=3)
    assert all(file.status is FileStatus.NEEDS_DECISION for file in plan.files)
    assert "здесь 1, а позже в этой загрузке 4" in messages(plan_of(plan, "2.xlsx"))


def test_conflict_of_one_school_does_not_hold_the_others(two_schools: Workspace) -> None:
    one = [result(9, ONE, n2=1), result(10, TWO)]
    two = [result(9, ONE, n2=4), result(10, TWO)]
    plan = prepare_facts(two_schools, [results("А.xlsx", *one), results("Б.xlsx", *two)])
    assert plan.totals == RowCounts(read=4, stored=1, unchanged=1, quarantined=2)
    assert [change.kind for change in plan_of(plan, "А.xlsx").changes] == [
        ChangeKind.NEW,
        ChangeKind.QUARANTINED,
    ]


def test_equal_rows_of_two_files_are_stored_once(two_schools: Workspace) -> None:
    plan = prepare_facts(
        two_schools, [results("А.xlsx", result(9, ONE)), results("Б.xlsx", result(9, ONE))]
    )
    assert plan.totals == RowCounts(read=2, stored=1, unchanged=1)
    assert plan_of(plan, "Б.xlsx").status is FileStatus.UNCHANGED


def test_registers_that_contradict_each_other_wait_row_by_row(workspace: Workspace) -> None:
    other = register("Я.xlsx", school(7, ONE, pupils=505))
    plan = prepare_facts(workspace, [REGISTER, other])
    assert plan_of(plan, "Я.xlsx").status is FileStatus.NEEDS_DECISION
    assert "ячейка F4" in messages(plan_of(plan, "Я.xlsx"))
    assert plan.totals.stored == 2


def test_every_sheet_of_a_file_counts(two_schools: Workspace) -> None:
    ege = Procedure(AssessmentKind.EGE, 2025, "Русский язык", 11)
    first = results("А.xlsx", result(9, ONE))
    extra = replace(
        first.sheets[0],
        sheet="Лист2",
        extract=Extract((Block("Лист2", {}, (result(3, ONE, procedure=ege),)),), (), 1),
    )
    plan = prepare_facts(two_schools, [replace(first, sheets=(*first.sheets, extra))])
    assert plan.totals.stored == 2
    assert {change.sheet for change in plan.files[0].changes} == {"Лист1", "Лист2"}


def test_headers_without_rows_are_told(two_schools: Workspace) -> None:
    file = prepare_facts(two_schools, [results("Пусто.xlsx")]).files[0]
    assert file.status is FileStatus.NEEDS_DECISION
    assert "нет ни одной строки" in messages(file)


def test_lost_zero_warns_once_per_sheet(two_schools: Workspace) -> None:
    rows = [
        result(9, ref(rcoi="1307")),
        result(10, ref(rcoi="1307"), procedure=replace(VPR, grade=7)),
    ]
    file = prepare_facts(two_schools, [results("А.xlsx", *rows)]).files[0]
    assert file.rows.stored == 2
    assert messages(file).count("записан иначе") == 1


def test_json_is_the_contract(two_schools: Workspace) -> None:
    bad = results("А.xlsx", result(10, ONE, n2=12), problems=(error(10),))
    data = report_json(prepare_facts(two_schools, [bad, unread("Б.xlsx")]))
    assert data["files"][0] == {
        "path": "А.xlsx",
        "kind": "xlsx",
        "layout": "marks",
        "status": "needs_decision",
        "rows": {"read": 1, "stored": 0, "unchanged": 0, "quarantined": 1},
        "problems": [
            {
                "sheet": "Лист1",
                "cell": "D10",
                "severity": "error",
                "message": "12 из 10. Исправьте.",
            }
        ],
    }
    assert data["files"][1]["status"] == "refused"
    assert data["totals"]["rows"]["quarantined"] == 1
    assert (data["totals"]["files"], data["totals"]["refused"]) == (2, 1)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([REGISTER], 0),
        ([REGISTER, unread("Б.xlsx")], 1),
        ([unread("Б.xlsx")], 2),
        ([register("Р.xlsx", school(4, ONE), problems=(error(4),))], 1),
        ([register("Р.xlsx", school(4, ONE), problems=(error(4),)), unread("Б.xlsx")], 1),
    ],
)
def test_exit_code_says_what_waits(
    workspace: Workspace, files: list[LoadedFile], code: int
) -> None:
    assert exit_code(prepare_facts(workspace, files).files) == code


def test_sheet_knows_its_bad_rows() -> None:
    sheet = LoadedSheet("Л", "k", "t", Extract(()), (error(4), error(None)))
    assert sheet.bad_rows() == {4}
    assert sheet.broken


def test_a_settlement_of_this_very_load_makes_a_name_with_it_known(workspace: Workspace) -> None:
    load(workspace, register("реестр.xlsx", school(2, ref("Лесная СОШ", "edu073001"))))
    placed = school(2, ref("Лесная СОШ", "edu073001"), settlement="с. Большой Ключ")
    told = result(2, ref("МБОУ «Лесная СОШ», с. Большой Ключ"))
    plan = prepare_facts(workspace, [results("впр.xlsx", told), register("новый.xlsx", placed)])
    assert plan.questions == ()
    assert plan_of(plan, "впр.xlsx").rows.stored == 1
    assert plan_of(plan, "впр.xlsx").findings == ()


def test_the_place_of_an_address_fills_what_is_unknown_and_contradicts_nothing(
    workspace: Workspace,
) -> None:
    address = school(2, ref("Лесная СОШ", "edu073001"), place="с. Большой Ключ")
    named = school(2, ref("Лесная СОШ", "edu073001"), settlement="Большой Ключ")
    plan = prepare_facts(
        workspace, [register("адреса.xlsx", address), register("реестр.xlsx", named)]
    )
    assert [file.status for file in plan.files] == [FileStatus.IMPORTED, FileStatus.UNCHANGED]
    load(workspace, register("реестр.xlsx", named))
    again = prepare_facts(workspace, [register("адреса.xlsx", address)])
    assert again.files[0].status is FileStatus.UNCHANGED
