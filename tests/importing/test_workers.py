"""Children that make facts of files: ahead of the asking, within limits, told when they fail."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Cancelled
from app.services.importing import children as children_module
from app.services.importing import workers as module
from app.services.importing.children import FEW, Children, children_for
from app.services.importing.loaded import LoadedFile
from app.services.importing.read_child import Child, Limits, NotStarted
from app.services.importing.reading import ReadFailure
from app.services.importing.task import BookTask
from app.services.importing.workers import Job, Workers
from app.services.spreadsheets import Work
from tests.hostile.xlsx_parts import number, row, sheet, table, write_xlsx
from tests.importing.children import Stop, children, write_large_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "книга.xlsx", {"Лист1": table()})


@pytest.fixture
def large_book(tmp_path: Path) -> Path:
    return write_large_book(tmp_path)


def books(folder: Path, count: int) -> list[Path]:
    return [
        write_xlsx(folder / f"{n}.xlsx", {f"Лист {n}": sheet(row(1, number("A1", n)))})
        for n in range(count)
    ]


def job(path: Path) -> Job:
    return Job(BookTask(path.name, path.stat().st_size, "0" * 64, path), "xlsx")


def sheets_named(loaded: LoadedFile) -> str | None:
    return next((finding.sheet for finding in loaded.findings if finding.sheet), None)


def test_answers_come_in_the_order_of_asking_and_the_children_end(tmp_path: Path) -> None:
    jobs = [job(path) for path in books(tmp_path, 12)]
    with Workers(most=2, few=0) as workers:
        workers.expect(jobs)
        assert [sheets_named(workers.load(one)) for one in jobs] == [f"Лист {n}" for n in range(12)]
        assert 1 <= len(children()) <= 2
    assert children() == []


@pytest.mark.parametrize(("files", "wanted"), [(7, 0), (8, 1), (10, 1), (11, 2), (500, 2)])
def test_the_children_of_many_files_start_before_these_are_there(files: int, wanted: int) -> None:
    with Children(most=2) as waiting:
        waiting.begin(files)
        waiting.begin(files)  # once more, as the load does: no more of them
        assert waiting.idle == len(children()) == wanted
    assert children() == []


@pytest.mark.parametrize(("files", "wanted"), [(7, 0), (10, 1), (11, 2)])
def test_children_are_brought_up_for_the_files_that_lie_in_folders(
    tmp_path: Path, files: int, wanted: int
) -> None:
    folder = tmp_path / "Школы" / "Отчёты"
    folder.mkdir(parents=True)
    books(folder, files - 1)
    alone = write_xlsx(tmp_path / "ещё.xlsx", {"Лист1": table()})
    with children_for([tmp_path / "Школы", alone]) as waiting:
        assert waiting.idle == min(wanted, waiting.most)
    assert children() == []


def test_children_that_were_begun_work_and_end_with_the_workers(tmp_path: Path) -> None:
    jobs = [job(path) for path in books(tmp_path, 3)]
    with Children(most=1) as waiting:
        waiting.begin(FEW)
        before = children()
        with Workers(few=0, children=waiting) as workers:
            workers.expect(jobs)
            assert sheets_named(workers.load(jobs[0])) == "Лист 0"
            assert children() == before
        assert children() == []


def test_few_files_are_read_by_a_light_child_and_made_into_facts_here(tmp_path: Path) -> None:
    jobs = [job(path) for path in books(tmp_path, 3)]
    with Workers() as workers:
        workers.expect(jobs)
        assert [sheets_named(workers.load(one)) for one in jobs] == ["Лист 0", "Лист 1", "Лист 2"]
        assert workers._runs == {}
        assert len(children()) == 1
    assert children() == []


def test_the_children_work_ahead_of_the_asking(tmp_path: Path) -> None:
    first, second = (job(path) for path in books(tmp_path, 2))
    with Workers(most=1, few=0) as workers:
        workers.expect([first, second])
        workers.load(first)
        (run,) = workers._runs.values()
        assert run.job == second
        assert run.child.connection.poll(60)  # there before anybody asked
        assert sheets_named(workers.load(second)) == "Лист 1"


def test_a_file_that_was_not_expected_is_loaded_all_the_same(tmp_path: Path) -> None:
    jobs = [job(path) for path in books(tmp_path, 3)]
    with Workers(most=1, few=0) as workers:
        workers.expect(jobs[:1])
        assert [sheets_named(workers.load(one)) for one in reversed(jobs)] == [
            "Лист 2",
            "Лист 1",
            "Лист 0",
        ]


def test_a_large_file_is_worked_on_alone(
    book: Path, large_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SMALL", large_book.stat().st_size - 1)
    with Workers(most=2, few=0) as workers:
        workers.expect([job(book), job(large_book)])
        workers.load(job(book))
        assert workers._runs == {}
        assert workers.load(job(large_book)).path == large_book.name


def test_what_wants_more_than_its_share_of_memory_is_read_again_alone(large_book: Path) -> None:
    with Workers(limits=Limits(shared=10 << 20), most=2, few=0) as workers:
        workers.expect([job(large_book)])
        assert workers.load(job(large_book)).path == large_book.name


def test_too_large_is_told_and_the_next_file_is_read(large_book: Path, book: Path) -> None:
    few = Limits(memory=10 << 20, shared=10 << 20)
    with Workers(limits=few, few=0) as workers:
        with pytest.raises(ReadFailure, match="памяти"):
            workers.load(job(large_book))
        assert workers.load(job(book)).path == book.name


def test_too_slow_is_told(large_book: Path) -> None:
    slow = Limits(seconds=0.001)
    with Workers(limits=slow, few=0) as workers, pytest.raises(ReadFailure, match="время"):
        workers.load(job(large_book))
    assert children() == []


def test_a_child_that_dies_beside_others_is_replaced_and_its_file_read_again(
    book: Path, large_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Child.greeted

    def greet_and_kill(child: Child) -> None:
        real(child)
        child._process.kill()

    with Workers(most=1, few=0) as workers:
        with monkeypatch.context() as patched:
            patched.setattr(Child, "greeted", greet_and_kill)
            workers.expect([job(large_book)])
            with pytest.raises(ReadFailure, match="прервалось"):
                workers.load(job(book))
        assert workers.load(job(large_book)).path == large_book.name
        assert workers.load(job(book)).path == book.name


@pytest.mark.expects_log("app.services.importing.workers")
def test_a_fault_of_ours_costs_one_file_and_is_logged(
    book: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Job(BookTask(book.name, 1, "0" * 64, book, notes=None), "xlsx")  # type: ignore[arg-type]
    with Workers(most=1, few=0) as workers, caplog.at_level(logging.ERROR):
        with pytest.raises(ReadFailure, match="в программе ошибка"):
            workers.load(broken)
        assert workers.load(job(book)).path == book.name
    assert "TypeError" in caplog.text


@pytest.mark.parametrize("after", [0, 1, 2])
def test_cancel_ends_the_children(after: int, large_book: Path) -> None:
    with Workers(Stop(after), few=0) as workers, pytest.raises(Cancelled):
        workers.load(job(large_book))
    assert children() == []


def test_children_that_do_not_start_are_no_fault_of_the_files(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children_module, "_WORK", Work("app.services.importing.intake.nothing"))
    with Workers(few=0) as workers, pytest.raises(NotStarted, match="не запустилось"):
        workers.load(job(book))
    assert children() == []


def test_the_child_runs_no_face_and_knows_no_database() -> None:
    program = (
        "import sys\n"
        "from app.faces import found_by_name\n"
        f"print(found_by_name({children_module._WORK.function!r}).__name__)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    name, roots = done.stdout.splitlines()
    assert name == "facts_of"
    heavy = {"sqlalchemy", "PySide6", "pandas", "openpyxl", "docx", "reportlab", "alembic"}
    assert not heavy.intersection(roots.split())
