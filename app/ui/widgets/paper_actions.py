"""«Печать…» and «Сохранить» of a page that shows a paper: the same buttons wherever one is made."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.ui.widgets.bars import FilterBar

_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("PDF для подписи…", (".pdf",)),
    ("DOCX для правки…", (".docx",)),
    ("PDF и DOCX вместе…", (".pdf", ".docx")),
)


class PaperActions(QObject):
    """Stands last on the bar of a page, «Сохранить» being its main action."""

    print_wanted = Signal()
    save_wanted = Signal(object)
    """Endings of the files to write: .pdf, .docx or both."""

    def __init__(self, bar: FilterBar) -> None:
        super().__init__(bar)
        self.printer = bar.add_action("Печать…")
        self.printer.setToolTip("Напечатать эти страницы (Ctrl+P)")
        self.printer.setShortcut("Ctrl+P")
        self.save = bar.add_action("Сохранить", primary=True)
        self.save.setProperty("menu", "true")
        menu = QMenu(bar)
        self.pdf, self.docx, self.both = (menu.addAction(title) for title, _ in _ENDINGS)
        for action, (_, endings) in zip(menu.actions(), _ENDINGS, strict=True):
            action.setData(endings)
        self.save.setMenu(menu)
        self.printer.clicked.connect(self.print_wanted)
        menu.triggered.connect(self._on_save)

    def allow(self, allowed: bool) -> None:
        """Enable everything where there is a paper."""
        self.printer.setEnabled(allowed)
        self.save.setEnabled(allowed)
        for action in (self.pdf, self.docx, self.both):
            action.setEnabled(allowed)

    def _on_save(self, action: QAction) -> None:
        self.save_wanted.emit(action.data())
