"""The list of what can be taken in: each layout is described, and each example is recognised."""

from __future__ import annotations

import pytest

from app.services.importing import LayoutInfo, known_layouts
from app.services.importing.layouts import ALL, best_layout
from tests.importing.layouts.layout_sheets import sheet


def test_every_layout_of_the_code_is_told() -> None:
    told = known_layouts()
    assert [(one.key, one.title) for one in told] == [(one.key, one.title) for one in ALL]
    assert all(one.gives.endswith(".") and one.source for one in told)


@pytest.mark.parametrize("info", known_layouts(), ids=lambda info: info.key)
def test_the_example_is_recognised_as_what_it_is_said_to_be(info: LayoutInfo) -> None:
    found = best_layout(sheet(*(";".join(row) for row in info.example)))
    assert found is not None
    assert found[0].key == info.key
    assert all(any(info.example[row]) for row in info.header)
