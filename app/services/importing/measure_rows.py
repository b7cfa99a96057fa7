"""Tables of indicators of a load: compared row for row with the stored ones, then planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from sqlalchemy.orm import Session

from app.services.importing.drafts import Draft, Spot
from app.services.importing.facts import MeasureFact
from app.services.importing.loaded import LoadedFile, LoadedSheet
from app.services.importing.plan import ChangeKind
from app.services.importing.state import Stored
from app.services.importing.writes import MeasureWrite, Writes
from app.services.indicators import (
    RowState,
    draft_years,
    row_states,
    store_loaded,
    years_named,
)
from app.services.indicators.facts import Draft as Measures

_KINDS = {
    RowState.NEW: ChangeKind.NEW,
    RowState.CHANGED: ChangeKind.CHANGED,
    RowState.UNCHANGED: ChangeKind.UNCHANGED,
}


_NO_YEARS = (
    "В таблице показателей нет ни одного года, поэтому период программы неизвестен.",
    None,
    "Новая программа встанет на этот год; исправьте её период на вкладке «Показатели».",
)


def load_measures(session: Session, stored: Stored, files: Sequence[LoadedFile]) -> None:
    """Put into ``stored`` what storing each table would do with its rows."""
    for file in files:
        for sheet, measures in _tables(file):
            states = row_states(session, measures, programme_title(file))
            stored.measures[file.path, sheet.sheet] = states


def measure_tables(draft: Draft, stored: Stored, writes: Writes) -> None:
    """Plan the tables of one file: all rows of a table go in, or none."""
    years = _years(draft.file)
    for sheet, measures in _tables(draft.file):
        spots = [
            Spot(draft, sheet, block, fact)
            for block in sheet.extract.blocks
            for fact in block.facts
            if isinstance(fact, MeasureFact)
        ]
        states = stored.measures[draft.file.path, sheet.sheet]
        waits = any(draft.keeps_out(spot) for spot in spots)
        for spot, row, state in zip(spots, measures.rows, states, strict=True):
            kind = ChangeKind.QUARANTINED if waits else _KINDS[state]
            draft.record(spot, kind, "", " ".join(f"{row.number} {row.title}".split()))
        if not waits and any(state is not RowState.UNCHANGED for state in states):
            if not years:
                draft.warn(spots[0], *_NO_YEARS)
            writes.measures.append(MeasureWrite(measures, programme_title(draft.file), years))


def store_measures(session: Session, writes: Writes, batch_id: int) -> None:
    """Store the tables of a load; undoing it takes them out."""
    for table in writes.measures:
        store_loaded(session, table.measures, table.programme, batch_id, table.years)


def _years(file: LoadedFile) -> tuple[int, ...]:
    found = {year for _, measures in _tables(file) for year in draft_years(measures)}
    return tuple(sorted(found | set(years_named(programme_title(file)))))


def programme_title(file: LoadedFile) -> str:
    """Return the programme that the tables of a file belong to: it is called like the file."""
    return PurePosixPath(file.path).stem.replace("_", " ").strip() or "Программа"


def _tables(file: LoadedFile) -> Iterator[tuple[LoadedSheet, Measures]]:
    for sheet in file.sheets:
        if sheet.extract.measures is not None:
            yield sheet, sheet.extract.measures
