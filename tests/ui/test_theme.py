"""The look: contrast, the font, the icons, following the system."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.errors import ResourceError
from app.paths import resource
from app.ui.theme import DARK, LIGHT, Theme, ThemeChoice, fonts, icons, keeper, stylesheet, theme

ENOUGH = 4.5
"""WCAG 2.1, 1.4.3: contrast of text of normal size."""


def luminance(color: str) -> float:
    parts = QColor(color).getRgbF()[:3]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, ground: str) -> float:
    light, dark = sorted((luminance(front), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") < ENOUGH


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(palette: Theme) -> None:
    pairs = {
        (front, ground)
        for front in (palette.text, palette.muted)
        for ground in (palette.window, palette.base, palette.stripe, palette.raised)
    }
    pairs |= {(palette.on_accent, palette.accent), (palette.on_accent, palette.accent_hover)}
    pairs |= {(palette.on_selection, palette.selection), (palette.accent, palette.base)}
    pairs |= set(palette.tones.values())
    pairs |= {(front, palette.base) for front, _ in palette.tones.values()}
    assert {pair: c for pair in pairs if (c := contrast(*pair)) < ENOUGH} == {}


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_choosing_repaints_the_application(
    look: QApplication, choice: ThemeChoice, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(keeper().changed):
        keeper().choose(choice)
    expected = DARK if choice is ThemeChoice.DARK else LIGHT
    assert theme() is expected
    assert look.palette().color(QPalette.ColorRole.Window) == QColor(expected.window)
    keeper().choose(ThemeChoice.LIGHT)


class Styled(QWidget):
    """Counts how often it is told of another style."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.StyleChange:
            self.times += 1
        super().changeEvent(event)


def test_a_widget_is_styled_as_often_however_deep_it_lies(look: QApplication, qtbot: QtBot) -> None:
    """Once per widget around it, a change of the theme stopped a full window for seconds."""
    top = Styled()
    qtbot.addWidget(top)
    deep: QWidget = top
    for _ in range(8):
        box = QVBoxLayout(deep)
        deep = Styled()
        box.addWidget(deep)
    top.show()
    top.times = deep.times = 0
    keeper().choose(ThemeChoice.DARK)
    assert isinstance(deep, Styled)
    assert (top.times, deep.times) == (2, 2)
    keeper().choose(ThemeChoice.LIGHT)


def test_the_style_sheet_has_no_gap() -> None:
    for palette in (LIGHT, DARK):
        assert "$" not in stylesheet.text(palette)


def test_the_font_shows_what_we_write(look: QApplication) -> None:
    font = QRawFont.fromFont(look.font())
    assert QFontInfo(look.font()).family() == fonts.FAMILY
    missing = [sign for sign in "АЯёЁ№«»—–…©1234567890%" if not font.supportsCharacter(ord(sign))]
    assert missing == []


def test_the_bold_face_is_real(look: QApplication) -> None:
    fonts.install_bold()
    bold = QFont(fonts.FAMILY)
    bold.setBold(True)
    assert QRawFont.fromFont(bold).weight() >= QFont.Weight.Bold


def test_every_icon_is_drawn_in_the_colour_of_the_theme(look: QApplication) -> None:
    for path in resource("icons").glob("*.svg"):
        assert not icons.icon(path.stem).pixmap(24, 24).isNull()


def test_a_missing_icon_is_told(look: QApplication) -> None:
    with pytest.raises(ResourceError, match="значок"):
        icons.icon("нет такого")
