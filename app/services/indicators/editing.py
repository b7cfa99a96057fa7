"""Changing indicators and their values by hand; every change can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.models.enums import BetterWhen, ProgrammeKind, ValueRole
from app.models.indicators import Indicator, IndicatorValue
from app.models.programmes import Programme, ProgrammeItem
from app.models.roadmaps import Activity
from app.services.changes import ChangeSet
from app.services.indicators.formulas import formula
from app.services.indicators.numbers import value_fields, written
from app.services.indicators.periods import Slot, is_period
from app.services.indicators.tree import below
from app.services.indicators.types import Added, Computed, Edit, FieldEdit, ValueEdit
from app.services.journal import Action
from app.services.workspace import Workspace

_TEXT_LIMIT = 200
_YES = {"да", "1", "+"}
_NO = {"нет", "0", "", "-", "–"}
_LIMITS = {"number": 40, "unit": 60}


def new_programme(workspace: Workspace, title: str, first_year: int, last_year: int) -> Added:
    """Store an empty programme for indicators to stand in; UserError without a title."""
    name = " ".join(title.split())
    if not name:
        raise UserError("Программе нужно название.", "Напишите его, как в документе.")
    if last_year < first_year:
        raise UserError(
            f"Программа не может кончиться в {last_year} году, если началась в {first_year}.",
            "Поменяйте годы местами.",
        )
    values = {
        "kind": ProgrammeKind.PROGRAMME,
        "title": name,
        "first_year": first_year,
        "last_year": last_year,
        "approval": {},
    }
    with workspace.database.write() as session, Action(session, f"программа «{name}»") as action:
        programme_id = action.insert(Programme, values)
        return Added(programme_id, action.changes)


def add_indicator(
    workspace: Workspace,
    programme_id: int,
    title: str,
    *,
    parent_id: int | None = None,
    after_id: int | None = None,
    goal_id: int | None = None,
    is_group: bool = False,
) -> Added:
    """Add an indicator (or heading) under a parent, after a sister or at the end.

    UserError without a title or when parent or sister are gone.
    """
    name = _title(title)
    with workspace.database.write() as session:
        if session.get(Programme, programme_id) is None:
            raise UserError("Такой программы больше нет.", "Обновите список и выберите другую.")
        sister = existing(session, after_id) if after_id is not None else None
        if parent_id is not None:
            existing(session, parent_id)
        parent = sister.parent_id if sister else parent_id
        goal = sister.goal_id if sister else goal_id
        with Action(session, f"новый показатель «{_brief(name)}»") as action:
            place = _make_room(session, action, programme_id, parent, sister)
            indicator_id = action.insert(
                Indicator,
                {
                    "programme_id": programme_id,
                    "parent_id": parent,
                    "goal_id": goal,
                    "position": place,
                    "title": name,
                    "is_group": is_group,
                    **_BLANK,
                },
            )
            return Added(indicator_id, action.changes)


_BLANK: Mapping[str, Any] = {
    "number": "", "unit": "", "formula": "", "source": "", "method": "", "extra": {},
}  # fmt: skip


def _make_room(
    session: Session,
    action: Action,
    programme_id: int,
    parent: int | None,
    sister: Indicator | None,
) -> int:
    """Return the position after ``sister``, moving what follows it; without one, at the end."""
    mates = _mates(session, programme_id, parent)
    if sister is None:
        return max((one.position for one in mates), default=0) + 1
    for one in mates:
        if one.position > sister.position:
            action.update(Indicator, one.id, {"position": one.position + 1})
    return sister.position + 1


def _mates(session: Session, programme_id: int, parent: int | None) -> Sequence[Indicator]:
    query = select(Indicator).where(
        Indicator.programme_id == programme_id,
        Indicator.parent_id.is_(parent) if parent is None else Indicator.parent_id == parent,
    )
    return session.scalars(query.order_by(Indicator.position, Indicator.id)).all()


def edit(workspace: Workspace, edits: Sequence[Edit], title: str = "") -> ChangeSet:
    """Store several changes as one action that one Ctrl+Z takes back.

    UserError for a field with an impossible content or an indicator that is gone; nothing is
    stored then.
    """
    said = title or _said(edits)
    with workspace.database.write() as session, Action(session, said) as action:
        for one in edits:
            if isinstance(one, ValueEdit):
                put_value(session, action, one)
            else:
                _put_field(session, action, one)
        return action.changes


def _said(edits: Sequence[Edit]) -> str:
    return "изменение показателя" if len(edits) == 1 else f"изменения показателей: {len(edits)}"


def put_value(session: Session, action: Action, change: ValueEdit) -> None:
    """Store one value inside an action; an empty text takes the value out."""
    owner = existing(session, change.indicator_id)
    text = " ".join(change.text.split())
    _check_value(owner, change.slot, text)
    known = stored_value(session, change)
    if known is not None and known.text == text:
        return  # a counted fact keeps what it was counted from
    if not text:
        if known is not None:
            action.delete(IndicatorValue, known.id)
        return
    values = value_fields(text, owner.title, owner.unit)
    store_value(action, known, change, values)


def store_value(
    action: Action, known: IndicatorValue | None, place: ValueEdit, values: Mapping[str, Any]
) -> None:
    """Insert or replace the row of a value."""
    if known is not None:
        action.update(IndicatorValue, known.id, values)
        return
    key = {
        "indicator_id": place.indicator_id,
        "role": place.slot.role,
        "period": place.slot.period,
    }
    action.insert(IndicatorValue, {**key, **values})


def store_counted(
    workspace: Workspace, counted: Sequence[tuple[int, Computed]], day: date
) -> ChangeSet:
    """Store counted shares as facts of their years, with numerator and denominator.

    UserError when an indicator is gone; a share without a denominator is a bug of the caller.
    """
    with workspace.database.write() as session, Action(session, "принятые факты") as action:
        for indicator_id, computed in counted:
            existing(session, indicator_id)
            place = ValueEdit(indicator_id, Slot(ValueRole.FACT, computed.period), "")
            store_value(action, stored_value(session, place), place, _counted_fields(computed, day))
        return action.changes


def _counted_fields(computed: Computed, day: date) -> dict[str, object]:
    percent = computed.percent
    if percent is None:
        raise ValueError(computed.formula)
    return {
        "text": written(percent),
        "number": percent,
        "numerator": float(computed.numerator),
        "denominator": float(computed.denominator),
        "on": day,
        "evidence": f"Рассчитано по данным: {computed.numerator} из {computed.denominator}.",
    }


def formula_of(workspace: Workspace, indicator_id: int) -> tuple[str, str]:
    """Return the key of an indicator's formula, empty for none, and its title."""
    with workspace.database.read() as session:
        stored = existing(session, indicator_id)
        return stored.formula, stored.title


