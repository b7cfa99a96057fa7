"""``import`` of a roadmap: remarks on what was done, taken as states or left as texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.importing.word_tables import document

ROWS = [
    ["№", "Мероприятие", "Срок", "Статус"],
    ["1", "Совещание директоров", "март 2024", "выполнено"],
    ["2", "Семинар", "май 2024", ""],
]


@pytest.mark.parametrize(
    ("switch", "state"), [((), "выполнено"), (("--no-states",), "запланировано")]
)
def test_states_of_remarks_can_be_declined(
    cli: Cli, tmp_path: Path, switch: tuple[str, ...], state: str
) -> None:
    base, out = tmp_path / "a.db", tmp_path / "r.json"
    paper = document(tmp_path / "план.docx", ROWS)
    told = cli("import", paper, "--db", base, *switch)
    assert told.code == 0
    assert ("состояния не ставятся" in told.out) is bool(switch)
    assert cli("export", "roadmap", "--db", base, "--out", out).code == 0
    plan = json.loads(out.read_text(encoding="utf-8"))
    first = plan["groups"][0]["activities"][0]
    assert (first["status"], first["extra"]) == (state, {"Статус": "выполнено"})
