"""A staged sheet as Excel shows it: letters, row numbers, what is wrong and what was corrected."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.models.enums import Severity
from app.services.importing import Finding, SheetView, column_letters
from app.ui.theme import theme
from app.ui.theme.colors import Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NARROW, _WIDE = 11, 24
"""Letters of a title that fit into a column at its first width: any other, and the first."""


class SheetModel(QAbstractTableModel):
    """Shows a ``SheetView``; cells are drawn when they come into sight, whatever the height."""

    def __init__(self) -> None:
        super().__init__()
        self._view: SheetView | None = None

    def show_view(self, view: SheetView | None) -> None:
        """Show another sheet, or none."""
        self.beginResetModel()
        self._view = view
        self.endResetModel()

    def cell(self, index: Index) -> str:
        """Return the address of a cell: ``C9``."""
        return f"{column_letters(index.column())}{index.row() + 1}"

    def text(self, index: Index) -> str:
        """Return what stands in a cell."""
        if self._view is None or not index.isValid():
            return ""
        return self._view.rows[index.row()][index.column()]

    def place(self, cell: str) -> QModelIndex:
        """Return the index of an address; an invalid one when it is not shown."""
        letters = cell.rstrip("0123456789")
        row = int(cell[len(letters) :] or 0)
        for column in range(self.columnCount()):
            if column_letters(column) == letters:
                return self.index(row - 1, column)
        return QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() or self._view is None else len(self._view.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() or self._view is None else self._view.width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._view is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(self._notes(index)) or self.text(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join((f"{self.cell(index)}: {self.text(index)}", *self._notes(index)))
            case Qt.ItemDataRole.TextAlignmentRole if _is_number(self.text(index)):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.BackgroundRole:
                tone = self._tone(index)
                return None if tone is None else QColor(theme().tones[tone][1])
            case Qt.ItemDataRole.ForegroundRole:
                tone = self._tone(index)
                return None if tone is None else QColor(theme().tones[tone][0])
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._view is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        title = self._view.titles[section] if across and section < len(self._view.titles) else ""
        if role == Qt.ItemDataRole.ToolTipRole and across:
            return title
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if not across:
            return str(section + 1)
        return f"{column_letters(section)}\n{_short(title, section)}"

    def _notes(self, index: Index) -> list[str]:
        """Return what is to be said of a cell."""
        view = self._view
        if view is None:
            return []
        notes = [note_of(finding) for finding in view.marked.get(self.cell(index), ())]
        if view.is_personal(index.row(), index.column()):
            notes.append("Столбец с личными данными: не показывается и не хранится")
        return notes

    def _tone(self, index: Index) -> Tone | None:
        view = self._view
        if view is None:
            return None
        cell = self.cell(index)
        found = [finding for finding in view.marked.get(cell, ()) if not finding.note]
        if any(finding.severity is Severity.ERROR for finding in found):
            return Tone.DANGER
        if cell in view.corrected:
            return Tone.INFO
        if found:
            return Tone.WARNING
        return Tone.NEUTRAL if view.is_personal(index.row(), index.column()) else None


def _short(title: str, column: int) -> str:
    """Return a title as long as a column is wide; the whole of it is in the tooltip."""
    room = _WIDE if column == 0 else _NARROW
    return title if len(title) <= room else f"{title[: room - 1].rstrip()}…"


def _is_number(text: str) -> bool:
    """Return whether Excel would set the text at the right."""
    return text.replace(",", "", 1).removeprefix("-").isdigit()


def note_of(finding: Finding) -> str:
    """Return a finding as one text, with the note of the person who let it pass."""
    told = f"{finding.message} {finding.hint}".strip()
    return f"{told} Подтверждено: {finding.note}" if finding.soft and finding.note else told
