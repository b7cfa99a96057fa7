"""``days``: an exam of several days is asked about by ``import`` and answered by a command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.models.enums import DaysAnswer
from app.services import importing
from app.services.progress import NoProgress
from app.services.results import list_results
from app.services.workspace import Workspace
from tests.cli.conftest import Cli
from tests.journeys.stick import register_rows, write_book

HEADER = ("№", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Первичный балл", "Оценка")


def protocol(day: str, *pupils: tuple[str, int]) -> list[tuple[object, ...]]:
    """Return the rows of a protocol of the ОГЭ in mathematics: surnames with marks."""
    rows = [
        (number, "13015", "9а", name, "Имя", "Отчество", 17, mark)
        for number, (name, mark) in enumerate(pupils, start=1)
    ]
    return [(f"02 - Математика {day}",), HEADER, *rows]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "стик"
    register = register_rows()
    write_book(folder / "Реестр.xlsx", register)
    write_book(folder / "День 1.xlsx", protocol("2026.06.02", ("Первая", 2), ("Вторая", 4)))
    write_book(folder / "День 2.xlsx", protocol("2026.06.26", ("Первая", 3)))
    return folder


def marks(cli: Cli, base: Path, out: Path) -> tuple[int, int]:
    """Return participants and «2» of the one result."""
    assert cli("export", "results", "--db", base, "--out", out).code == 0
    (row,) = json.loads(out.read_text(encoding="utf-8"))
    return row["participants"], row["n2"]


def test_the_question_is_told_answered_by_a_command_and_changed(
    cli: Cli, stick: Path, tmp_path: Path
) -> None:
    base, out = tmp_path / "a.db", tmp_path / "r.json"
    told = cli("import", stick, "--db", base)
    assert told.code == 1
    assert 'days set ОГЭ 2026 "Математика"' in told.out
    assert marks(cli, base, out) == (2, 1)
    told = cli("days", "set", "огэ", "2026", "математика", "последняя", "--db", base)
    assert told.code == 0
    assert cli("import", stick, "--db", base).code == 0
    assert marks(cli, base, out) == (2, 0)
    assert "по последней отметке" in cli("days", "list", "--db", base).out
    cli("days", "set", "ОГЭ", "2026", "Математика", "первая", "--db", base)
    assert marks(cli, base, out) == (2, 1)
    cli("days", "forget", "ОГЭ", "2026", "Математика", "--db", base)
    assert "Ответов о днях экзаменов нет" in cli("days", "list", "--db", base).out
    assert marks(cli, base, out) == (2, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "ВПР", "2026", "Математика", "первая"), "Напишите ОГЭ или ЕГЭ"),
        (("set", "ОГЭ", "2026", "Шахматы", "первая"), "Предмет «Шахматы»"),
        (("forget", "ОГЭ", "2026", "Математика"), "days list"),
    ],
)
def test_what_is_not_known_is_told(
    cli: Cli, stick: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    base = tmp_path / "a.db"
    cli("import", stick / "Реестр.xlsx", "--db", base)
    told = cli("days", *words, "--db", base)
    assert told.code == 2
    assert said in told.err


@pytest.mark.parametrize(
    ("answer", "waits", "told"),
    [
        (DaysAnswer.LATEST, True, "в архивной копии нет имён"),
        (DaysAnswer.MAIN, False, "не взяты по вашему ответу"),
    ],
)
def test_rows_of_the_archive_never_count_anybody_twice(
    workspace: Workspace, stick: Path, answer: DaysAnswer, waits: bool, told: str
) -> None:
    progress = NoProgress()
    importing.apply(workspace, importing.prepare(workspace, [stick], progress), progress)
    importing.answer_days(workspace, "ОГЭ|2026|Математика", answer)
    rows = [line.id for line in importing.list_quarantine(workspace) if "матем" in line.item]
    plan = importing.retry(workspace, rows, progress)
    (file,) = plan.files
    assert file.needs_me is waits
    assert any(told in finding.message for finding in file.findings)
    importing.discard(plan)
    again = importing.prepare(workspace, [stick], progress)
    importing.apply(workspace, again, progress)
    (row,) = list_results(workspace)
    assert (row.participants, row.n2) == ((2, 0) if waits else (2, 1))
    assert importing.exit_code(again.files) == 0


def test_a_process_of_its_own_stores_the_answer(cli: Cli, stick: Path, tmp_path: Path) -> None:
    base = tmp_path / "a.db"
    cli("import", stick, "--db", base)
    words = ("days", "set", "ОГЭ", "2026", "Математика", "последняя", "--db", str(base))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "app", *words],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "по последней отметке" in done.stdout
