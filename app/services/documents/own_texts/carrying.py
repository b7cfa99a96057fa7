"""Own sentences in a file: to another workstation, to the neighbours, to next year."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.errors import UserError, reason
from app.services.changes import ChangeSet
from app.services.documents.own_texts.service import own_texts, take_texts
from app.services.output import unreadable, write_safely
from app.services.workspace import Workspace

_FORMAT = "опора-тексты-1"
_LARGEST = 5_000_000
"""Bytes; all of our own sentences take a hundredth of that."""


def export_texts(workspace: Workspace, path: Path) -> int:
    """Write the office's own sentences; return how many. UserError when there are none."""
    rows = own_texts(workspace)
    if not rows:
        raise UserError(
            "Своих текстов документов нет, выгружать нечего.",
            "Измените предложение: «Файл», «Тексты и шаблоны документов…».",
        )
    listed = [
        {"ключ": row.key, "документ": row.kind, "место": row.place, "текст": row.own}
        for row in rows
    ]
    body = json.dumps({"вид": _FORMAT, "тексты": listed}, ensure_ascii=False, indent=1)
    write_safely(path, body.encode("utf-8"), _reopened)
    return len(rows)


def import_texts(workspace: Workspace, path: Path) -> tuple[int, ChangeSet]:
    """Take sentences from a file as one action; one wrong sentence refuses the whole file."""
    texts = _read(path)
    return len(texts), take_texts(workspace, texts)


def _read(path: Path) -> dict[str, str]:
    listed = _body(path).get("тексты")
    if not isinstance(listed, list) or not listed:
        raise _foreign(path)
    texts: dict[str, str] = {}
    for number, one in enumerate(listed, start=1):
        key, text = (one.get("ключ"), one.get("текст")) if isinstance(one, dict) else (None, None)
        if not isinstance(key, str) or not isinstance(text, str):
            raise UserError(
                f"Файл «{path.name}», запись {number}: нет ключа или текста.",
                "Файл изменён вручную с ошибкой; в базе ничего не изменилось.",
            )
        texts[key] = text
    return texts


def _body(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise _foreign(path)
        body = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(
            f"Файл {path} не читается: {reason(error)}.", "Проверьте путь и повторите."
        ) from error
    except (ValueError, RecursionError) as error:
        raise _foreign(path) from error
    if not isinstance(body, dict) or body.get("вид") != _FORMAT:
        raise _foreign(path)
    return body


def _foreign(path: Path) -> UserError:
    return UserError(
        f"Файл «{path.name}» – не выгрузка текстов документов.",
        "Нужен файл, который сделала кнопка «В файл…» или команда texts export.",
    )


def _reopened(path: Path) -> None:
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise unreadable(path) from error
