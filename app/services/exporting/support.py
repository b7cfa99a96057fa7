"""Support of schools and the management cycle written as files, the format by the ending."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import OutputError
from app.services import cycle, support
from app.services.exporting import formats
from app.services.exporting.table import Column, Row
from app.services.output import write_safely
from app.services.workspace import Workspace

_FORMATS = (".json", ".csv", ".xlsx")


def _text(title: str, name: str, width: int) -> Column:
    return Column(title, width, lambda row: _cell(row[name]))


def _cell(value: object) -> str | int | None:
    if isinstance(value, bool):
        return "да" if value else ""
    if isinstance(value, (list, tuple)):
        return "; ".join(str(one) for one in value)
    return value if isinstance(value, int) else str(value or "")


@dataclass(frozen=True)
class _Kind:
    """One table: its title, its columns, and its rows of a year and school."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Workspace, int, int | None, date], Sequence[Row]]


def write_support(
    workspace: Workspace, kind: str, path: Path, year: int, school_id: int | None, today: date
) -> int:
    """Write one table of a year as .json, .csv or .xlsx; return how many rows it has.

    ``kind`` is risks, curators, networks, recommendations or evidence.  OutputError when the
    ending is another one or the file cannot be written; an older file is then untouched.
    """
    of = _KINDS[kind]
    rows = of.rows(workspace, year, school_id, today)
    ending = path.suffix.casefold()
    if ending == ".json":
        write_safely(path, formats.as_json(rows), formats.check_json)
    elif ending == ".csv":
        write_safely(path, formats.as_csv(rows, of.columns), formats.check_csv)
    elif ending == ".xlsx":
        data = formats.as_xlsx(rows, of.columns, f"{of.title}, {year} год", of.title)
        write_safely(path, data, lambda written: formats.check_xlsx(written, of.title))
    else:
        raise OutputError(
            f"«{of.title}» нельзя записать в файл «{path.name}».",
            f"Годятся окончания: {', '.join(_FORMATS)}.",
        )
    return len(rows)


def _risks(workspace: Workspace, year: int, school_id: int | None, _day: date) -> list[Row]:
    matrix = support.risk_matrix(workspace, year)
    return [
        {
            "school": school.name,
            "year": year,
            "number": factor.position,
            "factor": factor.title,
            "significance": cell.mark.significance.value if cell.mark.significance else "",
            "actual": cell.mark.actual,
            "priority": cell.mark.priority,
            "resolved": _day_text(cell.resolved_on),
            "evidence": cell.evidence,
        }
        for school in matrix.schools
        if school_id in (None, school.id)
        for factor in matrix.factors
        if (cell := matrix.cell(school.id, factor.key)) is not None
    ]


def _curators(workspace: Workspace, year: int, school_id: int | None, _day: date) -> list[Row]:
    return [
        {
            "role": row.role.value,
            "school": row.school,
            "person": row.person,
            "post": row.post,
            "organization": row.organization,
            "order": row.order_text,
            "from": _day_text(row.first_day),
            "to": _day_text(row.last_day),
            "note": row.note,
            "problems": list(row.problems),
        }
        for row in support.list_appointments(workspace, year)
        if school_id in (None, row.school_id)
    ]


def _networks(workspace: Workspace, year: int, school_id: int | None, _day: date) -> list[Row]:
    return [
        {
            "number": row.number,
            "title": row.title,
            "principle": row.principle,
            "members": [one.who.title for one in row.members],
            "problems": list(row.problems),
        }
        for row in support.list_groups(workspace, year)
        if school_id is None or school_id in row.school_ids
    ]


def _advice(workspace: Workspace, year: int, school_id: int | None, day: date) -> list[Row]:
    return [
        {
            "school": row.school,
            "addressee": row.addressee,
            "deficit": row.form.deficit,
            "text": row.form.text,
            "term": row.form.term,
            "state": row.form.state.value,
            "overdue": row.is_overdue(day),
            "analysis": row.analysis,
        }
        for row in cycle.list_recommendations(workspace, year, school_id)
    ]


def _evidence(workspace: Workspace, year: int, _school: int | None, day: date) -> list[Row]:
    matrix = cycle.evidence_matrix(workspace, year, day)
    return [
        {
            "step": step.title,
            "direction": direction.title,
            "state": matrix.cell(step.key, direction.key).state.value,
            "documents": [row.name for row in matrix.cell(step.key, direction.key).rows],
        }
        for step in matrix.steps
        for direction in matrix.directions
    ]


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


_KINDS: Mapping[str, _Kind] = {
    "risks": _Kind(
        "Факторы риска",
        (_text("Школа", "school", 36), _text("Год", "year", 7), _text("№", "number", 5),
         _text("Фактор риска", "factor", 60), _text("Значимость", "significance", 14),
         _text("Актуальный", "actual", 12), _text("Приоритетный", "priority", 13),
         _text("Снят", "resolved", 12), _text("Подтверждение", "evidence", 40)),
        _risks,
    ),
    "curators": _Kind(
        "Кураторы",
        (_text("Роль", "role", 26), _text("Школа", "school", 36), _text("Кто", "person", 36),
         _text("Должность", "post", 24), _text("Место работы", "organization", 36),
         _text("Приказ", "order", 26), _text("С", "from", 12), _text("По", "to", 12),
         _text("Примечание", "note", 50), _text("Проверьте", "problems", 50)),
        _curators,
    ),
    "networks": _Kind(
        "Сетевые группы",
        (_text("Группа", "number", 14), _text("Название", "title", 30),
         _text("Организации", "members", 70), _text("Принцип", "principle", 30),
         _text("Проверьте", "problems", 50)),
        _networks,
    ),
    "recommendations": _Kind(
        "Адресные рекомендации",
        (_text("Школа", "school", 36), _text("Кому", "addressee", 34),
         _text("Дефицит", "deficit", 40), _text("Рекомендация", "text", 70),
         _text("Срок", "term", 20), _text("Состояние", "state", 14),
         _text("Просрочена", "overdue", 12), _text("Анализ", "analysis", 36)),
        _advice,
    ),
    "evidence": _Kind(
        "Матрица доказательств",
        (_text("Шаг", "step", 40), _text("Направление", "direction", 34),
         _text("Состояние", "state", 14), _text("Документы", "documents", 80)),
        _evidence,
    ),
}  # fmt: skip
