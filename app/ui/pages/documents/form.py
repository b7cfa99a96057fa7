"""What the specialist decides about the order; every field may stay empty for now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.documents import OrderRequest, Person
from app.ui.pages.documents.wording_button import WordingButton
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.text import label

_SETTLE_MS = 400
"""The preview follows when the person stops typing."""


class OrderForm(QWidget):
    """Fields of the order «Об утверждении перечня…»."""

    changed = Signal()
    """The person stopped changing something."""
    kind = "order"

    def __init__(self) -> None:
        super().__init__()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.number = _field("Номер приказа", "появится прочерк")
        self.day = DateField("Дата приказа")
        self.deadline = DateField("Срок для руководителей школ")
        self.coordinator_post = _field("Должность координатора", "главный специалист")
        self.coordinator_name = _field("Координатор", "фамилия, имя, отчество")
        self.controller_post = _field("Должность контролирующего", "заместитель начальника")
        self.controller_name = _field("Контроль возложить на", "пусто – оставляет за собой")
        self.risk_zone = QCheckBox("Добавить список школ «зоны риска»")
        self.full_names = QCheckBox("Полные названия школ")
        self.wording = WordingButton()
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        form.addRow("Номер", self.number)
        form.addRow("Дата", self.day)
        form.addRow("Срок для школ", self.deadline)
        form.addRow("Координатор", self.coordinator_name)
        form.addRow("его должность", self.coordinator_post)
        form.addRow("Контроль", self.controller_name)
        form.addRow("его должность", self.controller_post)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label("Приказ об утверждении перечня", "heading", wrap=True))
        column.addLayout(form)
        column.addWidget(self.risk_zone)
        column.addWidget(self.full_names)
        column.addWidget(self.wording)
        column.addStretch(1)

    def _connect(self) -> None:
        for field in self._fields():
            field.textChanged.connect(self._on_text)
        for box in (self.risk_zone, self.full_names):
            box.toggled.connect(self._on_box)

    def request(self, year: int) -> OrderRequest:
        """Return what the fields say; a date that is not one counts as empty."""
        self.turn_to(year)
        return OrderRequest(
            year=year,
            number=self.number.text().strip(),
            date=self.day.value(),
            deadline=self.deadline.value(),
            coordinator=Person(self.coordinator_post.text(), self.coordinator_name.text()),
            controller=Person(self.controller_post.text(), self.controller_name.text()),
            risk_zone=self.risk_zone.isChecked(),
            full_names=self.full_names.isChecked(),
            sentences=self.wording.sentences(),
        )

    def word(self, sentences: Mapping[str, str]) -> None:
        """Let the order say these sentences in its own way."""
        self.wording.word(sentences)
        self.changed.emit()

    def calm(self) -> None:
        """Forget that something was typed a moment ago; what was typed stays in its field."""
        self._settle.stop()

    def hurry(self) -> None:
        """What was typed a moment ago counts now: ``changed`` comes at once."""
        if self._settle.isActive():
            self._settle.stop()
            self.changed.emit()

    def turn_to(self, year: int) -> None:
        """The order of that year is meant, with what was written for it alone."""
        self.wording.turn_to(year)

    def written(self, request: OrderRequest) -> None:
        """That order is in the register: its own sentences are not those of the next one."""
        self.wording.forget(request.year, request.sentences)

    def is_touched(self) -> bool:
        """Whether something is written here that taking another order would replace."""
        return any(field.text().strip() for field in self._fields())

    def take(self, request: OrderRequest) -> None:
        """Show what a request says; ``changed`` is for the one who asked."""
        self.number.setText(request.number)
        self.day.set_value(request.date)
        self.deadline.set_value(request.deadline)
        for person, post, name in (
            (request.coordinator, self.coordinator_post, self.coordinator_name),
            (request.controller, self.controller_post, self.controller_name),
        ):
            post.setText(person.post)
            name.setText(person.name)
        for box, checked in (
            (self.risk_zone, request.risk_zone),
            (self.full_names, request.full_names),
        ):
            with QSignalBlocker(box):
                box.setChecked(checked)
        self.turn_to(request.year)
        self.wording.word(request.sentences)
        self.calm()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (
            self.number,
            self.day,
            self.deadline,
            self.coordinator_name,
            self.coordinator_post,
            self.controller_name,
            self.controller_post,
        )

    def _on_text(self, _text: str) -> None:
        self._settle.start()

    def _on_box(self, _checked: bool) -> None:
        self.changed.emit()


def _field(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made
