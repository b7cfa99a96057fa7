"""The detail panel of the matrix: what the factor is, how it stands, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.models.enums import Significance
from app.services.support import Factor, words
from app.ui.pages.risks.lines import RiskLine
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.text import label

_KEYS = "В, С, Н, 0 – значимость; А – актуальный; П – приоритетный; Delete – очистить"


class RiskPanel(QWidget):
    """Speaks of the cell under the cursor."""

    resolve_wanted = Signal()
    papers_wanted = Signal(int)
    """Show the documents of this school."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(220)
        self.school = label("", "heading", wrap=True)
        self.factor = label("", "", wrap=True, selectable=True)
        self.state = label("", "note", wrap=True)
        self.parts = label("", "muted", wrap=True)
        self.resolved = label("", "", wrap=True, selectable=True)
        self.resolve = QPushButton("Снять риск…")
        self.resolve.setToolTip("Записать, когда и чем подтверждено, что риска больше нет (Enter)")
        self.resolve.clicked.connect(self.resolve_wanted)
        self.papers = QPushButton()
        self.papers.setToolTip("Концепция, среднесрочная и антирисковые программы этой школы")
        self.papers.clicked.connect(self._on_papers)
        self._school: int | None = None
        self.keys = label(_KEYS, "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self.school, self.papers, self.factor, self.state, self.resolved,
                       self.resolve, self.parts):  # fmt: skip
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(self.keys)

    def show_cell(self, line: RiskLine | None, factor: Factor | None, papers: str = "") -> None:
        """Show a cell; without one only the keys are explained.

        ``papers`` says how many documents the school has.
        """
        shown = line is not None and factor is not None
        self._school = line.school.id if line else None
        self.papers.setVisible(line is not None)
        self.papers.setText(f"Документы школы: {papers}")
        for widget in (self.factor, self.state, self.parts, self.resolved, self.resolve):
            widget.setVisible(shown)
        if line is None or factor is None:
            self.school.setText("Выберите ячейку")
            return
        cell = line.cells.get(factor.key)
        self.school.setText(line.school.name)
        self.factor.setText(f"{factor.position}. {factor.title}")
        self.state.setText(words(line.mark(factor.key)).capitalize())
        self.parts.setText(_parts(factor))
        self.parts.setVisible(bool(self.parts.text()))
        found = cell is not None and cell.mark.significance is not Significance.ABSENT
        self.resolve.setVisible(found)
        solved = cell is not None and cell.resolved_on is not None
        self.resolved.setVisible(solved)
        if cell is not None and cell.resolved_on is not None:
            self.resolved.setText(f"Снят {cell.resolved_on:%d.%m.%Y}: {cell.evidence}")
        self.resolve.setText("Изменить снятие…" if solved else "Снять риск…")

    def _on_papers(self) -> None:
        if self._school is not None:
            self.papers_wanted.emit(self._school)


def _parts(factor: Factor) -> str:
    if not factor.subfactors:
        return factor.note
    listed = "; ".join(part.title for part in factor.subfactors)
    open_ones = any(not part.confirmed for part in factor.subfactors)
    return f"На что смотреть: {listed}." + (" Перечень не официальный." if open_ones else "")
