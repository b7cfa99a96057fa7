"""The commands about rules: listing, choosing, bringing a file, and refusing a wrong one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.paths import resource
from tests.cli.conftest import Cli


@pytest.fixture
def database(cli: Cli, tmp_path: Path) -> Path:
    """Return a database with the results of one procedure of two years."""
    path = tmp_path / "opora.db"
    usb = resource("demo", "usb")
    files = [usb / "Реестр школ.xlsx", *sorted(usb.glob("ВПР 202*/4 класс МА*.xlsx"))]
    assert cli("import", *files, "--db", path).code in (0, 1)
    return path


def test_a_methodology_is_listed_tried_applied_and_taken_out(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    told = cli("methodology", "--db", database)
    assert told.code == 0
    assert all(f"  {key}: " in told.out for key in ("federal", "dagestan", "gia"))
    tried = tmp_path / "tried.json"
    words = ("--year", "2025", "--db", database)
    assert cli("classify", "--methodology", "gia", *words, "--json", tried).code == 0
    assert "без ВПР" in json.loads(tried.read_text(encoding="utf-8"))["methodology"]
    assert "(по умолчанию); решений: 0." in cli("methodology", *words).out
    told = cli("methodology", "--apply", "gia", *words)
    assert told.code == 0
    assert "Категория меняется:" in told.out
    assert "(выбрана для этого года)" in told.out
    taken = tmp_path / "методика.json"
    assert cli("methodology", "--export", taken, *words).code == 0
    told = cli("methodology", "--import", taken, "--db", database)
    assert (told.code, told.out.startswith("Загружена: ")) == (0, True)


def test_a_wrong_file_is_refused_with_line_and_reason(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    text = resource("methodologies", "federal-1.json").read_text(encoding="utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text(text.replace('"value": 30,', '"value": 130,', 1), encoding="utf-8")
    for words in (
        ("classify", "--year", "2025", "--methodology", bad),
        ("methodology", "--import", bad),
        ("methodology", "--year", "2025", "--apply", bad),
    ):
        told = cli(*words, "--db", database)
        assert (told.code, told.out) == (2, "")
        assert "строка" in told.err
        assert "threshold_percent" in told.err
        assert "130" in told.err
    told = cli("methodology", "--apply", "gia", "--db", database)
    assert told.code == 2
    assert "Не указан год" in told.err
