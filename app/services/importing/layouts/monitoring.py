"""«Мониторинг программы»: предмет, критерии, показатели, инструменты, источники."""

from __future__ import annotations

from app.models.enums import Severity
from app.services.importing.facts import Block, Extract, MonitoringFact, Problem
from app.services.importing.grid import Sheet, address, column_letters
from app.services.importing.layouts.contract import Layout
from app.services.importing.monitoring_table import find_monitoring_head, read_monitoring

_SURE = 0.93


def _recognise(sheet: Sheet) -> float:
    return _SURE if find_monitoring_head(sheet) is not None else 0.0


def _extract(sheet: Sheet) -> Extract:
    head = find_monitoring_head(sheet)
    if head is None:
        return Extract(())
    lines = read_monitoring(sheet, head)
    facts = tuple(MonitoringFact(dict(line.cells), str(line.row)) for line in lines)
    columns = {name: column_letters(column) for name, column in head.columns.items()}
    problems = tuple(
        Problem(
            Severity.WARNING,
            f"Столбец «{title}» таблицы мониторинга не сохранён: для него в программе нет места.",
            "Если он важен, перенесите его в соседние ячейки.",
            cell=address(head.row, column),
        )
        for column, title in head.others.items()
        if any(sheet.text(row, column) for row in range(head.row + 1, sheet.height))
    )
    return Extract((Block(sheet.name, columns, facts),), problems, len(lines))


LAYOUT = Layout("monitoring", "Таблица мониторинга программы", _recognise, _extract, _recognise)
