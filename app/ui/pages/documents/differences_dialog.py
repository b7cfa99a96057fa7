"""What a registered document would say otherwise with the data as they are now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import Difference
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label

_SIZE = (900, 480)


class DifferencesDialog(QDialog):
    """Lists every difference with its place, the old text and the new one."""

    def __init__(self, found: Sequence[Difference], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Что изменилось в данных")
        self.list = QTreeWidget()
        self._build(found)
        self.resize(*_SIZE)

    def _build(self, found: Sequence[Difference]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        said = (
            f"С тех пор, как документ составлен, различий: {len(found)}. Сам документ не меняется."
            if found
            else "Данные не изменились: составленный сейчас, документ сказал бы то же самое."
        )
        column.addWidget(label(said, "heading", wrap=True))
        if found:
            self._fill(found)
            column.addWidget(self.list, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("Закрыть", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _fill(self, found: Sequence[Difference]) -> None:
        self.list.setAccessibleName("Различия")
        self.list.setHeaderLabels(["Что", "Где", "Было", "Стало"])
        self.list.setRootIsDecorated(False)
        self.list.setWordWrap(True)
        self.list.setUniformRowHeights(False)
        for one in found:
            where = f"{one.annex}, {one.place}" if one.annex else one.place
            item = QTreeWidgetItem([one.change.value, where, one.old, one.new])
            for index in range(4):
                item.setToolTip(index, item.text(index))
            self.list.addTopLevelItem(item)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
