"""The dialog before a load is undone: each value that comes back, each that stays and why."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.importing import UndoLine, UndoPreview
from app.services.sorting import natural_key
from app.ui.itemmodels import TableModel
from app.ui.itemmodels.columns import Chip, Column, Sign
from app.ui.numbers import counted
from app.ui.state import WindowState
from app.ui.theme.colors import Tone
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label

_SIZE = (1100, 520)
_BACK = Chip(Tone.SUCCESS, Sign.CHECK, "вернётся")
_STAYS = Chip(Tone.WARNING, Sign.ALERT, "останется")
_MOST_GONE = 8
"""Kinds of values that the sentence names; the rest is counted."""


def _chip(line: UndoLine) -> Chip:
    return _STAYS if line.kept_by else _BACK


LINES: tuple[Column[UndoLine], ...] = (
    Column("fate", "Что будет", lambda one: _chip(one).word, width=112, chip=_chip),
    Column(
        "owner", "Школа", lambda one: one.owner, width=190, sort_key=lambda o: natural_key(o.owner)
    ),
    Column("item", "О чём", lambda one: one.item, width=232),
    Column("figure", "Показатель", lambda one: one.figure, width=150),
    Column("now", "Сейчас", lambda one: one.now, width=72),
    Column("before", "Прежнее", lambda one: one.before, width=88),
    Column("kept", "Почему останется", lambda one: one.kept_by, width=220),
)


class UndoDialog(QDialog):
    """Accepted when the person wants the load undone as shown."""

    def __init__(self, preview: UndoPreview, state: WindowState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Отмена загрузки № {preview.batch_id}")
        open_size(self, *_SIZE)
        self._build(preview, state)
        self.undo.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        self._show(preview)

    def _build(self, preview: UndoPreview, state: WindowState) -> None:
        moment = preview.loaded_at.astimezone().strftime("%d.%m.%Y %H:%M")
        self.model: TableModel[UndoLine] = TableModel(LINES, id, self)
        self.table = TableView(self.model, "undo", "Значения, которые вернутся", state)
        self.summary = label("", wrap=True)
        self.gone = label("", "muted", wrap=True)
        self.kept = label("", "warning", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(f"{preview.label}, {moment}", "heading", wrap=True))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.gone)
        column.addWidget(self.kept)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        self.keep = QPushButton("Оставить как есть")
        self.keep.setDefault(True)
        self.undo = QPushButton("Отменить загрузку")
        self.undo.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.undo)
        buttons.addWidget(self.keep)
        return buttons

    def _show(self, preview: UndoPreview) -> None:
        lines = (*preview.standing, *preview.returning)
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.summary.setText(_summary(preview))
        for target, text in ((self.gone, _gone(preview)), (self.kept, _kept(preview))):
            target.setText(text)
            target.setVisible(bool(text))

    def _on_finished(self, _result: int) -> None:
        self.table.save_state()


def _summary(preview: UndoPreview) -> str:
    report = preview.report
    text = (
        f"Из базы уйдёт значений: {report.removed}, прежних вернётся: {report.restored}. "
        "Файлы и замечания этой загрузки останутся в журнале."
    )
    if preview.standing:
        text += (
            " Значения с отметкой «останется» с тех пор обновлены: они не изменятся. Если нужно "
            "вернуть и их, сначала отмените более поздние загрузки."
        )
    return text


def _gone(preview: UndoPreview) -> str:
    if not preview.gone:
        return ""
    named = [f"{item} – {rows}" for item, rows in list(preview.gone.items())[:_MOST_GONE]]
    rest = len(preview.gone) - len(named)
    if rest:
        named.append(f"и ещё {counted(rest, 'вид', 'вида', 'видов')} сведений")
    text = f"Уйдут без замены (строк): {'; '.join(named)}."
    schools = preview.report.removed_schools
    if schools:
        text += f" Уйдут из реестра школы, известные только отсюда: {len(schools)}."
    return text


def _kept(preview: UndoPreview) -> str:
    return "\n".join(preview.report.kept[:_MOST_GONE])
