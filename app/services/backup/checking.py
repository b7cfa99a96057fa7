"""The check of everything stored: the file, its references, and the rules of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.errors import DatabaseError
from app.models.tables import Base
from app.services.backup import invariants
from app.services.backup.titles import table_title
from app.services.workspace import Workspace

_SHOWN = 50
"""Findings of one kind that are written out; the rest are counted."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the check found: whole Russian sentences, none when the database is in order."""

    rows: int
    """Rows looked at."""
    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """True when nothing was found."""
        return not self.findings

    def sentence(self) -> str:
        """Return the outcome in one Russian sentence."""
        if self.ok:
            return f"База в порядке: проверено записей – {self.rows}."
        return f"Проверка базы нашла замечания: {len(self.findings)}."


def check(workspace: Workspace) -> CheckReport:
    """Look at the whole database and its archive; nothing is changed.

    A damaged file is a finding, not an exception: the rest cannot be checked then.
    """
    try:
        with workspace.database.read() as session:
            damage = list(_structure(session))
            if damage:
                return CheckReport(0, tuple(damage))
            return CheckReport(_count(session), tuple(_contents(session, workspace)))
    except DatabaseError as error:
        return CheckReport(0, (str(error),))


def _structure(session: Session) -> Iterator[str]:
    """Find what makes any further reading pointless."""
    for (text,) in _pragma(session, "integrity_check"):
        if text != "ok":
            yield f"Файл базы повреждён: {text}. Восстановите базу из резервной копии."
    present = set(inspect(session.connection()).get_table_names())
    for table in sorted(set(Base.metadata.tables) - present):
        yield f"В базе нет таблицы {table_title(table)}. Восстановите базу из резервной копии."


def _contents(session: Session, workspace: Workspace) -> Iterator[str]:
    yield from _limited(_references(session))
    # First what the models cannot read: the rules below read through the models.
    unreadable = [*invariants.unknown_words(session), *invariants.broken_json(session)]
    yield from _limited(unreadable)
    if unreadable:
        return
    for rule in invariants.RULES:
        yield from _limited(rule(session))
    yield from _limited(invariants.missing_archive(session, workspace.archive))


def _references(session: Session) -> Iterator[str]:
    for table, row_id, parent, _ in _pragma(session, "foreign_key_check"):
        yield (
            f"Таблица {table_title(table)}, запись {row_id}: ссылается на отсутствующую запись "
            f"таблицы {table_title(parent)}."
        )


def _pragma(session: Session, name: str) -> list[tuple[object, ...]]:
    found = session.connection().exec_driver_sql(f"PRAGMA {name}")
    return [tuple(row) for row in found]


def _limited(findings: Iterable[str]) -> Iterator[str]:
    all_of_them = list(findings)
    yield from all_of_them[:_SHOWN]
    if len(all_of_them) > _SHOWN:
        yield f"…и ещё таких же замечаний: {len(all_of_them) - _SHOWN}."


def _count(session: Session) -> int:
    link = session.connection()
    return sum(
        link.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608
        for name in Base.metadata.tables
    )
