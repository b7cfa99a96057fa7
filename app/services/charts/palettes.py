"""Paint for the meanings of a picture: light, dark, colour print, grey print that keeps order.

In grey the marks are told apart by lightness, darkest first, and by hatching as well: a copier
loses shades before it loses lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.services.charts.scene import Ink


class Hatch(Enum):
    """Lines over a fill."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour ``#rrggbb``, and the lines over it where there are any."""

    color: str
    hatch: Hatch = Hatch.NONE
    lines: str = "#000000"


@dataclass(frozen=True, slots=True)
class Palette:
    """Paint by meaning."""

    name: str
    paints: Mapping[Ink, Paint]

    def paint(self, ink: Ink) -> Paint:
        """Return the paint of a meaning."""
        return self.paints[ink]

    def stroke(self, ink: Ink) -> str:
        """Return the colour of a line or a spot: the ground of a hatching is too light for one."""
        paint = self.paints[ink]
        return paint.color if paint.hatch is Hatch.NONE else paint.lines

    def text_on(self, ink: Ink) -> str:
        """Return black or white, whichever is read better on the fill."""
        return "#ffffff" if contrast_with_white(self.paints[ink].color) >= 4.5 else "#14181d"


def luminance(color: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0–1, as WCAG 2 defines it."""
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_with_white(color: str) -> float:
    """Return the contrast of a colour with white, 1–21, as WCAG 2 defines it."""
    return 1.05 / (luminance(color) + 0.05)


def _paints(colors: Mapping[Ink, str]) -> dict[Ink, Paint]:
    return {ink: Paint(color) for ink, color in colors.items()}


_LIGHT: dict[Ink, str] = {
    Ink.GROUND: "#ffffff",
    Ink.TEXT: "#1c2127",
    Ink.MUTED: "#59626e",
    Ink.GRID: "#e3e6ea",
    Ink.AXIS: "#8a939e",
    Ink.ALARM: "#9c1c14",
    Ink.LEVEL: "#7a4a00",
    Ink.OWN: "#1d5fb4",
    Ink.OTHER: "#9aa6b4",
    Ink.SERIES_1: "#1d5fb4",
    Ink.SERIES_2: "#e0912f",
    Ink.SERIES_3: "#2d8a63",
    Ink.SERIES_4: "#8a5aa8",
    Ink.SERIES_5: "#5c6b7a",
    Ink.SERIES_6: "#b8574f",
    Ink.YEAR_1: "#cfdff2",
    Ink.YEAR_2: "#a4c3e8",
    Ink.YEAR_3: "#6f9fd8",
    Ink.YEAR_4: "#3f7cc4",
    Ink.YEAR_5: "#174f98",
    Ink.MARK_2: "#a8322a",
    Ink.MARK_3: "#efb95c",
    Ink.MARK_4: "#a9cdb8",
    Ink.MARK_5: "#2d7f57",
    Ink.HEAT_0: "#f4f6f8",
    Ink.HEAT_1: "#fdf0d2",
    Ink.HEAT_2: "#f8d79a",
    Ink.HEAT_3: "#eda873",
    Ink.HEAT_4: "#b93d33",
}
_DARK: dict[Ink, str] = {
    **_LIGHT,
    Ink.GROUND: "#17191d",
    Ink.TEXT: "#e5e8ec",
    Ink.MUTED: "#a3acb8",
    Ink.GRID: "#2b3037",
    Ink.AXIS: "#6d7580",
    Ink.ALARM: "#f7a8a0",
    Ink.LEVEL: "#f0c778",
    Ink.OWN: "#6aa5f2",
    Ink.OTHER: "#5f6b79",
    Ink.SERIES_1: "#5b97e6",
    Ink.SERIES_2: "#e5a04c",
    Ink.SERIES_3: "#4fae84",
    Ink.SERIES_4: "#ae83c9",
    Ink.SERIES_5: "#8c99a8",
    Ink.SERIES_6: "#d47f77",
    Ink.YEAR_1: "#2a4058",
    Ink.YEAR_2: "#35597f",
    Ink.YEAR_3: "#4577ab",
    Ink.YEAR_4: "#5b97d8",
    Ink.YEAR_5: "#9cc7fb",
    Ink.MARK_2: "#c4534a",
    Ink.MARK_3: "#d9a54a",
    Ink.MARK_4: "#7fb396",
    Ink.MARK_5: "#3f9a6c",
    Ink.HEAT_0: "#20242a",
    Ink.HEAT_1: "#3d3319",
    Ink.HEAT_2: "#5c4519",
    Ink.HEAT_3: "#8a5222",
    Ink.HEAT_4: "#b9473e",
}
_GREY: dict[Ink, str] = {
    Ink.GROUND: "#ffffff",
    Ink.TEXT: "#000000",
    Ink.MUTED: "#404040",
    Ink.GRID: "#dcdcdc",
    Ink.AXIS: "#707070",
    Ink.ALARM: "#000000",
    Ink.LEVEL: "#303030",
    Ink.OWN: "#000000",
    Ink.OTHER: "#b0b0b0",
    Ink.SERIES_1: "#303030",
    Ink.SERIES_2: "#c4c4c4",
    Ink.SERIES_3: "#808080",
    Ink.SERIES_4: "#ececec",
    Ink.SERIES_5: "#5c5c5c",
    Ink.SERIES_6: "#a2a2a2",
    Ink.YEAR_1: "#f2f2f2",
    Ink.YEAR_2: "#d0d0d0",
    Ink.YEAR_3: "#a2a2a2",
    Ink.YEAR_4: "#6c6c6c",
    Ink.YEAR_5: "#303030",
    Ink.MARK_2: "#303030",
    Ink.MARK_3: "#8c8c8c",
    Ink.MARK_4: "#cfcfcf",
    Ink.MARK_5: "#ffffff",
    Ink.HEAT_0: "#ffffff",
    Ink.HEAT_1: "#ececec",
    Ink.HEAT_2: "#cfcfcf",
    Ink.HEAT_3: "#a2a2a2",
    Ink.HEAT_4: "#404040",
}
_HATCHED: dict[Ink, Paint] = {
    Ink.SERIES_2: Paint("#d0d0d0", Hatch.RISING, "#606060"),
    Ink.SERIES_4: Paint("#f4f4f4", Hatch.FALLING, "#606060"),
    Ink.SERIES_6: Paint("#b4b4b4", Hatch.CROSSED, "#505050"),
    Ink.MARK_3: Paint("#9c9c9c", Hatch.RISING, "#505050"),
    Ink.MARK_4: Paint("#dcdcdc", Hatch.FALLING, "#8c8c8c"),
}

LIGHT = Palette("light", _paints(_LIGHT))
DARK = Palette("dark", _paints(_DARK))
COLOR_PRINT = Palette("print", _paints({**_LIGHT, Ink.TEXT: "#000000", Ink.MUTED: "#404040"}))
GREY_PRINT = Palette("grey", _paints(_GREY) | _HATCHED)


def print_palette(*, grey: bool) -> Palette:
    """Return the palette of a printed picture."""
    return GREY_PRINT if grey else COLOR_PRINT
