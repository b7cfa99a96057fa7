"""Columns of the board: the school, then a chip for everything that is expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.services.forms import BoardRow, Expected, State
from app.services.russian import listed
from app.services.sorting import natural_key
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.theme.colors import Tone

CHIPS = {
    State.DONE: Chip(Tone.SUCCESS, Sign.CHECK, "сдано"),
    State.PARTLY: Chip(Tone.WARNING, Sign.ALERT, "частично"),
    State.MISSING: Chip(Tone.DANGER, Sign.DOWN, "нет"),
    State.EXCUSED: Chip(Tone.INFO, Sign.DOT, "освобождена"),
    State.NOT_NEEDED: Chip(Tone.NEUTRAL, Sign.DASH, "не требуется"),
}
_ORDER = {state: place for place, state in enumerate(CHIPS)}


def board_columns(expected: Sequence[Expected]) -> list[Column[BoardRow]]:
    """Return the columns: a click sorts by state, the hint says why."""
    shorts = {one.key: one.short for one in expected}
    school: Column[BoardRow] = Column(
        "school", "Школа", lambda r: r.school, width=240, sort_key=lambda r: natural_key(r.school)
    )
    owed: Column[BoardRow] = Column(
        "owed", "Чего ждём", lambda r: listed([shorts[key] for key in r.owed()]), width=160
    )
    code: Column[BoardRow] = Column("code", "Код", lambda r: r.code, width=100, hidden=True)
    return [school, *(_column(one) for one in expected), owed, code]


def _column(one: Expected) -> Column[BoardRow]:
    return Column(
        one.key,
        one.short,
        lambda row: row.cells[one.key].state.value,
        width=122,
        sort_key=lambda row: _ORDER[row.cells[one.key].state],
        chip=_chip(one.key),
        hint=lambda row: f"{one.title}: {row.cells[one.key].why}",
    )


def _chip(key: str) -> Callable[[BoardRow], Chip]:
    return lambda row: CHIPS[row.cells[key].state]
