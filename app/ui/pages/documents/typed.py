"""What was typed into the fields of a form, letter by letter: also what is no date yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.services.documents import Typed

_TICKED = "1"


def held(**parts: Any) -> Typed:
    """Return the parts of what a form holds that hold something; none of them, and it is empty."""
    return {name: part for name, part in parts.items() if part}


def texts_of(fields: Mapping[str, QWidget]) -> dict[str, str]:
    """Return the texts of the fields that hold something, by the names of the fields."""
    held = {name: _text(field) for name, field in fields.items()}
    return {name: text for name, text in held.items() if text.strip()}


def put_texts(fields: Mapping[str, QWidget], texts: Mapping[str, str]) -> None:
    """Show those texts; a field that has none among them is empty afterwards."""
    for name, field in fields.items():
        text = texts.get(name, "")
        match field:
            case QCheckBox():
                field.setChecked(text == _TICKED)
            case QPlainTextEdit():
                field.setPlainText(text)
            case QLineEdit():
                field.setText(text)


def _text(field: QWidget) -> str:
    match field:
        case QCheckBox():
            return _TICKED if field.isChecked() else ""
        case QPlainTextEdit():
            return field.toPlainText()
        case QLineEdit():
            return field.text()
    raise TypeError(f"no field to type into: {field!r}")
