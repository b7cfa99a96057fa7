"""From a stick of real spreadsheets to stored values, through every step of the pipeline."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from app.errors import Cancelled, UserError
from app.models.enums import FileStatus
from app.services.importing import (
    Decisions,
    ImportPlan,
    PlanStale,
    apply,
    discard,
    exit_code,
    prepare,
    revise,
    undo,
)
from app.services.importing.plan import RowCounts
from app.services.progress import NoProgress
from app.services.results import ResultRow, list_results, sources
from app.services.schools import list_schools
from app.services.workspace import Workspace
from tests.journeys.stick import (
    GOOD_SHARES,
    MARKS,
    PUPILS,
    SCHOOLS,
    oge_rows,
    register_rows,
    vpr_rows,
    write_book,
    write_stick,
)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with a register, a ВПР report and an ОГЭ protocol."""
    return write_stick(tmp_path / "стик")


def take_in(workspace: Workspace, *paths: Path) -> ImportPlan:
    """Plan and store; return the plan."""
    plan = prepare(workspace, paths, NoProgress())
    apply(workspace, plan, NoProgress())
    return plan


def by_school(workspace: Workspace, kind: str) -> dict[str, ResultRow]:
    """Return the results of one kind of assessment by the school's name."""
    return {row.school: row for row in list_results(workspace) if row.kind.value == kind}


def status_of(plan: ImportPlan) -> dict[str, FileStatus]:
    """Return the status of each file."""
    return {file.path: file.status for file in plan.files}


def test_stick_becomes_schools_and_results(workspace: Workspace, stick: Path) -> None:
    plan = take_in(workspace, stick)
    assert set(status_of(plan).values()) == {FileStatus.IMPORTED}
    assert exit_code(plan.files) == 0
    assert {row.rcoi for row in list_schools(workspace)} == {"01307", "13015", "13003"}
    vpr = by_school(workspace, "ВПР")
    assert [vpr[school[0]].participants for school in SCHOOLS] == [10, 20, 5]
    assert [vpr[school[0]].n2 for school in SCHOOLS] == [1, 1, 2]
    oge = by_school(workspace, "ОГЭ")
    assert {name: (row.participants, row.n2) for name, row in oge.items()} == {
        "МКОУ СОШ №1": (2, 1),
        "МБОУ СОШ №15": (2, 0),
        "МАОУ Троицкая ООШ": (2, 2),
    }


def test_every_figure_leads_to_its_cell(workspace: Workspace, stick: Path) -> None:
    take_in(workspace, stick)
    row = by_school(workspace, "ВПР")["МБОУ СОШ №15"]
    source = sources(workspace, row.id)["participants"]
    assert (source.file, source.sheet, source.cell) == ("ВПР 2025/5 МА.xlsx", "Лист1", "C9")
    assert source.archived_as is not None
    assert (workspace.archive / source.archived_as).exists()


def test_same_stick_again_changes_nothing(workspace: Workspace, stick: Path) -> None:
    take_in(workspace, stick)
    plan = prepare(workspace, [stick], NoProgress())
    report = apply(workspace, plan, NoProgress())
    assert report.batch_id is None
    assert set(status_of(plan).values()) == {FileStatus.UNCHANGED}
    assert report.totals == RowCounts(read=13, unchanged=13)
    assert all(file.layout for file in report.files)


def test_file_loaded_after_a_newer_one_is_read_again(workspace: Workspace, stick: Path) -> None:
    take_in(workspace, stick)
    newer = write_book(stick.parent / "5 МА.xlsx", vpr_rows(((10, 20.0, 30.0, 30.0, 20.0),)))
    take_in(workspace, newer)
    plan = take_in(workspace, stick / "ВПР 2025" / "5 МА.xlsx")
    assert plan.files[0].status is FileStatus.IMPORTED
    assert by_school(workspace, "ВПР")["МКОУ СОШ №1"].n2 == 1


def names_in(path: Path) -> set[str]:
    """Return the parts of pupils' names found in a file, or in any part of a zip."""
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            parts += [book.read(name) for name in book.namelist()]
    words = [word for pupil in PUPILS for word in pupil]
    return {
        word
        for word in words
        for part in parts
        for encoding in ("utf-8", "utf-16-le", "cp1251")
        if word.encode(encoding) in part
    }


def test_no_name_of_a_pupil_is_kept_anywhere(workspace: Workspace, stick: Path) -> None:
    take_in(workspace, stick)
    kept = [path for path in workspace.archive.rglob("*") if path.is_file()]
    folder = workspace.database.path.parent
    assert len(kept) == 3
    assert {
        word for path in folder.rglob("*") if path.is_file() for word in names_in(path)
    } == set()
    # The negative control: the search does find them in the file that was brought in.
    assert len(names_in(stick / "ГИА-9" / "02.xlsx")) == 2 * len(PUPILS)


