"""Sources of the data of the field name acts, reports and sites, never our own working notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).parents[1] / "resources"
FILES = sorted(RESOURCES.rglob("*.json"))
_NOTES = re.compile(r"\.md\b|§|\b[SL]\d{1,2}\b|(?i:\b(?:todo|seed|sample)s?\b)")


def sources(body: Any) -> Iterator[str]:
    """Yield every text that stands under «source»."""
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "source" and isinstance(value, str):
                yield value
            else:
                yield from sources(value)
    elif isinstance(body, list):
        for value in body:
            yield from sources(value)


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(RESOURCES)) for path in FILES])
def test_a_source_is_one_that_a_person_can_look_up(path: Path) -> None:
    found = list(sources(json.loads(path.read_text(encoding="utf-8"))))
    assert [text for text in found if _NOTES.search(text)] == []


def test_the_look_finds_notes() -> None:
    body = [{"source": "domain.md §4"}, {"deep": {"source": "S4"}}, {"source": "Письмо"}]
    assert [text for text in sources(body) if _NOTES.search(text)] == ["domain.md §4", "S4"]
