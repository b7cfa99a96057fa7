"""Fields of a block: each fills itself from the block's properties and puts them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.builder.free_table import FreeTable
from app.ui.theme.metrics import GAP, GRID
from app.ui.widgets.text import label

_TEXT_HEIGHT = 180
_LINES_HEIGHT = 84
_DEEPEST, _USUAL_DEPTH = 4, 2

Body = Mapping[str, Any]


class Field(QWidget):
    """One or several properties of a block with their titles."""

    changed = Signal()

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self.keys = keys
        """The properties that the field answers for."""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GRID // 2)

    def fill(self, body: Body) -> None:
        """Show what the block says."""
        raise NotImplementedError

    def put(self, body: dict[str, Any]) -> None:
        """Write what the field says; a property that says nothing is left out."""
        raise NotImplementedError

    def _tell(self, *_anything: object) -> None:
        self.changed.emit()

    def _add(self, title: str, widget: QWidget) -> None:
        shown = label(title, wrap=True)
        shown.setBuddy(widget)
        widget.setAccessibleName(title)
        self.column.addWidget(shown)
        self.column.addWidget(widget)


class Tick(Field):
    """Yes or no; what the program takes anyway is left out."""

    def __init__(self, key: str, title: str, hint: str, usual: bool = False) -> None:
        super().__init__(key)
        self._key = key
        self._usual = usual
        self.box = QCheckBox(title)
        self.box.setToolTip(hint)
        self.column.addWidget(self.box)
        self.box.toggled.connect(self._tell)

    def fill(self, body: Body) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(body.get(self._key, self._usual)))

    def put(self, body: dict[str, Any]) -> None:
        if self.box.isChecked() != self._usual:
            body[self._key] = self.box.isChecked()


class Line(Field):
    """A short text."""

    def __init__(self, key: str, title: str, hint: str) -> None:
        super().__init__(key)
        self._key = key
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint)
        self._add(title, self.edit)
        self.edit.textChanged.connect(self._tell)

    def fill(self, body: Body) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setText(str(body.get(self._key, "")))

    def put(self, body: dict[str, Any]) -> None:
        if self.edit.text().strip():
            body[self._key] = self.edit.text().strip()


class Lines(Field):
    """Several lines, each a text of its own."""

    def __init__(self, key: str, title: str, hint: str) -> None:
        super().__init__(key)
        self._key = key
        self.edit = QPlainTextEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(_LINES_HEIGHT)
        self._add(title, self.edit)
        self.edit.textChanged.connect(self._tell)

    def fill(self, body: Body) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setPlainText("\n".join(str(line) for line in body.get(self._key, ())))

    def put(self, body: dict[str, Any]) -> None:
        lines = [line.strip() for line in self.edit.toPlainText().split("\n") if line.strip()]
        if lines:
            body[self._key] = lines


class _QuietBox(QComboBox):
    """The wheel scrolls the panel, never the choice by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class Choice(Field):
    """One of several properties: each line says which properties it stands for."""

    def __init__(self, title: str, keys: Sequence[str]) -> None:
        super().__init__(*keys)
        self._values: list[dict[str, Any]] = []
        self.box = _QuietBox()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(12)
        self._add(title, self.box)
        self.box.currentIndexChanged.connect(self._tell)

    def offer(self, options: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Let choose among these: what is shown, and the properties behind it."""
        with QSignalBlocker(self.box):
            self.box.clear()
            self._values = [dict(values) for _, values in options]
            self.box.addItems([text for text, _ in options])

    def fill(self, body: Body) -> None:
        said = {key: body[key] for key in self.keys if key in body}
        with QSignalBlocker(self.box):
            if said not in self._values:
                # What the block carries is kept, even where nothing of that kind exists any more.
                self._values.append(said)
                self.box.addItem("Не выбрано" if not said else "Нет среди данных")
            self.box.setCurrentIndex(self._values.index(said))

    def put(self, body: dict[str, Any]) -> None:
        place = self.box.currentIndex()
        if 0 <= place < len(self._values):
            body.update(self._values[place])


class Depth(Field):
    """How many levels of headings the contents list."""

    def __init__(self) -> None:
        super().__init__("depth")
        self.box = QSpinBox()
        self.box.setRange(1, _DEEPEST)
        self._add("Сколько уровней заголовков", self.box)
        self.box.valueChanged.connect(self._tell)

    def fill(self, body: Body) -> None:
        with QSignalBlocker(self.box):
            self.box.setValue(int(body.get("depth", _USUAL_DEPTH)))

    def put(self, body: dict[str, Any]) -> None:
        if self.box.value() != _USUAL_DEPTH:
            body["depth"] = self.box.value()


class Text(Field):
    """A text of one's own, or the one that the data propose; «Вернуть авто» takes that again."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__("auto", "text")
        self._proposed: Mapping[str, tuple[str, ...]] = {}
        self._followed = True
        """The text is the proposed one: another source brings another text."""
        self.source = Choice("Откуда текст", ("auto",))
        self.source.offer(
            [
                ("Свой текст", {}),
                *(
                    (f"По данным: {title[:1].lower()}{title[1:]}", {"auto": key})
                    for key, title in titles.items()
                ),
            ]
        )
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(_TEXT_HEIGHT)
        self.edit.setPlaceholderText("Каждый абзац с новой строки")
        self.state = label("", "muted", wrap=True)
        self.back = QPushButton("Вернуть авто")
        self.back.setToolTip("Взять снова текст, составленный по данным; свой исчезнет (Ctrl+Z)")
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.state, 1)
        line.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.source)
        self.column.addSpacing(GRID)
        self.column.addLayout(line)
        self._add("Текст", self.edit)
        self.source.changed.connect(self._on_source)
        self.edit.textChanged.connect(self._on_text)
        self.back.clicked.connect(self._on_back)

    def propose(self, texts: Mapping[str, tuple[str, ...]]) -> None:
        """Take the texts that the data propose now; a text that follows them changes too."""
        self._proposed = texts
        if self._followed and self.edit.toPlainText() != self._proposal():
            with QSignalBlocker(self.edit):
                self.edit.setPlainText(self._proposal())
        self._refresh()

    def fill(self, body: Body) -> None:
        self.source.fill(body)
        own = str(body.get("text", ""))
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(own or self._proposal())
        self._refresh()

    def put(self, body: dict[str, Any]) -> None:
        self.source.put(body)
        if self.is_own():
            body["text"] = self.edit.toPlainText()

    def is_own(self) -> bool:
        """Return whether the text is another than the data propose."""
        text = self.edit.toPlainText()
        return bool(text.strip()) and text != self._proposal()

    def _proposal(self) -> str:
        said: dict[str, Any] = {}
        self.source.put(said)
        return "\n".join(self._proposed.get(str(said.get("auto", "")), ()))

    def _refresh(self) -> None:
        said: dict[str, Any] = {}
        self.source.put(said)
        self._followed = not self.is_own()
        self.back.setVisible("auto" in said and not self._followed)
        if "auto" not in said:
            self.state.setText("")
        elif self.is_own():
            self.state.setText("Текст изменён вами и за данными больше не следует.")
        elif self._proposal():
            self.state.setText("Составлен по данным и меняется вместе с ними; можно править.")
        else:
            self.state.setText("По данным предложить пока нечего: результаты не загружены.")

    def _on_source(self) -> None:
        with QSignalBlocker(self.edit):
            if self._followed:
                self.edit.setPlainText(self._proposal())
        self._refresh()
        self.changed.emit()

    def _on_text(self) -> None:
        self._refresh()
        self.changed.emit()

    def _on_back(self) -> None:
        self.edit.setPlainText(self._proposal())


class OwnTable(Field):
    """A table typed or pasted in by hand."""

    def __init__(self) -> None:
        super().__init__("columns", "rows")
        self.table = FreeTable()
        self.column.addWidget(label("Таблица (первая строка – названия граф)", wrap=True))
        self.column.addWidget(self.table)
        self.table.changed.connect(self._tell)

    def fill(self, body: Body) -> None:
        rows = [[str(cell) for cell in row] for row in body.get("rows", ())]
        self.table.show_table([str(title) for title in body.get("columns", ())], rows)

    def put(self, body: dict[str, Any]) -> None:
        titles, rows = self.table.titles(), self.table.rows()
        if titles or any(any(row) for row in rows):
            body |= {"columns": titles or [""] * len(rows[0]), "rows": rows}
