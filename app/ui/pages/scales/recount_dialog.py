"""What the scales in force would make of stored results, before anybody counts them anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.scales import MARKS, CountedFigures, NotCounted, Recount, Recounted
from app.ui.dialogs.help_button import HelpButton
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Align, Column
from app.ui.numbers import counted, whole
from app.ui.state import WindowState
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (900, 560)
_NOTE = (
    "Отметки, которые дал сам файл, не пересчитываются. Прежние значения останутся в истории "
    "результата, пересчёт целиком отменяется Ctrl+Z. Категории школ посчитаются заново, принятые "
    "решения останутся."
)
_AGAIN = (
    "Не пересчитать: {number}. {why} Загрузите файлы снова: план загрузки покажет, что изменится."
)


def figures_text(found: CountedFigures) -> str:
    """Return «ниже минимума 3» or the marks of a scale; what is not known is «нет данных»."""
    if found.marks is not None:
        pairs = zip(MARKS, found.marks, strict=True)
        return ", ".join(f"«{mark}» – {pupils}" for mark, pupils in pairs)
    return "нет данных" if found.below is None else f"ниже минимума {found.below}"


def _procedure(row: Recounted) -> str:
    grade = f", {row.about.grade} класс" if row.after.marks is not None else ""
    return f"{row.about.kind}, {row.about.subject}{grade}"


COLUMNS: tuple[Column[Recounted], ...] = (
    Column("school", "Школа", lambda row: row.about.school, width=190),
    Column("procedure", "Процедура", _procedure, width=210),
    Column("year", "Год", lambda row: row.about.year, str, Align.RIGHT, width=56),
    Column(
        "participants",
        "Участ-\nников",
        lambda row: row.about.participants,
        whole,
        Align.RIGHT,
        width=64,
    ),
    Column("before", "Сейчас", lambda row: figures_text(row.before), width=150),
    Column("after", "Станет", lambda row: figures_text(row.after), width=150),
)


class RecountDialog(QDialog):
    """Accepted means: count them anew."""

    files_wanted = Signal(object)
    """Load these copies once more; carries a tuple of ``Path``."""

    def __init__(
        self, parent: QWidget, found: Recount, state: WindowState, archive: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Пересчёт результатов по шкалам")
        open_size(self, *_SIZE)
        self._found = found
        self._archive = archive
        self._build(state)
        self._connect()

    def _build(self, state: WindowState) -> None:
        changes = len(self._found.changes)
        told = counted(
            changes, "результат изменится", "результата изменятся", "результатов изменятся"
        )
        self.heading = label(f"{told}." if changes else "Пересчитывать нечего.", "heading")
        self.model: TableModel[Recounted] = TableModel(COLUMNS, lambda r: r.about.result_id, self)
        self.model.set_rows(self._found.changes)
        self.table = TableView(self.model, "recount", "Что изменит пересчёт", state)
        self.left = label(_left_text(self._found.left), "warning", wrap=True, selectable=True)
        self.left.setVisible(bool(self._found.left))
        self.again = QPushButton("Загрузить копии снова…")
        self.again.setToolTip("Открыть архивные копии этих файлов как новую загрузку")
        self.again.setVisible(bool(self.copies()))
        self.apply = QPushButton("Пересчитать")
        self.apply.setProperty("role", "primary")
        self.apply.setEnabled(bool(changes))
        self.leave_button = QPushButton("Закрыть")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self.heading, label(_NOTE, "muted", wrap=True)):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.left)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.about = HelpButton(self, "scales", "Шкалы и минимальные баллы")
        row.addWidget(self.about)
        row.addWidget(self.again)
        row.addStretch()
        row.addWidget(self.apply)
        row.addWidget(self.leave_button)
        return row

    def _connect(self) -> None:
        self.apply.clicked.connect(self.accept)
        self.leave_button.clicked.connect(self.reject)
        self.again.clicked.connect(self._on_again)

    def copies(self) -> tuple[Path, ...]:
        """Return the archived copies of what cannot be counted anew, each once."""
        if self._archive is None:
            return ()
        names = dict.fromkeys(one.archived_as for one in self._found.left if one.archived_as)
        return tuple(self._archive / name for name in names)

    def _on_again(self) -> None:
        self.files_wanted.emit(self.copies())
        self.reject()


def _left_text(left: tuple[NotCounted, ...]) -> str:
    if not left:
        return ""
    reasons = dict.fromkeys(one.why for one in left)
    why = "; ".join(reasons)
    files = ", ".join(f"«{name}»" for name in dict.fromkeys(one.file for one in left))
    told = _AGAIN.format(number=len(left), why=f"{why[0].upper()}{why[1:]}.")
    return f"{told} Файлы: {files}."