def test_bad_files_are_refused_and_the_others_go_in(workspace: Workspace, stick: Path) -> None:
    (stick / "битый.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    (stick / "пустой.xlsx").write_bytes(b"")
    write_book(stick / "заголовок.xlsx", [("Отчёт за год",)])
    (stick / "письмо.txt").write_text("Уважаемые коллеги!", encoding="utf-8")
    write_book(stick / "прайс.xlsx", [("Товар", "Цена"), ("Мел", 10), ("Доска", 900)])
    plan = take_in(workspace, stick)
    status = status_of(plan)
    assert status["битый.xlsx"] is status["пустой.xlsx"] is FileStatus.REFUSED
    assert status["письмо.txt"] is status["заголовок.xlsx"] is FileStatus.REFUSED
    lonely = next(file for file in plan.files if file.path == "заголовок.xlsx")
    assert "нет таблицы" in lonely.findings[0].message
    assert status["прайс.xlsx"] is FileStatus.NEEDS_DECISION
    assert all(file.findings for file in plan.files if file.status is not FileStatus.IMPORTED)
    assert plan.totals.stored == 13
    assert exit_code(plan.files) == 1


def test_only_bad_files_store_nothing(workspace: Workspace, tmp_path: Path) -> None:
    broken = tmp_path / "битый.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    plan = prepare(workspace, [broken], NoProgress())
    report = apply(workspace, plan, NoProgress())
    assert (report.batch_id, exit_code(report.files)) == (None, 2)


@pytest.mark.parametrize(
    ("shares", "word"),
    [
        ((10, 10.0, 40.0, 30.0, 10.0), "90"),
        ((10, 120.0, -20.0, 0.0, 0.0), "120"),
        ((10, "десять", 40.0, 30.0, 20.0), "десять"),
    ],
)
def test_impossible_values_wait_with_their_cell(
    workspace: Workspace, stick: Path, shares: tuple[int, float, float, float, float], word: str
) -> None:
    path = "ВПР 2025/5 МА.xlsx"
    write_book(stick / path, vpr_rows((GOOD_SHARES[0], shares, GOOD_SHARES[2])))
    plan = prepare(workspace, [stick], NoProgress())
    file = next(file for file in plan.files if file.path == path)
    assert (file.status, file.rows.stored) == (FileStatus.NEEDS_DECISION, 0)
    assert file.has_errors
    errors = [one for one in file.findings if one.severity.value == "error"]
    assert errors[0].sheet == "Лист1"
    assert "D9" in (errors[0].cell or "")
    assert word in errors[0].message
    accepted = revise(workspace, plan, Decisions(accept_good=frozenset({path})))
    apply(workspace, accepted, NoProgress())
    assert set(by_school(workspace, "ВПР")) == {"МКОУ СОШ №1", "МАОУ Троицкая ООШ"}


def test_two_schools_with_one_code_leave_the_database_alone(
    workspace: Workspace, tmp_path: Path
) -> None:
    twins = (*SCHOOLS[:2], ("МАОУ Троицкая ООШ", "edu010003", "13015", "ООШ", 98))
    path = write_book(tmp_path / "Реестр.xlsx", register_rows(twins))
    plan = take_in(workspace, path)
    assert plan.files[0].status is FileStatus.NEEDS_DECISION
    cells = " ".join(finding.cell or "" for finding in plan.files[0].findings)
    assert "D5" in cells
    assert "D6" in cells
    assert list_schools(workspace) == ()
    assert exit_code(plan.files) == 1


def test_lost_leading_zeros_still_find_the_school(workspace: Workspace, stick: Path) -> None:
    write_book(stick / "ГИА-9" / "02.xlsx", oge_rows((("1307", 2), ("1307", 4))), "Page 1")
    plan = take_in(workspace, stick)
    assert by_school(workspace, "ОГЭ")["МКОУ СОШ №1"].participants == 2
    findings = next(file for file in plan.files if file.path == "ГИА-9/02.xlsx").findings
    assert any("01307" in one.message for one in findings)


def test_protocol_of_an_unknown_school_waits_alone(workspace: Workspace, stick: Path) -> None:
    rows = oge_rows((*MARKS, ("99999", 4)))
    write_book(stick / "ГИА-9" / "02.xlsx", rows, "Page 1")
    plan = take_in(workspace, stick)
    file = next(file for file in plan.files if file.path == "ГИА-9/02.xlsx")
    assert file.status is FileStatus.NEEDS_DECISION
    assert file.rows == RowCounts(read=7, stored=6, quarantined=1)
    (question,) = plan.questions
    assert (question.codes, question.can_create) == ("РЦОИ 99999", False)


def test_folder_that_vanishes_is_told(workspace: Workspace, stick: Path) -> None:
    class Vanish(NoProgress):
        def report(self, done: int, total: int, text: str) -> None:
            shutil.rmtree(stick, ignore_errors=True)

    plan = prepare(workspace, [stick], Vanish())
    assert set(status_of(plan).values()) == {FileStatus.REFUSED}
    assert all(file.findings for file in plan.files)
    discard(plan)


def test_folder_that_is_not_there_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="нет на месте"):
        prepare(workspace, [tmp_path / "нет на месте"], NoProgress())


def test_cancelled_reading_leaves_no_copies(
    workspace: Workspace, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "временное"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    class Stop(NoProgress):
        seen = 0

        def report(self, done: int, total: int, text: str) -> None:
            if text.startswith("Читаю") and done == 1:
                Stop.seen = sum(1 for path in temporary.rglob("*") if path.is_file())
                self.stop = True

        def check(self) -> None:
            if getattr(self, "stop", False):
                raise Cancelled

    with pytest.raises(Cancelled):
        prepare(workspace, [stick], Stop())
    assert Stop.seen >= 3  # the negative control: there were copies to remove
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


def test_plan_is_stale_when_its_known_file_was_undone(workspace: Workspace, stick: Path) -> None:
    take_in(workspace, stick)
    plan = prepare(workspace, [stick], NoProgress())
    undo(workspace, 1)
    with pytest.raises(PlanStale):
        apply(workspace, plan, NoProgress())
    discard(plan)
    assert list_schools(workspace) == ()
