"""The small window behind a number: file, sheet and cell it was read from, ready to copy."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from app.services.source import Source
from app.ui.theme.metrics import GAP, MARGIN
from app.ui.widgets.fitting import fit_height

_WIDTH = 420


class SourcePopup(QFrame):
    """Closes by Escape or a click elsewhere."""

    copy_wanted = Signal(object)
    """Open the archived copy of the file of this ``Source``."""

    def __init__(self, parent: Widget, heading: str, source: Source | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._owner = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Откуда это число")
        self._heading = heading
        self._source = source
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        heading = QLabel(self._heading)
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        layout.addWidget(heading)
        if self._source is None:
            layout.addWidget(QLabel("Введено вручную, исходного файла нет."))
            return
        for place in (self._source, *self._source.also):
            layout.addWidget(_Place(place, self))
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.copy_button = QPushButton("Копировать адрес")
        self.copy_button.clicked.connect(self._on_copy)
        line.addWidget(self.copy_button)
        line.addStretch()
        return line

    def _on_copy(self) -> None:
        if self._source is not None:
            QGuiApplication.clipboard().setText(f"{self._heading}: {self._source.sentence()}")
        self.close()

    def show_at(self, place: QPoint) -> None:
        """Show the popup at a place of the screen, moved so that it is seen whole."""
        fit_height(self, _WIDTH)
        screen: QScreen | None = QGuiApplication.screenAt(place) or self.screen()
        if screen is not None:
            room = screen.availableGeometry()
            if not room.contains(self._owner.frameGeometry()):
                room = self._owner.frameGeometry()  # the window spans several screens
            place = inside(room, place, self.size())
        self.move(place)
        self.show()


class _Place(Widget):
    """One place that a value was read from, and the button that opens the file's copy."""

    def __init__(self, source: Source, popup: SourcePopup) -> None:
        super().__init__(popup)
        self._source = source
        self._popup = popup
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._address(source))
        self.open_button = QPushButton("Открыть копию файла")
        self.open_button.setProperty("role", "link")
        self.open_button.setToolTip("Копия из архива, только для чтения; личных данных в ней нет")
        self.open_button.clicked.connect(self._on_open)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        # Only now: shown without a parent it would be a window, and the popup would close.
        self.open_button.setVisible(source.archived_as is not None)

    def _address(self, source: Source) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(4)
        place = ("Ячейка", source.cell) if source.cell else ("Строка", str(source.row))
        moment = source.loaded_at.astimezone().strftime("%d.%m.%Y %H:%M")
        lines = [
            ("Файл", source.file),
            ("Лист", source.sheet),
            place,
            ("Загрузка", f"№ {source.batch_id} от {moment}"),
        ]
        if source.correction:
            lines.append(("Исправлено", source.correction))
        for title, value in lines:
            name, text = QLabel(title), QLabel(value)
            name.setProperty("role", "muted")
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, text)
        return form

    def _on_open(self) -> None:
        self._popup.copy_wanted.emit(self._source)
        self._popup.close()


def inside(room: QRect, place: QPoint, size: QSize) -> QPoint:
    """Return the nearest top left corner to ``place`` at which ``size`` lies within ``room``."""
    x = min(place.x(), room.right() - size.width() + 1)
    y = min(place.y(), room.bottom() - size.height() + 1)
    return QPoint(max(x, room.left()), max(y, room.top()))
