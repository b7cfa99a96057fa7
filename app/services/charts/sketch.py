"""The common course of all layouts: title, legend, labels that fit, note; from above to below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.services.charts.scene import (
    Anchor,
    Box,
    Ink,
    Label,
    Measure,
    Scene,
    Segment,
    Shape,
    Spot,
)

LINE = 1.2
"""Height of a line in sizes of type."""
_CAP = 0.35
"""From the middle of a line of text down to its baseline, in sizes of type."""
PAD = 4.0


class Stroke(Enum):
    """A box or a line as the sign of a legend."""

    BOX = "box"
    LINE = "line"
    DASHED = "dashed"


@dataclass(frozen=True, slots=True)
class SpotSign:
    """A disc or a diamond as the sign of a legend and of the points of a line."""

    diamond: bool = False
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend."""

    title: str
    ink: Ink
    sign: Stroke | SpotSign = Stroke.BOX


@dataclass
class Sketch:
    """A picture in the making; ``y`` is where the next part begins."""

    width: float
    measure: Measure
    size: float
    shapes: list[Shape] = field(default_factory=list)
    y: float = 0.0

    @property
    def small(self) -> float:
        """Size of type for notes, ticks and values."""
        return self.size * 0.9

    def add(self, *shapes: Shape) -> None:
        """Add shapes on top of those already there."""
        self.shapes += shapes

    def wide(self, text: str, *, bold: bool = False) -> float:
        """Return the width of a text in the small size."""
        return self.measure(text, self.small, bold)

    def inside(self, x: float, text: str) -> float:
        """Return the middle for a centred text that would else leave the picture at the right."""
        return min(x, self.width - self.wide(text) / 2)

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        *,
        ink: Ink = Ink.TEXT,
        anchor: Anchor = "start",
        over: Ink | None = None,
    ) -> None:
        """Write a small text whose middle line is at ``middle``."""
        baseline = middle + self.small * _CAP
        self.add(Label(x, baseline, text, self.small, ink, anchor, over=over))

    def lines(
        self,
        x: float,
        middle: float,
        lines: Sequence[str],
        *,
        ink: Ink = Ink.TEXT,
        anchor: Anchor = "start",
    ) -> None:
        """Write lines below each other around a middle."""
        step = self.small * LINE
        top = middle - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.text(x, top + step * number, line, ink=ink, anchor=anchor)

    def title(self, text: str) -> None:
        """Write the title in bold and go below it."""
        size = self.size * 1.1
        for line in wrap(text, self.width, self.measure, size, most=3, bold=True):
            self.y += size * LINE
            self.add(Label(0, self.y - size * 0.25, line, size, bold=True))
        self.y += PAD

    def legend(self, keys: Sequence[Key]) -> None:
        """Draw the entries in as many lines as they need and go below them."""
        if not keys:
            return
        height, x = self.small * 1.5, 0.0
        middle = self.y + height / 2
        for key in keys:
            room = self.width - self.small * 1.4 - PAD
            text = elided(key.title, room, self.measure, self.small)
            width = self.small * 1.4 + self.wide(text) + self.small * 1.4
            if x and x + width - self.small * 1.4 > self.width:
                x, middle = 0.0, middle + height
            self._sign(key, x, middle)
            self.text(x + self.small * 1.4, middle, text)
            x += width
        self.y = middle + height / 2 + PAD

    def note(self, text: str) -> None:
        """Write a note below everything, quietly."""
        if not text:
            return
        self.y += PAD
        for line in wrap(text, self.width, self.measure, self.small, most=6):
            self.y += self.small * LINE
            self.add(Label(0, self.y - self.small * 0.3, line, self.small, Ink.MUTED))

    def scene(self, title: str) -> Scene:
        """Return the finished picture."""
        return Scene(self.width, self.y + PAD, tuple(self.shapes), title)

    def _sign(self, key: Key, x: float, middle: float) -> None:
        side = self.small * 0.9
        half = side / 2
        if isinstance(key.sign, SpotSign):
            look = (key.sign.diamond, key.sign.hollow)
            self.add(Spot(x + half, middle, half * 0.8, key.ink, *look))
        elif key.sign is Stroke.BOX:
            self.add(Box(x, middle - half, side, side, key.ink, Ink.AXIS))
        else:
            dashed = key.sign is Stroke.DASHED
            self.add(Segment(x - 1, middle, x + side + 2, middle, key.ink, 1.25, dashed))


def elided(text: str, width: float, measure: Measure, size: float, *, bold: bool = False) -> str:
    """Return the text, cut with «…» when it is wider than ``width``."""
    if measure(text, size, bold) <= width:
        return text
    while text and measure(text.rstrip() + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(
    text: str, width: float, measure: Measure, size: float, *, most: int, bold: bool = False
) -> tuple[str, ...]:
    """Return the text in lines not wider than ``width``; past ``most`` lines it ends with «…»."""
    lines: list[str] = []
    words = _words(text)
    while words and len(lines) < most:
        line = words.pop(0)
        while words and measure(f"{line} {words[0]}", size, bold) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words:
        lines[-1] = " ".join((lines[-1], *words))
    return tuple(elided(line, width, measure, size, bold=bold) for line in lines)


def fits(
    text: str, width: float, measure: Measure, size: float, *, most: int, bold: bool = False
) -> bool:
    """Return whether the text can be written whole in ``most`` lines of ``width``."""
    words = _words(text)
    if max((measure(word, size, bold) for word in words), default=0.0) > width:
        return False
    return " ".join(wrap(text, width, measure, size, most=most, bold=bold)) == " ".join(words)


def _words(text: str) -> list[str]:
    """Return what may stand on lines of its own; a no-break space holds its words together.

    A number stays with its sign: «№ 2» is never parted.
    """
    held = text.replace("№ ", "№\N{NO-BREAK SPACE}")
    return [word for word in held.split(" ") if word]
