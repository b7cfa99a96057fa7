"""The detail panel of the page «Школы»: a card, or the hint that a school can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.ui.pages.schools.card_content import CardContent
from app.ui.pages.schools.lines import Card
from app.ui.state import WindowState
from app.ui.widgets.text import label

_MIN_WIDTH = 320
_CHOOSE = "Выберите школу в списке."
_COMING = "Открываю карточку…"


class CardPanel(QStackedWidget):
    """Shows a ``Card``; its buttons only tell what the person wants."""

    confirm_wanted = Signal(int)
    override_wanted = Signal(int)
    withdraw_wanted = Signal(int)
    deficits_wanted = Signal(int)
    print_wanted = Signal(int)
    source_wanted = Signal(int, str, str, QPoint)
    """Id of the result, its field, heading for the popup, place on the screen."""
    copy_wanted = Signal(object)
    """Open the archived copy of the file of this ``Source``."""
    identity_wanted = Signal(int)

    def __init__(self, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_MIN_WIDTH)
        self._state = state
        self.content: CardContent | None = None
        """None until the first card is shown."""
        self._hint = label(_CHOOSE, "muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self._hint)

    def expect_card(self, coming: bool) -> None:
        """Say what to do, or that a card is on its way."""
        self._hint.setText(_COMING if coming else _CHOOSE)

    def show_card(self, card: Card | None) -> None:
        """Show another card, or the hint."""
        if card is None:
            self.setCurrentIndex(0)
            return
        content = self.content or self._make()
        content.show_card(card)
        self.setCurrentWidget(content)

    def save_state(self) -> None:
        """Remember the widths of the results."""
        if self.content is not None:
            self.content.save_state()

    def _make(self) -> CardContent:
        content = CardContent(self._state)
        content.setAccessibleName("Карточка школы")
        content.confirm_wanted.connect(self.confirm_wanted)
        content.override_wanted.connect(self.override_wanted)
        content.withdraw_wanted.connect(self.withdraw_wanted)
        content.deficits_wanted.connect(self.deficits_wanted)
        content.print_wanted.connect(self.print_wanted)
        content.source_wanted.connect(self.source_wanted)
        content.copy_wanted.connect(self.copy_wanted)
        content.identity_wanted.connect(self.identity_wanted)
        self.addWidget(content)
        self.content = content
        return content
