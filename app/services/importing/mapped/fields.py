"""Which fields a column may be placed at, by kind of table, with their Russian titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.models.enums import RecordKind
from app.services.figures import catalogue, figure_title, share_name
from app.services.importing.mapped.body import TableKind

KIND_TITLES = {
    TableKind.REGISTER: "Реестр школ",
    TableKind.RESULT: "Результаты: школа в строке, одна процедура",
    TableKind.SIDE_BY_SIDE: "Результаты: несколько предметов рядом",
    TableKind.RECORD: "Сведения о школах (паспорт, кадры, список…)",
    TableKind.PUPILS: "Список учеников (будет посчитан по школам)",
}
"""Russian titles of the kinds, in the order in which they are offered."""

_SCHOOL = {
    "name": "Школа (название)",
    "code": "Код школы",
    "fisoko": "Логин ФИС ОКО",
    "rcoi": "Код РЦОИ",
}
_PROCEDURE = {
    "year": "Год",
    "assessment": "Процедура (ВПР, ОГЭ, ЕГЭ)",
    "subject": "Предмет",
    "grade": "Класс",
}
_MARKS = {
    "participants": "Участников",
    "m2": "Отметка 2",
    "m3": "Отметка 3",
    "m4": "Отметка 4",
    "m5": "Отметка 5",
    "below": "Ниже минимума, чел.",
    "mean": "Средний балл",
}
_REGISTER = {
    "short_name": "Краткое название",
    "full_name": "Полное название",
    "kind": "Вид школы",
    "settlement": "Населённый пункт",
    "rural": "Местность (село, город)",
    "pupils": "Обучающихся",
    "director": "Директор",
    "status": "Состояние (действует, закрыта)",
}
_PUPILS = {"mark": "Отметка", "score": "Тестовый балл", "primary": "Первичный балл"}
_OWN = {
    TableKind.REGISTER: _SCHOOL | _REGISTER,
    TableKind.RESULT: _SCHOOL | _PROCEDURE | _MARKS,
    TableKind.SIDE_BY_SIDE: _SCHOOL | _PROCEDURE | _MARKS,
    TableKind.RECORD: _SCHOOL | _PROCEDURE,
    TableKind.PUPILS: _SCHOOL | _PROCEDURE | _PUPILS,
}


_NUMBER = re.compile(r"(\d{1,3})(?:б|балл\w*)?")
_TASK = re.compile(r"(?:задание|№)?(\d{1,2}(?:\.\d{1,2})?(?:к\d{1,2})?)(?:\(\d+б\)|%)?")
_NAMED_BY = {"score_": _NUMBER, "task_": _TASK, "max_": _TASK}
"""How a title names a score or a task, by the prefix of the figure's name."""


def numbered_fields(record: RecordKind, title: str) -> dict[str, str]:
    """Return the figures with a number that a title («7», «7 баллов», «2.1», «9К1») may name."""
    folded = "".join(title.casefold().replace("k", "к").split())
    found = {}
    for prefix in catalogue()[record].numbered:
        pattern = _NAMED_BY.get(prefix)
        match = pattern.fullmatch(folded) if pattern else None
        if match:
            name = prefix + match[1].upper()
            found[name] = figure_title(record, name)
    return found


def fields_of(
    kind: TableKind, record: RecordKind | None, titles: Iterable[str] = ()
) -> dict[str, str]:
    """Return the fields of a kind of table with their titles, in the order of the list.

    ``titles`` of the columns add the figures with a number that they name: scores and tasks.
    """
    own = _OWN[kind]
    if kind is not TableKind.RECORD or record is None:
        return dict(own)
    numbered = [numbered_fields(record, title) for title in titles]
    figures = catalogue()[record].figures
    plain = {figure.name: figure.title for figure in figures}
    shares = {
        share_name(figure.name): f"{figure.title}, %" for figure in figures if figure.unit != "%"
    }
    return own | plain | shares | {name: text for one in numbered for name, text in one.items()}


def field_title(kind: TableKind, record: RecordKind | None, name: str) -> str:
    """Return the Russian title of a field; figures with a number have theirs too."""
    known = _OWN[kind].get(name)
    if known is not None:
        return known
    return name if record is None else figure_title(record, name)


def is_field(kind: TableKind, record: RecordKind | None, name: str) -> bool:
    """Return whether a column of that kind of table may be placed at the field."""
    if name in fields_of(kind, record):
        return True
    if kind is not TableKind.RECORD or record is None:
        return False
    prefixes = catalogue()[record].numbered
    return any(name.startswith(prefix) and len(name) > len(prefix) for prefix in prefixes)
