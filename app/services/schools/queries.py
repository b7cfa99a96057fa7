"""Reading schools: the whole list at once, or one card with the source of each field."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import CodeSystem, SchoolStatus
from app.models.schools import School, SchoolAlias, SchoolCode, SchoolEnding, SchoolValue
from app.services.provenance import BlockOrigin, load_origins
from app.services.schools.types import (
    AliasValue,
    CodeValue,
    EndingValue,
    FieldValue,
    OtherSchool,
    PastValue,
    SchoolCard,
    SchoolRow,
)
from app.services.sorting import natural_key
from app.services.source import Source
from app.services.workspace import Workspace

_TITLES = {
    "short_name": "Краткое наименование",
    "full_name": "Полное наименование",
    "kind": "Вид",
    "settlement": "Населённый пункт",
    "rural": "Сельская",
    "pupils": "Обучающихся",
    "director": "Руководитель",
    "status": "Состояние",
}
_YES_NO = {True: "да", False: "нет"}

Origins = dict[int, BlockOrigin]


def list_schools(workspace: Workspace) -> tuple[SchoolRow, ...]:
    """Return every school of the register, closed ones too, by name (№2 before №15)."""
    with workspace.database.read() as session:
        rows = _rows(session)
    return tuple(sorted(rows, key=lambda row: natural_key(row.short_name)))


class SchoolGone(UserError):  # noqa: N818 - a state of the register, told as a sentence
    """The school has left the register since it was listed: a load was taken back."""


def school_card(workspace: Workspace, school_id: int) -> SchoolCard:
    """Return one school with sources and history; SchoolGone when there is no such school."""
    with workspace.database.read() as session:
        row = next(iter(_rows(session, school_id)), None)
        if row is None:
            raise SchoolGone(
                "Такой школы больше нет в реестре.", "Обновите список школ и выберите школу снова."
            )
        return SchoolCard(
            row,
            _fields(session, row),
            _codes(session, school_id),
            _aliases(session, school_id),
            _ending(session, row),
            _joined(session, school_id),
        )


def _rows(session: Session, school_id: int | None = None) -> list[SchoolRow]:
    query = select(
        School.id,
        School.short_name,
        School.full_name,
        School.kind,
        School.settlement,
        School.rural,
        School.pupils,
        School.director,
        School.status,
        School.search_key,
    )
    if school_id is not None:
        query = query.where(School.id == school_id)
    codes = _current_codes(session)
    return [
        SchoolRow(
            *row[:8],
            fisoko=codes.get((row[0], CodeSystem.FISOKO)),
            rcoi=codes.get((row[0], CodeSystem.RCOI)),
            status=row[8],
            search_key=row[9],
        )
        for row in session.execute(query)
    ]


def _current_codes(session: Session) -> dict[tuple[int, CodeSystem], str]:
    query = (
        select(SchoolCode.school_id, SchoolCode.system, SchoolCode.code)
        .where(SchoolCode.current)
        .order_by(SchoolCode.id)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def _fields(session: Session, row: SchoolRow) -> tuple[FieldValue, ...]:
    observed = session.scalars(
        select(SchoolValue).where(SchoolValue.school_id == row.id).order_by(SchoolValue.id.desc())
    ).all()
    origins = load_origins(session, (value.block_id for value in observed))
    return tuple(
        _field(row, name, [value for value in observed if value.field == name], origins)
        for name in _TITLES
    )


def _field(
    row: SchoolRow, name: str, observed: Iterable[SchoolValue], origins: Origins
) -> FieldValue:
    by_id = {value.id: value for value in observed}
    current = next((value for value in by_id.values() if value.current), None)
    past = []
    older = by_id.get(current.replaced_id or 0) if current else None
    while older is not None:
        past.append(PastValue(_shown(older.value), _source(older, origins, name)))
        older = by_id.get(older.replaced_id or 0)
    return FieldValue(
        field=name,
        title=_TITLES[name],
        value=_shown(getattr(row, name)),
        source=_source(current, origins, name) if current else None,
        history=tuple(past),
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    return _YES_NO[value] if isinstance(value, bool) else str(value)


def _source(
    observed: SchoolValue | SchoolCode | SchoolAlias, origins: Origins, *fields: str
) -> Source | None:
    origin = origins.get(observed.block_id or 0)
    return origin.source(observed.rows, *fields) if origin else None


_CODE_FIELDS = {CodeSystem.FISOKO: "fisoko", CodeSystem.RCOI: "rcoi"}


def _codes(session: Session, school_id: int) -> tuple[CodeValue, ...]:
    codes = session.scalars(
        select(SchoolCode)
        .where(SchoolCode.school_id == school_id)
        .order_by(SchoolCode.system, SchoolCode.current.desc(), SchoolCode.id.desc())
    ).all()
    origins = load_origins(session, (code.block_id for code in codes))
    return tuple(
        CodeValue(
            code.id,
            code.system,
            code.code,
            code.current,
            _source(code, origins, _CODE_FIELDS[code.system], "name"),
            code.since,
            code.until,
        )
        for code in codes
    )


def _aliases(session: Session, school_id: int) -> tuple[AliasValue, ...]:
    aliases = session.scalars(
        select(SchoolAlias)
        .where(SchoolAlias.school_id == school_id, SchoolAlias.current)
        .order_by(SchoolAlias.id)
    ).all()
    origins = load_origins(session, (alias.block_id for alias in aliases))
    return tuple(
        AliasValue(alias.id, alias.name, _source(alias, origins, "name")) for alias in aliases
    )


def _ending(session: Session, row: SchoolRow) -> EndingValue | None:
    """Return how the school ended; None while it works."""
    if row.status is SchoolStatus.ACTIVE:
        return None
    query = (
        select(SchoolEnding, School.short_name)
        .outerjoin(School, School.id == SchoolEnding.successor_id)
        .where(SchoolEnding.school_id == row.id)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    ending, name = found
    went: int | None = ending.successor_id
    successor = None if went is None else OtherSchool(went, name)
    return EndingValue(ending.reason, ending.ended_on, successor)


def _joined(session: Session, school_id: int) -> tuple[OtherSchool, ...]:
    query = (
        select(School.id, School.short_name, SchoolEnding.ended_on)
        .join(SchoolEnding, SchoolEnding.school_id == School.id)
        .where(SchoolEnding.successor_id == school_id, School.status == SchoolStatus.MERGED)
        .order_by(School.short_name)
    )
    return tuple(OtherSchool(*row) for row in session.execute(query))
