"""Sizes of the window in logical pixels, on a grid of four."""

from __future__ import annotations

GRID = 4
GAP = 8
"""Between controls of one bar."""
MARGIN = 12
"""Around the content of a page or a dialog."""
ROW_HEIGHT = 28
CONTROL_HEIGHT = 28
HEADER_HEIGHT = 40
"""A header of two lines."""
TOP_BAR_HEIGHT = 44
PANEL_WIDTH = 420
"""Width of the detail panel at its first showing; the panel can be folded and widened."""
