"""Which procedures count: kind, subjects, grades."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.enums import AssessmentKind
from app.services.methodology import CountedProcedures, grades_fault, subject_fault
from app.ui.theme.metrics import GAP
from app.ui.widgets.edit_table import EditTable, Field
from app.ui.widgets.text import label

_ALL = "все"
_GRADES = re.compile(r"\d{1,2}")
_FIELDS = (
    Field("Предметы", 220, hint="Через запятую, как в результатах: Русский язык, Математика"),
    Field("Процедура", 84, choices=tuple(kind.value for kind in AssessmentKind)),
    Field("Классы", 130, hint="«все» или номера через запятую: 4, 5, 6"),
)


class ProceduresTab(QWidget):
    """A row counts the listed subjects of one kind in the listed grades."""

    changed = Signal()

    def __init__(self, subjects: Collection[str]) -> None:
        super().__init__()
        self._shown: tuple[CountedProcedures, ...] = ()
        self._subjects = {subject.casefold(): subject for subject in subjects}
        self.table = EditTable("Учитываемые процедуры", _FIELDS)
        self.table.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(
            label(
                "Процедура – это вид работы, предмет и класс: ВПР по математике в 4 и в 5 классе – "
                "две разные процедуры. Остальное при классификации не учитывается.",
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.table, 1)

    def show_counted(self, counted: tuple[CountedProcedures, ...]) -> None:
        """Show other procedures."""
        self._shown = counted
        self.table.show_rows(
            [
                (
                    ", ".join(item.subjects),
                    item.kind.value,
                    _ALL if item.grades is None else ", ".join(map(str, item.grades)),
                )
                for item in counted
            ]
        )

    def counted(self) -> tuple[CountedProcedures, ...]:
        """Return the procedures that can be read; ``problem`` tells of the others."""
        return tuple(
            CountedProcedures(AssessmentKind(str(kind)), self._named(str(subjects)), grades)
            for subjects, kind, text in self.table.rows()
            if (grades := _grades(str(text))) != ()
        )

    def problem(self) -> str:
        """Return what is wrong with a row, or an empty text."""
        for number, (subjects, kind, grades) in enumerate(self.table.rows(), start=1):
            why = self._fault(str(subjects), AssessmentKind(str(kind)), _grades(str(grades)))
            if why:
                return f"Процедуры, строка {number}: {why}."
        return ""

    def _fault(self, subjects: str, kind: AssessmentKind, grades: tuple[int, ...] | None) -> str:
        named = self._named(subjects)
        if not named:
            return "назовите предмет"
        if grades == ():
            return "классы – «все» или числа от 1 до 12"
        if CountedProcedures(kind, named, grades) in self._shown:
            return ""  # stored so by an earlier version: it may stay
        faults = [subject_fault(kind, name) for name in named]
        if grades is not None:
            faults.append(grades_fault(kind, grades, named))
        return next(filter(None, faults), "")

    def _named(self, text: str) -> tuple[str, ...]:
        names = [part.strip() for part in text.split(",") if part.strip()]
        return tuple(self._subjects.get(name.casefold(), name) for name in names)


def _grades(text: str) -> tuple[int, ...] | None:
    """Return the grades, None for all of them; empty when they cannot be read."""
    if text.casefold() == _ALL:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(_GRADES.fullmatch(part) and 1 <= int(part) <= 12 for part in parts):
        return ()
    return tuple(dict.fromkeys(int(part) for part in parts))
