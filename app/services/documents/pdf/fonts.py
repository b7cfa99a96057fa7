"""The fonts of printed documents: registration in reportlab and the check for missing letters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from app.errors import ResourceError
from app.paths import resource
from app.services.documents.blocks import Piece
from app.services.documents.characters import bad_character

REGULAR = "Tinos"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"

_FILES = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}


@lru_cache(maxsize=1)
def register() -> frozenset[int]:
    """Register the faces with reportlab once; return the code points that all of them have.

    ResourceError when a font file is missing or broken.
    """
    faces = [_load(name, resource("fonts", file)) for name, file in _FILES.items()]
    for face in faces:
        pdfmetrics.registerFont(face)
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    addMapping(REGULAR, 0, 1, ITALIC)
    addMapping(REGULAR, 1, 1, BOLD_ITALIC)
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces))


def check_letters(pieces: Iterable[Piece]) -> None:
    """Raise OutputError naming the first character that the fonts lack, and its place.

    reportlab itself would drop such a character without a word.
    """
    known = register()
    for piece in pieces:
        for sign in piece.text:
            if ord(sign) not in known:
                raise bad_character(sign, piece, "В шрифте документов нет знака")


def _load(name: str, path: Path) -> TTFont:
    try:
        return TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise ResourceError(
            f"Не читается шрифт {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error
