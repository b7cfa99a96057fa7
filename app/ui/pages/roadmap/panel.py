"""The detail panel of an activity: all its texts, what the deadline means, state, years, ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.enums import ActivityStatus
from app.services.roadmap import ActivityRow
from app.ui.pages.roadmap.columns import period
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.text import label, line

_MIN_WIDTH = 340
_TEXT_HEIGHT = 56
_CHOOSE = "Выберите мероприятие: здесь появятся его тексты, срок, состояние и связи."
_TEXTS = (("title", "Мероприятие"), ("responsible", "Ответственный"), ("result", "Результат"))
_LINES = (("term", "Срок"), ("evidence", "Форма представления"), ("plan", "Плановое значение"))


class ActivityPanel(QStackedWidget):
    """Shows one activity; what the person writes is told when the field is left."""

    edited = Signal(object)
    """Changes of the activity by field, as ``edit_activities`` takes them."""
    year_edited = Signal(int, str, str)
    """Year, ``plan`` or ``fact``, text."""
    status_wanted = Signal(object, str, str, object)
    """Status, reason, proof, day."""
    proof_wanted = Signal()
    """A file that proves the state is to be chosen."""
    schools_wanted = Signal()
    source_wanted = Signal()
    """Where the cells of the activity stood in the file it was read from."""
    after_wanted = Signal(object)
    """Id of the activity that comes before, or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_MIN_WIDTH)
        self._row: ActivityRow | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        hint = label(_CHOOSE, "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.addWidget(hint)
        self.area = QScrollArea(self)
        content = QWidget(self.area.viewport())
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self._build_texts(column)
        self._build_status(column)
        self._build_years(column)
        self._build_ties(column)
        column.addStretch()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields inside have it
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        self.addWidget(self.area)

    def _build_texts(self, column: QVBoxLayout) -> None:
        self.texts: dict[str, QPlainTextEdit] = {}
        for field, title in _TEXTS:
            column.addWidget(label(title, "muted"))
            box = LeavingText(title)
            box.left.connect(self._on_text)
            self.texts[field] = box
            column.addWidget(box)
        form = _form()
        self.lines: dict[str, QLineEdit] = {}
        for field, title in _LINES:
            self.lines[field] = _field(title)
            form.addRow(title, self.lines[field])
        column.addLayout(form)
        self.understood = label("", "muted", wrap=True)
        column.addWidget(self.understood)

    def _build_status(self, column: QVBoxLayout) -> None:
        column.addWidget(line())
        form = _form()
        self.status = ElidedCombo()
        self.status.setAccessibleName("Состояние")
        for status in ActivityStatus:
            self.status.addItem(status.value, status)
        self.reason, self.proof = _field("Причина"), _field("Чем подтверждено")
        self.proof.setPlaceholderText("протокол, приказ или файл")
        self.proof_file = QPushButton("Файл…")
        self.proof_file.setProperty("role", "button")
        self.proof_file.setToolTip("Указать файл, который подтверждает выполнение")
        proof = QHBoxLayout()
        proof.setSpacing(GAP)
        proof.addWidget(self.proof, 1)
        proof.addWidget(self.proof_file)
        self.done_on = DateField("Когда выполнено")
        form.addRow("Состояние", self.status)
        form.addRow("Причина", self.reason)
        form.addRow("Подтверждение", proof)
        form.addRow("Когда", self.done_on)
        column.addLayout(form)
        self.apply = QPushButton("Записать состояние")
        self.apply.setProperty("role", "primary")
        column.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_years(self, column: QVBoxLayout) -> None:
        self.years_title = label("Количество по годам", "heading")
        column.addWidget(line())
        column.addWidget(self.years_title)
        self.years = QGridLayout()
        self.years.setSpacing(GAP)
        column.addLayout(self.years)
        self._year_fields: list[QLineEdit] = []

    def _build_ties(self, column: QVBoxLayout) -> None:
        column.addWidget(line())
        form = _form()
        self.factor = _choice("Фактор риска")
        self.indicator = _choice("Показатель")
        self.after = _choice("После мероприятия")
        self.remind = DateField("Напомнить")
        self.schools = QPushButton("Все школы")
        self.schools.setProperty("role", "button")
        for title, widget in (
            ("Фактор риска", self.factor), ("Показатель", self.indicator),
            ("После", self.after), ("Напомнить", self.remind), ("Школы", self.schools),
        ):  # fmt: skip
            form.addRow(title, widget)
        column.addLayout(form)
        self.source = QPushButton("Откуда взято…")
        self.source.setProperty("role", "button")
        self.source.setToolTip("Файл, таблица и строка, из которых прочитано мероприятие (Ctrl+I)")
        column.addWidget(self.source, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        for widget in self.lines.values():
            widget.editingFinished.connect(self._on_line)
        self.apply.clicked.connect(self._on_status)
        self.proof_file.clicked.connect(self.proof_wanted)
        self.factor.activated.connect(self._on_factor)
        self.indicator.activated.connect(self._on_indicator)
        self.after.activated.connect(self._on_after)
        self.remind.editingFinished.connect(self._on_remind)
        self.schools.clicked.connect(self.schools_wanted)
        self.source.clicked.connect(self.source_wanted)

    # What the page uses.

    def show_row(
        self,
        row: ActivityRow | None,
        factors: Mapping[str, str],
        indicators: Mapping[int, str],
        others: Sequence[ActivityRow],
        years: Sequence[int],
    ) -> None:
        """Show an activity; ``factors`` and ``indicators`` are titles by key and by id.

        ``others`` are those it may come after.
        """
        self._row = row
        self.setCurrentIndex(0 if row is None else 1)
        if row is None:
            return
        for field, box in self.texts.items():
            box.setPlainText(str(getattr(row, field)))
        for field, widget in self.lines.items():
            widget.setText(" ".join(str(getattr(row, field)).split()))
        self._show_term(row)
        self.status.setCurrentIndex(self.status.findData(row.status))
        self.reason.setText(row.status_note)
        self.proof.setText(row.proof)
        self.done_on.set_value(row.done_on)
        self.remind.set_value(row.remind_on)
        self._show_ties(row, factors, others)
        self._show_indicators(row, indicators)
        self.source.setVisible(row.loaded)
        self._show_years(row, years)

    def _show_term(self, row: ActivityRow) -> None:
        self.understood.setText(period(row))
        self.understood.setProperty("role", "warning" if row.term_problem else "muted")
        self.understood.style().unpolish(self.understood)
        self.understood.style().polish(self.understood)

    def _show_ties(
        self, row: ActivityRow, factors: Mapping[str, str], others: Sequence[ActivityRow]
    ) -> None:
        self.factor.clear()
        self.factor.addItem("не указан", "")
        for key, title in factors.items():
            self.factor.addItem(title, key)
        self.factor.setCurrentIndex(max(self.factor.findData(row.factor), 0))
        self.after.clear()
        self.after.addItem("не зависит от других", None)
        for one in others:
            if one.id != row.id:
                self.after.addItem(f"{one.number} {one.title}".strip()[:90], one.id)
        self.after.setCurrentIndex(max(self.after.findData(row.after_id), 0))
        names = ", ".join(name for _, name in row.schools)
        self.schools.setText("Все школы…" if not names else f"{names[:40]}…")
        self.schools.setToolTip(names or "Мероприятие для всех школ. Нажмите, чтобы выбрать.")

    def _show_indicators(self, row: ActivityRow, indicators: Mapping[int, str]) -> None:
        self.indicator.clear()
        self.indicator.addItem("не указан", None)
        for key, title in indicators.items():
            self.indicator.addItem(title[:90], key)
            self.indicator.setItemData(
                self.indicator.count() - 1, title, Qt.ItemDataRole.ToolTipRole
            )
        if row.indicator_id is not None and row.indicator_id not in indicators:
            self.indicator.addItem("показатель другой программы", row.indicator_id)
        at = 0 if row.indicator_id is None else self.indicator.findData(row.indicator_id)
        self.indicator.setCurrentIndex(at)
        self.indicator.setEnabled(self.indicator.count() > 1)
        self.indicator.setToolTip(
            indicators.get(row.indicator_id or 0, "")
            if self.indicator.isEnabled()
            else "Показатели берутся из программы карты: «Ещё» → «Название, годы, программа…»."
        )

    def _show_years(self, row: ActivityRow, years: Sequence[int]) -> None:
        while self.years.count():
            item = self.years.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self._year_fields.clear()
        self.years_title.setVisible(bool(years))
        for column, title in enumerate(("", "План", "Факт") if years else ()):
            self.years.addWidget(label(title, "muted"), 0, column)
        cells = {cell.year: cell for cell in row.years}
        for at, year in enumerate(years, start=1):
            self.years.addWidget(label(str(year)), at, 0)
            cell = cells.get(year)
            self._add_year(at, year, "plan", cell.plan if cell else "")
            self._add_year(at, year, "fact", cell.fact if cell else "")

    def _add_year(self, at: int, year: int, name: str, text: str) -> None:
        title = "План" if name == "plan" else "Факт"
        field = _field(f"{title} {year}")
        field.setText(text)
        field.setProperty("year", year)
        field.setProperty("part", name)
        field.setProperty("was", text)
        field.editingFinished.connect(self._on_year)
        self._year_fields.append(field)
        self.years.addWidget(field, at, 1 if name == "plan" else 2)

    # What the person did.

    def _on_text(self) -> None:
        if self._row is None:
            return
        changes = {
            field: box.toPlainText()
            for field, box in self.texts.items()
            if box.toPlainText().strip() != str(getattr(self._row, field)).strip()
        }
        if changes:
            self.edited.emit(changes)

    def _on_line(self) -> None:
        if self._row is None:
            return
        for field, widget in self.lines.items():
            if widget.text().strip() != " ".join(str(getattr(self._row, field)).split()):
                self.edited.emit({field: widget.text()})

    def _on_year(self) -> None:
        field = self.sender()
        if isinstance(field, QLineEdit) and field.text() != field.property("was"):
            field.setProperty("was", field.text())
            self.year_edited.emit(field.property("year"), field.property("part"), field.text())

    def _on_status(self) -> None:
        day: date | None = self.done_on.value()
        # Qt hands a word of an enum back as plain text.
        status = ActivityStatus(self.status.currentData())
        self.status_wanted.emit(status, self.reason.text(), self.proof.text(), day)

    def _on_factor(self) -> None:
        if self._row is not None and self.factor.currentData() != self._row.factor:
            self.edited.emit({"factor": self.factor.currentData()})

    def _on_indicator(self) -> None:
        if self._row is not None and self.indicator.currentData() != self._row.indicator_id:
            self.edited.emit({"indicator_id": self.indicator.currentData()})

    def _on_after(self) -> None:
        if self._row is not None and self.after.currentData() != self._row.after_id:
            self.after_wanted.emit(self.after.currentData())

    def _on_remind(self) -> None:
        if self._row is None or not self.remind.is_valid():
            return
        if self.remind.value() != self._row.remind_on:
            self.edited.emit({"remind_on": self.remind.value()})


class LeavingText(QPlainTextEdit):
    """A field of several lines that tells when it is left."""

    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_TEXT_HEIGHT)

    def focusOutEvent(self, event: object) -> None:  # noqa: N802
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.left.emit()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(GAP)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _choice(title: str) -> QComboBox:
    made = ElidedCombo()
    made.setAccessibleName(title)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(16)
    return made


def _field(title: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(title)
    return made
