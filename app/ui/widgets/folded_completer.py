"""Proposals while a name is typed: any part of it, without case, ё as е."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from app.ui.itemmodels.columns import folded

_LINES = 12


class FoldedCompleter(QCompleter):
    """Compares folded texts and shows them as they are written."""

    def __init__(self, texts: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        model = QStandardItemModel(self)
        for text in texts:
            item = QStandardItem(text)
            item.setData(folded(text), Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        self.setModel(model)
        self.setCompletionRole(Qt.ItemDataRole.UserRole)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_LINES)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        return [folded(path.strip())]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        return str(index.data(Qt.ItemDataRole.DisplayRole))
