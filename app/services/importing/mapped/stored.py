"""A mapping as strict JSON, in the database and in files that go to another workstation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from app.errors import UserError
from app.models.enums import RecordKind
from app.services.importing.grid import column_index, column_letters
from app.services.importing.mapped.body import (
    PARTS,
    How,
    MarksGiven,
    Origin,
    Placed,
    Role,
    TableKind,
    TableMap,
)
from app.services.importing.mapped.faults import faults
from app.services.importing.mapped.origins import cell_of

SCHEMA = 1
"""Version of the JSON; a newer one is refused."""
_KEYS = frozenset({"schema", "kind", "header", "data", "columns", "origins", "marks", "totals"})
_MORE = frozenset({"record", "turned", "school"})
_COLUMN = frozenset({"column", "title", "role"})
_COLUMN_MORE = frozenset({"field", "subject", "grade", "year"})
_TOTALS = frozenset({"words", "count"})
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
EnumT = TypeVar("EnumT", bound=StrEnum)


class MappingError(UserError):
    """A mapping that is not what this version of the program understands."""


def to_json(mapping: TableMap) -> dict[str, Any]:
    """Return the mapping as JSON values; rows are 1-based, columns letters."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": mapping.kind.value,
        "header": [row + 1 for row in mapping.header],
        "data": mapping.data + 1,
        "columns": [_column_json(column) for column in mapping.columns],
        "origins": {part: _origin_json(origin) for part, origin in mapping.origins.items()},
        "marks": mapping.marks.value,
        "totals": {"words": list(mapping.totals), "count": mapping.totals_count},
    }
    if mapping.record is not None:
        body["record"] = mapping.record.name.lower()
    if mapping.turned:
        body |= {"turned": True} | ({"school": mapping.school} if mapping.school else {})
    return body


def _column_json(column: Placed) -> dict[str, Any]:
    body: dict[str, Any] = {
        "column": column_letters(column.column),
        "title": column.title,
        "role": column.role.value,
    }
    more = {
        "field": column.field,
        "subject": column.subject,
        "grade": column.grade,
        "year": column.year,
    }
    return body | {name: value for name, value in more.items() if value}


def _origin_json(origin: Origin) -> dict[str, str]:
    body = {"how": origin.how.value}
    return body | ({"value": origin.value} if origin.value else {})


def from_json(body: Any) -> TableMap:
    """Return the mapping of JSON values; MappingError names the first thing that is wrong."""
    entry = _object(body, "разметка", _KEYS, _MORE)
    if entry["schema"] != SCHEMA:
        raise _error(
            f"версия разметки {entry['schema']!r}, а эта программа понимает {SCHEMA}",
            "Обновите программу или разметьте таблицу заново.",
        )
    first, last = _rows(entry["header"])
    totals = _object(entry["totals"], "totals", _TOTALS)
    mapping = TableMap(
        kind=_enum(TableKind, entry["kind"], "kind"),
        header=(first, last),
        data=_row(entry["data"], "data"),
        columns=tuple(_column(one) for one in _list(entry["columns"], "columns")),
        record=_record(entry.get("record")),
        origins=_origins(entry["origins"]),
        marks=_enum(MarksGiven, entry["marks"], "marks"),
        totals=tuple(_text(word, "words") for word in _list(totals["words"], "words")),
        totals_count=_flag(totals["count"]),
        turned=_flag(entry.get("turned", False)),
        school=_text(entry.get("school", ""), "school"),
    )
    return _whole(mapping)


def _whole(mapping: TableMap) -> TableMap:
    numbers = [column.column for column in mapping.columns]
    if sorted(set(numbers)) != numbers:
        raise _error("столбцы повторяются или стоят не по порядку")
    for reason in faults(mapping):
        raise _error(reason[0].lower() + reason[1:].rstrip("."))
    return mapping


def _column(body: Any) -> Placed:
    entry = _object(body, "столбец", _COLUMN, _COLUMN_MORE)
    letters = _text(entry["column"], "column")
    place = cell_of(f"{letters}1")
    if place is None or place[1] >= _MOST_COLUMNS or column_letters(place[1]) != letters:
        raise _error(f"столбца «{letters}» не бывает")
    return Placed(
        column_index(letters),
        _text(entry["title"], "title"),
        _enum(Role, entry["role"], "role"),
        _text(entry.get("field", ""), "field"),
        _text(entry.get("subject", ""), "subject"),
        _number(entry.get("grade"), "grade", 1, 12),
        _number(entry.get("year"), "year", 2000, 2100),
    )


def _origins(body: Any) -> Mapping[str, Origin]:
    entry = _object(body, "origins", frozenset(), frozenset(PARTS))
    return MappingProxyType({part: _origin(entry[part]) for part in PARTS if part in entry})


def _origin(body: Any) -> Origin:
    entry = _object(body, "origins", frozenset({"how"}), frozenset({"value"}))
    return Origin(_enum(How, entry["how"], "how"), _text(entry.get("value", ""), "value"))


def _record(name: Any) -> RecordKind | None:
    if name is None:
        return None
    found = next((kind for kind in RecordKind if kind.name.lower() == name), None)
    if found is None:
        raise _error(f"вид сведений {name!r} неизвестен")
    return found


def _rows(value: Any) -> tuple[int, int]:
    pair = _list(value, "header")
    if len(pair) != 2:
        raise _error("«header» – это первая и последняя строка заголовка")
    return _row(pair[0], "header"), _row(pair[1], "header")


def _row(value: Any, name: str) -> int:
    number = _number(value, name, 1, _MOST_ROWS)
    if number is None:
        raise _error(f"не указано «{name}»")
    return number - 1


def _number(value: Any, name: str, least: int, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _error(f"«{name}»: {value!r} – не целое число от {least} до {most}")
    return value


def _flag(value: Any) -> bool:
    return _typed(value, bool, "count", "не «да» и не «нет»")


def _text(value: Any, name: str) -> str:
    return _typed(value, str, name, "не текст")


def _list(value: Any, name: str) -> list[Any]:
    return _typed(value, list, name, "не список")


TypedT = TypeVar("TypedT")


def _typed(value: Any, kind: type[TypedT], name: str, what: str) -> TypedT:
    if not isinstance(value, kind):
        raise _error(f"«{name}»: {value!r} – {what}")
    return value


def _enum(kind: Callable[[str], EnumT], value: Any, name: str) -> EnumT:
    try:
        return kind(value)
    except ValueError:
        raise _error(f"«{name}»: {value!r} программе неизвестно") from None


def _object(
    body: Any, name: str, keys: frozenset[str], more: frozenset[str] = frozenset()
) -> dict[str, Any]:
    entry = _typed(body, dict, name, "не запись")
    missing = sorted(keys - entry.keys())
    unknown = sorted(str(one) for one in entry.keys() - keys - more)
    if missing:
        raise _error(f"«{name}»: нет {', '.join(missing)}")
    if unknown:
        raise _error(f"«{name}»: неизвестно, что такое {', '.join(unknown)}")
    return entry


def _error(what: str, hint: str = "") -> MappingError:
    return MappingError(
        f"Разметка таблицы не принята: {what}.",
        hint or "Выгрузите разметку заново или разметьте таблицу в окне.",
    )
