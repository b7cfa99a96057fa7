"""A document as JSON and back: what the register keeps of every paper that was made."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.services.charts import types as charts
from app.services.documents import blocks

FORMAT = 1
"""Version of the layout of the JSON; rises when an old snapshot could not be read as a new one."""

_TYPES: Mapping[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        blocks.Addressee,
        blocks.Annex,
        blocks.ApprovalStamp,
        blocks.Bullets,
        blocks.Cell,
        blocks.Chart,
        blocks.Column,
        blocks.Content,
        blocks.Contents,
        blocks.DocumentName,
        blocks.Heading,
        blocks.Letterhead,
        blocks.Meta,
        blocks.NewPage,
        blocks.NumberedPoints,
        blocks.Paragraph,
        blocks.Point,
        blocks.Registration,
        blocks.Run,
        blocks.Signature,
        blocks.StampPlace,
        blocks.Table,
        blocks.Title,
        charts.Bars,
        charts.Boundary,
        charts.Dots,
        charts.Heat,
        charts.Histogram,
        charts.Lane,
        charts.Level,
        charts.Lines,
        charts.Series,
        charts.Stack,
        charts.StackRow,
    )
}
_ENUMS: Mapping[str, type[StrEnum]] = {
    "Align": blocks.Align,
    "Role": blocks.Role,
    "Tint": charts.Tint,
    "Unit": charts.Unit,
}


def to_json(content: blocks.Content) -> dict[str, Any]:
    """Return ``content`` as plain JSON values that ``from_json`` turns back into an equal one."""
    return {"format": FORMAT, "content": _encode(content)}


def from_json(data: Mapping[str, Any]) -> blocks.Content:
    """Return the document of a snapshot; ValueError when it is not one of ours."""
    if data.get("format") != FORMAT:
        raise ValueError(f"unknown format of a document snapshot: {data.get('format')!r}")
    content = _decode(data["content"])
    if not isinstance(content, blocks.Content):
        raise ValueError("the snapshot holds no document")
    return content


def _encode(value: object) -> Any:
    match value:
        case StrEnum():
            return {"is": type(value).__name__, "value": value.value}
        case bytes():
            return {"is": "bytes", "base64": base64.b64encode(value).decode("ascii")}
        case date():
            return {"is": "date", "value": value.isoformat()}
        case tuple():
            return [_encode(item) for item in value]
    if is_dataclass(value):
        body = {item.name: _encode(getattr(value, item.name)) for item in fields(value)}
        return {"is": type(value).__name__, **body}
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, dict):
        return _decode_tagged(value)
    return value


def _decode_tagged(value: Mapping[str, Any]) -> Any:
    match value["is"]:
        case "bytes":
            return base64.b64decode(value["base64"])
        case "date":
            return date.fromisoformat(value["value"])
        case name if name in _ENUMS:
            return _ENUMS[name](value["value"])
        case name if name in _TYPES:
            return _TYPES[name](**{k: _decode(v) for k, v in value.items() if k != "is"})
    raise ValueError(f"unknown part of a document snapshot: {value['is']!r}")
