"""Passports and marks of bias written as files, the format by its ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import OutputError
from app.services.exporting import formats
from app.services.exporting.table import Cell, Column, Row
from app.services.output import write_safely
from app.services.records import export_bias, export_passports
from app.services.workspace import Workspace

_HEAD = (
    Column("Школа", 36, lambda row: row["school"]),
    Column("Код ФИС ОКО", 13, lambda row: row["codes"]["fisoko"]),
    Column("Код РЦОИ", 10, lambda row: row["codes"]["rcoi"]),
    Column("Год", 7, lambda row: row["year"]),
)
_PLACE = (
    Column("Файл", 50, lambda row: row["source"]["file"]),
    Column("Лист", 26, lambda row: row["source"]["sheet"]),
    Column("Строка", 8, lambda row: row["source"]["row"]),
)
_FIGURE_WIDTH = 16


def write_passports(
    workspace: Workspace, path: Path, year: int | None = None, school_id: int | None = None
) -> int:
    """Write the social passports in force as .json, .csv or .xlsx; return how many there are.

    OutputError when the ending is another one or the file cannot be written; an older file is
    then untouched.
    """
    rows = export_passports(workspace, year, school_id)
    figures = [_figure("values", title, title) for title in _titles(rows, "values")]
    figures += [_figure("shares", title, f"{title}, %") for title in _titles(rows, "shares")]
    _write(path, rows, (*_HEAD, *figures, *_PLACE), "Социальные паспорта")
    return len(rows)


def write_bias(
    workspace: Workspace, path: Path, year: int | None = None, school_id: int | None = None
) -> int:
    """Write the schools with marks of bias as .json, .csv or .xlsx; return how many there are.

    OutputError as in ``write_passports``.
    """
    rows = export_bias(workspace, year, school_id)
    markers = Column("Признаки необъективности", 40, lambda row: ", ".join(row["markers"]))
    _write(path, rows, (*_HEAD, markers, *_PLACE), "Необъективность")
    return len(rows)


def _titles(rows: Sequence[Row], part: str) -> list[str]:
    """Return the titles that any row has, in the order in which they appear."""
    return list(dict.fromkeys(title for row in rows for title in row[part]))


def _figure(part: str, title: str, shown: str) -> Column:
    def value(row: Row) -> Cell:
        cell: Cell = row[part].get(title)
        return cell

    return Column(shown, _FIGURE_WIDTH, value)


def _write(path: Path, rows: Sequence[Row], columns: Sequence[Column], title: str) -> None:
    ending = path.suffix.casefold()
    makers: dict[str, tuple[Callable[[], bytes], Callable[[Path], None]]] = {
        ".json": (lambda: formats.as_json(rows), formats.check_json),
        ".csv": (lambda: formats.as_csv(rows, columns), formats.check_csv),
        ".xlsx": (
            lambda: formats.as_xlsx(rows, columns, title, title),
            lambda written: formats.check_xlsx(written, title),
        ),
    }
    if ending not in makers:
        raise OutputError(
            f"«{title}» нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(makers)}.",
        )
    make, check = makers[ending]
    write_safely(path, make(), check)
