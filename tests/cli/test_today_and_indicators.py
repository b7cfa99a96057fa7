"""The commands ``today``, ``export indicators`` and ``export deadlines``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Cli
from tests.importing.word_tables import document
from tests.indicators import tables
from tests.indicators.test_import_tables import word


def test_the_home_page(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    report = tmp_path / "сегодня.json"
    found = cli("today", "--db", demo_db, "--json", report, "--day", "10.03.2026")
    assert found.code == 1
    assert "Сегодня 10.03.2026" in found.out
    piles = json.loads(report.read_text(encoding="utf-8"))["piles"]
    assert piles["decisions"]["count"] == len(piles["decisions"]["lines"]) > 0


def test_an_indicator_table_goes_in_and_comes_out(cli: Cli, tmp_path: Path) -> None:
    path = document(tmp_path / "Подпрограмма.docx", word(tables.NESTED))
    database, target = tmp_path / "база.db", tmp_path / "показатели.json"
    assert cli("import", path, "--db", database).code in (0, 1)
    assert cli("export", "indicators", "--db", database, "--out", target).code == 0
    (programme,) = json.loads(target.read_text(encoding="utf-8"))
    assert programme["title"] == "Подпрограмма"
    assert len(programme["indicators"]) == 7
    refused = cli("export", "indicators", "--db", database, "--out", target, "--year", "2022")
    assert refused.code == 2


def test_the_calendar(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "сроки.ics"
    found = cli("export", "deadlines", "--db", demo_db, "--out", target)
    assert found.code == 0
    assert "календарь пуст" in found.err
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert cli("export", "deadlines", "--db", demo_db, "--out", tmp_path / "x.pdf").code == 2
