"""Fixtures of the backup tests."""

from __future__ import annotations

import pytest

from app.services.workspace import Workspace
from tests.fillings import Fillings
from tests.migrations.populate import ARCHIVED, populate


def _populated(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        populate(session)


@pytest.fixture
def district(workspace: Workspace, fillings: Fillings) -> Workspace:
    """Return a workspace with rows in every table and its one archived file."""
    fillings.fill(workspace, _populated)
    (workspace.archive / ARCHIVED).write_bytes(b"a copy of a spreadsheet")
    return workspace