def stored_value(session: Session, place: ValueEdit) -> IndicatorValue | None:
    """Return the stored row of a value, if there is one."""
    query = select(IndicatorValue).where(
        IndicatorValue.indicator_id == place.indicator_id,
        IndicatorValue.role == place.slot.role,
        IndicatorValue.period == place.slot.period,
    )
    return session.scalar(query.execution_options(populate_existing=True))


def _check_value(owner: Indicator, slot: Slot, text: str) -> None:
    if len(text) > _TEXT_LIMIT:
        raise UserError(
            f"Слишком длинное значение: «{text[:40]}…».",
            f"Значение – не более {_TEXT_LIMIT} знаков; пояснение запишите в поле «Методика».",
        )
    if slot.period and not is_period(slot.period):
        raise UserError(
            f"Период «{slot.period}» не понят.", "Бывает год, полугодие года или учебный год."
        )
    if owner.is_group and text:
        raise UserError(
            f"«{_brief(owner.title)}» – заголовок: у него нет значений.",
            "Снимите отметку «Заголовок» или запишите значение в показатель под ним.",
        )


def _put_field(session: Session, action: Action, change: FieldEdit) -> None:
    stored = existing(session, change.indicator_id)
    read = _FIELDS.get(change.field)
    if read is None:
        raise KeyError(change.field)
    value = read(change.text)
    limit = _LIMITS.get(change.field)
    if limit and len(str(value)) > limit:
        raise UserError(
            f"Слишком длинный текст: «{change.text[:40]}…».", f"Не более {limit} знаков."
        )
    if change.field == "is_group" and value:
        _refuse_values(session, stored)
    action.update(Indicator, change.indicator_id, {change.field: value})


def _refuse_values(session: Session, stored: Indicator) -> None:
    count = session.scalar(select(func.count()).where(IndicatorValue.indicator_id == stored.id))
    if count:
        raise UserError(
            f"У показателя «{_brief(stored.title)}» есть значения, заголовком он быть не может.",
            "Сначала сотрите значения. Под показателем со значениями тоже могут стоять другие.",
        )


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise UserError("Показателю нужно название.", "Напишите его или удалите строку.")
    return title


def _better(text: str) -> BetterWhen | None:
    folded = text.strip().casefold()
    if not folded:
        return None
    for known in BetterWhen:
        if folded.startswith(known.value):
            return known
    raise UserError(
        f"Направление «{text}» не понято.", "Бывает «больше» (рост – лучше) или «меньше»."
    )


def _flag(text: str) -> bool:
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise UserError(f"«{text}» – не «да» и не «нет».", "Напишите «да» или «нет».")


def _formula(text: str) -> str:
    key = text.strip()
    return formula(key).key if key else ""


def _folded(text: str) -> str:
    return " ".join(text.split())


