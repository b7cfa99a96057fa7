"""A paragraph whose lines are not pulled apart where too few words stand on them."""

from __future__ import annotations

from typing import Any

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Paragraph

from app.services.documents.blanks import has_blank

_LOOSEST = 2.5
"""How many more widths of a space a justified line may put between two words."""


class TextParagraph(Paragraph):
    """A justified paragraph, but for lines that would show rivers: those end where they end."""

    def breakLines(self, width: Any) -> Any:  # noqa: N802 - reportlab's name
        """Return the broken lines; a loose one has no room to share among its words."""
        broken = super().breakLines(width)
        if self.style.alignment != TA_JUSTIFY:
            return broken
        limit = _LOOSEST * pdfmetrics.stringWidth(" ", self.style.fontName, self.style.fontSize)
        if broken.kind == 0:
            broken.lines = [
                (0.0 if extra > limit * (len(words) - 1) else extra, words)
                for extra, words in broken.lines
            ]
            return broken
        for line in broken.lines:
            if line.extraSpace > limit * (line.wordCount - 1):
                line.extraSpace = 0.0
        return broken


def aligned(style: ParagraphStyle, text: str) -> ParagraphStyle:
    """Return the style for that text: one with a blank to fill by hand is not justified."""
    return ParagraphStyle("ragged", parent=style, alignment=TA_LEFT) if has_blank(text) else style
