"""Wording the sentences of one paper: each beside what the program says, with a way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import TextRow, paper_sentence, paper_sentence_faults
from app.ui import prompts
from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.text import label

_SIZE = (860, 480)
_LIST = 340
_SETTLE_MS = 400
"""The preview follows when the person stops typing."""
_SHOWN = 70
_OWN = "✎ "
_GIVE_UP = prompts.Question(
    "В предложении ошибка",
    "Набранное с ошибкой предложение в документ не попало. Закрыть окно без него?",
    "Закрыть без него",
    "Исправить",
    dangerous=True,
)


class SentencesDialog(QDialog):
    """Tells of every change; the preview behind it follows at once."""

    changed = Signal(object)
    """The own sentences of the paper by name, as its request carries them."""

    def __init__(
        self,
        kind: str,
        rows: Sequence[TextRow],
        own: Mapping[str, str],
        parent: QWidget | None,
    ) -> None:
        """Show the sentences of a kind; ``own`` are those of this paper as people read them."""
        super().__init__(parent)
        self._kind = kind
        self._rows = tuple(rows)
        self._own: dict[str, str] = {one.key: own[one.key] for one in rows if one.key in own}
        self._before: list[dict[str, str]] = []
        self._typed_in: str | None = None
        """The sentence that the last change was typed into: going on is one step of undo."""
        self._at = -1
        """The sentence in the editor: what is typed last is taken for it when another is chosen."""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._after_click = QTimer(self, singleShot=True, interval=0)
        """A click selects its row after it has told of it: only then can the row be put back."""
        self.setWindowTitle("Предложения этого документа")
        self._build()
        self._connect()
        self._fill()
        self.resize(*_SIZE)

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Предложения документа")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.auto = label("", "muted", wrap=True, selectable=True)
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName("Предложение в этом документе")
        self.edit.setTabChangesFocus(True)
        self.tags = QComboBox()
        self.tags.setAccessibleName("Метка")
        self.insert = QPushButton("Вставить метку")
        self.problem = label("", "danger", wrap=True)
        self.back = QPushButton("Вернуть авто")
        self.back.setToolTip("Снова сказать так, как составляет программа")
        self.undo = QPushButton("Отменить")
        self.undo.setToolTip("Отменить последнюю правку предложений (Ctrl+Z)")
        self.all_back = QPushButton("Вернуть все")
        self.done_button = QPushButton("Готово")
        self.done_button.setProperty("role", "primary")
        for button in (self.insert, self.back, self.undo, self.all_back, self.done_button):
            button.setAutoDefault(False)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(MARGIN)
        panes.addWidget(self.list)
        panes.addWidget(self._editor())
        panes.setSizes([_LIST, _SIZE[0] - _LIST])
        note = (
            "Изменится только этот документ. Слова в фигурных скобках программа заменит данными. "
            "Чтобы сказать иначе во всех документах: «Файл», «Тексты и шаблоны документов…»."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(label(note, "muted", wrap=True))
        column.addWidget(panes, 1)
        column.addLayout(_line(self.undo, self.all_back, None, self.done_button))

    def _editor(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label("Как составляет программа"))
        column.addWidget(self.auto)
        column.addWidget(label("В этом документе"))
        column.addWidget(self.edit, 1)
        column.addWidget(self.problem)
        column.addLayout(_line(self.tags, self.insert, None, self.back))
        return made

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.edit.textChanged.connect(self._on_typed)
        self._settle.timeout.connect(self._take)
        self._after_click.timeout.connect(self._keep_row)
        self.insert.clicked.connect(self._on_insert)
        self.back.clicked.connect(self._on_back)
        self.undo.clicked.connect(self._on_undo)
        self.all_back.clicked.connect(self._on_all_back)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._on_undo)

    def reject(self) -> None:
        """Close; what cannot be said is given up only when the person says so."""
        if not self._has_fault() or prompts.ask(self, _GIVE_UP):
            super().reject()

    def own(self) -> Mapping[str, str]:
        """Return the own sentences by name, as people read them."""
        return dict(self._own)

    def choose(self, name: str) -> None:
        """Put the cursor on a sentence."""
        names = [one.key for one in self._rows]
        if name in names:
            self.list.setCurrentRow(names.index(name))

    def _fill(self) -> None:
        for row in self._rows:
            self.list.addItem(QListWidgetItem(row.place))
        self._refresh()
        self.list.setCurrentRow(0)

    def _row(self) -> TextRow | None:
        return self._rows[self._at] if 0 <= self._at < len(self._rows) else None

    def _on_row(self, at: int) -> None:
        if self._settle.isActive():
            self._take()
        if self._has_fault():
            # What cannot be said is neither taken nor thrown away: it waits to be mended.
            self._keep_row()
            self._after_click.start()
            return
        self._at = at
        self._typed_in = None
        row = self._row()
        self.auto.setText(row.shipped if row else "")
        self._show_text()
        self.tags.clear()
        for tag in row.tags if row else ():
            self.tags.addItem(f"{{{tag.word}}}")
            self.tags.setItemData(self.tags.count() - 1, tag.about, Qt.ItemDataRole.ToolTipRole)
        for widget in (self.tags, self.insert):
            widget.setEnabled(bool(row and row.tags))

    def _keep_row(self) -> None:
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(self._at)
        self.edit.setFocus()

    def _show_text(self) -> None:
        row = self._row()
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(self._own.get(row.key, row.shipped) if row else "")
        self._look()

    def _look(self) -> bool:
        """Tell what is wrong with what is typed; return whether it can be said."""
        row = self._row()
        found = paper_sentence_faults(self._kind, row.key, self.edit.toPlainText()) if row else ()
        self.problem.setText("\n".join(one.message for one in found))
        self.problem.setVisible(bool(found))
        self.done_button.setEnabled(not found)
        self.undo.setEnabled(bool(self._before or found))
        self.all_back.setEnabled(bool(self._own) and not found)
        self.back.setEnabled(row is not None and (row.key in self._own or bool(found)))
        return not found

    def _has_fault(self) -> bool:
        return self._row() is not None and not self._look()

    def _on_typed(self) -> None:
        if self._look():
            self._settle.start()
        else:
            self._settle.stop()

    def _take(self) -> None:
        """Let the paper say what is typed."""
        self._settle.stop()
        row = self._row()
        if row is None or not self._look():
            return
        text = " ".join(self.edit.toPlainText().split())
        wanted = {**self._own, row.key: text}
        if text == " ".join(row.shipped.split()):
            del wanted[row.key]
        self._change(wanted, row.key)

    def _change(self, wanted: dict[str, str], typed_in: str | None) -> None:
        if wanted == self._own:
            return
        if typed_in is None or typed_in != self._typed_in:
            self._before.append(self._own)
        self._own, self._typed_in = wanted, typed_in
        self._tell()

    def _tell(self) -> None:
        self._refresh()
        self._look()
        said = {name: paper_sentence(self._kind, name, text) for name, text in self._own.items()}
        self.changed.emit(said)

    def _refresh(self) -> None:
        """Show in the list what every sentence says now, and which are own."""
        for at, row in enumerate(self._rows):
            said = self._own.get(row.key, row.shipped)
            short = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
            sign = _OWN if row.key in self._own else ""
            self.list.item(at).setText(f"{sign}{row.place[:1].upper()}{row.place[1:]}: {short}")
            self.list.item(at).setToolTip(said)

    def _on_insert(self) -> None:
        self.edit.insertPlainText(self.tags.currentText())
        self.edit.setFocus()

    def _on_back(self) -> None:
        row = self._row()
        if row is not None:
            self._settle.stop()
            self._change({name: t for name, t in self._own.items() if name != row.key}, None)
            self._show_text()

    def _on_all_back(self) -> None:
        self._settle.stop()
        self._change({}, None)
        self._show_text()

    def _on_undo(self) -> None:
        if self._has_fault():
            # Nothing of it was taken: the editor goes back by itself, and forward again.
            self.edit.undo()
            return
        self._take()
        if self._before:
            self._own, self._typed_in = self._before.pop(), None
            self._tell()
            self._show_text()

    def _on_finished(self, _result: int) -> None:
        if self._settle.isActive():
            self._take()


def _line(*widgets: QWidget | None) -> QHBoxLayout:
    """Return the widgets in a row; None stands for the room between."""
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget)
    return row
