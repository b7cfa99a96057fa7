"""«Мониторинг программы»: предмет, критерии, показатели, инструменты, источники."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.models.enums import Severity
from app.services.importing.cells import shorten
from app.services.importing.facts import Block, Extract, MonitoringFact, Problem
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.contract import Layout
from app.services.importing.monitoring_table import (
    MonitoringHead,
    MonitoringLine,
    find_monitoring_head,
    read_monitoring,
)

_SURE = 0.93


def _recognise(sheet: Sheet) -> float:
    return _SURE if find_monitoring_head(sheet) is not None else 0.0


def _extract(sheet: Sheet) -> Extract:
    head = find_monitoring_head(sheet)
    if head is None:
        return Extract(())
    lines = read_monitoring(sheet, head)
    facts = tuple(MonitoringFact(dict(one.cells), str(one.row)) for one in lines if one.cells)
    columns = {name: column_letters(first) for name, (first, *_) in head.columns.items()}
    problems = (*_columns_left(sheet, head), *_cells_left(sheet, lines))
    return Extract((Block(sheet.name, columns, facts),), problems, len(lines))


def _columns_left(sheet: Sheet, head: MonitoringHead) -> Iterator[Problem]:
    for column, title in head.others.items():
        if any(sheet.text(row, column) for row in range(head.row + 1, sheet.height)):
            yield Problem(
                Severity.WARNING,
                f"Столбец «{title}» таблицы мониторинга не сохранён: для него в программе нет "
                "места.",
                "Если он важен, перенесите его в соседние ячейки.",
                cell=address(head.row, column),
            )


def _cells_left(sheet: Sheet, lines: Sequence[MonitoringLine]) -> Iterator[Problem]:
    """Yield what stands under no title, cell by cell: nobody can tell what it belongs to."""
    for row, column in (place for line in lines for place in line.strays):
        where = address(row, column)
        yield Problem(
            Severity.WARNING,
            f"Ячейка {where} («{shorten(sheet.text(row, column))}») таблицы мониторинга не "
            "сохранена: над ней нет заголовка.",
            "Подпишите столбец или перенесите текст в соседнюю ячейку и загрузите файл снова.",
            cell=where,
        )


LAYOUT = Layout(
    "monitoring",
    "Таблица мониторинга программы",
    _recognise,
    _extract,
    _recognise,
    traceless=True,
)
