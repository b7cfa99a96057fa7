"""What the specialist decides about the order; every field may stay empty for now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.documents import OrderRequest, Person, Typed
from app.ui.pages.documents.typed import held, put_texts, texts_of
from app.ui.pages.documents.wording_button import WordingButton
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.text import label

_UNSEEN = ("office_genitive", "profile", "long_storage")
"""What an order may say that the form has no field for."""
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
        self._unseen = OrderRequest(year=0)
        """What an order may say that has no field here; it comes with one that was taken."""
        self._written: Typed = {}
        """What the fields held when the paper was entered into the register."""
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
        for field in self._fields().values():
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self._on_text)
            elif isinstance(field, QCheckBox):
                field.toggled.connect(self._on_box)

    def request(self, year: int) -> OrderRequest:
        """Return what the fields say; a date that is not one counts as empty."""
        self.turn_to(year)
        return replace(
            self._unseen,
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
        same = self.request(request.year) == request
        self.wording.forget(request.year, request.sentences)
        self._unseen = OrderRequest(year=0)
        self._written = self.typed() if same else {}

    def is_touched(self) -> bool:
        """Whether something is written here that taking another order would replace."""
        return bool(self.typed())

    def typed(self) -> Typed:
        """Return what the form holds, as JSON; empty where nobody has written anything."""
        unseen = {name: getattr(self._unseen, name) for name in _UNSEEN}
        return held(
            texts=texts_of(self._fields()),
            sentences=self.wording.held(),
            unseen={name: value for name, value in unseen.items() if value},
        )

    def unfinished(self) -> Typed:
        """Return what is typed and not in the register yet."""
        typed = self.typed()
        return {} if typed == self._written else typed

    def put_typed(self, typed: Typed) -> None:
        """Hold what ``typed`` returned, and nothing else; ``changed`` is for the one who asked."""
        with QSignalBlocker(self):
            put_texts(self._fields(), typed.get("texts", {}))
        self.wording.put_held(typed.get("sentences", ()))
        self._unseen = OrderRequest(year=0, **typed.get("unseen", {}))
        self.calm()

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
        self._unseen = request
        self.calm()

    def _fields(self) -> Mapping[str, QWidget]:
        return {
            "number": self.number,
            "day": self.day,
            "deadline": self.deadline,
            "coordinator_name": self.coordinator_name,
            "coordinator_post": self.coordinator_post,
            "controller_name": self.controller_name,
            "controller_post": self.controller_post,
            "risk_zone": self.risk_zone,
            "full_names": self.full_names,
        }

    def _on_text(self, _text: str) -> None:
        self._settle.start()

    def _on_box(self, _checked: bool) -> None:
        self.changed.emit()


def _field(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made
