"""Rows that wait: mended by a correction, tried again, dismissed with a reason, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models.enums import FileStatus, QuarantineState
from app.models.imports import ImportFile
from app.services import journal
from app.services.importing import (
    Answer,
    Correction,
    Decisions,
    ImportPlan,
    ImportReport,
    WaitingCounts,
    apply,
    discard,
    dismiss,
    exit_code,
    file_of_plan,
    file_of_store,
    forget_answer,
    forget_correction,
    list_answers,
    list_corrections,
    list_quarantine,
    open_view,
    prepare,
    retry,
    revise,
    undo,
    waiting,
)
from app.services.importing.plan import RowCounts
from app.services.progress import NoProgress
from app.services.results import list_results, sources
from app.services.workspace import Workspace
from tests.journeys.stick import GOOD_SHARES, SCHOOLS, register_rows, vpr_rows, write_book

PATH = "5 МА.xlsx"
BAD_SHARES = (GOOD_SHARES[0], (20, 5.0, 45.0, 30.0, 30.0), GOOD_SHARES[2])
"""The second school's shares total 110 %: its row is the ninth of the sheet."""
MENDED = Correction("20", "Школа прислала верное число")
CELL = (PATH, "Лист1", "G9")
FOREIGN = ("МБОУ Чужедальняя гимназия(edu990001)", "", 10, 10.0, 40.0, 30.0, 20.0)


