"""Choosing the kind of a new block, and a ready outline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from app.services.documents import BLOCK_KINDS, programme_presets
from app.ui.dialogs.form_dialog import FormDialog
from app.ui.widgets.text import label

_LIST_HEIGHT = 436
_ROW = 24
_LONGEST = 50
"""Characters of a title beside a box to tick."""
_KEY = Qt.ItemDataRole.UserRole


class _ListDialog(FormDialog):
    """A list of titles; what the chosen one is stands below."""

    def __init__(self, parent: QWidget, title: str, accept: str) -> None:
        super().__init__(parent, title, accept)
        self.listed = QListWidget()
        self.listed.setAccessibleName(title)
        self.about = label("", "muted", wrap=True)
        self._texts: dict[str, str] = {}

    def _fill(self, options: list[tuple[str, str, str]], height: int) -> None:
        for key, title, about in options:
            item = QListWidgetItem(title)
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, _ROW))
            self.listed.addItem(item)
            self._texts[key] = about
        self.listed.setFixedHeight(height)
        self.add_wide(self.listed)
        self.about.setMinimumHeight(40)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add_wide(self.about)
        self.listed.currentItemChanged.connect(self._on_item)
        self.listed.itemActivated.connect(self.accept)

    def chosen(self) -> str:
        """Return the key of the chosen line."""
        item = self.listed.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def choose(self, key: str) -> None:
        """Put the cursor on the line of a key."""
        for row in range(self.listed.count()):
            if self.listed.item(row).data(_KEY) == key:
                self.listed.setCurrentRow(row)

    def _on_item(self, *_items: object) -> None:
        self.about.setText(self._texts.get(self.chosen(), ""))


class AddBlockDialog(_ListDialog):
    """Which block is added, and whether inside the chosen one."""

    def __init__(self, parent: QWidget, inside: str) -> None:
        super().__init__(parent, "Новый блок", "Добавить")
        self._fill([(kind.key, kind.title, kind.hint) for kind in BLOCK_KINDS.values()],
                   _LIST_HEIGHT)  # fmt: skip
        self.inside = QCheckBox(f"Внутрь блока «{_shown(inside)}»")
        self.inside.setVisible(bool(inside))
        self.inside.setToolTip("Иначе блок встанет под выбранным, рядом с ним")
        self.add_wide(self.inside)
        self.finish()
        self.listed.setCurrentRow(1)
        self.listed.setFocus(Qt.FocusReason.OtherFocusReason)


class PresetDialog(_ListDialog):
    """Which ready outline takes the place of the present one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Готовая структура", "Взять эту структуру")
        options = [
            (preset.key, preset.title, f"{preset.about}\n{preset.source}.")
            for preset in programme_presets().values()
        ]
        self._fill(options, 160)
        self.about.setMinimumHeight(72)
        self.note(
            "Блоки программы заменятся блоками этой структуры; данные останутся. "
            "Прежнюю структуру вернёт Ctrl+Z.",
            "warning",
        )
        self.finish()
        self.listed.setCurrentRow(0)


def _shown(title: str) -> str:
    """Return a title as a box shows it: short, and with its ampersands."""
    short = title if len(title) <= _LONGEST else f"{title[:_LONGEST]}…"
    return short.replace("&", "&&")
