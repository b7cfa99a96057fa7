"""Letters to the schools that have not handed something in."""

from __future__ import annotations

from datetime import date

from app.errors import UserError
from app.services.clock import local_today
from app.services.documents import Letter, Owed, Recipient, reminder_letter
from app.services.forms.board import board
from app.services.forms.types import Board, BoardRow, State
from app.services.schools import list_schools
from app.services.workspace import Workspace


def build_reminder(
    workspace: Workspace,
    year: int,
    school_ids: tuple[int, ...] = (),
    forms: tuple[str, ...] = (),
    deadline: date | None = None,
    today: date | None = None,
) -> Letter:
    """Return the letter to the schools that owe ``forms`` of ``year``; empty means all of them.

    One chosen school gets a letter of its own, several get one to all heads with a table.
    UserError when nobody of them owes anything, or the requisites are not filled in.
    """
    found = board(workspace, year)
    rows = [row for row in found.rows if not school_ids or row.school_id in school_ids]
    owed = [one for row in rows for one in _owed(found, row, forms)]
    if not owed:
        raise UserError(
            f"За {year} год выбранные школы всё сдали, напоминать не о чем.",
            "Выберите другие школы или другой год.",
        )
    to = _recipient(workspace, rows[0].school_id) if len(school_ids) == 1 else None
    return reminder_letter(workspace, year, owed, to, deadline, today or local_today())


def _owed(found: Board, row: BoardRow, forms: tuple[str, ...]) -> list[Owed]:
    return [
        Owed(row.school, found.of(key).title, _missing(row, key))
        for key in row.owed()
        if not forms or key in forms
    ]


def _missing(row: BoardRow, key: str) -> str:
    cell = row.cells[key]
    return "сведений нет" if cell.state is State.MISSING else cell.why


def _recipient(workspace: Workspace, school_id: int) -> Recipient:
    school = next(row for row in list_schools(workspace) if row.id == school_id)
    return Recipient(school.short_name, school.director)
