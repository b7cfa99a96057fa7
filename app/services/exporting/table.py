"""The table of results: its columns, whatever file they are written to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
"""A result as ``services.results.export_rows`` gives it."""
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, width in characters, and its value in a row."""

    title: str
    width: int
    value: Callable[[Row], Cell]


COLUMNS: tuple[Column, ...] = (
    Column("Школа", 36, lambda row: row["school"]),
    Column("Код ФИС ОКО", 13, lambda row: row["codes"]["fisoko"]),
    Column("Код РЦОИ", 10, lambda row: row["codes"]["rcoi"]),
    Column("Год", 7, lambda row: row["year"]),
    Column("Процедура", 11, lambda row: row["assessment"]),
    Column("Предмет", 26, lambda row: row["subject"]),
    Column("Класс", 7, lambda row: row["grade"]),
    Column("Участников", 11, lambda row: row["participants"]),
    Column("«2»", 7, lambda row: row["n2"]),
    Column("«3»", 7, lambda row: row["n3"]),
    Column("«4»", 7, lambda row: row["n4"]),
    Column("«5»", 7, lambda row: row["n5"]),
    Column("Не преодолели минимум", 14, lambda row: row["below"]),
    Column("Средний балл", 10, lambda row: row["mean"]),
    Column("Файл", 50, lambda row: row["source"]["file"]),
    Column("Лист", 26, lambda row: row["source"]["sheet"]),
    Column("Строка", 8, lambda row: row["source"]["row"]),
)
