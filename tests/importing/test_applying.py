"""Storing a load: one transaction, every value with its cell, nothing when nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Cancelled
from app.models.enums import BatchStatus, FileStatus
from app.models.imports import ImportBatch, ImportFile, ImportProblem, SourceBlock
from app.models.office import Setting
from app.models.results import Assessment, ReferenceResult, Result
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolValue
from app.services.changes import Topic
from app.services.importing import (
    Answer,
    Decisions,
    PlanStale,
    apply,
    list_batches,
    pipeline,
    revise,
)
from app.services.importing.plan import RowCounts
from app.services.progress import NoProgress
from app.services.results import list_results
from app.services.schools import list_schools, school_card
from app.services.workspace import Workspace
from tests.importing.loads import (
    VPR,
    NoCopies,
    error,
    load,
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
REGISTER = register(
    "Реестр.xlsx",
    school(4, ONE, pupils=504, rural=False, full_name="Школа №1"),
    school(5, TWO, pupils=198, rural=True),
)


def count(session: Session, table: type) -> int:
    """Return how many rows a table holds."""
    return session.scalar(select(func.count()).select_from(table)) or 0


def sizes(workspace: Workspace) -> dict[str, int]:
    """Return how many rows each table of a load holds."""
    tables = (ImportBatch, ImportFile, ImportProblem, SourceBlock, School, SchoolValue, SchoolCode)
    more = (SchoolAlias, Assessment, Result, ReferenceResult)
    with workspace.database.read() as session:
        return {table.__name__: count(session, table) for table in (*tables, *more)}


def test_register_creates_schools_with_fields_codes_and_sources(workspace: Workspace) -> None:
    report = load(workspace, REGISTER)
    assert report.batch_id == 1
    assert report.changes.topics == {Topic.SCHOOLS, Topic.IMPORTS}
    one, two = (row for row in list_schools(workspace))
    assert {one.short_name, two.short_name} == {ONE.name, TWO.name}
    first = one if one.short_name == ONE.name else two
    assert (first.pupils, first.rural, first.fisoko, first.rcoi) == (
        504,
        False,
        "edu000001",
        "01307",
    )
    assert "мкоу сош №1" in first.search_key
    card = school_card(workspace, first.id)
    pupils = next(field for field in card.fields if field.field == "pupils")
    assert pupils.source is not None
    assert (pupils.source.file, pupils.source.sheet, pupils.source.cell) == (
        "Реестр.xlsx",
        "Лист1",
        "F4",
    )


def test_result_knows_batch_file_sheet_and_cell(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, results("ВПР/А.xlsx", result("3,8-12", ref(rcoi="01307"), n2=2)))
    with workspace.database.read() as session:
        stored = session.scalars(select(Result)).one()
        block = session.get_one(SourceBlock, stored.block_id)
        assert (stored.rows, stored.n2, stored.n3, stored.current) == ("3,8-12", 2, None, True)
        assert (block.file.path, block.sheet, block.columns["n2"]) == ("ВПР/А.xlsx", "Лист1", "D")
        assert block.file.batch.id == 2
    (row,) = list_results(workspace)
    assert (row.participants, row.n2) == (10, 2)


def test_new_observation_takes_current_and_remembers_the_old(workspace: Workspace) -> None:
    load(workspace, REGISTER, results("А.xlsx", result(9, ONE, n2=1), reference(8, "Район", 9.0)))
    load(workspace, results("Б.xlsx", result(9, ONE, n2=3), reference(8, "Район", 9.5)))
    with workspace.database.read() as session:
        old, new = session.scalars(select(Result).order_by(Result.id)).all()
        assert (old.n2, old.current, new.n2, new.current) == (1, False, 3, True)
        assert new.replaced_id == old.id
        shares = session.scalars(select(ReferenceResult.p2).where(ReferenceResult.current)).all()
        assert shares == [9.5]


def test_school_columns_follow_the_newest_observation(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(
        workspace,
        register("Новый.xlsx", school(9, replace(TWO, name="МАОУ Троицкая ООШ"), pupils=201)),
    )
    row = next(row for row in list_schools(workspace) if row.fisoko == "edu000002")
    assert (row.short_name, row.pupils, row.rural) == ("МАОУ Троицкая ООШ", 201, True)
    assert "троицкая оош" in row.search_key
    history = next(f for f in school_card(workspace, row.id).fields if f.field == "pupils").history
    assert [past.value for past in history] == ["198"]


def test_new_code_takes_over_and_the_old_one_still_matches(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(
        workspace,
        register("Новый.xlsx", school(9, ref(ONE.name, fisoko="edu000001", rcoi="01308"))),
    )
    row = next(row for row in list_schools(workspace) if row.fisoko == "edu000001")
    assert row.rcoi == "01308"
    old = load(workspace, results("А.xlsx", result(9, ref(rcoi="01307"))))
    assert old.totals.stored == 1


def test_loading_the_same_again_stores_no_load(workspace: Workspace) -> None:
    marks = results("А.xlsx", result(9, ONE), reference(8, "Район", 9.0))
    load(workspace, REGISTER, marks)
    before = sizes(workspace)
    again = load(workspace, REGISTER, marks, unread("Б.xlsx"))
    assert again.batch_id is None
    assert again.changes.topics == frozenset()
    assert [file.status for file in again.files] == [
        FileStatus.UNCHANGED,
        FileStatus.UNCHANGED,
        FileStatus.REFUSED,
    ]
    assert sizes(workspace) == before


def test_refused_and_waiting_files_are_remembered_with_their_findings(workspace: Workspace) -> None:
    waiting = results("В.xlsx", result(9, ONE, n2=12), problems=(error(9),))
    load(workspace, REGISTER, unread("Б.xlsx"), waiting)
    with workspace.database.read() as session:
        statuses = session.execute(select(ImportFile.path, ImportFile.status)).all()
        assert {row.path: row.status for row in statuses} == {
            "Реестр.xlsx": FileStatus.IMPORTED,
            "Б.xlsx": FileStatus.REFUSED,
            "В.xlsx": FileStatus.NEEDS_DECISION,
        }
        problems = session.scalars(select(ImportProblem).order_by(ImportProblem.id)).all()
        assert [(one.message, one.cell) for one in problems] == [
            ("Файл повреждён.", None),
            ("12 из 10.", "D9"),
        ]
        assert count(session, Result) == 0


def test_answer_is_remembered_and_not_asked_again(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    odd = ref("Троицкая школа-сад", fisoko="edu777777")
    marks = results("А.xlsx", result(9, odd))
    (question,) = prepare_facts(workspace, [marks]).questions
    known = next(row.id for row in list_schools(workspace) if row.fisoko == "edu000002")
    report = load(workspace, marks, decisions=Decisions(schools={question.key: known}))
    assert report.totals.stored == 1
    for again in (odd, ref("Троицкая школа-сад"), ref(fisoko="edu777777")):
        fresh = results("Б.xlsx", result(3, again, procedure=replace(VPR, grade=7)))
        assert prepare_facts(workspace, [fresh]).questions == ()
    row = next(row for row in list_schools(workspace) if row.id == known)
    assert row.fisoko == "edu000002"  # the answered code only helps to match


def test_answer_to_a_contradiction_is_remembered_as_such(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    odd = ref(TWO.name, fisoko="edu000001")
    marks = results("А.xlsx", result(9, odd))
    (question,) = prepare_facts(workspace, [marks]).questions
    known = next(row.id for row in list_schools(workspace) if row.fisoko == "edu000001")
    load(workspace, marks, decisions=Decisions(schools={question.key: known}))
    again = results("Б.xlsx", result(3, odd, procedure=replace(VPR, grade=7)))
    assert prepare_facts(workspace, [again]).questions == ()
    by_name = results("В.xlsx", result(3, ref(TWO.name), procedure=replace(VPR, grade=8)))
    assert prepare_facts(workspace, [by_name]).files[0].changes[0].school == TWO.name


def test_new_school_from_an_answer_has_its_code(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    marks = results("А.xlsx", result(9, ref("Пелевинская ООШ", fisoko="edu000077")))
    (question,) = prepare_facts(workspace, [marks]).questions
    load(workspace, marks, decisions=Decisions(schools={question.key: Answer.NEW}))
    assert "edu000077" in {row.fisoko for row in list_schools(workspace)}


def test_code_found_beside_a_known_name_is_learnt(workspace: Workspace) -> None:
    add_school(workspace, "МКОУ СОШ №1", fisoko="edu000001")
    load(workspace, results("А.xlsx", result(9, ref("СОШ №1", rcoi="01307"))))
    assert list_schools(workspace)[0].rcoi == "01307"


def test_value_without_history_gets_one_when_it_changes(workspace: Workspace) -> None:
    identifier = add_school(workspace, "МКОУ СОШ №1", fisoko="edu000001", pupils=500)
    load(
        workspace, register("Р.xlsx", school(4, ref("МКОУ СОШ №1", fisoko="edu000001"), pupils=504))
    )
    field = next(f for f in school_card(workspace, identifier).fields if f.field == "pupils")
    assert (field.value, [past.value for past in field.history]) == ("504", ["500"])


class CancelAfter(NoProgress):
    """Asks to stop at the n-th check."""

    def __init__(self, checks: int) -> None:
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_cancelling_at_any_check_leaves_nothing(workspace: Workspace) -> None:
    marks = results("А.xlsx", result(9, ONE), reference(8, "Район", 9.0))
    empty = sizes(workspace)
    for checks in range(40):
        try:
            load(workspace, REGISTER, marks, progress=CancelAfter(checks))
        except Cancelled:
            assert sizes(workspace) == empty
        else:
            break
    assert checks > 5  # the negative control: there were places to stop at
    assert sizes(workspace)["Result"] == 1


def test_plan_made_before_another_load_is_refused(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    plan = prepare_facts(workspace, [results("А.xlsx", result(9, ONE, n2=1))])
    load(workspace, results("Б.xlsx", result(9, ONE, n2=2)))
    before = sizes(workspace)
    with pytest.raises(PlanStale, match="изменились"):
        apply(workspace, plan, NoProgress())
    assert sizes(workspace) == before


def test_a_plan_of_unchanged_data_is_stored_without_planning_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = prepare_facts(workspace, [REGISTER, results("А.xlsx", result(9, ONE))])
    monkeypatch.setattr(pipeline, "plan_load", None)
    assert apply(workspace, plan, NoProgress()).batch_id == 1
    assert sizes(workspace)["Result"] == 1


def test_a_plan_is_made_again_when_anything_was_stored_meanwhile(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = prepare_facts(workspace, [REGISTER, results("А.xlsx", result(9, ONE))])
    with workspace.database.write() as session:
        session.add(Setting(key="а", value=1))
    made: list[object] = []
    plan_load = pipeline.plan_load
    monkeypatch.setattr(pipeline, "plan_load", lambda *a: made.append(a) or plan_load(*a))
    assert apply(workspace, plan, NoProgress()).batch_id == 1
    assert len(made) == 1


def test_a_plan_that_was_stored_is_stale(workspace: Workspace) -> None:
    plan = prepare_facts(workspace, [REGISTER])
    apply(workspace, plan, NoProgress())
    with pytest.raises(PlanStale):
        apply(workspace, plan, NoProgress())


def test_revised_plan_stores_what_it_shows(workspace: Workspace) -> None:
    bad = results("А.xlsx", result(9, ONE), result(10, TWO, n2=12), problems=(error(10),))
    plan = prepare_facts(workspace, [REGISTER, bad])
    assert plan.totals == RowCounts(read=4, stored=2, quarantined=2)
    revised = revise(workspace, plan, Decisions(accept_good=frozenset({"А.xlsx"})))
    report = apply(workspace, revised, NoProgress())
    assert report.totals == RowCounts(read=4, stored=3, quarantined=1)
    assert sizes(workspace)["Result"] == 1


def test_copies_are_removed_after_storing_and_by_discard(workspace: Workspace) -> None:
    plan = prepare_facts(workspace, [REGISTER])
    apply(workspace, plan, NoProgress())
    assert isinstance(plan.staged.staged, NoCopies)
    assert plan.staged.staged.closed == 1


def test_stored_files_go_to_the_archive(workspace: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "00001"
    copy.write_bytes(b"spreadsheet")
    load(workspace, replace(REGISTER, keep=copy), unread("Б.xlsx"))
    with workspace.database.read() as session:
        names = session.scalars(select(ImportFile.archived_as).order_by(ImportFile.id)).all()
    assert names[1] is None
    assert names[0] is not None
    assert (workspace.archive / names[0]).read_bytes() == b"spreadsheet"


def test_batches_are_listed_newest_first(workspace: Workspace) -> None:
    load(workspace, REGISTER, unread("Б.xlsx"))
    load(workspace, results("А.xlsx", result(9, ONE)))
    newest, oldest = list_batches(workspace)
    assert (newest.id, oldest.id) == (2, 1)
    assert oldest.files == {FileStatus.IMPORTED: 1, FileStatus.REFUSED: 1}
    assert (oldest.file_count, oldest.rows) == (2, RowCounts(read=2, stored=2))
    assert newest.status is BatchStatus.APPLIED


def test_many_rows_are_stored_in_chunks(workspace: Workspace) -> None:
    grades = [
        replace(VPR, year=year, grade=grade) for year in range(2000, 2025) for grade in range(99)
    ]
    facts = [result(row, ONE, procedure=one) for row, one in enumerate(grades, start=9)]
    report = load(workspace, REGISTER, results("А.xlsx", *facts))
    assert report.totals.stored == len(grades) + 2
    assert sizes(workspace)["Result"] == sizes(workspace)["Assessment"] == len(grades)
