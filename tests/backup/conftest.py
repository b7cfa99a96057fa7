"""Fixtures of the backup tests."""

from __future__ import annotations

import pytest

from app.services.workspace import Workspace
from tests.migrations.populate import ARCHIVED, populate


@pytest.fixture
def district(workspace: Workspace) -> Workspace:
    """Return a workspace with rows in every table and its one archived file."""
    with workspace.database.write() as session:
        populate(session)
    (workspace.archive / ARCHIVED).write_bytes(b"a copy of a spreadsheet")
    return workspace