@pytest.fixture
def known(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A workspace that knows the three schools."""
    register = write_book(tmp_path / "Реестр.xlsx", register_rows())
    apply(workspace, prepare(workspace, [register], NoProgress()), NoProgress())
    return workspace


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with one bad row among three."""
    return write_book(tmp_path / PATH, vpr_rows(BAD_SHARES))


def take(workspace: Workspace, path: Path, decisions: Decisions | None = None) -> ImportReport:
    """Plan and store under the decisions."""
    return apply(workspace, prepare(workspace, [path], NoProgress(), decisions), NoProgress())


def take_good(workspace: Workspace, path: Path) -> ImportReport:
    """Store the good rows of a file."""
    return take(workspace, path, Decisions(accept_good=frozenset({path.name})))


def seen(workspace: Workspace) -> dict[str, int]:
    """Return the participants of all results by school."""
    return {row.school: row.participants for row in list_results(workspace)}


def only(plan: ImportPlan | ImportReport) -> tuple[FileStatus, RowCounts]:
    """Return status and rows of the one file of a load."""
    (file,) = plan.files
    return file.status, file.rows


def test_nothing_of_a_file_with_errors_waits_before_its_good_rows_are_accepted(
    known: Workspace, bad: Path
) -> None:
    report = take(known, bad)
    assert only(report)[0] is FileStatus.NEEDS_DECISION
    assert (report.batch_id, report.files[0].waiting) == (None, ())
    assert waiting(known) == WaitingCounts(0, 0)


def test_bad_rows_wait_visibly_and_the_load_says_so(known: Workspace, bad: Path) -> None:
    report = take_good(known, bad)
    # The row of the whole country goes in too.
    assert only(report) == (FileStatus.IMPORTED, RowCounts(4, 3, 0, 1))
    assert exit_code(report.files) == 1
    assert waiting(known) == WaitingCounts(1, 1)
    (line,) = list_quarantine(known)
    assert (line.path, line.sheet, line.row) == (PATH, "Лист1", 9)
    assert (line.school, line.item) == ("МБОУ СОШ №15", "ВПР 2025, математика, 5 класс")
    assert "110 %" in line.reason
    assert (line.state, line.can_retry) == (QuarantineState.WAITING, True)


def test_the_same_bytes_again_add_nothing_and_ask_nothing(known: Workspace, bad: Path) -> None:
    take_good(known, bad)
    report = take(known, bad)
    assert only(report) == (FileStatus.UNCHANGED, RowCounts(4, 0, 3, 1))
    assert [row.known for row in report.files[0].waiting] == [True]
    assert (report.batch_id, exit_code(report.files)) == (None, 1)
    assert len(list_quarantine(known)) == 1


def test_a_mended_row_goes_in_alone(known: Workspace, bad: Path) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    plan = retry(known, [line.id], NoProgress())
    assert only(plan) == (FileStatus.NEEDS_DECISION, RowCounts(4, 0, 3, 1))
    plan = revise(known, plan, Decisions(corrections={CELL: MENDED}))
    assert only(plan) == (FileStatus.IMPORTED, RowCounts(4, 1, 3, 0))
    report = apply(known, plan, NoProgress())
    assert exit_code(report.files) == 0
    assert seen(known)["МБОУ СОШ №15"] == 20
    (line,) = list_quarantine(known)
    assert line.state is QuarantineState.STORED
    assert waiting(known) == WaitingCounts(0, 0)


def test_a_retry_leaves_other_rows_as_newer_loads_stored_them(
    known: Workspace, bad: Path, tmp_path: Path
) -> None:
    take_good(known, bad)
    newer = write_book(tmp_path / "Новее.xlsx", vpr_rows([(30, 10.0, 40.0, 30.0, 20.0)]))
    take(known, newer)
    assert seen(known)["МКОУ СОШ №1"] == 30
    (line,) = list_quarantine(known)
    plan = revise(
        known, retry(known, [line.id], NoProgress()), Decisions(corrections={CELL: MENDED})
    )
    apply(known, plan, NoProgress())
    assert seen(known)["МКОУ СОШ №1"] == 30


def test_undoing_the_retry_lets_the_row_wait_again(known: Workspace, bad: Path) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    plan = revise(
        known, retry(known, [line.id], NoProgress()), Decisions(corrections={CELL: MENDED})
    )
    batch = apply(known, plan, NoProgress()).batch_id
    assert batch is not None
    undo(known, batch)
    assert "МБОУ СОШ №15" not in seen(known)
    assert waiting(known) == WaitingCounts(1, 1)
    # Whole again from the file alone: the retry of one row does not stand for all of it.
    assert only(take(known, bad)) == (FileStatus.IMPORTED, RowCounts(4, 1, 3, 0))


def test_undoing_the_load_closes_its_rows_and_forgets_them(known: Workspace, bad: Path) -> None:
    batch = take_good(known, bad).batch_id
    assert batch is not None
    undo(known, batch)
    (line,) = list_quarantine(known)
    assert (line.state, line.note) == (
        QuarantineState.DISMISSED,
        f"Загрузка № {batch} отменена.",
    )
    assert only(take(known, bad))[0] is FileStatus.NEEDS_DECISION
    take_good(known, bad)
    assert waiting(known) == WaitingCounts(1, 1)


def test_a_dismissed_row_is_asked_no_more_and_comes_back_by_undo(
    known: Workspace, bad: Path
) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    dismiss(known, [line.id], "Школа закрыта")
    (line,) = list_quarantine(known, QuarantineState.DISMISSED)
    assert line.note == "Школа закрыта"
    report = take(known, bad)
    assert only(report)[0] is FileStatus.UNCHANGED
    assert exit_code(report.files) == 0
    assert report.files[0].waiting[0].reason == "Отклонена в карантине: Школа закрыта"
    assert journal.undo_last(known).message == "Отменено: Отклонение строк карантина: 1."
    assert waiting(known) == WaitingCounts(1, 1)


@pytest.mark.parametrize(("reason", "said"), [("  ", "нет причины"), ("Не нужна", "не ждёт")])
def test_what_cannot_be_dismissed(known: Workspace, bad: Path, reason: str, said: str) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    if reason.strip():
        dismiss(known, [line.id], reason)
    with pytest.raises(UserError, match=said):
        dismiss(known, [line.id], reason)


def test_a_row_that_waits_no_more_or_has_no_copy_is_not_tried(known: Workspace, bad: Path) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    for copy in known.archive.rglob("*.xlsx"):
        copy.unlink()
    with pytest.raises(UserError, match="нет в архиве"):
        retry(known, [line.id], NoProgress())
    dismiss(known, [line.id], "Не нужна")
    with pytest.raises(UserError, match="уже не ждёт"):
        retry(known, [line.id], NoProgress())


def test_a_file_that_waits_as_a_whole_is_counted_until_it_comes_again(
    workspace: Workspace, tmp_path: Path, bad: Path
) -> None:
    register = write_book(tmp_path / "Реестр.xlsx", register_rows())
    plan = prepare(workspace, [register, bad], NoProgress())
    apply(workspace, plan, NoProgress())
    assert waiting(workspace) == WaitingCounts(0, 0, undecided=1)
    write_book(bad, vpr_rows(GOOD_SHARES))
    take(workspace, bad)
    assert waiting(workspace) == WaitingCounts(0, 0, undecided=0)


# Corrections.


def test_a_correction_mends_the_plan_at_once_and_explains_the_value(
    known: Workspace, bad: Path
) -> None:
    plan = prepare(known, [bad], NoProgress())
    plan = revise(known, plan, Decisions(corrections={CELL: MENDED}))
    assert only(plan) == (FileStatus.IMPORTED, RowCounts(4, 4, 0, 0))
    apply(known, plan, NoProgress())
    row = next(one for one in list_results(known) if one.school == "МБОУ СОШ №15")
    source = sources(known, row.id)["p5"]
    assert source.cell == "G9"
    assert source.sentence().endswith(
        "исправлено: было «30», стало «20» (Школа прислала верное число)"
    )
    assert "исправлено" not in sources(known, row.id)["p4"].sentence()


def test_the_same_file_is_corrected_again(known: Workspace, bad: Path) -> None:
    batch = take(known, bad, Decisions(corrections={CELL: MENDED})).batch_id
    assert batch is not None
    undo(known, batch)
    report = take(known, bad)
    assert only(report) == (FileStatus.IMPORTED, RowCounts(4, 4, 0, 0))
    assert "было «30», стало «20»" in report.files[0].findings[0].message


def test_a_correction_is_listed_and_taken_back(known: Workspace, bad: Path) -> None:
    take(known, bad, Decisions(corrections={CELL: MENDED}))
    assert only(take(known, bad))[0] is FileStatus.UNCHANGED
    (line,) = list_corrections(known)
    assert (line.path, line.cell, line.old, line.new) == (PATH, "G9", "30", "20")
    forget_correction(known, line.id)
    assert list_corrections(known) == ()
    # The bytes are the same, but they say something else now.
    assert only(take(known, bad))[0] is FileStatus.NEEDS_DECISION
    with pytest.raises(UserError, match="больше нет"):
        forget_correction(known, line.id)
    journal.undo_last(known)
    assert [one.new for one in list_corrections(known)] == ["20"]
    assert only(take(known, bad))[0] is FileStatus.UNCHANGED


def test_the_archived_copy_keeps_what_the_file_says(known: Workspace, bad: Path) -> None:
    take_good(known, bad)
    (line,) = list_quarantine(known)
    plan = revise(
        known, retry(known, [line.id], NoProgress()), Decisions(corrections={CELL: MENDED})
    )
    view = open_view(plan, PATH, "Лист1", NoProgress())
    assert view.rows[8][6] == "20"
    assert view.corrected["G9"].old == "30"
    assert (view.titles[0], view.titles[6]) == ("Группы участников", "5")
    apply(known, plan, NoProgress())
    assert [one.old for one in list_corrections(known)] == ["30"]


def test_a_file_without_changes_shows_its_titles_and_no_names(
    known: Workspace, tmp_path: Path
) -> None:
    head = ("№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Первичный балл", "Оценка")
    pupil = (1, SCHOOLS[0][2], "9а", "Небывалова", "Сочинена", "Придумановна", 17, 4)
    path = write_book(tmp_path / PATH, [("02 - Математика 2026.06.02",), head, pupil])
    take(known, path)
    plan = prepare(known, [path], NoProgress())
    assert plan.files[0].status is FileStatus.UNCHANGED
    view = open_view(plan, PATH, None, NoProgress())
    discard(plan)
    assert view.titles == head
    assert view.rows[2] == ("1", SCHOOLS[0][2], "9а", "", "", "", "17", "4")
    assert view.is_personal(2, 3)
    assert not view.is_personal(2, 6)


def test_a_sheet_is_shown_whole_however_long(known: Workspace, tmp_path: Path) -> None:
    path = tmp_path / PATH
    long = [(f"МБОУ Далёкая СОШ № {number}", "", 10, 10, 40, 30, 20) for number in range(5_000)]
    write_book(path, [*vpr_rows(GOOD_SHARES), *long])
    plan = prepare(known, [path], NoProgress())
    view = open_view(plan, PATH, None, NoProgress())
    discard(plan)
    assert view.rows[0][0] == "ВПР 2025. 5 класс"
    assert view.rows[-1][:3] == ("МБОУ Далёкая СОШ № 4999", "", "10")
    assert [row[0] for row in view.rows[-2:]] == [name for name, *_ in long[-2:]]
    assert len(view.rows) == len(vpr_rows(GOOD_SHARES)) + len(long)
    with pytest.raises(IndexError):
        view.rows[len(view.rows)]


def test_a_correction_needs_a_reason_and_a_cell(known: Workspace, bad: Path) -> None:
    plan = prepare(known, [bad], NoProgress())
    with pytest.raises(UserError, match="без причины"):
        revise(known, plan, Decisions(corrections={CELL: Correction("20", " ")}))
    with pytest.raises(UserError, match="не адрес"):
        revise(known, plan, Decisions(corrections={(PATH, "Лист1", "9G"): MENDED}))
    discard(plan)


@pytest.mark.parametrize("place", [("Лист2", "G9"), ("Лист1", "G900000")])
def test_a_correction_without_a_place_is_told(
    known: Workspace, bad: Path, place: tuple[str, str]
) -> None:
    plan = prepare(known, [bad], NoProgress())
    plan = revise(known, plan, Decisions(corrections={(PATH, *place): MENDED}))
    assert any("не применено" in finding.message for finding in plan.files[0].findings)
    discard(plan)


# Findings let pass.


def test_a_soft_finding_is_confirmed_once(known: Workspace, tmp_path: Path) -> None:
    many = write_book(tmp_path / "Много.xlsx", vpr_rows([(900, 10.0, 40.0, 30.0, 20.0)]))
    plan = prepare(known, [many], NoProgress())
    finding = next(one for one in plan.files[0].findings if one.rule == "register_pupils")
    assert finding.soft
    confirmed = {finding.key("Много.xlsx"): "Объединённая школа"}
    plan = revise(known, plan, Decisions(confirmed=confirmed))
    assert any(one.note == "Объединённая школа" for one in plan.files[0].findings)
    batch = apply(known, plan, NoProgress()).batch_id
    assert batch is not None
    undo(known, batch)
    again = prepare(known, [many], NoProgress())
    assert any(one.note == "Объединённая школа" for one in again.files[0].findings)
    discard(again)


def test_a_total_that_differs_is_confirmed_and_asked_of_no_school_any_more(
    known: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "Паспорт.xlsx"
    head = ["Наименование ОО", "Всего обучающихся", "Дети с ОВЗ", "Опекаемые", "Многодетные"]
    rows = [["Социальный паспорт, 2025 год"], head, [SCHOOLS[0][0], 20, 1, 1, 2]]
    write_book(path, [*rows, ["Всего", 90, 1, 1, 2]])
    plan = prepare(known, [path], NoProgress())
    finding = next(one for one in plan.files[0].findings if "в сумме по школам" in one.message)
    assert finding.soft
    plan = revise(known, plan, Decisions(confirmed={finding.key(path.name): "Так у района"}))
    assert finding.message in [one.message for one in plan.files[0].findings if one.note]
    told = [one.message for one in file_of_plan(plan, path.name, NoProgress()).findings]
    assert finding.message not in told
    apply(known, plan, NoProgress())
    with known.database.read() as session:
        file = session.scalars(select(ImportFile).where(ImportFile.path == path.name)).one()
    kept = file_of_store(known, file.id, NoProgress())
    assert finding.message not in [one.message for one in kept.findings]


def test_an_error_cannot_be_confirmed(known: Workspace, bad: Path) -> None:
    plan = prepare(known, [bad], NoProgress())
    error = next(one for one in plan.files[0].findings if one.rule == "marks_sum")
    plan = revise(known, plan, Decisions(confirmed={error.key(PATH): "Так и надо"}))
    assert all(not one.note for one in plan.files[0].findings)
    discard(plan)


# Schools that are not ours.


def test_a_school_that_is_not_ours_is_asked_once(known: Workspace, tmp_path: Path) -> None:
    rows = [*vpr_rows(GOOD_SHARES), FOREIGN]
    first = write_book(tmp_path / "1.xlsx", rows)
    plan = prepare(known, [first], NoProgress())
    (question,) = plan.questions
    plan = revise(known, plan, Decisions(schools={question.key: Answer.SKIP}))
    assert apply(known, plan, NoProgress()).files[0].status is FileStatus.IMPORTED
    assert waiting(known) == WaitingCounts(0, 0)
    assert [line.note for line in list_quarantine(known)] == ["Школа не наша."]
    (answer,) = list_answers(known)
    assert (answer.name, answer.school) == (question.name, None)
    second = write_book(tmp_path / "2.xlsx", [*vpr_rows(GOOD_SHARES, 2024), FOREIGN])
    report = take(known, second)
    assert (report.questions, exit_code(report.files)) == ((), 0)
    forget_answer(known, answer)
    third = write_book(tmp_path / "3.xlsx", [*vpr_rows(GOOD_SHARES, 2023), FOREIGN])
    report = take(known, third)
    assert [one.key for one in report.questions] == [question.key]
    assert report.files[0].status is FileStatus.NEEDS_DECISION
    assert report.files[0].rows.stored == 4
    assert waiting(known) == WaitingCounts(1, 1)
    journal.undo_last(known)
    assert len(list_answers(known)) == 1


def test_a_row_that_waited_for_its_school_goes_in_with_the_answer(
    known: Workspace, tmp_path: Path
) -> None:
    path = write_book(tmp_path / "1.xlsx", [*vpr_rows(GOOD_SHARES), FOREIGN])
    take(known, path)
    (line,) = list_quarantine(known)
    assert "не определена" in line.reason
    plan = retry(known, [line.id], NoProgress())
    (question,) = plan.questions
    plan = revise(known, plan, Decisions(schools={question.key: Answer.NEW}))
    assert plan.totals.stored == 1
    apply(known, plan, NoProgress())
    assert len(seen(known)) == 4
    assert waiting(known) == WaitingCounts(0, 0)


def test_rows_tried_again_know_their_folder_however_often(known: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "ВПР 2025"
    folder.mkdir()
    lines = ["5 класс. Математика", "ОО;Кол-во участников;2;3;4;5"]
    lines += [f"{SCHOOLS[0][0]};20;10;40;30;20", f"{SCHOOLS[1][0]};20;10;40;30;90"]
    lines.append(f"{SCHOOLS[2][0]};20;10;40;30;x80")
    (folder / "МА.csv").write_text("\n".join(lines), encoding="utf-8")
    plan = prepare(known, [folder], NoProgress())
    apply(known, revise(known, plan, Decisions(accept_good=frozenset({"МА.csv"}))), NoProgress())
    assert [line.year for line in list_results(known)] == [2025]
    for _again in range(2):
        waits = [line.id for line in list_quarantine(known)]
        assert len(waits) == 2
        plan = retry(known, waits, NoProgress())
        assert not any("не найден год" in one.message for one in plan.files[0].findings)
        accepted = Decisions(accept_good=frozenset(file.path for file in plan.files))
        apply(known, revise(known, plan, accepted), NoProgress())
