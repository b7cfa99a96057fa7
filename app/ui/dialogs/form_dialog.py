"""A dialog with one column of titled fields that says at once when something is lacking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.date_field import DateField
from app.ui.widgets.fitting import fit_height
from app.ui.widgets.folded_completer import FoldedCompleter
from app.ui.widgets.text import label

_WIDTH = 520
_TEXT_HEIGHT = 72

Option = tuple[str, Any]
"""What is shown, and the value behind it."""


class ChoiceField(QComboBox):
    """One of several values; with ``search`` the person types a part of the words."""

    def __init__(self, title: str, options: Sequence[Option], value: Any, search: bool) -> None:
        super().__init__()
        self.setAccessibleName(title)
        # Kept here: Qt would hand a word of an enum back as a plain text.
        self._values = [one for _, one in options]
        self.addItems([text for text, _ in options])
        self.choose(value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if search:
            self._make_searchable()

    def value(self) -> Any:
        """Return the value of the chosen line; a text that is no line chooses none."""
        place = self._line()
        return self._values[place] if 0 <= place < len(self._values) else None

    def choose(self, value: Any) -> None:
        """Choose the line of a value; an unknown one chooses the first line."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def is_valid(self) -> bool:
        """Return False while a text stands there that is none of the lines."""
        return self._line() >= 0

    def _line(self) -> int:
        if not self.isEditable():
            return self.currentIndex()
        return self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        texts = [self.itemText(line) for line in range(self.count())]
        self.setCompleter(FoldedCompleter(texts, self))


class FormDialog(QDialog):
    """Fields are added in order; ``finish`` adds the buttons and fixes the size.

    The accepting button waits until required fields are filled, dates are dates and choices are
    lines of their lists.
    """

    def __init__(
        self, parent: QWidget | None, title: str, accept: str = "Сохранить", width: int = _WIDTH
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._width = width
        self._checks: list[Callable[[], bool]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        # Wider than between a title and its field: it must be seen what belongs together.
        self._column.setSpacing(GAP)
        self._target: QBoxLayout = self._column
        self._buttons = QDialogButtonBox()
        self.store = self._buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.store.setProperty("role", "primary")
        self._buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def heading(self, text: str) -> None:
        """Add a line that says whose data these are."""
        self._target.addWidget(label(text, "heading", wrap=True))

    def note(self, text: str, role: str = "muted") -> None:
        """Add a quiet explanation; ``role`` «warning» stands out."""
        self._target.addWidget(label(text, role, wrap=True))

    def line(
        self, title: str, value: str = "", hint: str = "", *, required: bool = False
    ) -> QLineEdit:
        """Add a line of text."""
        field = QLineEdit(value)
        field.setPlaceholderText(hint)
        self._add(title, field)
        field.textChanged.connect(self.refresh)
        if required:
            self._checks.append(lambda: bool(field.text().strip()))
        return field

    def text(
        self, title: str, value: str = "", *, required: bool = False, height: int = _TEXT_HEIGHT
    ) -> QPlainTextEdit:
        """Add a text of several lines; Tab leaves it."""
        field = QPlainTextEdit(value)
        field.setTabChangesFocus(True)
        field.setFixedHeight(height)
        self._add(title, field)
        field.textChanged.connect(self.refresh)
        if required:
            self._checks.append(lambda: bool(field.toPlainText().strip()))
        return field

    def choice(
        self, title: str, options: Sequence[Option], value: Any = None, *, search: bool = False
    ) -> ChoiceField:
        """Add a choice; an unknown ``value`` chooses the first line."""
        field = ChoiceField(title, options, value, search)
        self._add(title, field)
        field.currentTextChanged.connect(self.refresh)
        self._checks.append(field.is_valid)
        return field

    def day(self, title: str, value: object = None, *, required: bool = False) -> DateField:
        """Add a date; empty means not known."""
        field = DateField(title)
        field.set_value(value)  # type: ignore[arg-type]
        self._add(title, field)
        field.textChanged.connect(self.refresh)
        self._checks.append(field.is_valid)
        if required:
            self._checks.append(lambda: field.value() is not None)
        return field

    def year(self, title: str, value: int | None = None, *, required: bool = False) -> QLineEdit:
        """Add a year of four digits; empty means not known."""
        field = self.line(title, "" if value is None else str(value), "гггг", required=required)
        self._checks.append(lambda: not field.text().strip() or year_of(field) is not None)
        return field

    def tick(self, title: str, value: bool) -> QCheckBox:
        """Add a box to tick."""
        field = QCheckBox(title)
        field.setChecked(value)
        field.toggled.connect(self.refresh)
        self._target.addWidget(field)
        return field

    def add_widget(self, widget: QWidget) -> None:
        """Add a widget of the dialog's own, as wide as it needs to be."""
        self._target.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget of the dialog's own, as wide as the dialog."""
        self._target.addWidget(widget)

    @contextmanager
    def row(self) -> Iterator[None]:
        """Put the fields that are added meanwhile side by side."""
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self._column.addLayout(line)
        self._target = line
        yield
        self._target = self._column

    def require(self, check: Callable[[], bool]) -> None:
        """Let the accepting button wait for one condition more."""
        self._checks.append(check)

    def finish(self) -> None:
        """Add the buttons, fix the size, look at the fields for the first time."""
        self._column.addSpacing(GAP)
        self._column.addWidget(self._buttons)
        fit_height(self, self._width)
        self.refresh()

    def refresh(self, *_value: object) -> None:
        """Let the accepting button follow the fields."""
        self.store.setEnabled(all(check() for check in self._checks))

    def _add(self, title: str, field: QWidget) -> None:
        field.setAccessibleName(title)
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        column.addWidget(label(title))
        column.addWidget(field)
        self._target.addLayout(column, 1)


def year_of(field: QLineEdit) -> int | None:
    """Return the year in a line of ``FormDialog.year``; None for none."""
    text = field.text().strip()
    return int(text) if text.isdigit() and len(text) == 4 else None
