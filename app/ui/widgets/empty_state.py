"""What a page shows instead of an empty table: what is missing, and the button of the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.theme.metrics import GAP, MARGIN

_WIDTH = 460


class EmptyState(QWidget):
    """A heading, a sentence and, when there is something to do, a button."""

    chosen = Signal()
    """The button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel()
        self._heading.setProperty("role", "title")
        self._sentence = QLabel()
        self._sentence.setProperty("role", "muted")
        self._button = QPushButton()
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(self.chosen)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addStretch(2)
        for label in (self._heading, self._sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(_WIDTH)
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(GAP)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def take_focus(self) -> None:
        """Put the focus on the button of the next step, if there is one."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        """Show these texts; without ``button`` there is none."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        for words in (self._heading, self._sentence):
            # An aligned label is given its first height only, which cuts a second line.
            words.setMinimumHeight(max(words.heightForWidth(_WIDTH), 0))
