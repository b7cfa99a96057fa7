"""Fixtures for the tests of loading."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a test keeps beside a file that is not there lie in the folder of the test."""
    monkeypatch.chdir(tmp_path)
