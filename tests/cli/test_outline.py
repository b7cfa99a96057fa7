"""The commands ``outline`` and ``cards``: the programme's blocks and the cards without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap
from app.models.enums import AssessmentKind
from app.services import settings
from tests.cli.conftest import Cli
from tests.documents.programmes import add_programme
from tests.documents.test_order import DETAILS
from tests.stored import add_result, add_school


@pytest.fixture
def database(database_path: Path) -> Path:
    """Return a database with the office, two schools and a full programme."""
    with bootstrap.open_workspace(database_path) as workspace:
        settings.save_office(workspace, DETAILS)
        for code in ("90701", "90702"):
            school = add_school(workspace, f"Школа {code}", fisoko=code)
            add_result(workspace, school, (AssessmentKind.OGE, 2025, "математика", 9), 10, 1)
        add_programme(workspace)
    return database_path


def test_the_outline_is_shown_started_changed_and_checked(cli: Cli, database: Path) -> None:
    shown = cli("outline", "--db", database)
    assert (shown.code, shown.err) == (0, "")
    assert "Раздел: 1. Паспорт программы" in shown.out
    assert "goals_monitoring" in cli("outline", "presets").out
    assert "landscape" not in cli("outline", "kinds").out.split("\n", 1)[0]
    started = cli("outline", "start", "order_roadmap", "--db", database)
    assert "Дорожная карта" in started.out
    added = cli("outline", "add", "text", "--title", "Введение", "--set",
                "text=Срок 2031–2034 годы", "--db", database)  # fmt: skip
    assert "Введение" in added.out
    own = next(line.split()[0] for line in added.out.splitlines() if "Введение" in line)
    first = added.out.split()[0]
    moved = cli("outline", "move", own, "--before", first, "--db", database)
    assert moved.out.splitlines()[0].split()[0] == own
    checked = cli("outline", "check", "--db", database)
    assert checked.code == 1
    assert f"«2031–2034» расходится со сроком программы 2026–2028. Исправьте годы, если речь о " \
           f"самой программе. [блок {own}]" in checked.out.replace("\xa0", " ")  # fmt: skip
    off = cli("outline", "change", own, "--off", "--set", "text=", "--db", database)
    assert "Введение (не печатается)" in off.out
    assert "Введение" not in cli("outline", "remove", own, "--db", database).out


def test_what_is_not_there_is_refused_in_words(cli: Cli, database: Path) -> None:
    for words, told in (
        (("start", "нет"), "Нет структуры программы «нет»"),
        (("remove", "777"), "Блока «777» в структуре программы нет"),
        (("add", "picture"), "Вида блока «picture» нет"),
        (("add", "text", "--set", "colour=red"), "нет свойства «colour»"),
        (("add", "text", "--set", "colour"), "записано не так"),
    ):
        refused = cli("outline", *words, "--db", database)
        assert refused.code == 2
        assert told in refused.err


def test_cards_are_printed_into_a_file_and_a_folder(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    told = cli("cards", "--out", tmp_path / "все.pdf", "--db", database)
    assert (told.code, (tmp_path / "все.pdf").read_bytes()[:4]) == (0, b"%PDF")
    assert "2 карточки" in told.out
    folder = tmp_path / "карточки"
    words = ("--school", "90702", "--format", ".pdf", "--format", ".docx")
    assert cli("cards", "--out", folder, *words, "--db", database).code == 0
    assert sorted(path.suffix for path in folder.iterdir()) == [".docx", ".pdf"]
    none = cli("cards", "--out", folder, "--category", "ШНОР", "--db", database)
    assert none.code == 2
    assert "Нет ни одной школы" in none.err
