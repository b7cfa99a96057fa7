"""The commands ``forms`` and ``board`` over the demo district."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli


def test_forms_of_one_school(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    words = ("--year", "2025", "--out", tmp_path / "б", "--school", "edu990703", "--db", demo_db)
    outcome = cli("forms", *words, "--form", "passport", "--deadline", "20.11.2025")
    assert outcome.code == 0, outcome.err
    assert [path.name for path in (tmp_path / "б").iterdir()] == [
        "МБОУ Берёзоборская СОШ, бланки 2025.xlsx"
    ]
    assert "1 файл" in outcome.out


def test_a_wrong_date_is_told_in_russian(
    cli: Cli, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli("forms", "--year", "2025", "--out", tmp_path, "--deadline", "завтра")
    told = capsys.readouterr().err
    assert "дата пишется так: 20.11.2025, а не «завтра»" in told


def test_the_board_and_its_letter(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    report, letter = tmp_path / "b.json", tmp_path / "п.docx"
    outcome = cli(
        "board", "--year", "2025", "--db", demo_db, "--json", report, "--reminder", letter
    )
    assert outcome.code == 1, outcome.err
    assert "не требуется" in outcome.out
    assert "осталось вписать: номер письма" in outcome.err
    found = json.loads(report.read_text(encoding="utf-8"))
    states = {row["school"]: row["forms"]["ege"]["state"] for row in found["schools"]}
    assert states["МКОУ Ёлкинская ООШ"] == "не требуется"
    assert found["owing"] == len(found["schools"])
    assert letter.stat().st_size > 0


def test_a_file_goes_back_to_its_school(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    cli("forms", "--year", "2025", "--out", tmp_path, "--school", "edu990703", "--db", demo_db)
    (path,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    book["Кадры"]["E10"] = 9
    book["Кадры"]["E11"] = "девять"
    book.save(path)
    out = tmp_path / "обратно"
    outcome = cli("return-file", path, "--out", out, "--db", demo_db)
    assert outcome.code == 0, outcome.err
    assert "красных ячеек: 1" in outcome.out
    assert sorted(one.suffix for one in out.iterdir()) == [".docx", ".pdf", ".xlsx"]
    refused = cli("return-file", tmp_path / "нет.xlsx", "--out", out, "--db", demo_db)
    assert (refused.code, "нет" in refused.err) == (2, True)


def test_each_school_of_a_table_gets_its_own_rows(cli: Cli, demo_db: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "Свод.csv", tmp_path / "школам"
    cli("board", "--year", 2025, "--db", demo_db)
    rows = [
        "ВПР 2025. 5 класс",
        "Предмет: История",
        "Группы участников;Кол-во участников;2;3;4;5",
        "МКОУ Ёлкинская ООШ;10;10;50;30;30",
        "(edu990715) МАОУ СОШ № 15;10;10;50;30;30",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    told = cli("return-file", path, "--out", out, "--each", "--db", demo_db)
    assert told.code == 0, told.err
    assert "Возвращено: 2 школам" in told.out
    assert len(list(out.glob("*.xlsx"))) == 2
