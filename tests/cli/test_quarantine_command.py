"""``import --accept-good`` and ``quarantine``: rows that wait, for people and for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.journeys.stick import GOOD_SHARES, register_rows, vpr_rows, write_book

BAD_SHARES = (GOOD_SHARES[0], (20, 5.0, 45.0, 30.0, 30.0), GOOD_SHARES[2])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "стик"
    write_book(folder / "Реестр.xlsx", register_rows())
    write_book(folder / "5 класс.xlsx", vpr_rows(BAD_SHARES))
    return folder


def test_rows_wait_are_listed_and_dismissed(cli: Cli, stick: Path, tmp_path: Path) -> None:
    base, report = tmp_path / "a.db", tmp_path / "r.json"
    told = cli("import", stick, "--accept-good", "--db", base)
    assert told.code == 1
    assert "в карантине 1" in told.out
    told = cli("quarantine", "--db", base, "--json", report)
    assert told.code == 1
    assert "110 %" in told.out
    (row,) = json.loads(report.read_text(encoding="utf-8"))["rows"]
    assert (row["file"], row["sheet"], row["row"]) == ("5 класс.xlsx", "Лист1", 9)
    assert (row["school"], row["state"]) == ("МБОУ СОШ №15", "waiting")
    told = cli("quarantine", "--dismiss", row["id"], "--reason", "Закрыта", "--db", base)
    assert (told.code, told.out.strip()) == (0, "В карантине ничего нет.")
    told = cli("quarantine", "--all", "--db", base)
    assert told.code == 0
    assert "Отклонена: Закрыта" in told.out
    # The same stick once more: nothing new, and nothing is asked again.
    assert cli("import", stick, "--db", base).code == 0


def test_a_file_with_errors_waits_and_the_rest_goes_in(
    cli: Cli, stick: Path, tmp_path: Path
) -> None:
    told = cli("import", stick, "--db", tmp_path / "a.db")
    assert told.code == 1
    assert "ждёт решения: 1" in told.out
    assert "загружен: 1" in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dismiss", 1), "нет причины"),
        (("--dismiss", 99, "--reason", "Закрыта"), "уже не ждёт"),
        (("--reason", "Закрыта"), "--dismiss"),
    ],
)
def test_refusals(
    cli: Cli, stick: Path, tmp_path: Path, words: tuple[object, ...], said: str
) -> None:
    base = tmp_path / "a.db"
    cli("import", stick, "--accept-good", "--db", base)
    told = cli("quarantine", *words, "--db", base)
    assert told.code == 2
    assert said in told.err
