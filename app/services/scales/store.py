"""What an office corrects: its own scales and minimums, kept beside those of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import AssessmentKind
from app.models.office import Setting
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.scales.in_force import Scales
from app.services.scales.reading import (
    EntryT,
    faults_of_minimum,
    minimum_body,
    minimum_of,
    scale_body,
    scale_of,
    shipped_minimums,
    shipped_scales,
)
from app.services.scales.types import MarkScale, MinScore, overlapping, scale_faults
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Known(Generic[EntryT]):
    """An entry of the list; ``own`` was written by the office.

    ``instead`` names the office's entry that serves some of its years in its place.
    """

    entry: EntryT
    own: bool
    instead: str = ""


@dataclass(frozen=True)
class _Shelf(Generic[EntryT]):
    """Where the office's entries of one kind lie, and how they are read and checked."""

    key: str
    name: str
    read: Callable[[dict[str, Any]], EntryT]
    write: Callable[[EntryT], dict[str, Any]]
    faults: Callable[[EntryT], tuple[str, ...]]


_SCALES = _Shelf("scales.marks", "шкала", scale_of, scale_body, scale_faults)
_MINIMUMS = _Shelf(
    "scales.minimums", "минимальный балл", minimum_of, minimum_body, faults_of_minimum
)


def in_force(workspace: Workspace) -> Scales:
    """Return what serves: the office's entries first, then those of the program."""
    with workspace.database.read() as session:
        own_scales, own_minimums = _own(session, _SCALES), _own(session, _MINIMUMS)
    return Scales((*own_scales, *shipped_scales()), (*own_minimums, *shipped_minimums()))


def own_entries(session: Session) -> Scales:
    """Return what the office itself wrote."""
    return Scales(tuple(_own(session, _SCALES)), tuple(_own(session, _MINIMUMS)))


def list_scales(workspace: Workspace) -> tuple[Known[MarkScale], ...]:
    """Return the scales of the office and of the program, by procedure and year."""
    with workspace.database.read() as session:
        return _listed(_own(session, _SCALES), shipped_scales())


def list_minimums(workspace: Workspace) -> tuple[Known[MinScore], ...]:
    """Return the minimums of the office and of the program, by exam and year."""
    with workspace.database.read() as session:
        return _listed(_own(session, _MINIMUMS), shipped_minimums())


def save_scale(
    workspace: Workspace, scale: MarkScale, instead_of: MarkScale | None = None
) -> ChangeSet:
    """Store a scale of the office, in the place of an earlier one of it if there is one.

    A scale of the program stays and serves again when the office's is taken back.  UserError says
    what is wrong: bands with gaps, no source, years that another scale of the office has.
    """
    return _save(workspace, _SCALES, scale, instead_of)


def save_minimum(
    workspace: Workspace, minimum: MinScore, instead_of: MinScore | None = None
) -> ChangeSet:
    """Store a minimum of the office; as ``save_scale``."""
    return _save(workspace, _MINIMUMS, minimum, instead_of)


def restore_scale(workspace: Workspace, scale: MarkScale) -> ChangeSet:
    """Take a scale of the office back: that of the program serves its years again."""
    return _restore(workspace, _SCALES, scale)


def restore_minimum(workspace: Workspace, minimum: MinScore) -> ChangeSet:
    """Take a minimum of the office back: that of the program serves its years again."""
    return _restore(workspace, _MINIMUMS, minimum)


def _own(session: Session, shelf: _Shelf[EntryT]) -> list[EntryT]:
    stored: Any = session.scalar(select(Setting.value).where(Setting.key == shelf.key))
    try:
        return [shelf.read(body) for body in stored or ()]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"В базе испорчена запись «{shelf.name}», её не прочитать.",
            "Восстановите базу из резервной копии («Файл», «Резервные копии»).",
        ) from error


def _listed(own: Sequence[EntryT], shipped: Sequence[EntryT]) -> tuple[Known[EntryT], ...]:
    mine = (Known(entry, own=True) for entry in own)
    theirs = (Known(entry, False, _instead(entry, own)) for entry in shipped)
    return tuple(sorted((*mine, *theirs), key=_order))


def _instead(entry: EntryT, own: Sequence[EntryT]) -> str:
    return next((other.title for other in own if overlapping(entry, [other])), "")


def _order(known: Known[Any]) -> tuple[Any, ...]:
    kinds = list(AssessmentKind)
    kind, *rest = known.entry.procedure
    return (kinds.index(kind), *rest, -known.entry.last_year, not known.own)


def _save(
    workspace: Workspace, shelf: _Shelf[EntryT], entry: EntryT, instead_of: EntryT | None
) -> ChangeSet:
    wrong = shelf.faults(entry)
    if wrong:
        raise UserError(f"{entry.title}: {' '.join(wrong)}", "Исправьте и сохраните снова.")
    with workspace.database.write() as session:
        others: list[EntryT] = [one for one in _own(session, shelf) if one != instead_of]
        clash = overlapping(entry, others)
        if clash:
            raise UserError(f"{entry.title}: {clash}", "Исправьте годы или верните прежнюю запись.")
        return _store(session, shelf, [*others, entry], f"{shelf.name}: {entry.title}")


def _restore(workspace: Workspace, shelf: _Shelf[EntryT], entry: EntryT) -> ChangeSet:
    with workspace.database.write() as session:
        before: list[EntryT] = _own(session, shelf)
        left: list[EntryT] = [one for one in before if one != entry]
        if left == before:
            return ChangeSet()
        return _store(session, shelf, left, f"{shelf.name}: {entry.title}, как в программе")


def _store(
    session: Session, shelf: _Shelf[EntryT], entries: Sequence[EntryT], title: str
) -> ChangeSet:
    # An empty row first: the journal remembers changes of rows that are there.
    session.execute(insert(Setting).values(key=shelf.key, value=None).on_conflict_do_nothing())
    with Action(session, title) as action:
        action.update(Setting, shelf.key, {"value": [shelf.write(entry) for entry in entries]})
        return action.changes
