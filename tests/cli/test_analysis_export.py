"""``export`` of signals, subjects and pictures over the demo district."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli


def test_signals_are_told_with_formula_and_sample(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "сигналы.json"
    told = cli("export", "signals", "--year", "2025", "--out", target, "--db", demo_db)
    assert told.code == 0
    rows = json.loads(target.read_text(encoding="utf-8"))
    assert {row["kind"] for row in rows} <= {
        "скачок на границе отметки",
        "отклонение среднего от региона",
        "расхождение с журналом",
        "ВПР и ОГЭ через год",
    }
    assert all(row["formula"] and row["sample"] > 0 for row in rows)
    assert not any(row["flagged"] and row["sample"] < 10 for row in rows)
    flagged = [row["text"] for row in rows if row["flagged"]]
    assert all(text.startswith("Внутренний сигнал") for text in flagged)
    book = tmp_path / "сигналы.xlsx"
    assert cli("export", "signals", "--out", book, "--db", demo_db).code == 0
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert "не доказывают" in str(sheet["A2"].value)


def test_subjects(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "предметы.csv"
    assert cli("export", "subjects", "--year", "2025", "--out", target, "--db", demo_db).code == 0
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Предмет;Класс;Качество, %, 2024;Качество, %, 2025")
    assert any(line.startswith("Математика;все классы;") for line in lines)


@pytest.mark.parametrize("kind", ["chart-years", "chart-procedures", "chart-marks"])
def test_pictures(cli: Cli, demo_db: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "картинка.svg"
    told = cli("export", kind, "--out", target, "--db", demo_db)
    assert told.code == 0
    assert "<text" in target.read_text(encoding="utf-8")


def test_what_makes_no_sense_is_refused(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "картинка.svg"
    years = cli("export", "chart-years", "--year", "2025", "--out", target, "--db", demo_db)
    school = cli("export", "chart-marks", "--school", "МБОУ СОШ № 1", "--out", target,
                 "--db", demo_db)  # fmt: skip
    empty = cli("export", "signals", "--year", "2019", "--out", tmp_path / "a.json",
                "--db", demo_db)  # fmt: skip
    assert (years.code, school.code, empty.code) == (2, 2, 2)
    assert "--year" in years.err
    assert not target.exists()
