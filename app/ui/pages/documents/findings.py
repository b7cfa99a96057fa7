"""What the check found in the paper on the screen, each finding leading to its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.documents import DocumentFinding, FindingKind, Place
from app.ui.itemmodels import Column, TableModel
from app.ui.state import WindowState
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

COLUMNS: tuple[Column[DocumentFinding], ...] = (
    Column("kind", "О чём", lambda row: row.kind.value.capitalize(), width=120),
    Column("message", "Что найдено", lambda row: row.message, width=500),
    Column("place", "Где", lambda row: row.place, width=150),
    Column("hint", "Что сделать", lambda row: row.hint, width=320),
)


class FindingsPane(QWidget):
    """A table of findings under the pages; ``switch`` stands over them and unfolds it.

    It opens by itself for what must be mended before signing, not for an abbreviation alone.
    """

    place_wanted = Signal(object)
    """Show this ``Place`` of the pages."""

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self._places: Mapping[int, Place] = {}
        self.model: TableModel[DocumentFinding] = TableModel(
            COLUMNS, lambda row: (row.block, row.message), self
        )
        self.table = TableView(self.model, "documents-findings", "Замечания к документу", state)
        self.switch = QPushButton()
        self.switch.setCheckable(True)
        self.switch.setToolTip("Показать или свернуть замечания к документу")
        self.switch.hide()
        self._chosen = False
        """The person has folded or unfolded it: it stays so."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.failure = label(role="warning", wrap=True, selectable=True)
        self.failure.hide()
        column.addWidget(self.failure)
        column.addWidget(self.table, 1)
        self.switch.toggled.connect(self.setVisible)
        self.switch.clicked.connect(self._on_switched)
        self.table.clicked.connect(self._on_chosen)
        self.table.activated.connect(self._on_chosen)
        self.hide()

    def show_findings(self, rows: Sequence[DocumentFinding], places: Mapping[int, Place]) -> None:
        """Show what was found; ``places`` tells where the blocks of the paper begin."""
        self._fill(rows, places, "")
        self.switch.setText(f"Проверка · {len(rows)}")
        self._unfold(
            bool(rows), wanted=any(row.kind is not FindingKind.ABBREVIATION for row in rows)
        )

    def wait(self) -> None:
        """Another paper is being checked: what was found in the one before is not of it.

        Nothing opens or folds meanwhile, or the pages would jump at every letter typed.
        """
        self._fill((), {}, "")
        self.switch.setText("Проверяю…")

    def show_failure(self, sentence: str) -> None:
        """Say that the paper was not checked and why: silence would look like «no findings»."""
        self._fill((), {}, sentence)
        self.switch.setText("Не проверено")
        self._unfold(True, wanted=True)

    def _fill(
        self, rows: Sequence[DocumentFinding], places: Mapping[int, Place], failure: str
    ) -> None:
        self._places = places
        self.model.set_rows(rows)
        self.table.setVisible(not failure)
        self.failure.setText(failure)
        self.failure.setVisible(bool(failure))

    def _unfold(self, has_anything: bool, *, wanted: bool) -> None:
        self.switch.setVisible(has_anything)
        if not self._chosen:
            self.switch.setChecked(wanted)
        self.setVisible(has_anything and self.switch.isChecked())

    def _on_switched(self) -> None:
        self._chosen = True

    def _on_chosen(self) -> None:
        row = self.table.current()
        place = self._places.get(row.block) if row and row.block is not None else None
        if place is not None:
            self.place_wanted.emit(place)
