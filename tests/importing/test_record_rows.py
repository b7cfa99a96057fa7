"""Records through the load: planned, compared, stored, found again, undone, checked."""

from __future__ import annotations

from sqlalchemy import select

from app.models.enums import FileStatus, RecordKind, ReferenceScope, Severity
from app.models.records import Record
from app.models.results import Assessment
from app.services.backup import check
from app.services.changes import Topic
from app.services.importing import undo
from app.services.importing.facts import Block, Extract, Fact, Procedure, RecordFact, SchoolRef
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import ChangeKind
from app.services.importing.undo_preview import preview_undo
from app.services.workspace import Workspace
from tests.importing.loads import (
    VPR,
    load,
    messages,
    plan_of,
    prepare_facts,
    ref,
    register,
    school,
)

ONE = ref("МКОУ СОШ №1", fisoko="edu000001", rcoi="01307")
TWO = ref("МАОУ Троицкая СОШ", fisoko="edu000002", rcoi="13048")
REGISTER = register("Реестр.xlsx", school(4, ONE, pupils=504), school(5, TWO, pupils=198))
COLUMNS = {"name": "B", "fisoko": "A", "pupils": "C", "large_families": "D", "orphans": "E"}


def passport(row: int, who: SchoolRef, year: int = 2025, **data: float) -> RecordFact:
    """Return a row of a summary of passports."""
    return RecordFact(RecordKind.PASSPORT, year, data, str(row), ref=who)


def compared(row: int, name: str, lowered: int, procedure: Procedure = VPR) -> RecordFact:
    """Return a row of the district in a comparison with the journal."""
    data = {"participants": 10, "lowered": lowered}
    scope = ReferenceScope.DISTRICT
    return RecordFact(RecordKind.JOURNAL, 2025, data, str(row), None, scope, name, procedure)


def records(path: str, *facts: Fact, columns: dict[str, str] | None = None) -> LoadedFile:
    """Return a file with records."""
    block = Block("Лист1", columns or COLUMNS, facts)
    extract = Extract((block,), (), len(facts))
    sheet = LoadedSheet("Лист1", "passports", "Социальный паспорт", extract, ())
    return LoadedFile(path, 100, f"{path:0<64}", "xlsx", (sheet,))


def data(workspace: Workspace) -> list[dict[str, object]]:
    """Return the data in force, in the order of storing."""
    with workspace.database.read() as session:
        query = select(Record.data).where(Record.current).order_by(Record.id)
        return list(session.scalars(query))


def test_passports_are_stored_with_their_cells(workspace: Workspace) -> None:
    report = load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=504, orphans=3)))
    assert Topic.RECORDS in report.changes.topics
    assert data(workspace) == [{"pupils": 504, "orphans": 3}]
    (change,) = plan_of(report, "А.xlsx").changes
    assert (change.kind, change.item) == (ChangeKind.NEW, "социальный паспорт 2025")
    assert check(workspace).ok


def test_the_same_facts_change_nothing(workspace: Workspace) -> None:
    load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=504)))
    plan = plan_of(load(workspace, records("Б.xlsx", passport(7, ONE, pupils=504))), "Б.xlsx")
    assert plan.status is FileStatus.UNCHANGED
    assert (plan.rows.unchanged, plan.rows.stored) == (1, 0)


def test_a_corrected_file_shows_just_its_differences(workspace: Workspace) -> None:
    load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=504, orphans=3)))
    plan = plan_of(
        load(workspace, records("Б.xlsx", passport(5, ONE, pupils=504, orphans=4))), "Б.xlsx"
    )
    (difference,) = plan.changes[0].differences
    assert (difference.old, difference.new, difference.cell) == ("3", "4", "E5")
    assert data(workspace) == [{"pupils": 504, "orphans": 4}]


def test_what_a_later_file_leaves_out_stays(workspace: Workspace) -> None:
    load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=504, orphans=3)))
    narrow = {"fisoko": "A", "large_families": "D"}
    second = records("Б.xlsx", passport(5, ONE, large_families=89), columns=narrow)
    load(workspace, second)
    assert data(workspace) == [{"pupils": 504, "orphans": 3, "large_families": 89}]


