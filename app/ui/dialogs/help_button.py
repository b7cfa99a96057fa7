"""The button of a dialog that opens its help; F1 does the same."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from app.ui import prompts
from app.ui.dialogs.help import HelpDialog, help_text


class HelpButton(QPushButton):
    """Shows ``resources/help/<key>.md`` over the dialog it stands in."""

    def __init__(self, owner: QWidget, key: str, title: str) -> None:
        super().__init__("Справка")
        self._owner = owner
        self._key = key
        self._title = title
        self.setAutoDefault(False)
        self.setShortcut("F1")
        self.setToolTip("Что здесь можно сделать (F1)")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        dialog = HelpDialog(self._owner, self._title, help_text(self._key))
        prompts.run(dialog)
        dialog.deleteLater()
