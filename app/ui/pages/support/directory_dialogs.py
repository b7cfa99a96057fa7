"""Dialogs of the directory: a person, an organization, where an entry is used, its replacement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.models.enums import OrganizationKind
from app.services.cases import Case
from app.services.people import (
    OrganizationForm,
    OrganizationRow,
    PersonForm,
    PersonRow,
    Use,
    Who,
    proposed_cases,
    proposed_name_cases,
    proposed_post_cases,
)
from app.ui.dialogs.form_dialog import FormDialog, Option

_CASES = {
    Case.GENITIVE: "Родительный (кого?)",
    Case.DATIVE: "Дательный (кому?)",
    Case.ACCUSATIVE: "Винительный (кого?)",
    Case.INSTRUMENTAL: "Творительный (кем?)",
}


class _WithCases(FormDialog):
    """A dialog whose name has cases: proposed on request, corrected by hand."""

    def add_cases(
        self, stored: Mapping[str, str], proposals: Callable[[], Mapping[str, str]]
    ) -> None:
        """Add a line for every case, and the button that fills them with ``proposals``."""
        self._proposals = proposals
        self.cases: dict[Case, QLineEdit] = {}
        for pair in ((Case.GENITIVE, Case.DATIVE), (Case.ACCUSATIVE, Case.INSTRUMENTAL)):
            with self.row():
                for case in pair:
                    self.cases[case] = self.line(_CASES[case], stored.get(case.value, ""))
        self.propose = QPushButton("Предложить падежи")
        self.propose.setToolTip("Заполнить по правилам; проверьте и поправьте")
        self.propose.clicked.connect(self._on_propose)
        self.add_widget(self.propose)

    def stored_cases(self) -> dict[str, str]:
        """Return the cases as they are to be stored; empty ones are absent."""
        found = {case.value: field.text().strip() for case, field in self.cases.items()}
        return {case: text for case, text in found.items() if text}

    def _on_propose(self) -> None:
        for name, text in self._proposals().items():
            self.cases[Case(name)].setText(text)


class PersonDialog(_WithCases):
    """Asks for a person of the directory."""

    def __init__(
        self,
        parent: QWidget,
        organizations: Sequence[Option],
        row: PersonRow | None = None,
    ) -> None:
        super().__init__(parent, "Человек", width=620)
        self._post = row.post if row else ""
        self._post_cases = dict(row.post_cases) if row else {}
        self.name = self.line(
            "Фамилия, имя, отчество", row.name if row else "", "полностью, без инициалов",
            required=True,
        )  # fmt: skip
        self.post = self.line("Должность", row.post if row else "")
        places: list[Option] = [("не указано", None), *organizations]
        own = next((who for _, who in places if who and row and row.organization_id is not None
                    and who.organization_id == row.organization_id), None)  # fmt: skip
        self.place = self.choice("Место работы", places, own, search=True)
        self.add_cases(row.name_cases if row else {}, self._name_cases)
        self.contacts = self.line("Контакты", row.contacts if row else "")
        self.active = self.tick("Работает", row.active if row else True)
        self.finish()

    def _name_cases(self) -> Mapping[str, str]:
        return proposed_name_cases(" ".join(self.name.text().split()))

    @property
    def form(self) -> PersonForm:
        """What was entered; cases of the post are proposed anew when the post is another."""
        post = " ".join(self.post.text().split())
        return PersonForm(
            self.name.text(),
            post,
            self.place.value(),
            self.stored_cases(),
            self._post_cases if post == self._post else proposed_post_cases(post),
            self.contacts.text(),
            self.active.isChecked(),
        )


class OrganizationDialog(_WithCases):
    """Asks for an organization of the directory."""

    def __init__(self, parent: QWidget, row: OrganizationRow | None = None) -> None:
        super().__init__(parent, "Организация", width=620)
        self.name = self.line("Полное название", row.name if row else "", required=True)
        self.short = self.line("Краткое название", row.short_name if row else "")
        kinds = [(kind.value.capitalize(), kind) for kind in OrganizationKind
                 if kind is not OrganizationKind.SCHOOL]  # fmt: skip
        self.kind = self.choice("Вид", kinds, row.kind if row else OrganizationKind.OTHER)
        self.add_cases(row.cases if row else {}, self._name_cases)
        self.contacts = self.line("Контакты", row.contacts if row else "")
        self.finish()

    def _name_cases(self) -> Mapping[str, str]:
        return proposed_cases(" ".join(self.name.text().split()))

    @property
    def form(self) -> OrganizationForm:
        """What was entered."""
        return OrganizationForm(
            self.name.text(),
            self.kind.value(),
            self.short.text(),
            self.stored_cases(),
            self.contacts.text(),
        )


class ReplaceDialog(FormDialog):
    """Shows where an entry is used and asks by whom it is to be replaced everywhere.

    ``join`` True asks instead which entry is the same one under another spelling.
    """

    def __init__(
        self,
        parent: QWidget,
        who: Who,
        uses: Sequence[Use],
        others: Sequence[Option],
        *,
        join: bool,
    ) -> None:
        title = "Соединить написания" if join else "Заменить везде"
        super().__init__(parent, title, "Соединить" if join else "Заменить", width=620)
        self.heading(who.title)
        if join:
            self.note(
                "Выберите, под каким именем эта же запись уже есть. Всё, что ссылается на "
                "выбранную, перейдёт сюда, её название останется другим написанием."
            )
        else:
            self.note("В подписанных и зарегистрированных документах имя остаётся прежним.")
        listed = self.text("Где используется", "\n".join(use.place for use in uses) or "нигде",
                           height=110)  # fmt: skip
        listed.setReadOnly(True)
        self.other = self.choice("Та же запись" if join else "На кого", others, search=True)
        self.finish()
