"""Writing programmes and the entries of their parts; every change can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.programmes import Programme, ProgrammeBlock, ProgrammeItem
from app.models.tables import Base
from app.services.acts import parse_act
from app.services.changes import ChangeSet
from app.services.journal import Action
from app.services.programmes.amounts import parse_amount
from app.services.programmes.parts import Field, FieldType, Part, part
from app.services.programmes.reading import gone, stored_items
from app.services.programmes.types import Approval, ItemForm, ProgrammeForm, Saved, Values
from app.services.workspace import Workspace

_YEARS = range(1990, 2101)
_GO_ALONG = (ProgrammeItem, ProgrammeBlock)
"""Rows that belong to a programme and leave with it; anything else keeps it from being deleted."""


def save_programme(
    workspace: Workspace, form: ProgrammeForm, programme_id: int | None = None
) -> Saved:
    """Store a programme, a new one without an id.

    UserError for no title, years that cannot be, or a parent that is the programme itself or
    stands under it.
    """
    values = _programme_values(form)
    with workspace.database.write() as session, Action(session, form.kind.value) as action:
        _check_parent(session, form.parent_id, programme_id)
        if programme_id is None:
            return Saved(action.insert(Programme, {**values, "preset": ""}), action.changes)
        _programme(session, programme_id)
        action.update(Programme, programme_id, values)
        return Saved(programme_id, action.changes)


def delete_programme(workspace: Workspace, programme_id: int) -> ChangeSet:
    """Take a programme out with its parts and outline.

    UserError while something else belongs to it: a roadmap, indicators, papers, a subprogramme.
    """
    with workspace.database.write() as session:
        stored = _programme(session, programme_id)
        users = sorted(set(_users(session, programme_id)))
        if users:
            raise UserError(
                f"Удалить «{stored.short_title or stored.title}» нельзя, к ней относится: "
                f"{', '.join(users)}.",
                "Сначала удалите это или перенесите в другую программу.",
            )
        with Action(session, f"удаление: {stored.kind}") as action:
            for model in _GO_ALONG:
                query = select(model.id).where(model.programme_id == programme_id)
                for row in session.scalars(query.order_by(model.id.desc())).all():
                    action.delete(model, row)
            action.delete(Programme, programme_id)
            return action.changes


def save_item(
    workspace: Workspace, programme_id: int, form: ItemForm, item_id: int | None = None
) -> Saved:
    """Store an entry of a part, a new one at the end.

    An amount written in words gets its number, an act its number and date, where they are certain
    and were not given.  UserError for no text, an unknown field or a value that it cannot hold.
    """
    of = part(form.part)
    values = _item_values(of, form)
    with workspace.database.write() as session, Action(session, f"{of.title}") as action:
        _programme(session, programme_id)
        _check_item_parent(session, programme_id, form.parent_id, item_id)
        if item_id is not None:
            _item(session, item_id)
            action.update(ProgrammeItem, item_id, values)
            return Saved(item_id, action.changes)
        place = _next_position(session, programme_id, of.key, form.parent_id)
        row = {**values, "programme_id": programme_id, "position": place}
        return Saved(action.insert(ProgrammeItem, row), action.changes)


def add_items(
    workspace: Workspace,
    programme_id: int,
    part_key: str,
    lines: Iterable[str],
    parent_id: int | None = None,
) -> ChangeSet:
    """Add an entry for every line of a pasted list; bullets, numbers and empty lines fall away.

    Cells parted by tabs fill the fields of the part in their order.
    """
    of = part(part_key)
    forms = [_of_line(of, line) for line in lines]
    wanted = [replace(form, parent_id=parent_id) for form in forms if form.text]
    with workspace.database.write() as session:
        _programme(session, programme_id)
        _check_item_parent(session, programme_id, parent_id, None)
        first = _next_position(session, programme_id, of.key, parent_id)
        with Action(session, f"{of.title}: вставлено записей {len(wanted)}") as action:
            for place, form in enumerate(wanted, start=first):
                row = {**_item_values(of, form), "programme_id": programme_id, "position": place}
                action.insert(ProgrammeItem, row)
            return action.changes


def move_item(workspace: Workspace, item_id: int, parent_id: int | None, place: int) -> ChangeSet:
    """Put an entry at a place (from 0) under another entry of its part, or outermost.

    UserError for a part that is not nested, or an entry put under itself.
    """
    with workspace.database.write() as session:
        item = _item(session, item_id)
        of = part(item.part)
        if parent_id is not None and not of.nested:
            raise UserError(f"В разделе «{of.title}» записи не вкладываются.", "Оставьте список.")
        _check_item_parent(session, item.programme_id, parent_id, item_id)
        beside = [one for one in _siblings(session, item, parent_id) if one.id != item_id]
        beside.insert(max(0, min(place, len(beside))), item)
        with Action(session, f"{of.title}: порядок") as action:
            for position, one in enumerate(beside, start=1):
                wanted = {"position": position, "parent_id": parent_id}
                if (one.position, one.parent_id) != (position, parent_id):
                    action.update(ProgrammeItem, one.id, wanted)
            return action.changes


def delete_items(workspace: Workspace, item_ids: Sequence[int]) -> ChangeSet:
    """Take entries out with all that is nested in them; it can be undone as one action."""
    with workspace.database.write() as session:
        chosen = [_item(session, item_id) for item_id in dict.fromkeys(item_ids)]
        if not chosen:
            return ChangeSet()
        stored = stored_items(session, chosen[0].programme_id)
        wanted = _with_nested(stored, [one.id for one in chosen])
        _refuse_used(session, wanted)
        with Action(session, f"{part(chosen[0].part).title}: удаление") as action:
            for item_id in reversed(wanted):
                action.delete(ProgrammeItem, item_id)
            return action.changes


def _programme_values(form: ProgrammeForm) -> dict[str, Any]:
    title = " ".join(form.title.split())
    if not title:
        raise UserError("Укажите название программы.", "Без названия её не найти.")
    if form.first_year not in _YEARS or form.last_year not in _YEARS:
        raise UserError("Годы программы указаны неверно.", "Впишите годы, например 2025 и 2027.")
    if form.last_year < form.first_year:
        raise UserError("Программа кончается раньше, чем началась.", "Исправьте один из годов.")
    return {
        "kind": form.kind,
        "title": title,
        "short_title": " ".join(form.short_title.split()),
        "first_year": form.first_year,
        "last_year": form.last_year,
        "parent_id": form.parent_id,
        "approval": _approval(form.approval),
    }


def _approval(approval: Approval) -> dict[str, str]:
    body = {
        "document": approval.document.strip(),
        "by": approval.by.strip(),
        "date": approval.date.isoformat() if approval.date else "",
        "number": approval.number.strip(),
    }
    return {name: value for name, value in body.items() if value}


def _check_parent(session: Session, parent_id: int | None, own: int | None) -> None:
    while parent_id is not None:
        if parent_id == own:
            raise UserError("Программа не может входить сама в себя.", "Выберите другую.")
        parent_id = _programme(session, parent_id).parent_id


def _programme(session: Session, programme_id: int) -> Programme:
    stored = session.get(Programme, programme_id)
    if stored is None:
        raise gone()
    return stored


def _item(session: Session, item_id: int) -> ProgrammeItem:
    stored = session.get(ProgrammeItem, item_id)
    if stored is None:
        raise gone()
    return stored


def _users(session: Session, programme_id: int) -> Iterable[str]:
    titles = {
        "roadmap": "дорожная карта",
        "indicator": "показатели",
        "document": "документы",
        "evidence": "подтверждения цикла",
        "monitoring_row": "таблица мониторинга",
        "programme": "подпрограмма",
    }
    along = {model.__tablename__ for model in _GO_ALONG}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.column.table.name == "programme" for key in column.foreign_keys)
            if points and table.name not in along:
                query = select(column).where(column == programme_id).limit(1)
                if session.execute(query).first() is not None:
                    yield titles.get(table.name, table.name)


def _item_values(of: Part, form: ItemForm) -> dict[str, Any]:
    text = form.text.strip()
    if not text:
        raise UserError(f"Запись раздела «{of.title}» пуста.", f"Впишите: {of.text.lower()}.")
    unknown = [name for name in form.data if of.field(name) is None]
    if unknown:
        raise UserError(f"В разделе «{of.title}» нет поля «{unknown[0]}».", "Обновите страницу.")
    data = {
        field.name: _value(field, form.data[field.name])
        for field in of.fields
        if form.data.get(field.name) not in (None, "")
    }
    return {
        "part": of.key,
        "parent_id": form.parent_id,
        "number": form.number.strip(),
        "text": text,
        "data": _understood(of, text, data),
    }


def _value(field: Field, value: str | int | float) -> str | int | float:
    match field.type:
        case FieldType.NUMBER if isinstance(value, str):
            try:
                return float(value.replace(",", ".").replace(" ", ""))
            except ValueError as error:
                raise _wrong(field, value, "число") from error
        case FieldType.NUMBER:
            return value
        case FieldType.DATE:
            try:
                return date.fromisoformat(str(value)).isoformat()
            except ValueError as error:
                raise _wrong(field, value, "дату") from error
        case FieldType.CHOICE if value not in field.choices:
            raise _wrong(field, value, f"одно из: {', '.join(field.choices)}")
    return value if field.type is FieldType.CHOICE else str(value).strip()


def _wrong(field: Field, value: object, wanted: str) -> UserError:
    return UserError(f"Поле «{field.title}» не может быть «{value}».", f"Впишите {wanted}.")


def _understood(of: Part, text: str, data: dict[str, Any]) -> dict[str, Any]:
    """Add what the text surely says: the number of an amount, number and date of an act."""
    if of.key == "funding" and "amount" not in data:
        amount = parse_amount(str(data.get("amount_text", "")))
        return data if amount is None else {**data, "amount": amount}
    if of.key == "legal_basis":
        words = parse_act(text)
        found = {"number": words.number, "date": words.date.isoformat() if words.date else ""}
        return {**{name: value for name, value in found.items() if value}, **data}
    return data


def _of_line(of: Part, line: str) -> ItemForm:
    cells = [cell.strip() for cell in line.split("\t")]
    text = cells[0].lstrip("-–—•·* \u00a0")
    fields = zip(of.fields, cells[1:], strict=False)
    data: Values = {field.name: cell for field, cell in fields if cell}
    return ItemForm(of.key, text, data)


def _check_item_parent(
    session: Session, programme_id: int, parent_id: int | None, own: int | None
) -> None:
    while parent_id is not None:
        parent = _item(session, parent_id)
        if parent.programme_id != programme_id:
            raise gone()
        if parent.id == own:
            raise UserError("Запись не может стоять внутри самой себя.", "Выберите другое место.")
        parent_id = parent.parent_id


def _next_position(
    session: Session, programme_id: int, part_key: str, parent_id: int | None
) -> int:
    query = select(func.max(ProgrammeItem.position)).where(
        ProgrammeItem.programme_id == programme_id,
        ProgrammeItem.part == part_key,
        ProgrammeItem.parent_id.is_(parent_id),
    )
    return (session.scalar(query) or 0) + 1


def _siblings(session: Session, item: ProgrammeItem, parent_id: int | None) -> list[ProgrammeItem]:
    return [
        one
        for one in stored_items(session, item.programme_id)
        if one.part == item.part and one.parent_id == parent_id
    ]


def _with_nested(stored: Sequence[ProgrammeItem], chosen: Sequence[int]) -> list[int]:
    """Return the chosen entries and all below them, outer ones first."""
    wanted = list(chosen)
    for outer in wanted:  # grows while it is walked
        wanted += [one.id for one in stored if one.parent_id == outer and one.id not in wanted]
    return wanted


def _refuse_used(session: Session, wanted: Sequence[int]) -> None:
    """Goals may be named by indicators and headings of a roadmap."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.column.table.name == "programme_item" for key in column.foreign_keys)
            if not points or table.name == "programme_item":
                continue
            if session.execute(select(column).where(column.in_(wanted)).limit(1)).first():
                what = "показателя" if table.name == "indicator" else "раздела дорожной карты"
                raise UserError(
                    f"Запись нельзя удалить: это цель {what}.",
                    "Сначала выберите там другую цель.",
                )
