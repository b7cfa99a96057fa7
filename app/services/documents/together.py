"""Which texts stay on one page with what follows them; both renderers ask here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.services.documents.blocks import Block, Bullets, NumberedPoints, Paragraph, Role

_LINE = 70
"""Letters that surely stand on one line of the text between the margins."""
_SHORT = 4 * _LINE
"""An item of more letters is no lone line: a page may begin or end with a part of it."""


def is_short(text: str) -> bool:
    """Return whether a text is of so few lines that it stays whole."""
    return len(text) <= _SHORT


def leads(text: str, following: str) -> bool:
    """Return whether a text announces the next one («Кураторам:») and must not end a page."""
    return text.rstrip().endswith(":") and len(following) <= 2 * _SHORT


def announces(block: Paragraph, after: Block | None) -> bool:
    """Return whether a paragraph stays with the text or the list under it: it leads there.

    Short notes under a table stay together too: none is alone on a page.
    """
    match after:
        case Paragraph(role=Role.NOTE) if block.role is Role.NOTE:
            return is_short(block.text) and is_short(after.text)
        case Paragraph():
            return leads(block.text, after.text)
        case NumberedPoints(points) | Bullets(points) if points:
            return leads(block.text, points[0].text)
    return False


def kept_items(texts: Sequence[str]) -> tuple[bool, ...]:
    """Return for every item of a list whether the next one stands on the same page.

    So no page ends with the first item alone, none begins with the last alone, and what announces
    items stays with the first of them.
    """
    last = len(texts) - 1
    kept = []
    for index, (text, following) in enumerate(pairwise(texts)):
        at_end = index in (0, last - 1) and is_short(text) and is_short(following)
        kept.append(at_end or leads(text, following))
    return (*kept, False) if texts else ()


def with_signature(texts: Sequence[str]) -> int:
    """Return how many of the last texts before a signature go to its page: two lines or more."""
    if not texts:
        return 0
    return 1 if len(texts) == 1 or len(texts[-1]) > _LINE else 2
