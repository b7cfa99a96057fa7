"""The office's own scales and minimums, serving a whole use case of a load."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from app.services import scales
from app.services.workspace import Workspace

W = TypeVar("W", bound=Callable[..., Any])


def by_own_scales(work: W) -> W:
    """Return the work, on a workspace, with the office's scales and minimums serving it."""

    @wraps(work)
    def done(workspace: Workspace, *args: Any, **named: Any) -> Any:
        with scales.using(scales.in_force(workspace)):
            return work(workspace, *args, **named)

    return cast(W, done)
