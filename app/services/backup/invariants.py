"""What must hold of the stored rows beyond what SQLite itself watches; findings are Russian."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Select, String, Table, and_, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from app.models.base import EnumText
from app.models.decisions import Decision
from app.models.enums import BatchStatus
from app.models.imports import ImportBatch, ImportFile, SourceBlock
from app.models.records import Record
from app.models.results import ReferenceResult, Result
from app.models.schools import School, SchoolCode, SchoolValue
from app.models.tables import Base
from app.services.backup.titles import field_title, table_title

Rule = Callable[[Session], Iterator[str]]

_KEYS: dict[Any, tuple[str, ...]] = {
    Result: ("school_id", "assessment_id"),
    ReferenceResult: ("scope", "name", "assessment_id"),
    Record: ("identity",),
    SchoolValue: ("school_id", "field"),
    SchoolCode: ("school_id", "system"),
    Decision: ("school_id", "year"),
}
"""What a row is about: of one key only one row is in force."""

_OBSERVED: tuple[Any, ...] = (Result, ReferenceResult, Record, SchoolValue, SchoolCode)


def school_columns(session: Session) -> Iterator[str]:
    """Find fields of a school that differ from their newest observation."""
    query = select(School, SchoolValue).join(SchoolValue, SchoolValue.school_id == School.id)
    for school, observed in session.execute(query.where(SchoolValue.current)):
        stored = _as_text(getattr(school, observed.field, None))
        if stored != observed.value:
            yield (
                f"Школа «{school.short_name}», {field_title(observed.field)}: в карточке "
                f"{_quoted(stored)}, а последнее записанное значение – {_quoted(observed.value)}."
            )


def one_in_force(session: Session) -> Iterator[str]:
    """Find keys with several rows in force."""
    for model, names in _KEYS.items():
        query = select(*(getattr(model, name) for name in names)).where(model.current)
        for key, times in Counter(map(tuple, session.execute(query))).items():
            if times > 1:
                shown = ", ".join(str(part) for part in key)
                title = table_title(model.__tablename__)
                yield f"Таблица {title}: действующих записей об одном и том же {times} ({shown})."


def chains(session: Session) -> Iterator[str]:
    """Find rows that replaced a missing or newer row, or one about something else."""
    for model in _OBSERVED:
        title = table_title(model.__tablename__)
        for newer_id, older_id in session.execute(_broken_links(model, _KEYS[model])):
            yield (
                f"Таблица {title}, запись {newer_id}: заменённая ею запись {older_id} "
                "отсутствует, новее её или относится к другому."
            )


def _broken_links(model: Any, names: tuple[str, ...]) -> Select[int, int]:
    older = aliased(model)
    same = [getattr(older, name) == getattr(model, name) for name in names]
    good = [older.id == model.replaced_id, older.id < model.id, *same]
    return (
        select(model.id, model.replaced_id)
        .outerjoin(older, and_(*good))
        .where(model.replaced_id.is_not(None), older.id.is_(None))
    )


def undone_loads(session: Session) -> Iterator[str]:
    """Find values of a load that was taken back and yet are in force."""
    for model in _OBSERVED:
        query = (
            select(ImportBatch.id, func.count())
            .select_from(model)
            .join(SourceBlock, SourceBlock.id == model.block_id)
            .join(ImportFile, ImportFile.id == SourceBlock.file_id)
            .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
            .where(model.current, ImportBatch.status == BatchStatus.UNDONE)
            .group_by(ImportBatch.id)
        )
        for batch_id, count in session.execute(query):
            yield (
                f"Загрузка № {batch_id} отменена, но её записи в таблице "
                f"{table_title(model.__tablename__)} действуют: {count}."
            )


RULES: tuple[Rule, ...] = (school_columns, one_in_force, chains, undone_loads)


def missing_archive(session: Session, archive: Path) -> Iterator[str]:
    """Find imported files whose archived copy is gone: their figures lose their cells."""
    query = select(ImportFile.path, ImportFile.archived_as, ImportFile.batch_id)
    for path, name, batch_id in session.execute(query):
        if name is not None and not (archive / name).is_file():
            yield (
                f"Нет архивной копии файла «{path}» (загрузка № {batch_id}): {archive / name}. "
                "Верните папку архива из резервной копии."
            )


def unknown_words(session: Session) -> Iterator[str]:
    """Find words that the program does not know in columns of a closed vocabulary."""
    for table, column, known in _vocabularies():
        plain = type_coerce(table.c[column], String)
        query = select(plain, func.count()).where(plain.is_not(None)).group_by(plain)
        for word, count in session.execute(query):
            if word not in known:
                yield (
                    f"Таблица {table_title(table.name)}, столбец {column}: неизвестное программе "
                    f"значение «{word}» (записей: {count})."
                )


def _vocabularies() -> Iterator[tuple[Table, str, frozenset[str]]]:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, EnumText):
                yield table, column.name, frozenset(word.value for word in column.type.enum)


def broken_json(session: Session) -> Iterator[str]:
    """Find structured values that cannot be read."""
    for table in Base.metadata.tables.values():
        (key,) = table.primary_key.columns
        for column in table.columns:
            if isinstance(column.type, JSON):
                for row_id in session.scalars(select(key).where(func.json_valid(column) == 0)):
                    yield (
                        f"Таблица {table_title(table.name)}, запись {row_id}: столбец "
                        f"{column.name} не читается."
                    )


def _as_text(value: object) -> str | None:
    """Write a field of a school as its observations do."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return None if value is None else str(value)


def _quoted(text: str | None) -> str:
    return "пусто" if text is None else f"«{text}»"
