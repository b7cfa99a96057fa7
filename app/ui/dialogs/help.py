"""The help of a page: a short Russian text of ``resources/help``."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app.errors import ResourceError
from app.paths import resource
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import open_size

_SIZE = (600, 520)


def help_text(key: str) -> str:
    """Return the help text of a page as Markdown; raise ``ResourceError`` when it is missing."""
    path = resource("help", f"{key}.md")
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(
            f"Не найден текст справки: {path}.",
            "Установите программу заново: её файлы повреждены.",
        ) from error


class HelpDialog(QDialog):
    """Shows one text; Escape closes it."""

    def __init__(self, parent: QWidget, title: str, markdown: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Справка: {title}")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self.browser = QTextBrowser()
        self.browser.setMarkdown(markdown)
        self.browser.setAccessibleName("Текст справки")
        column.addWidget(self.browser)
        buttons = QDialogButtonBox()
        buttons.addButton("Закрыть", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        open_size(self, *_SIZE)
