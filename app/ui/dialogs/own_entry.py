"""A dialog for entries of the office's own beside shipped ones: add, rename, take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.dialogs.form_dialog import FormDialog


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What a person entered; ``key`` is None for a new entry, ``gone`` takes one away."""

    key: object
    title: str
    note: str = ""
    gone: bool = False


class OwnEntryDialog(FormDialog):
    """Chooses one of the office's own entries, or a new one, and asks for title and note."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        explanation: str,
        known: Sequence[OwnEntry],
        chosen: object = None,
    ) -> None:
        super().__init__(parent, title)
        self._known = {one.key: one for one in known}
        self.note(explanation)
        options = [("новая запись", None), *((one.title, one.key) for one in known)]
        self.entry = self.choice("Что изменить", options, chosen)
        self.title_field = self.line("Название", required=True)
        self.note_field = self.text("Пояснение")
        self.gone = self.tick("Убрать эту запись", False)
        self.entry.currentIndexChanged.connect(self._on_entry)
        self._on_entry()
        self.entry.setEnabled(bool(known))
        self.finish()

    @property
    def answer(self) -> OwnEntry:
        """What was entered."""
        return OwnEntry(
            self.entry.value(),
            self.title_field.text(),
            self.note_field.toPlainText(),
            self.gone.isChecked(),
        )

    def _on_entry(self, *_line: object) -> None:
        one = self._known.get(self.entry.value())
        self.title_field.setText(one.title if one else "")
        self.note_field.setPlainText(one.note if one else "")
        self.gone.setChecked(False)
        self.gone.setEnabled(one is not None)
