"""The chips of categories: one colour, sign and word for each, on every page."""

from __future__ import annotations

from app.models.enums import Category
from app.ui.itemmodels.columns import Chip, Sign
from app.ui.office_words import said
from app.ui.theme.colors import Tone

_CHIPS = {
    Category.SHNOR: (Tone.DANGER, Sign.DOWN),
    Category.SHNOR_SHNSU: (Tone.DANGER, Sign.DOWN),
    Category.SHNSU: (Tone.INFO, Sign.ALERT),
    Category.RISK_ZONE: (Tone.WARNING, Sign.ALERT),
    Category.NONE: (Tone.NEUTRAL, Sign.DASH),
}
ORDER = (
    Category.SHNOR_SHNSU,
    Category.SHNOR,
    Category.SHNSU,
    Category.RISK_ZONE,
    Category.NONE,
)
"""As lists are sorted: who needs most comes first."""


def category_word(category: Category) -> str:
    """Return the category as the office names it: ШНОР or ШНРО."""
    return said(category.value)


def category_chip(category: Category | None) -> Chip:
    """Return the chip of a category; None stands for a school without data."""
    if category is None:
        return Chip(Tone.NEUTRAL, Sign.DOT, "нет данных")
    tone, sign = _CHIPS[category]
    return Chip(tone, sign, category_word(category))


def category_rank(category: Category | None) -> int:
    """Return the place of a category in lists; a school without data comes last."""
    return len(ORDER) if category is None else ORDER.index(category)
