"""The reading child: its limits, its death and its replacement never harm the parent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Cancelled
from app.services.importing import read_child
from app.services.importing.grid import Workbook
from app.services.importing.read_child import Limits, NotStarted
from app.services.importing.reading import Reader, ReadFailure
from app.services.importing.sniff import Sniffed, sniff
from tests.hostile.xlsx_parts import table, write_xlsx
from tests.importing.children import Stop, children, write_large_book

HEAVY = {"sqlalchemy", "PySide6", "pandas", "openpyxl", "numpy", "docx", "reportlab", "alembic"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "книга.xlsx", {"Лист1": table()})


@pytest.fixture
def large_book(tmp_path: Path) -> Path:
    return write_large_book(tmp_path)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def read(reader: Reader, path: Path) -> Workbook:
    return reader.read(path, sniff(path, path.name))


def failure(reader: Reader, path: Path) -> str:
    with pytest.raises(ReadFailure) as raised:
        read(reader, path)
    assert raised.value.finding.hint
    return raised.value.finding.message


def test_one_child_serves_many_files_and_ends_with_the_reader(book: Path) -> None:
    with Reader() as reader:
        first = read(reader, book)
        (child,) = children()
        assert read(reader, book) == first
        assert children() == [child]
    assert not child.is_running()


def test_a_book_comes_back_whole(reader: Reader, large_book: Path) -> None:
    (found,) = read(reader, large_book).sheets
    assert found.height == 20_000
    assert [line[0] for line in found.rows] == [
        n // 7 if n % 7 == 0 else n / 7 for n in range(1, 20_001)
    ]


def test_a_sniffed_problem_is_the_answer(reader: Reader, tmp_path: Path) -> None:
    empty = tmp_path / "пусто.xlsx"
    empty.touch()
    assert "пуст" in failure(reader, empty)


def test_too_slow_is_told_and_the_next_file_is_read(large_book: Path, book: Path) -> None:
    with Reader(limits=Limits(seconds=0.001)) as reader:
        assert "время" in failure(reader, large_book)
    with Reader() as reader:
        assert read(reader, book).sheets


def test_too_large_is_told_and_the_next_file_is_read(large_book: Path, book: Path) -> None:
    with Reader(limits=Limits(memory=10 << 20)) as reader:
        assert "памяти" in failure(reader, large_book)
        assert read(reader, book).sheets[0].height == 6


def test_the_parents_watch_sees_memory_where_the_system_sets_no_limit(
    large_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = iter([0, *range(100, 100_000, 100)])

    def taken_when_ready(child: read_child.Child) -> int:
        return next(taken) << 20 if child.ready else 0

    monkeypatch.setattr(read_child.Child, "memory_taken", taken_when_ready)
    monkeypatch.setattr(read_child, "_STEP", 0.001)
    with Reader() as reader:
        assert "памяти" in failure(reader, large_book)
    assert children() == []


def test_a_child_that_died_between_files_is_replaced(reader: Reader, book: Path) -> None:
    first = read(reader, book)
    (child,) = children()
    assert reader._child is not None
    child.kill()
    reader._child.exit_code()
    assert read(reader, book) == first
    assert children() != [child]


def test_a_child_that_dies_on_a_file_is_told_and_replaced(
    reader: Reader, book: Path, large_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = read_child.Watch.ask

    def ask_and_kill(watch: read_child.Watch, request: object) -> None:
        real(watch, request)  # type: ignore[arg-type]
        watch._child._process.kill()

    with monkeypatch.context() as patched:
        patched.setattr(read_child.Watch, "ask", ask_and_kill)
        assert "прервалось" in failure(reader, large_book)
    assert read(reader, book).sheets


@pytest.mark.parametrize("after", [0, 1, 2])
def test_cancel_ends_the_child(after: int, large_book: Path) -> None:
    with Reader(Stop(after)) as reader, pytest.raises(Cancelled):
        read(reader, large_book)
    assert children() == []


def ends_at_once(*_: object) -> None:
    """Be a child that ends before it greets."""


def test_a_child_that_does_not_start_is_no_fault_of_the_file(
    reader: Reader, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(read_child, "serve", ends_at_once)
        with pytest.raises(NotStarted, match="не запустилось"):
            read(reader, book)
    assert read(reader, book).sheets


def test_a_format_without_parser_is_our_bug_and_ends_only_the_child(
    reader: Reader, book: Path
) -> None:
    with pytest.raises(ReadFailure):
        reader.read(book, Sniffed("неведомый"))
    assert read(reader, book).sheets


def test_small_files_get_less_time() -> None:
    limits = Limits()
    assert limits.seconds_for(10_000) <= 5
    assert limits.seconds_for(200 << 20) == limits.seconds


def test_the_child_imports_little(book: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "import app.services.spreadsheets.child as child\n"
        f"list(child._parser('xlsx')(Path({str(book)!r}), print))\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('app.')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    roots, ours = done.stdout.splitlines()
    assert not HEAVY.intersection(roots.split())
    assert not [
        name
        for name in ours.split()
        if not name.startswith(("app.services.spreadsheets", "app.errors", "app.faces"))
        and name != "app.services"
    ]
