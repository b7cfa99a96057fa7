"""The form of the office's requisites: filled in at the first run, changed at any time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError, reason
from app.services.decimals import size_words
from app.services.settings import EMBLEM_BYTES, OfficeDetails, office_remarks
from app.ui import prompts
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label

_FIELDS = (
    ("parent_name", "Вышестоящий орган", "Администрация … района (можно не заполнять)"),
    ("full_name", "Полное название", "Управление образования администрации … района"),
    ("short_name", "Краткое название", "Управление образования"),
    ("place", "Место издания", "с. Приозёрное"),
    ("head_post", "Должность руководителя", "Начальник Управления образования"),
    ("head_name", "Руководитель", "фамилия, имя, отчество полностью"),
    ("executor_name", "Исполнитель", "фамилия, имя, отчество (можно не заполнять)"),
    ("executor_phone", "Телефон исполнителя", "8(00000)0-00-00"),
)
_CODES = (
    ("address", "Адрес", "000000, … область, с. Приозёрное, ул. …, д. …"),
    ("phones", "Телефоны", "8(00000)0-00-00"),
    ("email", "Электронная почта", "…@…"),
    ("site", "Сайт", "адрес сайта (можно не заполнять)"),
    ("okpo", "ОКПО", "8 цифр"),
    ("ogrn", "ОГРН", "13 цифр"),
    ("inn", "ИНН", "10 цифр"),
    ("kpp", "КПП", "9 знаков"),
)
_EMBLEM_HEIGHT = 56
_WIDTH = 1040


class OfficeDialog(QDialog):
    """Keeps what was typed until it can be stored; problems stand under their fields."""

    def __init__(self, details: OfficeDetails | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Реквизиты учреждения")
        self.setMinimumWidth(_WIDTH)
        self.fields: dict[str, QLineEdit] = {}
        self.problems: dict[str, QLabel] = {}
        self.remarks: dict[str, QLabel] = {}
        self._emblem = details.emblem if details else None
        self._build()
        if details is not None:
            for name, field in self.fields.items():
                field.setText(getattr(details, name))
                field.setCursorPosition(0)  # a long name is read from its beginning
        self._show_emblem()
        self._show_remarks()

    def details(self) -> OfficeDetails:
        """Return what the form says; it is checked when it is stored."""
        texts = {name: field.text() for name, field in self.fields.items()}
        return OfficeDetails(**texts, emblem=self._emblem)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show under each field what is wrong with it."""
        for name, place in self.problems.items():
            place.setText(problems.get(name, ""))
            place.setVisible(name in problems)
        first = next((self.fields[name] for name in self.fields if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(
            label(
                "Эти сведения печатаются в приказах и других документах; адрес, телефоны и коды – "
                "на бланках писем и постановлений.",
                "muted",
                wrap=True,
            )
        )
        names, codes = self._form(_FIELDS), self._form(_CODES)
        codes.addRow("Герб", self._emblem_line())
        halves = QHBoxLayout()
        halves.setSpacing(2 * MARGIN)
        # Names of offices are long, codes are short.
        halves.addLayout(names, 3)
        halves.addLayout(codes, 2)
        column.addLayout(halves)
        column.addStretch()
        column.addWidget(self._buttons())

    def _form(self, rows: tuple[tuple[str, str, str], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        for name, title, example in rows:
            form.addRow(title, self._field(name, title, example))
        return form

    def _field(self, name: str, title: str, example: str) -> QWidget:
        field = QLineEdit()
        field.setAccessibleName(title)
        field.setPlaceholderText(example)
        field.editingFinished.connect(self._show_remarks)
        self.fields[name] = field
        return self._with_problem(name, field)

    def _with_problem(self, name: str, field: QWidget) -> QWidget:
        problem = label(role="danger", wrap=True)
        problem.hide()
        self.problems[name] = problem
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(field)
        column.addWidget(problem)
        remark = label(role="warning", wrap=True)
        remark.hide()
        self.remarks[name] = remark
        column.addWidget(remark)
        return box

    def _show_remarks(self) -> None:
        """Say under a field what looks mistyped; it can be stored all the same."""
        found = office_remarks(self.details())
        for name, place in self.remarks.items():
            place.setText(found.get(name, ""))
            place.setVisible(name in found)

    def _emblem_line(self) -> QWidget:
        self.picture = QLabel()
        self.picture.setAccessibleName("Герб")
        choose = QPushButton("Выбрать рисунок…")
        self.remove = QPushButton("Убрать")
        choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.picture)
        row.addWidget(choose)
        row.addWidget(self.remove)
        row.addStretch()
        return self._with_problem("emblem", box)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton("Сохранить", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("role", "primary")
        box.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _on_choose(self) -> None:
        chosen = prompts.open_files(self, "Рисунок герба", "Рисунки (*.png *.jpg *.jpeg)")
        if chosen:
            try:
                self._emblem = _picture_of(chosen[0])
            except UserError as error:
                prompts.report(self, error)
            self._show_emblem()

    def _on_remove(self) -> None:
        self._emblem = None
        self._show_emblem()

    def _show_emblem(self) -> None:
        self.remove.setEnabled(self._emblem is not None)
        shown = QPixmap()
        if self._emblem is not None:
            shown.loadFromData(self._emblem)
        if shown.isNull():
            self.picture.setText("не печатается" if self._emblem is None else "рисунок выбран")
        else:
            self.picture.setPixmap(
                shown.scaledToHeight(_EMBLEM_HEIGHT, Qt.TransformationMode.SmoothTransformation)
            )


def _picture_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > EMBLEM_BYTES:
            raise UserError(
                f"Рисунок {path.name} слишком большой: {size_words(size)}.",
                f"Возьмите картинку не больше {size_words(EMBLEM_BYTES)}.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"Рисунок {path.name} не читается: {reason(error)}.", "Выберите другой файл."
        ) from error
