"""The monitoring table of a programme: subject, criterion, indicators, instruments, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.cycle import MonitoringRow
from app.models.programmes import Programme
from app.services.changes import ChangeSet
from app.services.cycle.types import MonitoringForm, MonitoringRowView, Saved
from app.services.journal import Action
from app.services.workspace import Workspace

CELLS = {
    "subject": "Предмет мониторинга",
    "criterion": "Критерии",
    "indicators": "Показатели",
    "instruments": "Инструменты",
    "sources": "Источники",
}
"""Columns in order; an empty subject continues that of the row above."""


def monitoring_rows(workspace: Workspace, programme_id: int) -> tuple[MonitoringRowView, ...]:
    """Return the table of a programme in its order."""
    with workspace.database.read() as session:
        return tuple(_row(one) for one in _stored(session, programme_id))


def save_monitoring(workspace: Workspace, form: MonitoringForm, row_id: int | None = None) -> Saved:
    """Store a row of the table, a new one at the end; UserError for an empty row."""
    cells = {name: value.strip() for name, value in asdict(form).items() if name in CELLS}
    if not any(cells.values()):
        raise UserError("Строка мониторинга пуста.", "Заполните хотя бы одну ячейку.")
    with workspace.database.write() as session:
        if session.get(Programme, form.programme_id) is None:
            raise UserError("Такой программы больше нет.", "Обновите страницу.")
        with Action(session, "строка таблицы мониторинга") as action:
            if row_id is not None:
                _require(session, row_id)
                action.update(MonitoringRow, row_id, cells)
                return Saved(row_id, action.changes)
            query = select(func.max(MonitoringRow.position)).where(
                MonitoringRow.programme_id == form.programme_id
            )
            place = (session.scalar(query) or 0) + 1
            values = {**cells, "programme_id": form.programme_id, "position": place}
            return Saved(action.insert(MonitoringRow, values), action.changes)


def paste_monitoring(
    workspace: Workspace, programme_id: int, lines: Sequence[Sequence[str]]
) -> ChangeSet:
    """Add rows pasted from a table as one action; UserError for more cells than columns."""
    for line in lines:
        if any(cell.strip() for cell in line[len(CELLS) :]):
            raise UserError(
                f"В строке больше {len(CELLS)} ячеек.", f"Столбцы: {', '.join(CELLS.values())}."
            )
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    with workspace.database.write() as session:
        if session.get(Programme, programme_id) is None:
            raise UserError("Такой программы больше нет.", "Обновите страницу.")
        first = len(list(_stored(session, programme_id))) + 1
        with Action(session, f"таблица мониторинга, вставлено строк: {len(filled)}") as action:
            for position, line in enumerate(filled, start=first):
                cells = dict(zip(CELLS, (cell.strip() for cell in line), strict=False))
                empty = dict.fromkeys(CELLS, "")
                values = {**empty, **cells, "programme_id": programme_id, "position": position}
                action.insert(MonitoringRow, values)
            return action.changes


def move_monitoring(workspace: Workspace, row_id: int, place: int) -> ChangeSet:
    """Put a row at a place of its table, from 0."""
    with workspace.database.write() as session:
        row = _require(session, row_id)
        rows = [one for one in _stored(session, row.programme_id) if one.id != row_id]
        rows.insert(max(0, min(place, len(rows))), row)
        with Action(session, "порядок таблицы мониторинга") as action:
            for position, one in enumerate(rows, start=1):
                if one.position != position:
                    action.update(MonitoringRow, one.id, {"position": position})
            return action.changes


def delete_monitoring(workspace: Workspace, *row_ids: int) -> ChangeSet:
    """Take rows out; undone as one action."""
    with workspace.database.write() as session:
        for one in row_ids:
            _require(session, one)
        with Action(session, f"удаление строк мониторинга: {len(row_ids)}") as action:
            for one in row_ids:
                action.delete(MonitoringRow, one)
            return action.changes


def _stored(session: Session, programme_id: int) -> Sequence[MonitoringRow]:
    query = (
        select(MonitoringRow)
        .where(MonitoringRow.programme_id == programme_id)
        .order_by(MonitoringRow.position, MonitoringRow.id)
    )
    return session.scalars(query).all()


def _require(session: Session, row_id: int) -> MonitoringRow:
    row = session.get(MonitoringRow, row_id)
    if row is None:
        raise UserError("Такой строки больше нет.", "Обновите страницу.")
    return row


def _row(stored: MonitoringRow) -> MonitoringRowView:
    cells = {name: getattr(stored, name) for name in CELLS}
    return MonitoringRowView(
        stored.id, stored.position, MonitoringForm(stored.programme_id, **cells)
    )
