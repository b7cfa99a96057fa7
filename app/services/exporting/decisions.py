"""The protocol of decisions written as a file, the format by its ending."""

from __future__ import annotations

from pathlib import Path

from app.errors import OutputError
from app.services.exporting import formats
from app.services.exporting.table import Column, Row
from app.services.methodology import BASIS_TITLES, ProtocolRow, protocol
from app.services.output import write_safely
from app.services.workspace import Workspace

_TITLE = "Протокол решений"
_COLUMNS = (
    Column("Дата и время", 17, lambda row: row["when"]),
    Column("Кто", 20, lambda row: row["who"]),
    Column("Школа", 36, lambda row: row["school"]),
    Column("Год", 7, lambda row: row["year"]),
    Column("Решено", 14, lambda row: row["category"]),
    Column("По расчёту", 14, lambda row: row["computed"]),
    Column("На основании", 22, lambda row: row["basis"]),
    Column("Причина", 44, lambda row: row["reason"]),
    Column("Обоснование расчёта", 60, lambda row: row["computed_reason"]),
    Column("Методика", 44, lambda row: row["methodology"]),
    Column("Действует", 11, lambda row: "да" if row["current"] else "нет"),
)


def write_decisions(workspace: Workspace, path: Path, year: int) -> int:
    """Write who decided what of which school and why; return how many decisions there are.

    OutputError when the ending is none of .json, .csv and .xlsx or the file cannot be written.
    """
    rows = [_row(row) for row in protocol(workspace, year)]
    ending = path.suffix.casefold()
    if ending == ".json":
        write_safely(path, formats.as_json(rows), formats.check_json)
    elif ending == ".csv":
        write_safely(path, formats.as_csv(rows, _COLUMNS), formats.check_csv)
    elif ending == ".xlsx":
        data = formats.as_xlsx(rows, _COLUMNS, f"{_TITLE} за {year} год", _TITLE)
        write_safely(path, data, _check_book)
    else:
        raise OutputError(
            f"«{_TITLE}» нельзя записать в файл «{path.name}».",
            "Годятся окончания: .json, .csv, .xlsx.",
        )
    return len(rows)


def _check_book(path: Path) -> None:
    formats.check_xlsx(path, _TITLE)


def _row(row: ProtocolRow) -> Row:
    return {
        "when": row.decided_at.astimezone().strftime("%d.%m.%Y %H:%M"),
        "who": row.decided_by,
        "school": row.school,
        "year": row.year,
        "category": row.category.value,
        "computed": row.computed_word,
        "basis": BASIS_TITLES[row.basis],
        "reason": row.reason,
        "computed_reason": row.computed_reason,
        "methodology": row.methodology,
        "current": row.current,
    }
