"""``layouts``: what can be taken in, for people and for scripts; no database is needed."""

from __future__ import annotations

import json
from pathlib import Path

from app.services.importing import known_layouts
from tests.cli.conftest import Cli


def test_every_kind_is_printed_with_its_example(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "виды.json"
    told = cli("layouts", "--json", target)
    assert told.code == 0
    assert all(f"[{one.key}]" in told.out and one.gives in told.out for one in known_layouts())
    written = json.loads(target.read_text(encoding="utf-8"))
    assert [one["key"] for one in written] == [one.key for one in known_layouts()]


def test_one_kind_and_one_that_there_is_not(cli: Cli) -> None:
    told = cli("layouts", "bias_list")
    assert "Список школ с признаками необъективности" in told.out
    assert "ФИС ОКО: статистика" not in told.out
    wrong = cli("layouts", "нет такого")
    assert (wrong.code, "командой layouts" in wrong.err) == (2, True)
