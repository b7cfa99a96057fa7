"""``mapping``: listing, exporting, taking in and forgetting what is remembered of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.mapping import export_mapping
from tests.cli.conftest import Cli
from tests.journeys.stick import register_rows, write_book
from tests.mapping.test_mapped_tables import office
from tests.mapping.test_round_trip import unknown_rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return export_mapping("Сводка управления", office(), tmp_path / "м.json")


def test_taken_in_listed_exported_and_forgotten(cli: Cli, file: Path, tmp_path: Path) -> None:
    db, copy = tmp_path / "о.db", tmp_path / "к.json"
    taken = cli("mapping", "import", file, "--db", db)
    assert (taken.code, taken.out) == (0, "Разметка «Сводка управления» принята под номером 1.\n")
    assert "Сводка управления" in cli("mapping", "list", "--db", db).out
    assert cli("mapping", "export", 1, "--out", copy, "--db", db).code == 0
    assert copy.read_bytes() == file.read_bytes()
    book = write_book(tmp_path / "Сводка.xlsx", unknown_rows(2026))
    assert cli("mapping", "export", book, "--out", copy, "--db", db).code == 0
    renamed = cli("mapping", "rename", 1, "Свод отдела", "--db", db)
    assert (renamed.code, "Свод отдела" in renamed.out) == (0, True)
    assert "Свод отдела" in cli("mapping", "list", "--db", db).out
    assert cli("mapping", "rename", 1, " ", "--db", db).code == 2
    assert cli("mapping", "forget", 1, "--db", db).code == 0
    assert cli("mapping", "list", "--db", db).out == "Разметок ещё нет.\n"


def test_refusals_are_told(cli: Cli, tmp_path: Path, file: Path) -> None:
    db = tmp_path / "о.db"
    bad = tmp_path / "плохой.json"
    bad.write_text("{}", encoding="utf-8")
    refused = cli("mapping", "import", bad, "--db", db)
    assert refused.code == 2
    assert "не разметка таблицы" in refused.err
    assert cli("mapping", "import", file, "--db", db).code == 0
    other = write_book(tmp_path / "Реестр.xlsx", register_rows())
    told = cli("mapping", "export", other, "--out", tmp_path / "x.json", "--db", db)
    assert (told.code, "разметки нет" in told.err) == (2, True)
    for action in (("forget", 7), ("export", 7, "--out", tmp_path / "x.json")):
        missing = cli("mapping", *action, "--db", db)
        assert missing.code == 2
        assert "Разметки № 7 нет." in missing.err
