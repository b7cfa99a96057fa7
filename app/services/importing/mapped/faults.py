"""Why a mapping cannot be applied yet, in Russian; the window shows the first reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.services.importing.grid import column_letters
from app.services.importing.mapped.body import (
    SCHOOL_FIELDS,
    How,
    Origin,
    Role,
    TableKind,
    TableMap,
    needed_parts,
)
from app.services.importing.mapped.fields import field_title, is_field
from app.services.importing.mapped.origins import PART_TITLES, cell_of, constant_fault
from app.services.importing.tables import key

_LISTED = 12
_RESULTS = (TableKind.RESULT, TableKind.SIDE_BY_SIDE)
_MARKS = frozenset({"m2", "m3", "m4", "m5"})


def faults(mapping: TableMap) -> tuple[str, ...]:
    """Return every reason why the mapping is not whole; empty when it can be applied."""
    return tuple(
        sentence
        for part in (_rows, _columns, _school, _kind, _origins, _result)
        for sentence in part(mapping)
    )


def _rows(mapping: TableMap) -> Iterator[str]:
    first, last = mapping.header
    if not 0 <= first <= last:
        yield "Первая строка заголовка стоит ниже последней."
    if mapping.data <= last:
        yield "Строки данных должны начинаться ниже заголовка."
    if not any(key(column.title) for column in mapping.columns):
        yield "В выбранных строках заголовка нет ни одного названия столбца."


def _columns(mapping: TableMap) -> Iterator[str]:
    still = [_place(mapping, c.column) for c in mapping.columns if c.role is Role.OPEN]
    if still:
        more = f" и ещё {len(still) - _LISTED}" if len(still) > _LISTED else ""
        where = "строках" if mapping.turned else "столбцах"
        yield f"Не указано, что в {where}: {', '.join(still[:_LISTED])}{more}."
    for column in mapping.fields():
        if not is_field(mapping.kind, mapping.record, column.field):
            what = "Строка" if mapping.turned else "Столбец"
            place = _place(mapping, column.column)
            yield f"{what} {place}: у таблиц этого вида такого поля нет."
    side = mapping.kind is TableKind.SIDE_BY_SIDE
    counted = Counter((c.field, c.group if side else None) for c in mapping.fields())
    for (name, _), number in counted.items():
        if number > 1:
            title = field_title(mapping.kind, mapping.record, name)
            yield f"Поле «{title}» указано для нескольких столбцов ({number})."


def _place(mapping: TableMap, column: int) -> str:
    """Return how a person calls a column of the map: a row of a form by its number."""
    return str(column + 1) if mapping.turned else column_letters(column)


def _school(mapping: TableMap) -> Iterator[str]:
    names = (*SCHOOL_FIELDS, "short_name", "full_name")
    if mapping.turned:
        yield from _form(mapping)
        return
    if not any(mapping.placed(name) for name in names):
        yield "Не указан столбец со школой: её названием или кодом."


def _form(mapping: TableMap) -> Iterator[str]:
    """A form says its school in one of its lines or in a cell, and holds named figures."""
    if mapping.kind is not TableKind.RECORD:
        yield "Показатели в строках бывают только у сведений о школах."
    if mapping.school and cell_of(mapping.school) is None:
        yield f"«{mapping.school}» – не адрес ячейки со школой."
    if not mapping.school and not any(mapping.placed(name) for name in SCHOOL_FIELDS):
        yield "Не указано, где названа школа: строка бланка или ячейка."


def _kind(mapping: TableMap) -> Iterator[str]:
    if mapping.kind is TableKind.RECORD:
        if mapping.record is None:
            yield "Не выбрано, какие это сведения."
        elif not _figures(mapping):
            yield "Не указан ни один столбец со сведениями."
    elif mapping.kind is TableKind.PUPILS and (
        (mapping.placed("mark") is None) == (mapping.placed("score") is None)
    ):
        yield "Укажите один столбец с результатом ученика: отметкой или тестовым баллом."


def _figures(mapping: TableMap) -> bool:
    own = {*SCHOOL_FIELDS, *PART_TITLES}
    return any(column.field not in own for column in mapping.fields())


def _origins(mapping: TableMap) -> Iterator[str]:
    for part in needed_parts(mapping.kind, mapping.record):
        origin = mapping.origins.get(part)
        title = PART_TITLES[part]
        if origin is None:
            yield f"Не указано, откуда взять: {title}."
        else:
            yield from _origin(mapping, part, origin)


def _origin(mapping: TableMap, part: str, origin: Origin) -> Iterator[str]:
    title = PART_TITLES[part]
    if origin.how is How.COLUMN and mapping.placed(part) is None:
        yield f"Не указан столбец, в котором стоит {title}."
    elif origin.how is How.HEADER:
        yield from _header_origin(mapping, part)
    elif origin.how in (How.CONSTANT, How.CELL):
        fault = constant_fault(part, origin)
        if fault:
            yield fault


def _header_origin(mapping: TableMap, part: str) -> Iterator[str]:
    if mapping.kind is not TableKind.SIDE_BY_SIDE or part == "assessment":
        yield f"Из заголовков столбцов взять нельзя: {PART_TITLES[part]}."
        return
    for column in mapping.fields():
        if column.subject and getattr(column, part) is None:
            yield f"Столбец {column_letters(column.column)}: не указан {PART_TITLES[part]}."


def _result(mapping: TableMap) -> Iterator[str]:
    if mapping.kind not in _RESULTS:
        return
    groups: dict[tuple[object, ...], set[str]] = {}
    for column in mapping.fields():
        groups.setdefault(column.group, set()).add(column.field)
    common = groups.get(("", None, None), set())
    chosen = [group for group in groups if group[0]]
    if mapping.kind is TableKind.SIDE_BY_SIDE and not chosen:
        yield "Ни у одного столбца не указан предмет."
    for group in chosen if mapping.kind is TableKind.SIDE_BY_SIDE else [("", None, None)]:
        yield from _enough(str(group[0]), groups.get(group, set()), common)


def _enough(subject: str, own: set[str], common: set[str]) -> Iterator[str]:
    where = f" ({subject})" if subject else ""
    if "participants" not in own | common:
        yield f"Не указан столбец с числом участников{where}."
    if own & _MARKS and not own >= _MARKS:
        lacking = ", ".join(f"«{name[1]}»" for name in sorted(_MARKS - own))
        yield f"Не указаны столбцы отметок {lacking}{where}."
    if not own & {*_MARKS, "below", "mean"}:
        yield f"Не указан ни один столбец с результатом{where}."
