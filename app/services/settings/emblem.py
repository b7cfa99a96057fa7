"""Whether a picture can stand on a letterhead, judged by its content."""

from __future__ import annotations

import warnings
from io import BytesIO

from app.services.decimals import size_words

MAX_BYTES = 1024 * 1024
"""It is stored in the database and embedded in every document."""
MAX_SIDE = 4_000
"""Pixels; an emblem prints 17–25 mm wide, so 600 dpi need no more than 600 pixels."""


def emblem_problem(data: bytes | None) -> str | None:
    """Return a Russian sentence saying why the picture will not do; None when it will."""
    if data is None:
        return None
    if len(data) > MAX_BYTES:
        return f"Файл герба больше {size_words(MAX_BYTES)}: выберите картинку поменьше."
    # Late: the first-run form needs Pillow only when a picture was chosen.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if max(picture.size) > MAX_SIDE:
                    return f"Картинка герба больше {MAX_SIDE} точек по стороне: уменьшите её."
                picture.load()
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return "Герб не читается: нужен неповреждённый файл PNG или JPEG."
    return None
