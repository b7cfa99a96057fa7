"""The cells that an activity was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.errors import UserError
from app.models.roadmaps import Activity
from app.services.provenance import BlockOrigin, load_origins
from app.services.source import Source
from app.services.workspace import Workspace

WHOLE_ROW = ""
"""The name of the row itself among its cells."""
_BESIDE = {"term": "who_when", "responsible": "who_when"}
"""What may have stood in one cell with something else."""


def sources(workspace: Workspace, activity_id: int) -> Mapping[str, Source]:
    """Return the cell of each field of an activity that was read from a file, and of its row.

    Fields are called as ``columns`` of the tree call them: ``title``, ``term``, ``year:2022``,
    ``extra:TITLE``.  Empty for an activity entered by hand; UserError when it is gone.
    """
    with workspace.database.read() as session:
        row = session.get(Activity, activity_id)
        if row is None:
            raise UserError("Этого мероприятия уже нет.", "Обновите страницу.")
        if row.block_id is None:
            return {}
        origin = load_origins(session, [row.block_id])[row.block_id]
        found = {WHOLE_ROW: origin.source(row.rows)}
        for name in _fields(origin):
            column = _column(origin, name, row.direction)
            if column:
                found[name] = origin.source(row.rows, column)
        return found


def _fields(origin: BlockOrigin) -> Iterable[str]:
    """Yield the fields that the table has a column for, without their direction."""
    names = (name.partition(":")[2] if name[:1].isdigit() else name for name in origin.columns)
    return dict.fromkeys([*names, *_BESIDE])


def _column(origin: BlockOrigin, name: str, direction: int | None) -> str:
    """Return the column of a field; that of its direction where a table has several.

    What is for all directions stands in the first title and in the last of the other columns.
    """
    spellings: tuple[str, ...] = (name, _BESIDE.get(name, name))
    if direction is not None:
        spellings = tuple(f"{direction}:{one}" for one in spellings)
    plain = next((one for one in spellings if one in origin.columns), "")
    if plain or direction is not None:
        return plain
    beside = [one for one in origin.columns if one.partition(":")[2] in spellings]
    return (beside[0] if name == "title" else beside[-1]) if beside else ""
