"""The card of a school and the protocol of decisions from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.paths import resource
from tests.cli.conftest import Cli


@pytest.fixture
def database(cli: Cli, tmp_path: Path) -> Path:
    """Return a database with the register and the results of one procedure."""
    path = tmp_path / "opora.db"
    usb = resource("demo", "usb")
    files = [usb / "Реестр школ.xlsx", *sorted(usb.glob("ВПР 202*/4 класс МА*.xlsx"))]
    assert cli("import", *files, "--db", path).code in (0, 1)
    return path


def test_a_card_is_written_for_the_school_of_that_code(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    for ending, start in ((".pdf", b"%PDF"), (".docx", b"PK")):
        out = tmp_path / f"card{ending}"
        words = ("--school", "90707", "--year", "2025", "--db", database, "--out", out)
        assert cli("export", "school-card", *words).code == 0
        assert out.read_bytes().startswith(start)


def test_a_card_needs_a_school(cli: Cli, database: Path, tmp_path: Path) -> None:
    out = tmp_path / "card.pdf"
    told = cli("export", "school-card", "--db", database, "--out", out)
    assert (told.code, out.exists()) == (2, False)
    assert "Добавьте --school" in told.err
    told = cli("export", "school-card", "--school", "нет", "--db", database, "--out", out)
    assert told.code == 2


def test_the_protocol_is_written_even_when_nothing_was_decided(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    for ending in (".json", ".xlsx", ".docx"):
        out = tmp_path / f"protocol{ending}"
        told = cli("export", "decisions", "--year", "2025", "--db", database, "--out", out)
        assert (told.code, out.exists()) == (0, True)
    assert json.loads((tmp_path / "protocol.json").read_text(encoding="utf-8")) == []
    out = tmp_path / "one.json"
    told = cli("export", "decisions", "--school", "90707", "--db", database, "--out", out)
    assert told.code == 2
