"""The view of «Сборка программы»: outline, chosen block, findings, and the pages beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.documents import Choice, OutlineBlock, Place, ProgrammeFinding
from app.ui.context import Context
from app.ui.itemmodels import TableModel
from app.ui.page import Page
from app.ui.pages.builder import words
from app.ui.pages.builder.editor import BlockEditor
from app.ui.pages.builder.findings import COLUMNS
from app.ui.pages.builder.tree import OutlineTree
from app.ui.theme import keeper
from app.ui.theme.metrics import GAP, GRID, MARGIN
from app.ui.widgets.bars import FilterBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.leaving import close_by_key
from app.ui.widgets.paper_actions import PaperActions
from app.ui.widgets.pdf_view import PdfView
from app.ui.widgets.table_view import TableView
from app.ui.widgets.text import label
from app.ui.widgets.zoom_bar import ZoomBar

_LEFT, _TREE, _EDITOR = 620, 300, 312
_UPPER, _LOWER = 440, 150
_ABOVE = 24
"""Pixels that stay over a block that is shown."""


class BuilderPage(Page):
    """Shows what the presenter tells it; every wish of the person is a signal."""

    key = "builder"
    title = "Сборка программы"

    entered = Signal()
    programme_wanted = Signal(object)
    over = Signal()
    add_wanted = Signal()
    remove_wanted = Signal()
    preset_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal(object)
    """The endings of the files to write."""
    next_step_wanted = Signal()
    finding_opened = Signal(object)
    entry_opened = Signal(object)
    """Mend what a finding is about: its entry where it has one."""
    checked_now = Signal()
    """Do not wait for the person to stop: check at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._blocks: Mapping[int, OutlineBlock] = {}
        self._outline: tuple[OutlineBlock, ...] = ()
        self._numbers: Mapping[int, str] = {}
        self._empty: frozenset[int] = frozenset()
        self._found: Mapping[int, int] = {}
        self._places: tuple[tuple[Place, int], ...] = ()
        self._scrolling = False
        self.shown = 0
        """How often pages were shown."""
        self._build()
        self._connect()
        self.show_empty("Собираю программу…", "", "")

    def _build(self) -> None:
        self._build_bar()
        self.tree = OutlineTree()
        self.editor = BlockEditor()
        self.preview = PdfView(self._context.tasks)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.setChildrenCollapsible(False)
        upper.setHandleWidth(GAP)
        upper.addWidget(self._outline_panel())
        upper.addWidget(self.editor)
        upper.setSizes([_TREE, _EDITOR])
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.setHandleWidth(GAP)
        self.left.addWidget(upper)
        self.left.addWidget(self._findings_panel())
        self.left.setCollapsible(0, False)
        self.left.setStretchFactor(0, 1)
        self.left.setSizes([_UPPER, _LOWER])
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(MARGIN)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self._pages_panel())
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LEFT, 10_000])
        self.empty = EmptyState()
        self.views = QStackedWidget()
        self.views.addWidget(self.splitter)
        self.views.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.views, 1)
        self._restore()

    def _build_bar(self) -> None:
        self.bar = FilterBar()
        self.choice = self.bar.add_choice("Программа", "Выберите программу")
        self.note = self.bar.add_note()
        self.preset = self.bar.add_action("Структура…")
        self.preset.setToolTip("Взять готовую структуру; прежняя возвращается через Ctrl+Z")
        self.files = PaperActions(self.bar)
        self.close_button = self.bar.add_action("Закрыть")

    def _outline_panel(self) -> QWidget:
        self.add = QPushButton("Добавить…")
        self.add.setToolTip("Новый блок под выбранным (Insert)")
        self.remove = QPushButton("Убрать")
        self.remove.setToolTip("Убрать блок со всем, что в нём; данные остаются (Delete)")
        self.up = _small("↑", "Выше (Alt+↑)")
        self.down = _small("↓", "Ниже (Alt+↓)")
        self.out = _small("←", "На уровень выше (Alt+←)")
        self.into = _small("→", "Внутрь блока над ним (Alt+→)")
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.add, self.remove):
            line.addWidget(button)
        line.addStretch()
        for button in (self.up, self.down, self.out, self.into):
            line.addWidget(button)
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.tree, 1)
        return panel

    def _pages_panel(self) -> QWidget:
        self.fault = label("", "warning", wrap=True)
        self.fault.hide()
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.zoom = ZoomBar(self.preview, self._context.state)
        column.addWidget(self.fault)
        column.addWidget(self.zoom)
        column.addWidget(self.preview, 1)
        return panel

    def _findings_panel(self) -> QWidget:
        self.model: TableModel[ProgrammeFinding] = TableModel(
            COLUMNS, lambda row: (row.block_id, row.item_id, row.finding.message), self
        )
        self.findings = TableView(self.model, "builder", "Замечания", self._context.state)
        self.findings_title = label("Проверка", "heading")
        self.sound = label("Замечаний нет.", "muted", wrap=True)
        self.sound.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.checks = QStackedWidget()
        self.checks.addWidget(self.findings)
        self.checks.addWidget(self.sound)
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.findings_title)
        column.addWidget(self.checks, 1)
        return panel

    def _connect(self) -> None:
        self.choice.picked.connect(self._on_choice)
        self.close_button.clicked.connect(self.over)
        close_by_key(self, self.close_button)
        self.preset.clicked.connect(self.preset_wanted)
        self.files.print_wanted.connect(self.print_wanted)
        self.files.save_wanted.connect(self.save_wanted)
        self.add.clicked.connect(self.add_wanted)
        self.remove.clicked.connect(self.remove_wanted)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.out.clicked.connect(self.tree.outdent)
        self.into.clicked.connect(self.tree.indent)
        self.tree.chosen.connect(self._on_block)
        self.tree.add_wanted.connect(self.add_wanted)
        self.tree.remove_wanted.connect(self.remove_wanted)
        self.tree.title_wanted.connect(self._on_title)
        self.preview.pointed.connect(self._on_pointed)
        self.findings.clicked.connect(self._on_finding)
        self.findings.activated.connect(self._on_entry)
        self.empty.chosen.connect(self.next_step_wanted)
        keeper().changed.connect(self._refresh_tree)

    # What the presenter uses.

    def offer(self, programmes: Sequence[Choice], chosen: int | None) -> None:
        """Let choose among these programmes."""
        self.choice.offer([(one.title, one.id) for one in programmes])
        self.choice.choose(chosen)

    def show_outline(
        self,
        outline: tuple[OutlineBlock, ...],
        numbers: Mapping[int, str],
        empty: frozenset[int],
        chosen: int | None = None,
    ) -> None:
        """Show the outline with the numbers that the paper gives, and the chosen block.

        ``chosen`` is the block to put the cursor on; without it the cursor stays where it was.
        """
        self.views.setCurrentWidget(self.splitter)
        self._outline, self._numbers, self._empty = outline, numbers, empty
        self._blocks = {block.id: block for block in words.flat(outline)}
        self._refresh_tree()
        if chosen is not None:
            self.tree.choose_quietly(chosen)
        if self.tree.current_id() is None and outline:
            self._scrolling = True
            self.tree.choose(outline[0].id)
            self._scrolling = False
        self._show_block()
        self._allow(True)

    def show_pages(
        self,
        pdf: bytes,
        sizes: tuple[tuple[float, float], ...],
        places: Mapping[int, Place],
        note: str,
    ) -> None:
        """Show the pages; what was at the upper edge stays there.

        ``places`` tells where each block of the outline begins.
        """
        before = self._at_edge()
        self._places = tuple(
            sorted(
                ((place, block_id) for block_id, place in places.items()),
                key=lambda one: (one[0].page, one[0].top),
            )
        )
        self.preview.show_pdf(pdf, sizes)
        self.shown += 1
        self.fault.hide()
        if before is not None:
            self._stay_at(*before)
        self.note.setText(note)

    def show_findings(self, rows: Sequence[ProgrammeFinding]) -> None:
        """Show what was found; blocks in the outline say how many lead to them."""
        self.model.set_rows(rows)
        self.findings_title.setText(f"Проверка · {len(rows)}" if rows else "Проверка")
        self.checks.setCurrentWidget(self.findings if rows else self.sound)
        self._found = Counter(row.block_id for row in rows if row.block_id is not None)
        self._refresh_tree()

    def show_empty(self, heading: str, sentence: str, button: str) -> None:
        """Say why there is nothing to build and what to do."""
        self.empty.say(heading, sentence, button)
        self.views.setCurrentWidget(self.empty)
        self.note.setText("")
        self._allow(False)

    def show_fault(self, text: str) -> None:
        """Say why the pages could not be made; the old ones stay."""
        self.fault.setText(f"Страницы не обновлены. {text}")
        self.fault.show()

    def outline(self) -> tuple[OutlineBlock, ...]:
        """Return the outline that is shown."""
        return self._outline

    def shown_places(self) -> tuple[tuple[Place, int], ...]:
        """Return where the blocks begin on the pages, in the order of print."""
        return self._places

    def chosen_block(self) -> OutlineBlock | None:
        """Return the block under the cursor."""
        return self._blocks.get(self.tree.current_id() or 0)

    def beside(self, block_id: int) -> tuple[int | None, int | None]:
        """Return what a block stands in and which block comes after it there."""
        return _beside(self._outline, None, block_id) or (None, None)

    def choose_block(self, block_id: int) -> None:
        """Put the cursor on a block and show its place on the pages."""
        self.tree.choose(block_id)
        self._scroll_to(block_id)

    # The page's own.

    def enter(self) -> None:
        self.zoom.recall()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()

    def save_state(self) -> None:
        self.editor.flush()
        self.findings.save_state()
        self._context.state.put("builder/splitter", self.splitter.saveState())
        self._context.state.put("builder/left", self.left.saveState())

    def _restore(self) -> None:
        for name, splitter in (("splitter", self.splitter), ("left", self.left)):
            position = self._context.state.blob(f"builder/{name}")
            if not position.isEmpty():
                splitter.restoreState(position)

    def _allow(self, allowed: bool) -> None:
        self.files.allow(allowed)
        for button in (self.preset, self.add, self.remove):
            button.setEnabled(allowed)

    def _refresh_tree(self) -> None:
        self.tree.show_outline(self._outline, self._numbers, self._empty, self._found)

    def _show_block(self) -> None:
        block = self.chosen_block()
        self.editor.show_block(block)
        self.remove.setEnabled(block is not None)

    def _on_block(self, block_id: int) -> None:
        self._show_block()
        if not self._scrolling:
            self._scroll_to(block_id)

    def _scroll_to(self, block_id: int) -> None:
        """Show where the block begins, or what comes in it first."""
        block = self._blocks.get(block_id)
        wanted = {one.id for one in words.flat((block,))} if block else set()
        place = next((place for place, own in self._places if own in wanted), None)
        if place is not None:
            self.preview.show_place(place.page, place.top, _ABOVE)

    def _at_edge(self) -> tuple[int, int, int] | None:
        """Return the block at the upper edge, its place in the order, how far down it begins."""
        own = self._block_at(*self.preview.place())
        if own is None:
            return None
        order = [one for _, one in self._places].index(own)
        place = self._places[order][0]
        return own, order, self.preview.offset(place.page, place.top)

    def _stay_at(self, block_id: int, order: int, offset: int) -> None:
        place = next((place for place, one in self._places if one == block_id), None)
        if place is None and block_id < 0 and order < len(self._places):
            # The outline was stored meanwhile and its blocks have got their ids.
            place = self._places[order][0]
        if place is not None:
            self.preview.show_place(place.page, place.top, offset)

    def _block_at(self, page: int, top: float) -> int | None:
        """Return the last block that begins before a place on the pages."""
        before = [own for place, own in self._places if (place.page, place.top) <= (page, top)]
        return before[-1] if before else None

    def _on_pointed(self, page: int, top: float) -> None:
        own = self._block_at(page, top)
        if own is not None:
            self._scrolling = True
            self.tree.choose(own)
            self._scrolling = False

    def _on_finding(self) -> None:
        row = self.findings.current()
        if row is not None:
            self.finding_opened.emit(row)

    def _on_entry(self) -> None:
        row = self.findings.current()
        if row is not None:
            self.entry_opened.emit(row)

    def _on_title(self) -> None:
        self.editor.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.heading.selectAll()

    def _on_choice(self) -> None:
        self.editor.flush()
        self.programme_wanted.emit(self.choice.value())

    def _on_up(self) -> None:
        self.tree.step(down=False)

    def _on_down(self) -> None:
        self.tree.step(down=True)


def _beside(
    blocks: Sequence[OutlineBlock], parent: int | None, block_id: int
) -> tuple[int | None, int | None] | None:
    for place, block in enumerate(blocks):
        if block.id == block_id:
            after = blocks[place + 1].id if place + 1 < len(blocks) else None
            return parent, after
        found = _beside(block.blocks, block.id, block_id)
        if found is not None:
            return found
    return None


def _small(text: str, hint: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", "flat")
    made.setFixedWidth(28)
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    return made
