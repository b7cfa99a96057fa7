"""What blocks of results may show, with Russian titles, read from ``resources/programmes``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.errors import ResourceError
from app.paths import resource


@dataclass(frozen=True, slots=True)
class Offers:
    """Titles by the key that a block carries: tables, pictures, and texts proposed from data."""

    tables: Mapping[str, str]
    charts: Mapping[str, str]
    texts: Mapping[str, str]


@lru_cache(maxsize=1)
def offers() -> Offers:
    """Return what there is to choose from; ResourceError when the file of the program is broken."""
    path = resource("programmes", "blocks.json")
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        tables, charts, texts = ({str(k): str(v) for k, v in body[name].items()} for name in _NAMES)
        return Offers(tables, charts, texts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(
            f"Не читается перечень таблиц и рисунков {path}: {error}.",
            "Переустановите программу: её файлы повреждены.",
        ) from error


_NAMES = ("tables", "charts", "texts")