_FIELDS: Mapping[str, Callable[[str], Any]] = {
    "title": _title,
    "number": _folded,
    "unit": _folded,
    "source": str.strip,
    "method": str.strip,
    "better": _better,
    "formula": _formula,
    "is_group": _flag,
}


def remove(workspace: Workspace, indicator_ids: Sequence[int]) -> ChangeSet:
    """Take indicators out with everything under them.

    UserError when a measure of a roadmap refers to one of them: where is said.
    """
    with workspace.database.write() as session:
        found = [existing(session, one) for one in indicator_ids]
        if not found:
            return ChangeSet()
        gone = _with_children(session, found)
        _refuse_used(session, gone)
        said = f"удаление показателя «{_brief(found[0].title)}»"
        if len(gone) > 1:
            said = f"удаление показателей: {len(gone)}"
        with Action(session, said) as action:
            _delete(session, action, gone)
            return action.changes


def _with_children(session: Session, found: Sequence[Indicator]) -> frozenset[int]:
    programme = found[0].programme_id
    parents = _parents(session, programme)
    return frozenset().union(*(below(parents, one.id) for one in found))


def _parents(session: Session, programme_id: int) -> dict[int, int | None]:
    query = select(Indicator.id, Indicator.parent_id).where(Indicator.programme_id == programme_id)
    return {row_id: parent for row_id, parent in session.execute(query)}  # noqa: C416


def _delete(session: Session, action: Action, gone: frozenset[int]) -> None:
    values = select(IndicatorValue.id).where(IndicatorValue.indicator_id.in_(gone))
    for value_id in session.scalars(values).all():
        action.delete(IndicatorValue, value_id)
    # A row that others hang under goes after them: undoing puts back in the opposite order.
    parents = _parents(session, session.get_one(Indicator, min(gone)).programme_id)
    for row_id in sorted(gone, key=lambda one: -_depth(parents, one)):
        action.delete(Indicator, row_id)


def _depth(parents: Mapping[int, int | None], row_id: int) -> int:
    depth, parent = 0, parents.get(row_id)
    while parent is not None:
        depth, parent = depth + 1, parents.get(parent)
    return depth


def _refuse_used(session: Session, gone: frozenset[int]) -> None:
    used = session.scalars(select(Activity.title).where(Activity.indicator_id.in_(gone))).all()
    if used:
        named = "; ".join(f"«{_brief(title)}»" for title in used[:3])
        more = f" и ещё {len(used) - 3}" if len(used) > 3 else ""
        raise UserError(
            f"На показатель ссылаются мероприятия дорожной карты: {named}{more}.",
            "Сначала уберите у них ссылку на показатель.",
        )


def move(workspace: Workspace, indicator_id: int, parent_id: int | None, place: int) -> ChangeSet:
    """Put a row under another parent at a place counted from 0; circles are refused."""
    with workspace.database.write() as session:
        moved = existing(session, indicator_id)
        if parent_id is not None:
            parent = existing(session, parent_id)
            if parent.programme_id != moved.programme_id:
                raise UserError("Показатель нельзя перенести в другую программу.", "")
            if parent_id in below(_parents(session, moved.programme_id), indicator_id):
                raise UserError(
                    f"«{_brief(moved.title)}» нельзя поставить под самого себя.",
                    "Выберите другое место.",
                )
        with Action(session, f"перенос показателя «{_brief(moved.title)}»") as action:
            mates = _mates(session, moved.programme_id, parent_id)
            rest = [one.id for one in mates if one.id != indicator_id]
            rest.insert(max(0, min(place, len(rest))), indicator_id)
            for position, row_id in enumerate(rest, start=1):
                values: dict[str, Any] = {"position": position}
                if row_id == indicator_id:
                    values["parent_id"] = parent_id
                action.update(Indicator, row_id, values)
            return action.changes


def set_goal(workspace: Workspace, indicator_id: int, goal_id: int | None) -> ChangeSet:
    """Say under which goal of the programme an indicator stands; None under none."""
    with workspace.database.write() as session:
        stored = existing(session, indicator_id)
        goal = session.get(ProgrammeItem, goal_id) if goal_id is not None else None
        if goal_id is not None and (goal is None or goal.programme_id != stored.programme_id):
            raise UserError("Такой цели в программе нет.", "Выберите цель из списка.")
        with Action(session, f"цель показателя «{_brief(stored.title)}»") as action:
            action.update(Indicator, indicator_id, {"goal_id": goal_id})
            return action.changes


def existing(session: Session, indicator_id: int) -> Indicator:
    """Return a stored indicator; UserError when it is gone."""
    # Fresh: an action writes past the objects that the session has already read.
    stored = session.get(Indicator, indicator_id, populate_existing=True)
    if stored is None:
        raise UserError("Такого показателя больше нет.", "Обновите список (F5).")
    return stored


def _brief(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59].rstrip()}…"
