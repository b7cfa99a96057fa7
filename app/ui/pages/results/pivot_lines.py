"""A pivot as rows and columns of the table of the window, and as a file shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.services import decimals
from app.services.analysis import (
    FIELD_TITLES,
    SHARES,
    TITLES,
    Cell,
    Field,
    Head,
    Measure,
    Pivot,
    fixed,
)
from app.services.exporting import SeenColumn, SeenTable
from app.ui.itemmodels.columns import Align, Column, Mark, Sign
from app.ui.numbers import Limits
from app.ui.theme import Tone

TOTAL = "total"
"""Key of the column of totals."""
_TOTAL_TITLE = "Итого"
_SCHOOL_WIDTH = 230
_HEAD_WIDTH = 150
_CELL_WIDTH = 84
_SEEN_HEAD = 34
_SEEN_CELL = 12
MIXED_SIGN = "–"
MIXED = Mark(Tone.WARNING, Sign.DASH, "отметки и тестовые баллы вместе: общего среднего нет")


@dataclass(frozen=True)
class PivotLine:
    """A row of the pivot; the last one holds the totals of the columns."""

    number: int
    texts: tuple[str, ...]
    cells: dict[str, Cell]
    is_total: bool = False

    @property
    def title(self) -> str:
        """The head of the row in one line."""
        return ", ".join(self.texts)


def digits_of(measure: Measure) -> int:
    """Return how many decimals a measure is shown with."""
    if measure in SHARES:
        return 1
    return 2 if measure is Measure.MEAN else 0


def value_text(value: Fraction, measure: Measure, limits: Limits = ()) -> str:
    """Return a value as it is shown; a share of «2» stays on its side of the thresholds."""
    if measure is Measure.BELOW:
        return decimals.share(value, *limits)
    return fixed(value, digits_of(measure))


def pivot_lines(found: Pivot) -> tuple[PivotLine, ...]:
    """Return the rows of the pivot and, below them, the totals."""
    lines = [
        PivotLine(number, head.texts or (_TOTAL_TITLE,), _cells(found, head))
        for number, head in enumerate(found.rows)
    ]
    if len(found.rows) > 1:
        totals = {_key(n): found.column_totals[h.key] for n, h in enumerate(found.columns)}
        totals[TOTAL] = found.grand
        texts = (_TOTAL_TITLE, *[""] * (len(found.layout.rows) - 1))
        lines.append(PivotLine(len(lines), texts, totals, is_total=True))
    return tuple(lines)


def _cells(found: Pivot, head: Head) -> dict[str, Cell]:
    cells = {
        _key(number): cell
        for number, column in enumerate(found.columns)
        if (cell := found.cell(head, column)) is not None
    }
    cells[TOTAL] = found.row_totals[head.key]
    return cells


def _key(number: int) -> str:
    return f"c{number}"


def pivot_columns(found: Pivot, limits: Limits = ()) -> tuple[Column[PivotLine], ...]:
    """Return the heads of the rows, a column per head of the columns, and the totals.

    ``limits`` are the thresholds of the years that are shown, in per cent.
    """
    heads = tuple(
        Column(
            f"h{place}",
            FIELD_TITLES[field],
            _text(place),
            width=_SCHOOL_WIDTH if place == 0 else _HEAD_WIDTH,
            sort_key=_head_order,
        )
        for place, field in enumerate(found.layout.rows)
    )
    if not heads:
        heads = (Column("h0", "", _text(0), width=_HEAD_WIDTH, sort_key=_head_order),)
    titles = [(_key(n), _wrapped(head.texts)) for n, head in enumerate(found.columns)]
    several = len(found.columns) > 1
    titles = [*titles, (TOTAL, _TOTAL_TITLE)] if several else [(titles[0][0], _single(found))]
    measure = found.layout.measure
    return (*heads, *(_number(key, title, measure, limits) for key, title in titles))


def _single(found: Pivot) -> str:
    return _wrapped(found.columns[0].texts) or TITLES[found.layout.measure]


def _wrapped(texts: Sequence[str]) -> str:
    """Return the texts of a head on two lines where there are several."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{texts[0]}\n{', '.join(texts[1:])}"


def _text(place: int) -> Any:
    return lambda line: line.texts[place] if place < len(line.texts) else ""


def _head_order(line: PivotLine) -> int | None:
    return None if line.is_total else line.number


def _number(key: str, title: str, measure: Measure, limits: Limits) -> Column[PivotLine]:
    def value(line: PivotLine) -> Cell | None:
        return line.cells.get(key)

    def shown(cell: Cell | None) -> str:
        if cell is None:
            return ""
        if cell.total.mixed:
            return MIXED_SIGN
        value = cell.total.value
        return "" if value is None else value_text(value, measure, limits)

    def order(line: PivotLine) -> Any:
        cell = line.cells.get(key)
        return None if line.is_total or cell is None else cell.total.value

    def hint(line: PivotLine) -> str:
        return cell_hint(line.cells.get(key))

    def mark(line: PivotLine) -> Mark | None:
        cell = line.cells.get(key)
        return MIXED if cell is not None and cell.total.mixed else None

    return Column(
        key, title, value, shown, Align.RIGHT, _CELL_WIDTH, order, None, mark, hint, link=True
    )


def cell_hint(cell: Cell | None) -> str:
    """Return what is behind a number, in Russian."""
    if cell is None:
        return "Нет результатов."
    total = cell.total
    if total.mixed:
        return "Отметки и тестовые баллы ЕГЭ вместе: общего среднего нет. Разделите по процедурам."
    if total.value is None:
        return "Нет данных: файлы не дают этого показателя."
    text = f"Результатов: {total.results}, участников в них: {total.participants}."
    if total.missing:
        text += f" Без этого показателя и не учтено: {total.missing}."
    return f"{text} Нажмите, чтобы увидеть строки."


def seen(
    lines: Sequence[PivotLine],
    columns: Sequence[Column[PivotLine]],
    measure: Measure,
    note: str,
    limits: Limits = (),
) -> SeenTable:
    """Return the shown rows and columns for a file; numbers stay numbers with all their digits."""
    shown = tuple(
        SeenColumn(
            column.title.replace("\n", ", ").replace("\N{NO-BREAK SPACE}", " "),
            _SEEN_CELL if column.link else _SEEN_HEAD,
            digits_of(measure) if column.link else 0,
            limits if column.link and measure is Measure.BELOW else (),
        )
        for column in columns
    )
    notes = tuple(
        text
        for text in (
            f"Отбор: {note}" if note else "",
            "Итоги считаются по результатам с учётом числа участников, а не как среднее средних.",
        )
        if text
    )
    rows = tuple(tuple(_seen_cell(line, column) for column in columns) for line in lines)
    return SeenTable(TITLES[measure], notes, shown, rows, totals=bool(lines) and lines[-1].is_total)


def _seen_cell(line: PivotLine, column: Column[PivotLine]) -> str | float | None:
    value = column.value(line)
    if isinstance(value, Cell):
        if value.total.mixed:
            return MIXED_SIGN
        return None if value.total.value is None else float(value.total.value)
    if column.title == FIELD_TITLES[Field.YEAR] and str(value).isdecimal():
        return float(value)
    return None if value is None else str(value)