def test_undoing_takes_the_figures_out_of_newer_records_too(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    first = load(workspace, records("А.xlsx", passport(5, ONE, pupils=504, orphans=3)))
    narrow = {"fisoko": "A", "large_families": "D"}
    load(workspace, records("Б.xlsx", passport(5, ONE, large_families=89), columns=narrow))
    undo(workspace, first.batch_id or 0)
    assert data(workspace) == [{"large_families": 89}]
    assert check(workspace).ok


def test_replaced_records_come_back(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    load(workspace, records("А.xlsx", passport(5, ONE, pupils=504)))
    second = load(workspace, records("Б.xlsx", passport(5, ONE, pupils=505)))
    report = undo(workspace, second.batch_id or 0)
    assert (report.removed, report.restored) == (1, 1)
    assert data(workspace) == [{"pupils": 504}]


def test_a_school_with_records_of_another_load_stays(workspace: Workspace) -> None:
    first = load(workspace, REGISTER)
    load(workspace, records("А.xlsx", passport(5, ONE, pupils=504)))
    report = undo(workspace, first.batch_id or 0)
    assert report.removed_schools == ("МАОУ Троицкая СОШ",)
    assert "паспорта" in report.kept[0]


def test_two_files_of_one_load_that_disagree_wait(workspace: Workspace) -> None:
    plan = prepare_facts(
        workspace,
        (
            REGISTER,
            records("А.xlsx", passport(5, ONE, pupils=504)),
            records("Б.xlsx", passport(9, ONE, pupils=500)),
        ),
    )
    assert plan_of(plan, "А.xlsx").rows.quarantined == 1
    late = plan_of(plan, "Б.xlsx")
    assert late.status is FileStatus.NEEDS_DECISION
    assert "Всего обучающихся" in messages(late)
    assert "ячейка C5" in messages(late)
    assert late.findings[-1].severity is Severity.ERROR


def test_two_files_of_one_load_add_to_each_other(workspace: Workspace) -> None:
    narrow = {"fisoko": "A", "large_families": "D"}
    second = records("Б.xlsx", passport(5, ONE, large_families=89), columns=narrow)
    both = load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=504)), second)
    assert data(workspace) == [{"pupils": 504, "large_families": 89}]
    assert check(workspace).ok
    again = load(workspace, records("В.xlsx", passport(5, ONE, pupils=504), columns=COLUMNS))
    assert plan_of(again, "В.xlsx").status is FileStatus.UNCHANGED
    undo(workspace, both.batch_id or 0)
    assert data(workspace) == []


def test_an_unknown_school_waits_with_its_records(workspace: Workspace) -> None:
    stranger = ref("МКОУ Дальняя СОШ", fisoko="edu000009")
    plan = prepare_facts(workspace, (REGISTER, records("А.xlsx", passport(5, stranger, pupils=9))))
    late = plan_of(plan, "А.xlsx")
    assert late.rows.quarantined == 1
    assert len(plan.questions) == 1


def test_records_of_an_assessment_and_of_the_district(workspace: Workspace) -> None:
    columns = {"participants": "B", "lowered": "C"}
    first = load(workspace, REGISTER, records("А.xlsx", compared(5, "Район", 3), columns=columns))
    again = load(workspace, records("Б.xlsx", compared(6, "район", 3), columns=columns))
    assert plan_of(again, "Б.xlsx").status is FileStatus.UNCHANGED
    with workspace.database.read() as session:
        record = session.scalars(select(Record)).one()
        assert (record.school_id, record.name) == (None, "Район")
        assert record.assessment_id is not None
    undo(workspace, first.batch_id or 0)
    assert data(workspace) == []
    with workspace.database.read() as session:
        assert session.scalars(select(Assessment)).all() == []


def test_two_rows_of_a_school_that_is_new_change_nothing(workspace: Workspace) -> None:
    rows = (passport(5, ONE, pupils=504), passport(6, ONE, large_families=89))
    plan = prepare_facts(workspace, [REGISTER, records("А.xlsx", *rows)])
    changes = plan_of(plan, "А.xlsx").changes
    assert [change.kind for change in changes] == [ChangeKind.NEW, ChangeKind.NEW]


def test_two_rows_of_one_load_go_together_and_the_earlier_value_comes_back(
    workspace: Workspace,
) -> None:
    load(workspace, REGISTER, records("А.xlsx", passport(5, ONE, pupils=500)))
    narrow = {"fisoko": "A", "large_families": "D"}
    second = records("В.xlsx", passport(5, ONE, large_families=89), columns=narrow)
    both = load(workspace, records("Б.xlsx", passport(5, ONE, pupils=504)), second)
    preview = preview_undo(workspace, both.batch_id or 0)
    assert (preview.standing, preview.gone) == ((), {})
    assert {(line.now, line.before) for line in preview.returning} == {
        ("504", "500"),
        ("89", "нет"),
    }
    report = undo(workspace, both.batch_id or 0)
    assert (report.restored, report.kept) == (1, ())
    assert data(workspace) == [{"pupils": 500}]
    assert check(workspace).ok


def test_two_rows_of_a_load_that_nothing_stood_before_are_gone(workspace: Workspace) -> None:
    load(workspace, REGISTER)
    narrow = {"fisoko": "A", "large_families": "D"}
    second = records("В.xlsx", passport(5, ONE, large_families=89), columns=narrow)
    both = load(workspace, records("Б.xlsx", passport(5, ONE, pupils=504)), second)
    preview = preview_undo(workspace, both.batch_id or 0)
    assert (preview.returning, sum(preview.gone.values())) == ((), 1)
    report = undo(workspace, both.batch_id or 0)
    assert (report.restored, report.kept) == (0, ())
