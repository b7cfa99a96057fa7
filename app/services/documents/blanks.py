"""Blanks to fill by hand: how long they are, and how to know a text that has one."""

from __future__ import annotations

import re

DATE = "____________"
NUMBER = "______"
TEXT = "____________________"
PERSON = "______________________________"
CELL = "________________"
"""Fits the column of a name in a table, so that the line is not broken in two."""

_BLANK = re.compile("_{6}")


def has_blank(text: str) -> bool:
    """Return whether something is to be written into the text by hand.

    A blank is one long word: a justified line before it would be pulled apart.
    """
    return _BLANK.search(text) is not None
