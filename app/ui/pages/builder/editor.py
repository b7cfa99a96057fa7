"""The chosen block: its heading, its properties, its own or proposed text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.services.documents import BLOCK_KINDS, OutlineBlock, block_offers
from app.services.programmes import parts
from app.ui.pages.builder import words
from app.ui.pages.builder.fields import Choice, Depth, Field, Line, Lines, OwnTable, Text, Tick
from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.text import label

_SETTLE_MS = 250
"""The paper follows when the person stops typing for so long."""
_ORDINALS = ("Первая", "Вторая", "Третья", "Четвёртая")


class BlockEditor(QScrollArea):
    """Says what was changed when the person stops; ``flush`` says it at once."""

    edited = Signal(int, str, object)
    """A block, its title and its properties."""

    def __init__(self) -> None:
        super().__init__()
        self._block: OutlineBlock | None = None
        self._fields: list[Field] = []
        self._texts: Mapping[str, tuple[str, ...]] = {}
        self._roadmaps: Mapping[int, str] = {}
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self.setAccessibleName("Выбранный блок")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading = QLineEdit()
        self.show_block(None)

    # What the page uses.

    def learn(self, texts: Mapping[str, tuple[str, ...]], roadmaps: Mapping[int, str]) -> None:
        """Take what the data propose now: texts by key, titles of roadmaps by id."""
        self._texts, self._roadmaps = texts, roadmaps
        for field in self._fields:
            if isinstance(field, Text):
                field.propose(texts)

    def show_block(self, block: OutlineBlock | None) -> None:
        """Show a block; what is being typed into the same one is left alone."""
        if block is not None and self._is_shown(block):
            self._block = block
            return
        self.flush()
        self._block = block
        self._build(block)

    def block_id(self) -> int | None:
        """Return the shown block."""
        return None if self._block is None else self._block.id

    def rename(self, before: int, after: int) -> None:
        """The shown block has another id now: its outline was stored for the first time."""
        block = self._block
        if block is not None and block.id == before:
            self._block = OutlineBlock(
                after, block.kind, block.title, block.body, block.included, block.blocks
            )

    def is_waiting(self) -> bool:
        """Return whether something was typed that was not told yet."""
        return self._settle.isActive()

    def flush(self) -> None:
        """Tell at once what waits."""
        if self._settle.isActive():
            self._settle.stop()
            self._tell()

    def said(self) -> tuple[str, dict[str, Any]]:
        """Return what the fields say."""
        block = self._block
        if block is None:
            return "", {}
        shown = {option for field in self._fields for option in field.keys}
        body = {key: value for key, value in block.body.items() if key not in shown}
        for field in self._fields:
            field.put(body)
        return self.heading.text().strip(), body

    def field(self, kind: type[Field]) -> Field:
        """Return the first field of that class; for tests and pictures."""
        return next(field for field in self._fields if isinstance(field, kind))

    # The editor's own.

    def _is_shown(self, block: OutlineBlock) -> bool:
        old = self._block
        if old is None or (old.id, old.kind) != (block.id, block.kind):
            return False
        same = (old.title, old.body) == (block.title, block.body)
        return same or self._settle.isActive() or self.said() == (block.title, dict(block.body))

    def _build(self, block: OutlineBlock | None) -> None:
        inside = QWidget()
        inside.setObjectName("panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self._fields = []
        if block is None:
            column.addWidget(label("Выберите блок в структуре слева.", "muted", wrap=True))
        else:
            self._build_fields(block, column)
        column.addStretch(1)
        self.setWidget(inside)

    def _build_fields(self, block: OutlineBlock, column: QVBoxLayout) -> None:
        kind = BLOCK_KINDS[block.kind]
        column.addWidget(label(kind.title, "heading", wrap=True))
        column.addWidget(label(kind.hint, "muted", wrap=True))
        self._build_heading(block, column)
        self._fields = list(self._fields_of(block))
        for field in self._fields:
            field.fill(block.body)
            field.changed.connect(self._on_changed)
            column.addWidget(field)

    def _build_heading(self, block: OutlineBlock, column: QVBoxLayout) -> None:
        self.heading = QLineEdit(block.title)
        self.heading.setAccessibleName("Заголовок блока")
        self.heading.setPlaceholderText("без заголовка")
        self.heading.textChanged.connect(self._on_changed)
        if block.kind in words.UNTITLED:
            return
        inside = QVBoxLayout()
        inside.setSpacing(GRID // 2)
        inside.addWidget(label("Заголовок"))
        inside.addWidget(self.heading)
        column.addLayout(inside)

    def _fields_of(self, block: OutlineBlock) -> Iterator[Field]:
        yield from self._own_fields(block.kind)
        if block.kind in words.TABLES:
            yield Line("caption", "Название таблицы", "над таблицей, если нужно")
            yield Line("note", "Примечание", "под таблицей, если нужно")
        if block.kind not in words.UNTITLED:
            yield Tick("numbered", "Нумеровать заголовок", "Номер поставит программа", usual=True)
        if block.kind not in ("new_page", "title", "contents"):
            yield Tick("new_page", "С новой страницы", "Начать этот блок с новой страницы")
            yield Tick("landscape", "Альбомный лист", "Положить лист набок: для широких таблиц")

    def _own_fields(self, kind: str) -> Iterator[Field]:
        known = block_offers()
        match kind:
            case "text":
                text = Text(known.texts)
                text.propose(self._texts)
                yield text
            case "part":
                listed = {key: one.title for key, one in parts().items()}
                yield _choice("Что напечатать", "part", listed)
            case "roadmap":
                yield self._roadmap()
            case "indicators":
                hint = "Показатели каждой цели – отдельной таблицей"
                yield Tick("by_goal", "По целям программы", hint)
            case "results":
                yield _choice("Какая таблица", "table", known.tables)
            case "chart":
                yield _choice("Какая диаграмма", "chart", known.charts)
                yield Tick("grey", "Для чёрно-белой печати", "Штриховка вместо цвета")
            case "free_table":
                yield OwnTable()
            case "title":
                yield Lines("lines", "Строки титульного листа", "пусто – как у программы")
                yield Line("foot", "Место и год", "пусто – из реквизитов")
            case "contents":
                yield Depth()

    def _roadmap(self) -> Choice:
        field = Choice("Какая карта", ("roadmap", "position"))
        places = zip(_ORDINALS, self._roadmaps, strict=False)
        field.offer(
            [
                ("Все карты программы", {}),
                *(
                    (f"{word} по порядку", {"position": number})
                    for number, (word, _) in enumerate(places, start=1)
                ),
                *((title, {"roadmap": key}) for key, title in self._roadmaps.items()),
            ]
        )
        return field

    def _tell(self) -> None:
        if self._block is not None:
            title, body = self.said()
            self.edited.emit(self._block.id, title, body)

    def _on_changed(self, *_anything: object) -> None:
        self._settle.start()


def _choice(title: str, key: str, titles: Mapping[str, str]) -> Choice:
    field = Choice(title, (key,))
    field.offer([(text, {key: value}) for value, text in titles.items()])
    return field
