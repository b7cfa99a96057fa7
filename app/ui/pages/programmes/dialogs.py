"""Dialogs of the page «Программа»: the programme, an entry, a copy, a row of monitoring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.models.enums import ProgrammeKind
from app.services import cycle
from app.services.cycle import MonitoringForm
from app.services.programmes import (
    Approval,
    Field,
    FieldType,
    ItemForm,
    ItemRow,
    Part,
    ProgrammeForm,
    ProgrammeRow,
)
from app.ui.dialogs.form_dialog import ChoiceField, FormDialog, Option, year_of
from app.ui.widgets.date_field import DateField

_Editor = QLineEdit | QPlainTextEdit | ChoiceField | DateField
_STAMP = ("приказом", "постановлением", "распоряжением")


class ProgrammeDialog(FormDialog):
    """Asks for a programme: what it is called, for which years, by what it was approved."""

    def __init__(
        self,
        parent: QWidget,
        programmes: Sequence[ProgrammeRow],
        year: int,
        row: ProgrammeRow | None = None,
    ) -> None:
        super().__init__(parent, "Программа", width=620)
        kinds = [(kind.value.capitalize(), kind) for kind in ProgrammeKind]
        self.kind = self.choice("Вид", kinds, row.kind if row else None)
        self.title_field = self.text("Полное название", row.title if row else "", required=True)
        self.short = self.line("Краткое название", row.short_title if row else "")
        with self.row():
            self.first = self.year("С года", row.first_year if row else year, required=True)
            self.last = self.year("По год", row.last_year if row else year + 2, required=True)
        above: list[Option] = [("сама по себе", None)]
        above += [(one.name, one.id) for one in programmes if row is None or one.id != row.id]
        self.parent_choice = self.choice("Входит в", above, row.parent_id if row else None)
        self._build_approval(row.approval if row else Approval())
        self.finish()

    def _build_approval(self, approval: Approval) -> None:
        with self.row():
            listed: list[Option] = [("ещё не утверждена", "")]
            listed += [(f"утверждена {word}", word) for word in _STAMP]
            self.document = self.choice("Утверждение", listed, approval.document)
            self.by = self.line("Кого (в родительном падеже)", approval.by)
        with self.row():
            self.day_field = self.day("Дата утверждения", approval.date)
            self.number = self.line("Номер", approval.number)

    @property
    def form(self) -> ProgrammeForm:
        """What was entered."""
        return ProgrammeForm(
            self.kind.value(),
            self.title_field.toPlainText(),
            year_of(self.first) or 0,
            year_of(self.last) or 0,
            self.short.text(),
            self.parent_choice.value(),
            Approval(
                self.document.value(),
                self.by.text(),
                self.day_field.value(),
                self.number.text(),
            ),
        )


class CopyDialog(FormDialog):
    """Asks for the period of a copy."""

    def __init__(self, parent: QWidget, row: ProgrammeRow) -> None:
        super().__init__(parent, "Программа на новый период", "Скопировать")
        self.heading(row.name)
        self.note(
            "Копируются разделы, состав документа и таблица мониторинга. Утверждение, значения "
            "показателей, состояния и факт мероприятий остаются в прежней программе."
        )
        length = row.last_year - row.first_year
        with self.row():
            self.first = self.year("С года", row.last_year + 1, required=True)
            self.last = self.year("По год", row.last_year + 1 + length, required=True)
        self.indicators = self.tick("Показатели, без значений", True)
        self.roadmaps = self.tick("Дорожные карты, годы в сроках сдвигаются", True)
        self.require(lambda: (year_of(self.first) or 0) <= (year_of(self.last) or 0))
        self.finish()


class ItemDialog(FormDialog):
    """Asks for an entry of a part: its text and the fields that the part has."""

    def __init__(
        self,
        parent: QWidget,
        of: Part,
        outer: Sequence[ItemRow],
        row: ItemRow | None = None,
        parent_id: int | None = None,
    ) -> None:
        super().__init__(parent, of.title, width=640)
        self._of = of
        self._row = row
        own = row.parent_id if row else parent_id
        self.body = self.text(of.text, row.text if row else "", required=True, height=96)
        self.editors = {field.name: self._editor(field, row) for field in of.fields}
        self.above: ChoiceField | None = None
        if of.nested or own is not None:
            listed: list[Option] = [("на верхнем уровне", None)]
            listed += [(_short(one.text), one.id) for one in outer if not row or one.id != row.id]
            self.above = self.choice("Внутри записи", listed, own)
        self.number = self.line(
            "Номер (пусто – по порядку)", row.number if row else ""
        ) if of.numbered else None  # fmt: skip
        self.finish()

    def _editor(self, field: Field, row: ItemRow | None) -> _Editor:
        value = row.data.get(field.name, "") if row else ""
        match field.type:
            case FieldType.CHOICE:
                listed: list[Option] = [("не указано", "")]
                listed += [(one, one) for one in field.choices]
                return self.choice(field.title, listed, value)
            case FieldType.DATE:
                return self.day(field.title, date.fromisoformat(str(value)) if value else None)
            case FieldType.NUMBER:
                return self.line(field.title, str(value).replace(".", ","))
        # A single field beside the text (a definition, functions of a role) is often long.
        if len(self._of.fields) == 1:
            return self.text(field.title, str(value))
        return self.line(field.title, str(value))

    @property
    def form(self) -> ItemForm:
        """What was entered; an empty field is absent."""
        data = {name: _entered(editor) for name, editor in self.editors.items()}
        if self._is_number_stale(data):
            data["amount"] = ""  # counted anew from the words
        return ItemForm(
            self._of.key,
            self.body.toPlainText(),
            {name: value for name, value in data.items() if value},
            self.number.text() if self.number else "",
            self.above.value() if self.above else None,
        )

    def _is_number_stale(self, data: dict[str, str]) -> bool:
        """Whether the sum was written anew while its number stayed that of the old words."""
        old = self._row.data if self._row else {}
        number = str(old.get("amount", "")).replace(".", ",")
        written = str(old.get("amount_text", ""))
        same = bool(number) and data.get("amount") == number
        return same and data.get("amount_text") != written


class PasteDialog(FormDialog):
    """Takes a list from Word or Excel: an entry a line, cells parted by tabs fill the fields."""

    def __init__(self, parent: QWidget, title: str, columns: Sequence[str], text: str) -> None:
        super().__init__(parent, "Вставить списком", "Добавить", width=680)
        self.heading(title)
        self.note(f"По записи в строке. Столбцы через табуляцию: {' | '.join(columns)}.")
        self.body = self.text("Список", text, required=True, height=220)
        self.finish()

    @property
    def lines(self) -> list[str]:
        """The lines as they were pasted."""
        return self.body.toPlainText().splitlines()


class MonitoringDialog(FormDialog):
    """Asks for a row of the monitoring table."""

    def __init__(self, parent: QWidget, form: MonitoringForm) -> None:
        super().__init__(parent, "Строка мониторинга", width=640)
        self._programme = form.programme_id
        self.cells = {
            name: self.text(title, getattr(form, name), height=60)
            for name, title in cycle.CELLS.items()
        }
        self.require(lambda: any(one.toPlainText().strip() for one in self.cells.values()))
        self.finish()

    @property
    def form(self) -> MonitoringForm:
        """What was entered."""
        cells = {name: field.toPlainText() for name, field in self.cells.items()}
        return MonitoringForm(self._programme, **cells)


def _entered(editor: _Editor) -> str:
    if isinstance(editor, ChoiceField):
        return str(editor.value())
    if isinstance(editor, DateField):
        day = editor.value()
        return day.isoformat() if day else ""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    return editor.text().strip()


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80] + "…"
