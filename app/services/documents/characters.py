"""The error for a character that a document cannot hold: which one, and where it stands."""

from __future__ import annotations

import unicodedata

from app.errors import OutputError
from app.services.documents.blocks import Piece


def bad_character(sign: str, piece: Piece, what: str) -> OutputError:
    """Return the error; ``what`` opens the sentence: «В шрифте документов нет знака»."""
    code = f"U+{ord(sign):04X}"
    # Controls, marks and separators show as nothing or as something else.
    shown = code if unicodedata.category(sign)[0] in "CZM" else f"«{sign}» ({code})"
    near = "".join(letter if letter.isprintable() else "…" for letter in piece.text[:60])
    return OutputError(
        f"{what} {shown}: {piece.place}, «{near}».",
        "Исправьте этот текст в данных и создайте документ снова.",
    )
