"""A table that was read becomes indicators of a programme; read again, it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import ProgrammeKind, ValueRole
from app.models.indicators import Indicator, IndicatorValue
from app.models.programmes import Programme, ProgrammeItem
from app.services.changes import ChangeSet
from app.services.indicators.facts import Draft, DraftRow
from app.services.indicators.numbers import value_fields
from app.services.indicators.periods import Slot, years_named, years_of
from app.services.indicators.queries import GOAL_PART
from app.services.journal import Action
from app.services.workspace import Workspace

_Identity = tuple[str, str, int | None]
"""Number, title and parent of a row: what makes it the same one."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """What became of a table: rows that were added, got other values, or stood there already."""

    programme_id: int
    added: int
    changed: int
    unchanged: int
    notes: tuple[str, ...]
    changes: ChangeSet


def store_draft(
    workspace: Workspace,
    draft: Draft,
    programme: int | str,
    batch_id: int | None = None,
) -> StoredTable:
    """Store one table, see ``store_drafts``."""
    return store_drafts(workspace, [draft], programme, batch_id)


def store_drafts(
    workspace: Workspace,
    drafts: Sequence[Draft],
    programme: int | str,
    batch_id: int | None = None,
) -> StoredTable:
    """Store tables one after the other as one action; the report is that of all of them.

    ``programme`` is the id of one that exists, or a title: the programme of that title is found or
    made, its years are those of the table.  A row is the same one when its number, title and
    parent are; nothing is ever taken out.  UserError when the programme is gone.
    """
    said = f"показатели из таблицы: {sum(len(one.rows) for one in drafts)}"
    years = tuple(sorted({year for one in drafts for year in draft_years(one)}))
    with workspace.database.write() as session, Action(session, said) as action:
        into, done = programme, []
        for draft in drafts:
            storing = _Storing(session, action, draft, batch_id, years)
            into = storing.programme(into)
            storing.rows(into)
            done.append(storing)
        return StoredTable(
            int(into),
            sum(one.added for one in done),
            sum(one.changed for one in done),
            sum(one.unchanged for one in done),
            tuple(note for one in done for note in one.all_notes),
            action.changes,
        )


class RowState(Enum):
    """What storing a table would do with one of its rows."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def row_states(session: Session, draft: Draft, programme: int | str) -> tuple[RowState, ...]:
    """Return what ``store_loaded`` would do with each row; nothing is stored."""
    programme_id = find_programme(session, programme)
    if programme_id is None:
        return tuple(RowState.NEW for _ in draft.rows)
    known = _known(session, programme_id)
    found: list[RowState] = []
    ids: list[int | None] = []
    for row in draft.rows:
        parent = ids[row.parent] if row.parent is not None else None
        orphan = row.parent is not None and parent is None
        same = None if orphan else known.get(_identity(row.number, row.title, parent))
        ids.append(same.pop(0) if same else None)
        here = ids[-1]
        if here is None:
            found.append(RowState.NEW)
        else:
            differs = bool(_differences(session, here, row))
            found.append(RowState.CHANGED if differs else RowState.UNCHANGED)
    return tuple(found)


def store_loaded(
    session: Session,
    draft: Draft,
    programme: int | str,
    batch_id: int,
    years: tuple[int, ...] = (),
) -> None:
    """Store a table of a load inside its write block; undoing either takes it back.

    ``years`` are those of all tables of the file: a programme that is made gets them.
    """
    with Action(session, f"показатели из таблицы: {len(draft.rows)}", batch_id) as action:
        storing = _Storing(session, action, draft, batch_id, years)
        storing.rows(storing.programme(programme))


def draft_years(draft: Draft) -> tuple[int, ...]:
    """Return the years of a table: of its columns, else those that its title names.

    The year of the base is before the programme, unless nothing else names one.
    """
    planned = years_of(slot for slot in draft.slots if slot.role is not ValueRole.BASE)
    return planned or years_of(draft.slots) or years_named(draft.title)


def find_programme(session: Session, wanted: int | str) -> int | None:
    """Return the programme of that id or of that title, None when there is none."""
    if isinstance(wanted, int):
        return wanted if session.get(Programme, wanted) else None
    known = session.execute(select(Programme.id, Programme.title))
    return next((row_id for row_id, title in known if _key(title) == _key(wanted)), None)


def _differences(session: Session, indicator_id: int, row: DraftRow) -> dict[Slot, int | None]:
    """Return the places whose text differs, with the id of the stored value there."""
    query = select(IndicatorValue).where(IndicatorValue.indicator_id == indicator_id)
    stored = {Slot(one.role, one.period): one for one in session.scalars(query)}
    return {
        slot: stored[slot].id if slot in stored else None
        for slot, text in row.values.items()
        if slot not in stored or stored[slot].text != text
    }


