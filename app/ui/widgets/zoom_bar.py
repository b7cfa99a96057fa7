"""How large the pages of a preview are: fitted or in per cent, by keys, wheel and list."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.state import WindowState
from app.ui.theme.metrics import GRID
from app.ui.widgets.elided import ElidedCombo
from app.ui.widgets.pdf_view import STEPS, Fit, PdfView

_KEY = "preview/zoom"
_TITLES = {Fit.USUAL: "Обычный", Fit.WIDTH: "По ширине", Fit.PAGE: "Страница целиком"}
_BUTTON = 28


class ZoomBar(QWidget):
    """Stands over a preview; the size is remembered and serves every preview of the window."""

    def __init__(self, view: PdfView, state: WindowState) -> None:
        super().__init__()
        self._view = view
        self._state = state
        self._build()
        self._connect()
        self.recall()

    def _build(self) -> None:
        self.smaller = _button("−", "Мельче (Ctrl+−, Ctrl+колесо)", "Мельче")
        self.larger = _button("+", "Крупнее (Ctrl++, Ctrl+колесо)", "Крупнее")
        self.choice = ElidedCombo()
        self.choice.setAccessibleName("Масштаб страниц")
        self.choice.setToolTip("Масштаб страниц; Alt+0 – обычный")
        for fit, title in _TITLES.items():
            self.choice.addItem(title, str(fit))
        for step in STEPS:
            self.choice.addItem(f"{step}\N{NO-BREAK SPACE}%", str(step))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addStretch()
        for widget in (self.smaller, self.choice, self.larger):
            row.addWidget(widget)

    def _connect(self) -> None:
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.choice.activated.connect(self._on_choice)
        self._view.zoomed.connect(self._keep)
        keys = {"Ctrl++": self._on_larger, "Ctrl+=": self._on_larger, "Ctrl+-": self._on_smaller,
                "Alt+0": self._on_usual}  # fmt: skip
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self, act)

    def recall(self) -> None:
        """Take the size that was used last, in this preview or another one."""
        said = self._state.text(_KEY, Fit.USUAL)
        known = {str(fit): fit for fit in Fit}
        kept = known.get(said) or (int(said) if said in map(str, STEPS) else Fit.USUAL)
        if kept != self._view.zoom:
            self._view.set_zoom(kept)
        self._show()

    def _on_smaller(self) -> None:
        self._view.step_zoom(up=False)
        self._keep()

    def _on_larger(self) -> None:
        self._view.step_zoom(up=True)
        self._keep()

    def _on_usual(self) -> None:
        self._view.set_zoom(Fit.USUAL)
        self._keep()

    def _on_choice(self, _at: int) -> None:
        said = str(self.choice.currentData())
        self._view.set_zoom(int(said) if said.isdigit() else Fit(said))
        self._keep()

    def _keep(self) -> None:
        self._state.put(_KEY, str(self._view.zoom))
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(self.choice.findData(str(self._view.zoom)))


def _button(sign: str, hint: str, name: str) -> QPushButton:
    made = QPushButton(sign)
    made.setToolTip(hint)
    made.setAccessibleName(name)
    made.setFixedWidth(_BUTTON)
    made.setAutoDefault(False)
    made.setProperty("role", "flat")
    return made
