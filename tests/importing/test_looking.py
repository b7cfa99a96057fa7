"""The copy behind a figure can be looked at without touching the archive."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import UserError
from app.services.importing import copy_to_look_at
from app.services.source import Source
from app.services.workspace import Workspace


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def source(archived: str | None) -> Source:
    """Return a source in the file «ВПР/4 РУ?.xlsx»."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return Source(1, moment, "ВПР/4 РУ?.xlsx", "Лист1", 11, "D11", archived)


def test_the_copy_has_the_name_of_the_file_and_cannot_be_written(workspace: Workspace) -> None:
    kept = workspace.archive / "0a" / "0a1b2c3d.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"table")
    shown = copy_to_look_at(workspace, source("0a/0a1b2c3d.xlsx"))
    assert (shown.name, shown.read_bytes()) == ("4 РУ.xlsx", b"table")
    assert not shown.stat().st_mode & 0o222
    assert copy_to_look_at(workspace, source("0a/0a1b2c3d.xlsx")) == shown
    assert os.stat(kept).st_mode & 0o200
    assert [one.name for one in shown.parent.iterdir()] == ["4 РУ.xlsx"]


@pytest.mark.parametrize("archived", [None, "0a/0a1b2c3d.xlsx"])
def test_a_copy_that_is_gone_is_said(workspace: Workspace, archived: str | None) -> None:
    with pytest.raises(UserError, match=r"«ВПР/4 РУ\?\.xlsx» в архиве нет"):
        copy_to_look_at(workspace, source(archived))
