"""Columns of the table of results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.models.enums import CountsOrigin
from app.services.results import ResultRow
from app.ui.itemmodels.columns import Align, Column, Mark
from app.ui.numbers import Share, hundredths, share, tenths, whole


class ResultLine(NamedTuple):
    """A result and how it stands against the rules of its year."""

    row: ResultRow
    share: Share | None
    """Of low results, beside the threshold of its year."""
    mark: Mark | None
    """Set when the result reaches the threshold of a low one."""
    place: int
    """Place of the school in the order of names, so that № 2 stands before № 15."""


SHORT_ORIGINS = {
    CountsOrigin.GIVEN: "из файла",
    CountsOrigin.AGGREGATED: "по участникам",
    CountsOrigin.RECOVERED: "по процентам",
    CountsOrigin.APPROXIMATE: "приблизительно",
}
ORIGINS = {
    CountsOrigin.GIVEN: "из файла",
    CountsOrigin.AGGREGATED: "подсчитано по участникам",
    CountsOrigin.RECOVERED: "восстановлено по процентам",
    CountsOrigin.APPROXIMATE: "приблизительно, по процентам",
}


def _of(field: str) -> Callable[[ResultLine], Any]:
    def value(line: ResultLine) -> Any:
        return getattr(line.row, field)

    return value


def _hint(line: ResultLine) -> str:
    about = f"{line.mark.meaning.capitalize()}. " if line.mark else ""
    return f"{about}Число {ORIGINS[line.row.origin]}. Нажмите, чтобы увидеть ячейку файла."


def _number(
    field: str, title: str, text: Callable[[object], str], width: int = 72
) -> Column[ResultLine]:
    return Column(field, title, _of(field), text, Align.RIGHT, width, hint=_hint, link=True)


RESULTS: tuple[Column[ResultLine], ...] = (
    Column("school", "Школа", _of("school"), width=230, sort_key=lambda line: line.place),
    Column("kind", "Процедура", lambda line: line.row.kind.value, width=96),
    Column("subject", "Предмет", _of("subject"), width=150),
    Column("grade", "Класс", _of("grade"), whole, Align.RIGHT, 56),
    Column("year", "Год", _of("year"), whole, Align.RIGHT, 56),
    _number("participants", "Участ-\nников", whole),
    _number("n2", "«2»,\nчел.", whole, 52),
    _number("n3", "«3»,\nчел.", whole, 52),
    _number("n4", "«4»,\nчел.", whole, 52),
    _number("n5", "«5»,\nчел.", whole, 52),
    _number("below", "Ниже\nмин., чел.", whole, 88),
    Column(
        "percent_below",
        "Ниже\nмин., %",
        lambda line: line.share,
        share,
        Align.RIGHT,
        88,
        mark=lambda line: line.mark,
        hint=_hint,
        link=True,
    ),
    _number("quality", "Качество,\n%", tenths, 80),
    _number("mean", "Средний\nбалл", hundredths, 76),
    Column(
        "origin",
        "Откуда числа",
        lambda line: SHORT_ORIGINS[line.row.origin],
        width=124,
        hint=lambda line: f"Число {ORIGINS[line.row.origin]}.",
    ),
    Column("file", "Файл", _of("file"), width=260, hidden=True),
    Column("sheet", "Лист", _of("sheet"), width=140, hidden=True),
)
TITLES = {
    **{column.key: column.spoken_title for column in RESULTS},
    "below": "Ниже минимума, человек",
    "percent_below": "Ниже минимума, %",
}
"""Titles in full, for the popup behind a number."""
