"""Tables, sentences, progress and files of the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from app.cli.console import (
    ConsoleProgress,
    counted,
    require_writable,
    table,
    tell_error,
    write_json,
)
from app.errors import OutputError, UserError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_table_aligns_numbers_right_and_text_left() -> None:
    assert table(("Школа", "%"), [("СОШ", "9,5"), ("Гимназия", "30")]).splitlines() == [
        "Школа       %",
        "────────  ───",
        "СОШ       9,5",
        "Гимназия   30",
    ]


def test_table_keeps_empty_cells_and_cuts_long_ones() -> None:
    lines = table(("A", "B"), [(None, "x" * 80)]).splitlines()
    assert lines[2].strip() == "x" * 59 + "…"


def test_table_without_rows_has_its_header() -> None:
    assert table(("A", "B"), []).splitlines()[0] == "A  B"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1 файл"), (2, "2 файла"), (5, "5 файлов"), (11, "11 файлов"), (21, "21 файл"),
     (112, "112 файлов"), (0, "0 файлов"), (104, "104 файла")],
)  # fmt: skip
def test_nouns_agree(number: int, text: str) -> None:
    assert counted(number, "файл", "файла", "файлов") == text


def test_progress_stays_on_one_line_of_a_terminal() -> None:
    stream = Terminal()
    progress = ConsoleProgress(stream)
    progress.report(1, 3, "читаю длинное имя")
    progress.report(2, 3, "читаю")
    progress.clear()
    assert stream.getvalue().startswith("\r1/3 читаю длинное имя\r2/3 читаю ")
    assert "\n" not in stream.getvalue()
    assert stream.getvalue().endswith("\r")


def test_progress_is_silent_in_a_file() -> None:
    stream = io.StringIO()
    progress = ConsoleProgress(stream)
    progress.report(1, 0, "читаю")
    progress.check()
    progress.clear()
    assert stream.getvalue() == ""


def test_error_goes_to_stderr_with_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(UserError("Файл пуст.", "Пришлите другой."))
    assert capsys.readouterr() == ("", "Ошибка. Файл пуст.\nПришлите другой.\n")


def test_json_is_readable_russian(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_json(path, {"school": "Ёлкинская ООШ"})
    assert "Ёлкинская" in path.read_text(encoding="utf-8")
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.json"]


def test_failed_json_keeps_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.json"
    write_json(path, [1])

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OutputError):
        write_json(path, [2])
    assert json.loads(path.read_text(encoding="utf-8")) == [1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.json"]


def test_unwritable_places_are_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="это папка"):
        require_writable(tmp_path)
    with pytest.raises(OutputError, match="записать нельзя"):
        require_writable(tmp_path / "file" / "r.json")
    require_writable(tmp_path / "new" / "r.json")
    require_writable(None)
    assert not (tmp_path / "new" / "r.json").exists()
