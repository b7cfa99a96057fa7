"""Monitoring tables of a load: compared with the stored rows, then planned and stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.cycle import MonitoringRow
from app.services.importing.drafts import Draft
from app.services.importing.facts import MonitoringFact
from app.services.importing.loaded import LoadedFile
from app.services.importing.measure_rows import programme_title, store_measures
from app.services.importing.monitoring_table import FIELDS
from app.services.importing.plan import ChangeKind
from app.services.importing.state import Stored
from app.services.importing.writes import MonitoringWrite, Writes
from app.services.indicators import find_programme, store_loaded, years_named
from app.services.indicators.facts import Draft as Measures
from app.services.journal import Action

Row = tuple[str, ...]
_NO_YEARS = (
    "Ни таблица мониторинга, ни имя файла не называют года, поэтому период программы неизвестен.",
    None,
    "Новая программа встанет на этот год; исправьте её период на вкладке «Программа».",
)


def load_monitoring(session: Session, stored: Stored, files: Sequence[LoadedFile]) -> None:
    """Put into ``stored`` the rows that the programmes of the files have already."""
    for file in files:
        if any(True for _ in file.of(MonitoringFact)):
            programme = find_programme(session, programme_title(file))
            rows = () if programme is None else _stored(session, programme)
            stored.monitoring[file.path] = frozenset(rows)


def _stored(session: Session, programme: int) -> Iterator[Row]:
    query = select(MonitoringRow).where(MonitoringRow.programme_id == programme)
    for row in session.scalars(query):
        yield tuple(_flat(getattr(row, name)) for name in FIELDS)


def monitoring_tables(draft: Draft, stored: Stored, writes: Writes) -> None:
    """Plan the tables of one file: rows that are there already are not stored again."""
    spots = list(draft.spots(MonitoringFact))
    if not spots:
        return
    known = stored.monitoring.get(draft.file.path, frozenset())
    new: list[Mapping[str, str]] = []
    for spot, fact in spots:
        kind = ChangeKind.UNCHANGED if _key(fact.cells) in known else ChangeKind.NEW
        if draft.keeps_out(spot):
            kind = ChangeKind.QUARANTINED
        elif kind is ChangeKind.NEW:
            new.append(fact.cells)
        text = fact.cells.get("criterion") or fact.cells.get("indicators") or "строка"
        draft.record(spot, kind, "", f"Мониторинг: {' '.join(text.split())}")
    if new:
        title = programme_title(draft.file)
        if not known and not years_named(title) and not writes.measures:
            draft.warn(spots[0][0], *_NO_YEARS)
        writes.monitoring.append(MonitoringWrite(tuple(new), title))


def store_programme_tables(session: Session, writes: Writes, batch_id: int) -> None:
    """Store tables of indicators, then rows of monitoring below those of their programmes.

    Undoing the load takes both out.
    """
    store_measures(session, writes, batch_id)
    for write in writes.monitoring:
        if find_programme(session, write.programme) is None:
            nothing = Measures(write.programme, (), (), ())
            store_loaded(session, nothing, write.programme, batch_id)
        programme = find_programme(session, write.programme)
        last = select(func.max(MonitoringRow.position)).where(
            MonitoringRow.programme_id == programme
        )
        first = (session.scalar(last) or 0) + 1
        said = f"таблица мониторинга из документа: {len(write.rows)}"
        with Action(session, said, batch_id) as action:
            for position, cells in enumerate(write.rows, start=first):
                texts = {name: cells.get(name, "") for name in FIELDS}
                action.insert(
                    MonitoringRow, {**texts, "programme_id": programme, "position": position}
                )


def _key(cells: Mapping[str, str]) -> Row:
    return tuple(_flat(cells.get(name, "")) for name in FIELDS)


def _flat(text: str) -> str:
    return " ".join(text.split())
