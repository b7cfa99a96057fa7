"""A list with a panel beside it that is folded by a button; both are remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from app.ui.state import WindowState
from app.ui.theme.metrics import MARGIN, PANEL_WIDTH
from app.ui.widgets.bars import FilterBar

_ALL = 10_000
"""Width that no window has: the list takes what the panel leaves."""


def fold_button(bar: FilterBar, title: str, what: str) -> QPushButton:
    """Add the button that folds a panel; ``what`` is the panel in the accusative."""
    button = bar.add_action(title)
    button.setCheckable(True)
    button.setShortcut("F4")
    button.setToolTip(f"Показать или скрыть {what} (F4)")
    return button


class PanelSplit(QSplitter):
    """``key`` is that of the page, under which the width and the fold are kept."""

    def __init__(
        self,
        main: QWidget,
        panel: QWidget,
        fold: QPushButton,
        state: WindowState,
        key: str,
        width: int = PANEL_WIDTH,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._fold, self._state, self._key = fold, state, key
        self.addWidget(main)
        self.addWidget(panel)
        self.setStretchFactor(0, 1)
        self.setHandleWidth(MARGIN)
        self.setChildrenCollapsible(False)
        self.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        fold.toggled.connect(panel.setVisible)
        shown = state.flag(f"{key}/panel", True)
        fold.setChecked(shown)
        panel.setVisible(shown)
        position = state.blob(f"{key}/splitter")
        if position.isEmpty() or not self.restoreState(position):
            self.setSizes([_ALL, width])

    def save_state(self) -> None:
        """Remember the width of the panel and whether it is shown."""
        self._state.put(f"{self._key}/panel", self._fold.isChecked())
        self._state.put(f"{self._key}/splitter", self.saveState())
