"""Columns of the table of subjects and of the bands of the ЕГЭ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.services.analysis import BandLine, Measure, SubjectLine, SubjectTable, fixed
from app.services.exporting import SeenColumn, SeenTable
from app.ui.itemmodels.columns import Align, Column
from app.ui.numbers import whole

_MEASURES = (
    (Measure.QUALITY, "Качество\n{}, %", 1),
    (Measure.MEAN, "Средний балл\n{}", 2),
    (Measure.SUCCESS, "Успеваемость\n{}, %", 1),
)
_ALL_GRADES = "все классы"
_SEEN_WIDTH = 12
_SEEN_NAME = 30


@dataclass(frozen=True)
class Subjects:
    """What the view shows: the table of subjects and, where it was held, the ЕГЭ."""

    table: SubjectTable
    bands: tuple[BandLine, ...]


def subject_columns(table: SubjectTable) -> tuple[Column[SubjectLine], ...]:
    """Return качество, средний балл and успеваемость of both years; what reports state, hidden."""
    columns: list[Column[SubjectLine]] = [
        Column("subject", "Предмет", lambda line: line.subject, width=210),
        Column("grade", "Класс", _grade, width=92, sort_key=lambda line: line.grade or 99),
        Column("pupils", "Участ-\nников", _participants, whole, Align.RIGHT, 80),
    ]
    for measure, title, digits in _MEASURES:
        for year, later in ((table.before, False), (table.now, True)):
            key = f"{measure.value}-{year}"
            columns.append(_number(key, title.format(year), _own(measure, later), digits))
    for measure, title, digits in _MEASURES:
        key, name = f"stated-{measure.value}", title.format(f"по отчёту {table.now}")
        columns.append(_number(key, name, _stated(measure), digits, hidden=True))
    return tuple(columns)


def _number(
    key: str,
    title: str,
    value: Callable[[SubjectLine], Fraction | None],
    digits: int,
    *,
    hidden: bool = False,
) -> Column[SubjectLine]:
    def text(found: Fraction | None) -> str:
        return "" if found is None else fixed(found, digits)

    def hint(line: SubjectLine) -> str:
        return text(value(line)) or "Нет данных: файлы не дают этого показателя за этот год."

    return Column(key, title, value, text, Align.RIGHT, 112, hint=hint, hidden=hidden)


def _grade(line: SubjectLine) -> str:
    return _ALL_GRADES if line.grade is None else str(line.grade)


def _participants(line: SubjectLine) -> int | None:
    return line.now.quality.participants or line.now.below.participants if line.now else None


def _own(measure: Measure, later: bool) -> Callable[[SubjectLine], Fraction | None]:
    def value(line: SubjectLine) -> Fraction | None:
        point = line.now if later else line.before
        return None if point is None else point.of(measure).value

    return value


def _stated(measure: Measure) -> Callable[[SubjectLine], Fraction | None]:
    return lambda line: None if line.stated_now is None else line.stated_now.of(measure)


def band_columns(first: int, last: int) -> tuple[Column[BandLine], ...]:
    """Return the bands of test scores, in pupils and per cent."""
    return (
        Column("subject", "Экзамен ЕГЭ", lambda line: line.subject, width=210),
        Column("school", "Школа", lambda line: line.school, width=210),
        Column("pupils", "Участ-\nников", lambda line: line.participants, whole, Align.RIGHT, 80),
        _band("low", f"До {first}\nбаллов"),
        _band("middle", f"{first}–{last}\nбаллов"),
        _band("high", f"Больше {last}\nбаллов"),
        Column("source", "Откуда", lambda line: line.source, width=320),
    )


def _band(field: str, title: str) -> Column[BandLine]:
    def value(line: BandLine) -> tuple[int, int] | None:
        count: int | None = getattr(line, field)
        return None if count is None or not line.participants else (count, line.participants)

    def text(found: Any) -> str:
        if found is None:
            return ""
        count, whole_number = found
        return f"{count} ({fixed(Fraction(100 * count, whole_number), 1)} %)"

    def hint(line: BandLine) -> str:
        return text(value(line)) or line.source

    return Column(field, title, value, text, Align.RIGHT, 104, hint=hint)


def seen_subjects(
    lines: Sequence[SubjectLine], columns: Sequence[Column[SubjectLine]], table: SubjectTable
) -> SeenTable:
    """Return the table of subjects for a file, as it is shown."""
    shown = tuple(
        SeenColumn(
            column.title.replace("-\n", "").replace("\n", ", "),
            _SEEN_NAME if column.key == "subject" else _SEEN_WIDTH,
            _digits(column.key),
        )
        for column in columns
    )
    rows = tuple(tuple(_cell(column.value(line)) for column in columns) for line in lines)
    title = f"{table.kind.value}: предметы, {table.before} и {table.now}"
    return SeenTable(title, ("Доли и средние взвешены по числу участников.",), shown, rows)


def _digits(key: str) -> int:
    if key == "pupils":
        return 0
    return 2 if Measure.MEAN.value in key else 1


def _cell(value: Any) -> str | float | int | None:
    return float(value) if isinstance(value, Fraction) else value
