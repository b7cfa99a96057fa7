"""Columns and details of the lists of the page «Поддержка»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.people import OrganizationRow, PersonRow
from app.services.sorting import natural_key
from app.services.support import AppointmentRow, GroupRow, PairRow
from app.ui.itemmodels.columns import Align, Chip, Column, Sign
from app.ui.theme.colors import Tone
from app.ui.widgets.list_pane import Facts

_FINE = Chip(Tone.SUCCESS, Sign.CHECK, "в порядке")


def problem_chip(problems: Sequence[str]) -> Chip:
    """Return a chip that says whether something is odd about a row."""
    if not problems:
        return _FINE
    word = "проверьте" if len(problems) == 1 else f"проверьте: {len(problems)}"
    return Chip(Tone.WARNING, Sign.ALERT, word)


def day_text(value: object) -> str:
    """Return a date as people read it; empty for None."""
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else ""


def appointment_columns() -> list[Column[AppointmentRow]]:
    """Return the columns of coordinators, curators and tutors."""
    return [
        Column("role", "Роль", lambda r: str(r.role), width=170),
        Column("school", "Школа", lambda r: r.school or "весь район", width=190,
               sort_key=lambda r: natural_key(r.school)),
        Column("person", "Кто", lambda r: r.person or "имя не указано", width=200),
        Column("place", "Место работы", lambda r: r.organization, width=180),
        Column("state", "Проверка", lambda r: problem_chip(r.problems).word, width=130,
               chip=lambda r: problem_chip(r.problems), hint=lambda r: "\n".join(r.problems)),
        Column("post", "Должность", lambda r: r.post, width=120),
        Column("order", "Приказ", lambda r: r.order_text, width=140),
        Column("first", "С", lambda r: r.first_day, day_text, width=90, hidden=True),
        Column("last", "По", lambda r: r.last_day, day_text, width=90, hidden=True),
    ]  # fmt: skip


def pair_columns() -> list[Column[PairRow]]:
    """Return the columns of mentor pairs."""
    return [
        Column("school", "Школа", lambda r: r.school, width=210,
               sort_key=lambda r: natural_key(r.school)),
        Column("mentor", "Наставник", lambda r: r.mentor.title, width=210),
        Column("subject", "Предмет соглашения", lambda r: r.subject, width=200),
        Column("state", "Проверка", lambda r: problem_chip(r.problems).word, width=130,
               chip=lambda r: problem_chip(r.problems), hint=lambda r: "\n".join(r.problems)),
        Column("number", "Соглашение", _agreement, width=150),
    ]  # fmt: skip


def group_columns() -> list[Column[GroupRow]]:
    """Return the columns of network groups."""
    return [
        Column("number", "Группа", lambda r: r.number or r.title, width=110),
        Column("members", "Организации", _members, width=430),
        Column("principle", "Принцип взаимодействия", lambda r: r.principle, width=180),
        Column("state", "Проверка", lambda r: problem_chip(r.problems).word, width=130,
               chip=lambda r: problem_chip(r.problems), hint=lambda r: "\n".join(r.problems)),
    ]  # fmt: skip


def person_columns() -> list[Column[PersonRow]]:
    """Return the columns of the directory of people."""
    return [
        Column("name", "Фамилия, имя, отчество", lambda r: r.name, width=260),
        Column("post", "Должность", lambda r: r.post, width=180),
        Column("place", "Место работы", lambda r: r.organization, width=220),
        Column("uses", "Используется", lambda r: r.uses, align=Align.RIGHT, width=110),
        Column("state", "Состояние", _person_state, width=120),
    ]  # fmt: skip


def organization_columns() -> list[Column[OrganizationRow]]:
    """Return the columns of the directory of organizations."""
    return [
        Column("name", "Название", lambda r: r.title, width=300,
               sort_key=lambda r: natural_key(r.title)),
        Column("kind", "Вид", lambda r: str(r.kind), width=200),
        Column("uses", "Используется", lambda r: r.uses, align=Align.RIGHT, width=110),
        Column("spellings", "Другие написания", lambda r: "; ".join(r.spellings), width=240),
    ]  # fmt: skip


def describe_appointment(row: AppointmentRow) -> Facts:
    """Return what the detail panel says of an appointment."""
    return (
        ("Роль", f"{row.role}: {row.school}" if row.school else str(row.role)),
        ("Кто", row.person or "имя не указано"),
        ("Должность", row.post),
        ("Место работы", row.organization),
        ("Приказ", row.order_text),
        ("Срок", period(row.first_day, row.last_day)),
        ("Проверьте", "\n".join(row.problems)),
        ("Примечание", row.note),
    )


def describe_pair(row: PairRow) -> Facts:
    """Return what the detail panel says of a mentor pair."""
    return (
        ("Школа", row.school),
        ("Наставник", row.mentor.title),
        ("Предмет соглашения", row.subject),
        ("Соглашение", _agreement(row)),
        ("Срок", period(row.first_day, row.last_day)),
        ("Проверьте", "\n".join(row.problems)),
        ("Примечание", row.note),
    )


def describe_group(row: GroupRow) -> Facts:
    """Return what the detail panel says of a network group."""
    years = (str(row.first_year or "…"), str(row.last_year or "…"))
    return (
        ("Группа", f"{row.number} {row.title}".strip()),
        ("Принцип", row.principle),
        ("Организации", "\n".join(
            f"{one.who.title} – {one.role}" if one.role else one.who.title for one in row.members
        )),
        ("Годы", "–".join(years) if row.first_year or row.last_year else ""),
        ("Проверьте", "\n".join(row.problems)),
    )  # fmt: skip


def describe_person(row: PersonRow) -> Facts:
    """Return what the detail panel says of a person."""
    return (
        ("Фамилия, имя, отчество", row.name),
        ("Должность", row.post),
        ("Место работы", row.organization),
        ("В падежах", "\n".join(row.name_cases.values())),
        ("Контакты", row.contacts),
        ("Другие написания", "; ".join(row.spellings)),
    )


def describe_organization(row: OrganizationRow) -> Facts:
    """Return what the detail panel says of an organization."""
    return (
        ("Название", row.name),
        ("Краткое название", row.short_name if row.short_name != row.name else ""),
        ("Вид", str(row.kind)),
        ("В падежах", "\n".join(row.cases.values())),
        ("Контакты", row.contacts),
        ("Другие написания", "; ".join(row.spellings)),
        ("Откуда", "из реестра школ" if row.school_id is not None else ""),
    )


def period(first: date | None, last: date | None) -> str:
    """Return «с … по …»; empty without dates."""
    parts = [f"с {day_text(first)}"] if first else []
    parts += [f"по {day_text(last)}"] if last else []
    return " ".join(parts)


def _agreement(row: PairRow) -> str:
    parts = [f"№ {row.agreement_number}"] if row.agreement_number else []
    parts += [f"от {day_text(row.agreement_date)}"] if row.agreement_date else []
    return " ".join(parts)


def _members(row: GroupRow) -> str:
    return ", ".join(one.who.title for one in row.members)


def _person_state(row: PersonRow) -> str:
    return "" if row.active else "не работает"
