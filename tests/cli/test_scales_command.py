"""The command about scales: the list, and counting stored results anew, shown first and undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete

from app import bootstrap
from app.models.enums import AssessmentKind, RecordKind
from app.models.records import Record
from app.paths import resource
from app.services import scales
from app.services.results import list_results
from tests.cli.conftest import Cli

SUBJECT = "Русский язык"


@pytest.fixture
def database(cli: Cli, tmp_path: Path) -> Path:
    """Return a database with one exam, counted by the minimum of the program."""
    path = tmp_path / "opora.db"
    usb = resource("demo", "usb")
    files = [usb / "Реестр школ.xlsx", usb / "ГИА-11 2025" / "01 - Русский язык 2025.xlsx"]
    assert cli("import", *files, "--db", path).code in (0, 1)
    return path


def raise_minimum(database: Path, score: int) -> None:
    """Let the office say another minimum of 2025, as the window does."""
    with bootstrap.open_workspace(database) as workspace:
        known = scales.in_force(workspace).minimum(AssessmentKind.EGE, SUBJECT, 2025)
        assert known is not None
        own = replace(known, first_year=2025, last_year=2025, score=score, source="Распоряжение")
        scales.save_minimum(workspace, own)


def below(database: Path) -> dict[str, int | None]:
    """Return the pupils below the minimum by school."""
    with bootstrap.open_workspace(database) as workspace:
        return {row.school: row.below for row in list_results(workspace)}


def test_the_list_names_whose_entry_serves(cli: Cli, database: Path) -> None:
    raise_minimum(database, 90)
    told = cli("scales", "--year", "2025", "--db", database)
    assert told.code == 0
    rows = [line for line in told.out.splitlines() if line.startswith(f"ЕГЭ, {SUBJECT}, ")]
    assert len(rows) == 2
    assert any("не ниже 90" in row and "учреждения" in row for row in rows)
    assert "ЕГЭ, Физика, 2024" not in told.out
    assert "ничего не известно" in cli("scales", "--year", "2001", "--db", database).out


def test_a_recount_is_shown_then_stored_then_taken_back(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    words = ("scales", "--recount", "--db", database)
    before = below(database)
    assert "Пересчитывать нечего" in cli(*words).out
    raise_minimum(database, 90)
    shown = tmp_path / "shown.json"
    told = cli(*words, "--json", shown)
    assert told.code == 0
    assert "Ничего не записано" in told.out
    assert below(database) == before
    report = json.loads(shown.read_text(encoding="utf-8"))
    assert (report["applied"], report["left"]) == (False, [])
    promised = {one["school"]: one["after"]["below"] for one in report["changes"]}
    assert promised
    told = cli(*words, "--apply")
    assert "Пересчитано: " in told.out
    assert below(database) == before | promised
    assert "Отменено: Пересчёт результатов" in cli("scales", "--undo", "--db", database).out
    assert below(database) == before


def test_only_a_recount_is_undone_by_this_command(cli: Cli, database: Path) -> None:
    told = cli("scales", "--undo", "--db", database)
    assert (told.code, "действий ещё не было" in told.err) == (2, True)
    raise_minimum(database, 90)
    told = cli("scales", "--undo", "--db", database)
    assert told.code == 2
    assert "последнее действие – «минимальный балл" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--apply",), "--apply бывает только вместе с --recount"),
        (("--recount", "--undo"), "вместе не бывают"),
        (("--json", "x.json"), "--json бывает только вместе с --recount"),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(
    cli: Cli, database: Path, words: tuple[str, ...], said: str
) -> None:
    told = cli("scales", *words, "--db", database)
    assert (told.code, said in told.err) == (2, True)


def test_what_cannot_be_counted_anew_is_named_with_its_file(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    """A database of an older version has no scores: the protocols must be loaded again."""
    with bootstrap.open_workspace(database) as workspace, workspace.database.write() as session:
        session.execute(delete(Record).where(Record.kind == RecordKind.SCORES))
    raise_minimum(database, 90)
    shown = tmp_path / "shown.json"
    told = cli("scales", "--recount", "--db", database, "--json", shown)
    assert told.code == 1
    assert "загрузите файлы снова" in told.out
    left = json.loads(shown.read_text(encoding="utf-8"))["left"]
    assert {one["file"] for one in left} == {"01 - Русский язык 2025.xlsx"}
