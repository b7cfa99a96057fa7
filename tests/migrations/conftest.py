"""Fixtures of the migration tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.opening import open_database
from tests.migrations.populate import populate


@pytest.fixture
def populated(database_path: Path) -> Path:
    """Return the path of a closed database of today's schema with rows in every table."""
    with open_database(database_path) as opened, opened.database.write() as session:
        populate(session)
    return database_path
