"""The sheet with the row of choices above it; both scroll sideways together."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.services.mapping import Sheet
from app.ui.pages.mapping.placing import PlacingDelegate, PlacingModel
from app.ui.pages.mapping.sheet_model import SheetModel
from app.ui.theme.metrics import ROW_HEIGHT

_ROW_TITLE = 118
_COLUMN = 128
_LETTERS = 22


class SheetPane(QWidget):
    """Shows a sheet and lets the person place its columns and move its header."""

    header_clicked = Signal(int, bool)
    """A row (0-based) was clicked in the column of numbers; True with Shift."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet_model = SheetModel()
        self.placing_model = PlacingModel()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.placing = QTableView()
        self.placing.setModel(self.placing_model)
        self.placing.setItemDelegate(PlacingDelegate(self.placing))
        self.placing.setAccessibleName("Что стоит в столбцах")
        keys = QAbstractItemView.EditTrigger.EditKeyPressed
        self.placing.setEditTriggers(keys | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.placing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # As wide inside as the sheet below it, or the two would scroll apart at the right end.
        self.placing.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.table = QTableView()
        self.table.setModel(self.sheet_model)
        self.table.setAccessibleName("Лист как он есть")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().hide()
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.table.verticalHeader().setSectionsClickable(True)
        for view in (self.placing, self.table):
            view.setTabKeyNavigation(False)
            view.setWordWrap(False)
            view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
            view.horizontalHeader().setDefaultSectionSize(_COLUMN)
            rows = view.verticalHeader()
            rows.setFixedWidth(_ROW_TITLE)
            rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            rows.setDefaultSectionSize(ROW_HEIGHT)
            rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.placing.horizontalHeader().setFixedHeight(_LETTERS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.placing)
        column.addWidget(self.table, 1)
        self.fit()

    def _connect(self) -> None:
        self.placing.horizontalHeader().sectionResized.connect(self._on_resized)
        self.table.horizontalScrollBar().valueChanged.connect(
            self.placing.horizontalScrollBar().setValue
        )
        self.placing.horizontalScrollBar().valueChanged.connect(
            self.table.horizontalScrollBar().setValue
        )
        self.table.verticalHeader().sectionPressed.connect(self._on_row_clicked)
        self.placing.clicked.connect(self._on_clicked)
        self.placing.activated.connect(self._on_clicked)
        self.placing_model.modelReset.connect(self.fit)

    def show_sheet(self, sheet: Sheet, *, turned: bool) -> None:
        """Show another sheet from its first row on; ``turned`` one with its columns as rows."""
        self.sheet_model.show_sheet(sheet, turned=turned)
        self.table.scrollToTop()

    def fit(self) -> None:
        """Give the row of choices just the height of its rows."""
        rows = self.placing_model.rowCount()
        frame = 2 * self.placing.frameWidth()
        self.placing.setFixedHeight(_LETTERS + rows * ROW_HEIGHT + frame)

    def scroll_to_row(self, row: int) -> None:
        """Bring a row (0-based) into sight."""
        self.table.scrollTo(self.sheet_model.index(row, 0))

    def _on_resized(self, column: int, _old: int, size: int) -> None:
        self.table.setColumnWidth(column, size)

    def _on_row_clicked(self, row: int) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.header_clicked.emit(row, bool(shift))

    def _on_clicked(self, index: QModelIndex) -> None:
        editing = self.placing.state() == QAbstractItemView.State.EditingState
        if index.flags() & Qt.ItemFlag.ItemIsEditable and not editing:
            self.placing.edit(index)
