"""Each command by its contract: exit code, JSON, sentences, an untouched database on refusal."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from app.cli.commands import COMMANDS, commands_of
from app.cli.doors import Doors
from app.cli.main import build_parser
from app.paths import resource
from tests.cli.conftest import Cli

USB = resource("demo", "usb")
REGISTER = USB / "Реестр школ.xlsx"
VPR = USB / "ВПР 2025" / "5 класс РУ - Статистика по отметкам.xlsx"
ENGLISH = re.compile(
    r"\b(usage|error|show (this|program)|the|positional|options|expected|invalid|choose)\b"
)
"""Sentences of argparse; a bare «show» is the name of an action, like «import»."""


def unknown_file(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Лист1").write_row(0, 0, ["Меню столовой", "Каша"])
    return path


class TestImport:
    def test_report_follows_the_contract(self, cli: Cli, tmp_path: Path) -> None:
        told = cli(
            "import", REGISTER, VPR, "--db", tmp_path / "a.db", "--json", tmp_path / "r.json"
        )
        report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert told.code == 0
        assert set(report) >= {"files", "totals"}
        for file in report["files"]:
            assert {"path", "kind", "layout", "status", "rows", "problems"} <= set(file)
            assert set(file["rows"]) == {"read", "stored", "unchanged", "quarantined"}
            assert file["status"] == "imported"
        assert "Реестр школ.xlsx" in told.out

    def test_same_files_again_change_nothing(self, cli: Cli, demo_db: Path, tmp_path: Path) -> None:
        told = cli("import", USB, "--db", demo_db, "--json", tmp_path / "r.json")
        report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
        assert told.code == 0
        assert {file["status"] for file in report["files"]} == {"unchanged"}
        assert report["totals"]["rows"]["stored"] == 0
        assert "без изменений" in told.out

    def test_dry_run_makes_no_database(self, cli: Cli, tmp_path: Path) -> None:
        told = cli("import", REGISTER, "--db", tmp_path / "a.db", "--dry-run")
        assert told.code == 0
        assert "ничего не записано" in told.out
        assert list(tmp_path.glob("a*")) == []

    def test_dry_run_leaves_a_database_as_it_is(self, cli: Cli, tmp_path: Path) -> None:
        database = tmp_path / "a.db"
        cli("import", REGISTER, "--db", database)
        before = database.read_bytes()
        told = cli("import", VPR, "--db", database, "--dry-run")
        assert told.code == 0
        assert "будет загружен" in told.out
        assert database.read_bytes() == before

    def test_what_is_not_understood_waits(self, cli: Cli, tmp_path: Path) -> None:
        odd = unknown_file(tmp_path / "меню.xlsx")
        told = cli("import", REGISTER, odd, "--db", tmp_path / "a.db")
        assert told.code == 1
        assert "меню.xlsx" in told.out

    def test_nothing_understood_is_a_refusal(self, cli: Cli, tmp_path: Path) -> None:
        broken = tmp_path / "broken.xlsx"
        broken.write_bytes(b"PK\x03\x04 broken")
        told = cli("import", broken, "--db", tmp_path / "a.db")
        assert told.code == 2
        assert "broken.xlsx" in told.out

    def test_missing_path_is_told_before_any_work(self, cli: Cli, tmp_path: Path) -> None:
        told = cli("import", tmp_path / "нет такой", "--db", tmp_path / "a.db")
        assert told.code == 2
        assert "Не найдено" in told.err
        assert "нет такой" in told.err
        assert not (tmp_path / "a.db").exists()

    def test_unwritable_report_is_told_before_any_work(self, cli: Cli, tmp_path: Path) -> None:
        told = cli("import", REGISTER, "--db", tmp_path / "a.db", "--json", tmp_path)
        assert told.code == 2
        assert "это папка" in told.err
        assert not (tmp_path / "a.db").exists()

    def test_database_that_is_a_folder(self, cli: Cli, tmp_path: Path) -> None:
        told = cli("import", REGISTER, "--db", tmp_path)
        assert told.code == 2
        assert "это папка" in told.err

    def test_database_that_is_something_else(self, cli: Cli, tmp_path: Path) -> None:
        other = tmp_path / "заметки.db"
        other.write_text("просто текст", encoding="utf-8")
        told = cli("import", REGISTER, "--db", other)
        assert told.code == 2
        assert other.read_text(encoding="utf-8") == "просто текст"

    def test_second_owner_leaves(self, cli: Cli, doors: Doors, demo_db: Path) -> None:
        with doors.open_workspace(demo_db):
            told = cli("import", REGISTER, "--db", demo_db)
        assert told.code == 2
        assert "запущена" in told.err


class TestClassify:
    def test_follows_the_contract(self, cli: Cli, demo_db: Path, tmp_path: Path) -> None:
        told = cli("classify", "--year", 2025, "--db", demo_db, "--json", tmp_path / "c.json")
        report = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
        assert told.code == 0
        assert report["year"] == 2025
        first = next(s for s in report["schools"] if s["category"] == "ШНОР")
        contract = {
            "school", "codes", "category", "basis", "low_procedures", "reason", "warnings",
        }  # fmt: skip
        # What came with ШНСУ stands beside the contract and changes nothing of it.
        added = {"resilient", "cluster", "isb", "social", "region_list"}
        assert set(first) == contract | added
        assert set(first["low_procedures"][0]) == {
            "assessment", "subject", "grade", "year", "participants", "below", "percent",
        }  # fmt: skip
        assert "ШНОР: 5 школ" in told.out

    def test_year_without_results(self, cli: Cli, demo_db: Path) -> None:
        told = cli("classify", "--year", 2031, "--db", demo_db)
        assert told.code == 2
        assert "За 2031 год результатов в базе нет. " not in told.out
        assert "2024, 2025" in told.err

    def test_empty_database(self, cli: Cli, database_path: Path) -> None:
        told = cli("classify", "--year", 2025)
        assert told.code == 2
        assert "ещё нет результатов" in told.err

    def test_absent_database_is_not_made(self, cli: Cli, tmp_path: Path) -> None:
        told = cli("classify", "--year", 2025, "--db", tmp_path / "a.db")
        assert told.code == 2
        assert "нет" in told.err
        assert list(tmp_path.glob("a*")) == []


class TestExport:
    @pytest.mark.parametrize("name", ["order.pdf", "order.docx", "ORDER.PDF"])
    def test_order(self, cli: Cli, demo_db: Path, tmp_path: Path, name: str) -> None:
        told = cli("export", "order", "--year", 2025, "--out", tmp_path / name, "--db", demo_db)
        assert told.code == 0
        assert (tmp_path / name).stat().st_size > 5_000
        assert "Обратите внимание" in told.err

    def test_results_follow_the_contract(self, cli: Cli, demo_db: Path, tmp_path: Path) -> None:
        out = tmp_path / "results.json"
        told = cli("export", "results", "--out", out, "--db", demo_db)
        rows = json.loads(out.read_text(encoding="utf-8"))
        assert told.code == 0
        assert set(rows[0]) == {
            "school", "codes", "year", "assessment", "subject", "grade", "participants",
            "n2", "n3", "n4", "n5", "below", "mean", "source",
        }  # fmt: skip
        assert set(rows[0]["source"]) == {"file", "sheet", "row"}
        assert {row["year"] for row in rows} == {2024, 2025}

    @pytest.mark.parametrize("school", ["edu990715", "01715", "маоу сош №15", "МАОУ СОШ № 15"])
    def test_results_of_one_school(
        self, cli: Cli, demo_db: Path, tmp_path: Path, school: str
    ) -> None:
        out = tmp_path / "results.json"
        told = cli("export", "results", "--school", school, "--out", out, "--db", demo_db)
        rows = json.loads(out.read_text(encoding="utf-8"))
        assert told.code == 0
        assert {row["codes"]["fisoko"] for row in rows} == {"edu990715"}

    @pytest.mark.parametrize("ending", [".csv", ".xlsx"])
    def test_results_as_tables(self, cli: Cli, demo_db: Path, tmp_path: Path, ending: str) -> None:
        out = tmp_path / f"results{ending}"
        assert cli("export", "results", "--year", 2025, "--out", out, "--db", demo_db).code == 0
        assert out.stat().st_size > 5_000

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["plan", "--out", "a.pdf"], "Выгрузки «plan» нет."),
            (["order", "--out", "a.txt"], "нельзя записать в файл «a.txt»"),
            (["results", "--out", "a.pdf"], "нельзя записать в файл «a.pdf»"),
            (["order", "--out", "a.pdf", "--year", "2031"], "За 2031 год результатов в базе нет."),
            (["order", "--out", "a.pdf", "--school", "90701"], "Приказ составляется по всем"),
            (["results", "--out", "a.csv", "--school", "№ 99"], "в базе нет"),
        ],
    )
    def test_refusals(
        self, cli: Cli, demo_db: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
    ) -> None:
        monkeypatch.chdir(demo_db.parent)
        outcome = cli("export", *words, "--db", demo_db)
        assert outcome.code == 2
        assert told in outcome.err
        assert list(demo_db.parent.glob("a.*")) == []

    def test_order_without_requisites_says_what_to_fill(self, cli: Cli, tmp_path: Path) -> None:
        database = tmp_path / "a.db"
        assert cli("import", REGISTER, VPR, "--db", database).code == 0
        told = cli("export", "order", "--out", tmp_path / "o.pdf", "--db", database)
        assert told.code == 2
        assert "реквизит" in told.err

    def test_documents_lists_what_export_knows(self, cli: Cli) -> None:
        told = cli("documents")
        assert told.code == 0
        assert re.search(r"^order .*\.pdf \.docx$", told.out, re.MULTILINE)
        assert re.search(r"^results ", told.out, re.MULTILINE)


class TestSafety:
    def test_check_of_a_sound_database(self, cli: Cli, demo_db: Path) -> None:
        told = cli("check", "--db", demo_db)
        assert told.code == 0
        assert "База в порядке" in told.out

    def test_check_finds_what_is_missing(self, cli: Cli, demo_db: Path) -> None:
        shutil.rmtree(demo_db.with_suffix(".archive"))
        told = cli("check", "--db", demo_db)
        assert told.code == 1
        assert "замечания" in told.out

    def test_backup_and_restore(self, cli: Cli, demo_db: Path, tmp_path: Path) -> None:
        assert cli("backup", "--db", demo_db, "--out", tmp_path / "copy.db").code == 0
        assert cli("undo", "1", "--db", demo_db).code == 0
        told = cli("restore", tmp_path / "copy.db", "--db", demo_db)
        assert told.code == 0
        assert cli("classify", "--year", 2025, "--db", demo_db).code == 0

    def test_restore_lists_the_copies(self, cli: Cli, demo_db: Path) -> None:
        assert "нет" in cli("restore", "--db", demo_db).out
        cli("backup", "--db", demo_db)
        told = cli("restore", "--db", demo_db)
        assert told.code == 0
        assert "district_" in told.out

    def test_restore_of_nothing(self, cli: Cli, demo_db: Path, tmp_path: Path) -> None:
        before = demo_db.read_bytes()
        told = cli("restore", tmp_path / "нет.db", "--db", demo_db)
        assert told.code == 2
        assert demo_db.read_bytes() == before

    def test_undo_takes_the_load_back(self, cli: Cli, demo_db: Path) -> None:
        assert re.search(r"^ *1 .*принята", cli("undo", "--db", demo_db).out, re.MULTILINE)
        told = cli("undo", "1", "--db", demo_db)
        assert told.code == 0
        assert "Загрузка № 1 отменена" in told.out
        assert "отменена" in cli("undo", "--db", demo_db).out
        assert cli("classify", "--year", 2025, "--db", demo_db).code == 2

    def test_undo_is_shown_beforehand(self, cli: Cli, demo_db: Path) -> None:
        before = demo_db.read_bytes()
        told = cli("undo", "1", "--dry-run", "--db", demo_db)
        assert told.code == 0
        assert "Ничего не изменено" in told.out
        assert "Уйдут, прежних значений у них нет" in told.out
        assert demo_db.read_bytes() == before

    @pytest.mark.parametrize("number", ["7", "1"])
    def test_undo_of_what_cannot_be_undone(self, cli: Cli, demo_db: Path, number: str) -> None:
        cli("undo", "1", "--db", demo_db)
        told = cli("undo", number, "--db", demo_db)
        assert told.code == 2
        assert f"№ {number}" in told.err


class TestWords:
    @pytest.mark.parametrize("name", ["", *COMMANDS])
    def test_help_is_russian(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            build_parser().parse_args([*name.split(), "--help"])
        assert stopped.value.code == 0
        assert not ENGLISH.search(capsys.readouterr().out)

    def test_a_command_is_found_by_its_name(self) -> None:
        assert tuple(command.NAME for command in commands_of([])) == COMMANDS
        for name in COMMANDS:
            assert [command.NAME for command in commands_of(["--db", "x", name])] == [name]

    def test_only_the_command_that_is_asked_for_is_imported(self) -> None:
        program = (
            "import sys; from app.cli.main import build_parser; build_parser(['import', 'x'])\n"
            "print(*sorted(name for name in sys.modules if name.startswith('app.cli.')))"
        )
        run = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert "app.cli.import_files" in run.stdout.split()
        assert "app.cli.export" not in run.stdout.split()

    def test_unknown_command(self, cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            cli("speak")
        assert stopped.value.code == 2
        told = capsys.readouterr().err
        assert "нет такого значения: 'speak'" in told
        assert not ENGLISH.search(told)

    def test_interrupted_is_told(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*_arguments: object, **_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("app.services.importing.prepare", interrupt)
        told = cli("import", REGISTER)
        assert told.code == 2
        assert "Прервано" in told.err
