"""The sheet of a file of the plan, at the cell of a finding; F2 puts another value there."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.services.importing import SheetView
from app.ui.pages.importing.sheet_delegate import SheetDelegate
from app.ui.pages.importing.sheet_model import SheetModel
from app.ui.theme.metrics import GAP, HEADER_HEIGHT, MARGIN, ROW_HEIGHT
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.text import label

_ROW_NUMBERS = 56
_COLUMN = 104
_FIRST_COLUMN = 200


class SheetPane(QWidget):
    """Shows a ``SheetView``; every wish of the person is a signal."""

    closed = Signal()
    sheet_wanted = Signal(str)
    """Name of another sheet of the file."""
    correction_wanted = Signal(str, str)
    """Address of a cell and what stands in it now."""
    correction_dropped = Signal(str)
    """Address of a corrected cell."""

    def __init__(self) -> None:
        super().__init__()
        self.view: SheetView | None = None
        self.model = SheetModel()
        self._build()
        self._connect()
        self._on_cell(QModelIndex())

    def _build(self) -> None:
        self.bar = FilterBar()
        self.sheets = self.bar.add_choice("Лист", "")
        self.where = self.bar.add_note()
        self.drop = self.bar.add_action("Убрать исправление")
        self.drop.setToolTip("Вернуть в ячейку то, что стоит в файле")
        self.mend = self.bar.add_action("Исправить… (F2)", primary=True)
        self.mend.setToolTip("Другое значение вместо этого; сам файл не меняется")
        self.back = self.bar.add_action("К плану")
        self.back.setToolTip("Вернуться к плану загрузки (Esc)")
        self.said = label(wrap=True, selectable=True)
        self.said.setMinimumHeight(ROW_HEIGHT)
        self._build_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        frame = QWidget()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        inside.addWidget(self.said)
        inside.addWidget(self.table, 1)
        column.addWidget(frame, 1)
        self.mend_action = self._action(Qt.Key.Key_F2)
        self.back_action = self._action(Qt.Key.Key_Escape)

    def _build_table(self) -> None:
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(SheetDelegate(self.table))
        self.table.setAccessibleName("Лист файла как он есть")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across = self.table.horizontalHeader()
        across.setDefaultSectionSize(_COLUMN)
        across.setFixedHeight(HEADER_HEIGHT)
        across.setHighlightSections(True)
        rows = self.table.verticalHeader()
        rows.setFixedWidth(_ROW_NUMBERS)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _action(self, key: Qt.Key) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.sheets.picked.connect(self._on_sheet)
        self.back.clicked.connect(self.closed)
        self.back_action.triggered.connect(self.closed)
        self.mend.clicked.connect(self._on_mend)
        self.mend_action.triggered.connect(self._on_mend)
        self.drop.clicked.connect(self._on_drop)
        self.table.doubleClicked.connect(self._on_mend)
        self.table.selectionModel().currentChanged.connect(self._on_cell)

    def show_view(self, view: SheetView, cell: str) -> None:
        """Show a sheet with the cursor on ``cell``."""
        self.view = view
        self.model.show_view(view)
        self.sheets.clear()
        for name in view.sheets:
            self.sheets.addItem(f"Лист «{name}»", name)
        self.sheets.choose(view.sheet)
        if self.model.columnCount():
            self.table.setColumnWidth(0, _FIRST_COLUMN)
        self.go_to(cell)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, cell: str) -> None:
        """Put the cursor on a cell and bring it to the middle; the first cell when it is none."""
        index = self.model.place(cell) if cell else QModelIndex()
        target = index if index.isValid() else self.model.index(0, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().setCurrentIndex(target, flag)
        self.table.scrollTo(target, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._on_cell(target)

    def _on_cell(self, index: QModelIndex) -> None:
        cell = self.model.cell(index) if index.isValid() else ""
        view = self.view
        corrected = view.corrected.get(cell) if view else None
        self.mend.setEnabled(bool(cell) and view is not None and not self._is_personal(index))
        self.drop.setEnabled(corrected is not None)
        height = f" · строк на листе: {len(view.rows)}" if view else ""
        self.where.setText(f"{view.path if view else ''} · ячейка {cell or '–'}{height}")
        told = self.model.data(index, Qt.ItemDataRole.ToolTipRole) if cell else None
        notes = told if told and told != self.model.text(index) else ""
        self.said.setText(notes or "К этой ячейке замечаний нет.")
        self.said.setProperty("role", "" if notes else "muted")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def _is_personal(self, index: QModelIndex) -> bool:
        view = self.view
        return view is not None and view.is_personal(index.row(), index.column())

    def _on_sheet(self) -> None:
        self.sheet_wanted.emit(str(self.sheets.value()))

    def _on_mend(self) -> None:
        index = self.table.currentIndex()
        if index.isValid() and self.mend.isEnabled():
            self.correction_wanted.emit(self.model.cell(index), self.model.text(index))

    def _on_drop(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.correction_dropped.emit(self.model.cell(index))
