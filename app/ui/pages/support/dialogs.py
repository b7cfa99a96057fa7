"""Dialogs of the page «Поддержка»: appointments, mentor pairs, network groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.models.enums import SupportRole
from app.services.people import OrganizationRow, PersonRow, Who
from app.services.schools import SchoolRow
from app.services.support import (
    AppointmentForm,
    AppointmentRow,
    GroupForm,
    GroupRow,
    MemberForm,
    PairForm,
    PairRow,
    Partner,
)
from app.ui.dialogs.form_dialog import FormDialog, Option, year_of

_NONE = "–"


def organization_options(rows: Sequence[OrganizationRow]) -> list[Option]:
    """Return organizations as lines of a choice; namesakes are told apart by their kind."""
    titles = [row.title for row in rows]
    return [
        (row.title if titles.count(row.title) == 1 else f"{row.title} ({row.kind})", row.who)
        for row in rows
    ]


def _find(options: Sequence[Option], organization_id: int | None) -> Who | None:
    """Return the line of an organization; a school in the register may have got an id since."""
    return next(
        (
            who
            for _, who in options
            if who is not None and organization_id and who.organization_id == organization_id
        ),
        None,
    )


class AppointmentDialog(FormDialog):
    """Asks who is appointed; the name may be left out, it is then reported as missing."""

    def __init__(
        self,
        parent: QWidget,
        schools: Sequence[SchoolRow],
        people: Sequence[PersonRow],
        organizations: Sequence[OrganizationRow],
        row: AppointmentRow | None = None,
    ) -> None:
        super().__init__(parent, "Назначение", width=580)
        roles = [(role.value.capitalize(), role) for role in SupportRole]
        self.role = self.choice("Роль", roles, row.role if row else SupportRole.CURATOR)
        helped: list[Option] = [("весь район", None)]
        helped += [(one.short_name, one.id) for one in schools]
        first = schools[0].id if schools and row is None else None
        self.school = self.choice(
            "Какой школе помогает", helped, row.school_id if row else first, search=True
        )
        self._build_person(people, organizations, row)
        self._build_order(row)
        self.finish()

    def _build_person(
        self,
        people: Sequence[PersonRow],
        organizations: Sequence[OrganizationRow],
        row: AppointmentRow | None,
    ) -> None:
        known: list[Option] = [("имя пока не известно", None)]
        known += [(_person_line(one), one.who) for one in people if one.active or _is(one, row)]
        chosen = next((one.who for one in people if _is(one, row)), None)
        self.person = self.choice("Кто", known, chosen, search=True)
        places: list[Option] = [("как в справочнике людей", None)]
        places += organization_options(organizations)
        own = _find(places, row.organization_id) if row and row.person_id is None else None
        self.place = self.choice("Место работы", places, own, search=True)
        post = row.post if row and row.person_id is None else ""
        self.post = self.line("Должность (пусто – как в справочнике)", post)
        self.note("Нового человека добавьте на вкладке «Люди».")

    def _build_order(self, row: AppointmentRow | None) -> None:
        self.order = self.line(
            "Приказ о назначении", row.order_text if row else "", "приказ № … от …"
        )
        with self.row():
            self.first = self.day("С какого дня", row.first_day if row else None)
            self.last = self.day("По какой день", row.last_day if row else None)
        self.remark = self.line("Примечание", row.note if row else "")

    @property
    def form(self) -> AppointmentForm:
        """What was entered."""
        return AppointmentForm(
            self.role.value(),
            self.school.value(),
            self.person.value(),
            self.place.value(),
            self.post.text(),
            self.order.text(),
            self.first.value(),
            self.last.value(),
            self.remark.text(),
        )


class PairDialog(FormDialog):
    """Asks for a mentor pair; proposed partners are shown with their reasons, none is chosen."""

    def __init__(
        self,
        parent: QWidget,
        schools: Sequence[SchoolRow],
        organizations: Sequence[OrganizationRow],
        row: PairRow | None = None,
        school_id: int | None = None,
        mentor_id: int | None = None,
    ) -> None:
        super().__init__(parent, "Наставническая пара", width=580)
        helped = [(one.short_name, one.id) for one in schools]
        own = row.school_id if row else school_id
        self.school = self.choice("Школа, которой помогают", helped, own, search=True)
        mentors = organization_options(organizations)
        chosen = _find(mentors, row.mentor.organization_id) if row else None
        if mentor_id is not None:
            chosen = next((one.who for one in organizations if one.school_id == mentor_id), None)
        self.mentor = self.choice("Кто наставник", mentors, chosen, search=True)
        self.subject = self.line("Предмет соглашения", row.subject if row else "")
        with self.row():
            self.number = self.line("Номер соглашения", row.agreement_number if row else "")
            self.signed = self.day("Дата соглашения", row.agreement_date if row else None)
        with self.row():
            self.first = self.day("С какого дня", row.first_day if row else None)
            self.last = self.day("По какой день", row.last_day if row else None)
        self.remark = self.line("Примечание", row.note if row else "")
        self.finish()

    @property
    def form(self) -> PairForm:
        """What was entered."""
        return PairForm(
            self.school.value(),
            self.mentor.value(),
            self.subject.text(),
            self.number.text(),
            self.signed.value(),
            self.first.value(),
            self.last.value(),
            self.remark.text(),
        )


class GroupDialog(FormDialog):
    """Asks for a network group: one member a line, a role after a dash."""

    def __init__(
        self,
        parent: QWidget,
        organizations: Sequence[OrganizationRow],
        row: GroupRow | None = None,
    ) -> None:
        super().__init__(parent, "Сетевая группа", width=580)
        self._known = {text.casefold(): who for text, who in organization_options(organizations)}
        with self.row():
            self.number = self.line("Номер", row.number if row else "", "1 группа")
            self.title_field = self.line("Название", row.title if row else "")
        self.principle = self.line(
            "Принцип взаимодействия", row.principle if row else "", "кооперация, наставничество…"
        )
        self.choose = self.choice(
            "Добавить организацию", [(_NONE, None), *organization_options(organizations)], None,
            search=True,
        )  # fmt: skip
        self.choose.activated.connect(self._on_chosen)
        lines = [_member_line(one) for one in row.members] if row else []
        self.members = self.text(
            "Организации: по одной в строке, роль после тире", "\n".join(lines), height=150
        )
        self.unknown = self.line("Не найдены в справочнике")
        self.unknown.setReadOnly(True)
        with self.row():
            self.first = self.year("С года", row.first_year if row else None)
            self.last = self.year("По год", row.last_year if row else None)
        self.require(lambda: not self._lost())
        self.members.textChanged.connect(self._on_members)
        self.finish()

    @property
    def form(self) -> GroupForm:
        """What was entered."""
        found = [self._member(line) for line in self._lines()]
        return GroupForm(
            self.number.text(),
            self.title_field.text(),
            self.principle.text(),
            tuple(one for one in found if one is not None),
            year_of(self.first),
            year_of(self.last),
        )

    def _lines(self) -> list[str]:
        return [line for line in self.members.toPlainText().splitlines() if line.strip()]

    def _member(self, line: str) -> MemberForm | None:
        name, _, role = line.partition(" – ")
        who = self._known.get(name.strip().casefold())
        return MemberForm(who, role.strip()) if who is not None else None

    def _lost(self) -> list[str]:
        return [line.strip() for line in self._lines() if self._member(line) is None]

    def _on_members(self) -> None:
        self.unknown.setText(", ".join(self._lost()))

    def _on_chosen(self, _line: int) -> None:
        if self.choose.value() is not None:
            self.members.appendPlainText(self.choose.currentText())


class PartnersDialog(FormDialog):
    """Shows who could mentor a school, with reasons; the person chooses one or nobody."""

    def __init__(self, parent: QWidget, school: str, partners: Sequence[Partner]) -> None:
        super().__init__(parent, "Кого предложить в наставники", "Выбрать…", width=640)
        self.heading(school)
        self.note(
            "Основания считает программа: доля «2», группа похожих школ, населённый пункт. "
            "Решение за вами."
        )
        self.partner = self.choice("Школа", [(one.school, one) for one in partners])
        self.reasons = self.text("Почему", height=120)
        self.reasons.setReadOnly(True)
        self.partner.currentIndexChanged.connect(self._on_partner)
        self._on_partner()
        self.finish()

    def _on_partner(self, *_line: object) -> None:
        one: Partner = self.partner.value()
        lines = [*(f"+ {text}" for text in one.reasons), *(f"– {text}" for text in one.against)]
        self.reasons.setPlainText("\n".join(lines))


def _member_line(one: MemberForm) -> str:
    return f"{one.who.title} – {one.role}" if one.role else one.who.title


def _person_line(one: PersonRow) -> str:
    parts = [part for part in (one.post, one.organization) if part]
    return f"{one.name} ({', '.join(parts)})" if parts else one.name


def _is(one: PersonRow, row: AppointmentRow | None) -> bool:
    return row is not None and row.person_id == one.id
