"""The emblem of a letterhead, checked and made small enough for print."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from app.errors import UserError

_MAX_BYTES = 10_000_000
_MAX_PIXELS = 40_000_000
_POINTS_PER_INCH = 72
_DPI = 600


def emblem_png(data: bytes, height: float) -> tuple[bytes, float]:
    """Return the emblem as a PNG for print ``height`` points tall, and its width in points.

    UserError when it is neither PNG nor JPEG, broken, or too big.
    """
    picture = _reduced(data, height)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue(), height * picture.width / picture.height


def _reduced(data: bytes, height: float) -> Image.Image:
    """Return the picture with no more dots than print needs at that height, on white."""
    if len(data) > _MAX_BYTES:
        raise _unfit(f"файл занимает {len(data) // 1_000_000} МБ")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if opened.width * opened.height > _MAX_PIXELS:
            raise _unfit(f"в картинке {opened.width}×{opened.height} точек")
        picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _unfit("это не PNG и не JPEG или файл повреждён") from error
    tall = round(height / _POINTS_PER_INCH * _DPI)
    picture.thumbnail((tall * 4, tall))
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _unfit(why: str) -> UserError:
    return UserError(
        f"Герб нельзя напечатать: {why}.",
        "Выберите в реквизитах учреждения другую картинку (PNG или JPEG) или уберите герб.",
    )
