"""Own signals and the table of subjects, written as files for other programs and for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.models.enums import AssessmentKind
from app.services import analysis
from app.services.analysis import Measure, SchoolSignals, SubjectLine, SubjectTable
from app.services.exporting.formats import as_json, check_json
from app.services.exporting.seen import SeenColumn, SeenTable, write_seen
from app.services.exporting.table import Cell
from app.services.output import write_safely
from app.services.workspace import Workspace

_NOTE = (
    "Внутренние сигналы – расчёт программы: не официальный признак и не вывод о школе. "
    "Рекомендации ФИОКО 2026 года: такие отклонения требуют дополнительного анализа и сами по "
    "себе не доказывают необъективность."
)
_SIGNAL_COLUMNS = (
    SeenColumn("Школа", 34),
    SeenColumn("Процедура", 30),
    SeenColumn("Год", 7),
    SeenColumn("Что сравнивалось", 32),
    SeenColumn("Значение", 11, 2),
    SeenColumn("Участников", 11),
    SeenColumn("Сигнал", 10),
    SeenColumn("Формула", 60),
    SeenColumn("Пояснение", 60),
)
_MEASURES = (
    (Measure.QUALITY, "Качество, %", 1),
    (Measure.MEAN, "Средний балл", 2),
    (Measure.SUCCESS, "Успеваемость, %", 1),
)


def write_signals(workspace: Workspace, path: Path, year: int, school_id: int | None = None) -> int:
    """Write the own signals of a year as .json, .csv or .xlsx; return how many there are.

    Every computed comparison is written, flagged or not, with its formula and sample.  OutputError
    when the ending is another one or the file cannot be written; an older file is then untouched.
    """
    found = analysis.bias_signals(workspace, year, school_id)
    rows = signal_rows(found)
    if path.suffix.casefold() == ".json":
        write_safely(path, as_json(rows), check_json)
    else:
        cells = tuple(tuple(_cells(row)) for row in rows)
        title = f"Внутренние сигналы, {year} год"
        write_seen(SeenTable(title, (_NOTE,), _SIGNAL_COLUMNS, cells), path)
    return len(rows)


def signal_rows(found: Sequence[SchoolSignals]) -> list[dict[str, Any]]:
    """Return the signals as plain values, one object per comparison."""
    return [
        {
            "school": school.school,
            "assessment": row.procedure[0].value,
            "subject": row.procedure[1],
            "grade": row.procedure[2],
            "year": row.year,
            "kind": row.signal.kind.value,
            "value": round(float(row.signal.value), 4),
            "sample": row.signal.sample,
            "flagged": row.signal.flagged,
            "formula": row.signal.formula,
            "about": row.about,
            "text": row.signal.text,
        }
        for school in found
        for row in school.rows
    ]


def _cells(row: dict[str, Any]) -> tuple[Cell, ...]:
    procedure = f"{row['assessment']}, {row['subject']}, {row['grade']} класс"
    flagged = "да" if row["flagged"] else "нет"
    return (
        row["school"], procedure, row["year"], row["kind"], row["value"], row["sample"], flagged,
        row["formula"], row["about"],
    )  # fmt: skip


def write_subjects(
    workspace: Workspace,
    path: Path,
    year: int,
    school_id: int | None = None,
    kind: AssessmentKind = AssessmentKind.VPR,
) -> int:
    """Write качество, средний балл and успеваемость by subject as .xlsx or .csv; return the rows.

    OutputError as in ``write_signals``.
    """
    table = analysis.subjects_table(workspace, year, kind=kind, school_id=school_id)
    write_seen(_subjects(table), path)
    return len(table.lines)


def _subjects(table: SubjectTable) -> SeenTable:
    columns = [SeenColumn("Предмет", 30), SeenColumn("Класс", 12)]
    columns += [
        SeenColumn(f"{title}, {year}", 14, digits)
        for _, title, digits in _MEASURES
        for year in (table.before, table.now)
    ]
    rows = tuple(_line(line) for line in table.lines)
    title = f"{table.kind.value}: предметы, {table.before} и {table.now}"
    note = "Доли и средние взвешены по числу участников; пустая ячейка – нет данных."
    return SeenTable(title, (note,), tuple(columns), rows)


def _line(line: SubjectLine) -> tuple[Cell, ...]:
    values: list[Cell] = [line.subject, "все классы" if line.grade is None else str(line.grade)]
    for measure, _, _ in _MEASURES:
        for point in (line.before, line.now):
            values.append(_number(None if point is None else point.of(measure).value))
    return tuple(values)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
