"""A mapping as a file that goes to another workstation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.errors import UserError, reason
from app.services.importing import MappingError, TableMap, fingerprint_of, from_json, to_json
from app.services.output import write_safely

_FORMAT = "opora-mapping"
_KEYS = {"format", "title", "mapping"}
_LARGEST = 2_000_000
"""Bytes; the mapping of the widest sheet is far smaller."""


def export_mapping(title: str, mapping: TableMap, path: Path) -> Path:
    """Write the mapping as readable JSON and return the path; OutputError when it cannot be."""
    body = {"format": _FORMAT, "title": title, "mapping": to_json(mapping)}
    data = (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode("utf-8")

    def check(written: Path) -> None:
        if fingerprint_of(read_mapping(written)[1]) != fingerprint_of(mapping):
            raise AssertionError("the written mapping is another one")

    write_safely(path, data, check)
    return path


def read_mapping(path: Path) -> tuple[str, TableMap]:
    """Return the title and the mapping of a file.

    Raises UserError when the file cannot be read, MappingError when it is not a whole mapping.
    """
    body = _load(path)
    if not isinstance(body, dict) or body.get("format") != _FORMAT:
        raise MappingError(
            f"Файл «{path.name}» – не разметка таблицы.",
            "Разметка выгружается кнопкой «Выгрузить…» на странице «Разметка таблицы».",
        )
    unknown = sorted(body.keys() ^ _KEYS)
    title = body.get("title")
    if unknown or not isinstance(title, str) or not 0 < len(title.strip()) <= 300:
        wrong = ", ".join(unknown) or "title"
        raise MappingError(
            f"Файл «{path.name}»: лишнее, пропущенное или неверное – {wrong}.",
            "Выгрузите разметку заново.",
        )
    return title.strip(), from_json(body["mapping"])


def _load(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise MappingError(f"Файл «{path.name}» слишком велик для разметки таблицы.")
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(
            f"Файл {path} не открывается: {reason(error)}.", "Проверьте путь и то, что диск цел."
        ) from error
    except (ValueError, RecursionError) as error:
        raise MappingError(
            f"Файл «{path.name}» – не разметка таблицы: это не JSON.",
            "Выгрузите разметку заново.",
        ) from error