def _known(session: Session, programme_id: int) -> dict[_Identity, list[int]]:
    """Return the rows that stand there; two that look the same are both kept."""
    query = select(Indicator.id, Indicator.number, Indicator.title, Indicator.parent_id)
    found: dict[_Identity, list[int]] = {}
    rows = query.where(Indicator.programme_id == programme_id).order_by(Indicator.position)
    for row_id, number, title, parent in session.execute(rows):
        found.setdefault(_identity(number, title, parent), []).append(row_id)
    return found


class _Storing:
    """One table on its way into one programme."""

    def __init__(
        self,
        session: Session,
        action: Action,
        draft: Draft,
        batch_id: int | None,
        years: tuple[int, ...] = (),
    ) -> None:
        self._session = session
        self._action = action
        self._draft = draft
        self._batch_id = batch_id
        self._years = years or draft_years(draft)
        self.added = self.changed = self.unchanged = 0
        self.notes: list[str] = []

    @property
    def all_notes(self) -> tuple[str, ...]:
        """What a person should look at: of the reading, and of the storing."""
        return (*self._draft.notes, *self.notes)

    # The programme and its goals.

    def programme(self, wanted: int | str) -> int:
        found = find_programme(self._session, wanted)
        if found is None and isinstance(wanted, int):
            raise UserError("Такой программы больше нет.", "Обновите список и выберите другую.")
        return found or self._new_programme(str(wanted))

    def _new_programme(self, title: str) -> int:
        years = self._years or years_named(title)
        if not years:
            years = (datetime.now(UTC).astimezone().year,)
            self.notes.append(
                f"В таблице нет ни одного года: программа заведена на {years[0]} год, исправьте "
                "период, если он другой."
            )
        values = {
            "kind": ProgrammeKind.PROGRAMME,
            "title": title,
            "first_year": years[0],
            "last_year": years[-1],
            "approval": {},
        }
        return self._action.insert(Programme, values)

    def _goals(self, programme_id: int) -> dict[str, int]:
        query = select(ProgrammeItem.id, ProgrammeItem.text, ProgrammeItem.position).where(
            ProgrammeItem.programme_id == programme_id, ProgrammeItem.part == GOAL_PART
        )
        rows = self._session.execute(query).all()
        known = {_key(text): row_id for row_id, text, _ in rows}
        place = max((position for *_, position in rows), default=0)
        for text in self._draft.goals:
            if _key(text) not in known:
                place += 1
                values = {"programme_id": programme_id, "part": GOAL_PART, "position": place}
                known[_key(text)] = self._action.insert(
                    ProgrammeItem, {**values, "text": text, "number": "", "data": {}}
                )
        return known

    # Rows.

    def rows(self, programme_id: int) -> None:
        """Store every row of the table in its order."""
        goals = self._goals(programme_id)
        known = _known(self._session, programme_id)
        ids: list[int] = []
        place = self._last_position(programme_id)
        for row in self._draft.rows:
            parent = ids[row.parent] if row.parent is not None else None
            same = known.get(_identity(row.number, row.title, parent))
            if same:
                ids.append(same.pop(0))
                self._compare(ids[-1], row)
            else:
                place += 1
                ids.append(self._add(row, programme_id, parent, goals, place))

    def _last_position(self, programme_id: int) -> int:
        query = select(func.max(Indicator.position)).where(Indicator.programme_id == programme_id)
        return self._session.scalar(query) or 0

    def _add(
        self,
        row: DraftRow,
        programme_id: int,
        parent: int | None,
        goals: Mapping[str, int],
        place: int,
    ) -> int:
        indicator_id = self._action.insert(
            Indicator,
            {
                "programme_id": programme_id,
                "parent_id": parent,
                "goal_id": goals.get(_key(row.goal)) if row.goal else None,
                "position": place,
                "number": row.number,
                "title": row.title,
                "unit": row.unit,
                "source": row.source,
                "method": row.method,
                "is_group": row.is_group,
                "formula": "",
                "extra": dict(row.extra),
                "batch_id": self._batch_id,
            },
        )
        for slot, text in row.values.items():
            self._put(indicator_id, slot, text, row)
        self.added += 1
        return indicator_id

    def _put(self, indicator_id: int, slot: Slot, text: str, row: DraftRow) -> None:
        key = {"indicator_id": indicator_id, "role": slot.role, "period": slot.period}
        self._action.insert(IndicatorValue, {**key, **value_fields(text, row.title, row.unit)})

    def _compare(self, indicator_id: int, row: DraftRow) -> None:
        different = _differences(self._session, indicator_id, row)
        for slot, value_id in different.items():
            text = row.values[slot]
            if value_id is None:
                self._put(indicator_id, slot, text, row)
            else:
                fields = value_fields(text, row.title, row.unit)
                self._action.update(IndicatorValue, value_id, fields)
        if different:
            self.changed += 1
        else:
            self.unchanged += 1


def _identity(number: str, title: str, parent: int | None) -> _Identity:
    return "".join(number.split()).rstrip("."), _key(title), parent


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
