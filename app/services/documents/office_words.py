"""Reading how the office words its papers, and letting it serve while a paper is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import select

from app.models.papers import OwnText
from app.services import settings
from app.services.documents.wording import Wording, using
from app.services.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")


def office_wording(workspace: Workspace) -> Wording:
    """Return the own sentences and the terms of the office as stored now."""
    with workspace.database.read() as session:
        own = {one.key: one.text for one in session.scalars(select(OwnText))}
    chosen = {key: settings.get(workspace, setting) for key, setting in settings.TERMS.items()}
    return Wording(own, chosen)


def in_office_words(
    build: Callable[Concatenate[Workspace, P], T],
) -> Callable[Concatenate[Workspace, P], T]:
    """Return ``build`` so that every sentence it asks for is worded as the office wants."""

    @wraps(build)
    def made(workspace: Workspace, /, *args: P.args, **options: P.kwargs) -> T:
        with using(office_wording(workspace)):
            return build(workspace, *args, **options)

    return made
