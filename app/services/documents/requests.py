"""What a paper was asked for with, as JSON and back: asked again it tells what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from app.errors import UserError
from app.services.documents.blocks import Content
from app.services.documents.order import build_order
from app.services.documents.papers import PaperRequest, build_paper, papers
from app.services.documents.programme import build_programme
from app.services.documents.types import OrderRequest, Person, ProgrammeRequest
from app.services.workspace import Workspace

Request = OrderRequest | PaperRequest | ProgrammeRequest
_DATES = ("date", "deadline")


def request_to_json(request: Request) -> dict[str, Any]:
    """Return a request as plain JSON values."""
    body = asdict(request)
    for name in _DATES:
        if isinstance(body.get(name), date):
            body[name] = body[name].isoformat()
    if isinstance(request, PaperRequest):
        body["values"] = dict(request.values)
    return {"is": type(request).__name__, **body}


def request_from_json(body: Mapping[str, Any]) -> Request | None:
    """Return the request of a registered paper; None for one that was made without."""
    values = {key: value for key, value in body.items() if key != "is"}
    for name in _DATES:
        if isinstance(values.get(name), str):
            values[name] = date.fromisoformat(values[name])
    match body.get("is"):
        case "OrderRequest":
            people = {key: Person(**values[key]) for key in ("coordinator", "controller")}
            return OrderRequest(**{**values, **people})
        case "PaperRequest":
            return PaperRequest(**values)
        case "ProgrammeRequest":
            return ProgrammeRequest(**values)
        case _:
            return None


def build(workspace: Workspace, request: Request) -> Content:
    """Return what the request gives with the data as they are now."""
    match request:
        case OrderRequest():
            return build_order(workspace, request).content
        case ProgrammeRequest(programme_id, profile):
            return build_programme(workspace, programme_id, profile).content
        case PaperRequest(kind=kind) if kind in papers():
            return build_paper(workspace, request).content
    raise UserError(
        f"Документ вида «{request.kind}» программа больше не составляет.",
        "Сравнить его с нынешними данными нельзя; сам документ сохранён целиком.",
    )
