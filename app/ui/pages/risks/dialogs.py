"""Dialogs of the page «Факторы риска»: resolving a risk, awaited and own documents of a school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.enums import PaperState, SchoolPaper
from app.services.support import Factor, PaperForm, PaperRow, RiskCell, RiskSchool
from app.ui.dialogs.form_dialog import FormDialog


class ResolveDialog(FormDialog):
    """Asks when a risk was resolved and what shows it; an empty date takes that back."""

    def __init__(
        self, parent: QWidget, school: RiskSchool, factor: Factor, cell: RiskCell, today: date
    ) -> None:
        super().__init__(parent, "Снять риск")
        self.heading(f"{school.name}: {factor.title}")
        self.day_field = self.day("Дата (пустая – риск снова в силе)", cell.resolved_on or today)
        self.evidence_field = self.text("Чем подтверждается", cell.evidence)
        self.evidence_field.setPlaceholderText("Справка и её дата, результат процедуры, акт")
        self.require(
            lambda: (
                self.day_field.value() is None or bool(self.evidence_field.toPlainText().strip())
            )
        )
        self.finish()

    @property
    def answer(self) -> tuple[date | None, str]:
        """The date, or None, and the evidence."""
        return self.day_field.value(), self.evidence_field.toPlainText()


class ExpectDialog(FormDialog):
    """Asks until when the documents of the year are awaited."""

    def __init__(self, parent: QWidget, year: int, schools: str) -> None:
        super().__init__(parent, "Ожидаемые документы", "Добавить")
        self.heading(f"{year} год, {schools}")
        self.note(
            "Добавятся документы, которых ещё нет: самодиагностика, концепция (на три года), "
            "среднесрочная программа и антирисковая программа на каждый приоритетный фактор."
        )
        self.day_field = self.day("Срок (можно оставить пустым)")
        self.finish()


class PaperDialog(FormDialog):
    """Asks for a school's document."""

    def __init__(
        self,
        parent: QWidget,
        year: int,
        schools: Sequence[RiskSchool],
        factors: Sequence[Factor],
        row: PaperRow | None = None,
    ) -> None:
        super().__init__(parent, "Документ школы", width=560)
        self._year = row.year if row else year
        options = [(one.name, one.id) for one in schools]
        self.school = self.choice("Школа", options, row.school_id if row else None, search=True)
        self._build_kind(factors, row)
        self._build_dates(row)
        self.link = self.line("Файл или страница", row.link if row else "")
        self.remark = self.line("Примечание", row.note if row else "")
        self.finish()

    def _build_kind(self, factors: Sequence[Factor], row: PaperRow | None) -> None:
        with self.row():
            kinds = [(kind.value, kind) for kind in SchoolPaper]
            self.kind = self.choice("Вид", kinds, row.kind if row else None)
            states = [(state.value, state) for state in PaperState]
            self.state = self.choice("Состояние", states, row.state if row else None)
        listed = [("без фактора", "")]
        listed += [(f"{one.position}. {one.title}", one.key) for one in factors]
        self.factor = self.choice("Фактор риска", listed, row.factor if row else "")
        self.title_field = self.line("Название", row.title if row else "")

    def _build_dates(self, row: PaperRow | None) -> None:
        with self.row():
            self.number = self.line("Номер", row.number if row else "")
            self.issued = self.day("Дата документа", row.issued_on if row else None)
        with self.row():
            self.due = self.day("Срок сдачи", row.due if row else None)
            self.until = self.day("Действует до", row.valid_until if row else None)

    @property
    def form(self) -> PaperForm:
        """What was entered."""
        return PaperForm(
            self.school.value(),
            self._year,
            self.kind.value(),
            self.factor.value(),
            self.title_field.text().strip(),
            self.number.text().strip(),
            self.issued.value(),
            self.due.value(),
            self.until.value(),
            self.state.value(),
            self.link.text().strip(),
            self.remark.text().strip(),
        )
