"""The commands about rules: listing, choosing, bringing a file, and refusing a wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.paths import resource
from tests.cli.conftest import Cli


@pytest.fixture
def database(cli: Cli, tmp_path: Path) -> Path:
    """Return a database with the results of one procedure of two years."""
    path = tmp_path / "opora.db"
    usb = resource("demo", "usb")
    files = [usb / "Реестр школ.xlsx", *sorted(usb.glob("ВПР 202*/4 класс МА*.xlsx"))]
    assert cli("import", *files, "--db", path).code in (0, 1)
    return path


def test_a_methodology_is_listed_tried_applied_and_taken_out(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    told = cli("methodology", "--db", database)
    assert told.code == 0
    assert all(f"  {key}: " in told.out for key in ("federal", "dagestan", "gia"))
    tried = tmp_path / "tried.json"
    words = ("--year", "2025", "--db", database)
    assert cli("classify", "--methodology", "gia", *words, "--json", tried).code == 0
    assert "без ВПР" in json.loads(tried.read_text(encoding="utf-8"))["methodology"]
    assert "(по умолчанию); решений: 0." in cli("methodology", *words).out
    told = cli("methodology", "--apply", "gia", *words)
    assert told.code == 0
    assert "Категория меняется:" in told.out
    assert "(выбрана для этого года)" in told.out
    taken = tmp_path / "методика.json"
    assert cli("methodology", "--export", taken, *words).code == 0
    told = cli("methodology", "--import", taken, "--db", database)
    assert (told.code, told.out.startswith("Загружена: ")) == (0, True)


def test_schools_without_data_are_not_said_to_be_outside_the_groups(
    cli: Cli, database: Path
) -> None:
    told = cli("classify", "--year", "2025", "--methodology", "gia", "--db", database)
    assert "Вне групп: 0 школ." in told.out
    _, silent = told.out.split("Нет данных за 2025 год: ")
    head, names = silent.strip().split(".\n", 1)
    assert head == f"{len(names.split('; '))} школ"


def test_a_wrong_file_is_refused_with_line_and_reason(
    cli: Cli, database: Path, tmp_path: Path
) -> None:
    text = resource("methodologies", "federal-1.json").read_text(encoding="utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text(text.replace('"value": 30,', '"value": 130,', 1), encoding="utf-8")
    for words in (
        ("classify", "--year", "2025", "--methodology", bad),
        ("methodology", "--import", bad),
        ("methodology", "--year", "2025", "--apply", bad),
    ):
        told = cli(*words, "--db", database)
        assert (told.code, told.out) == (2, "")
        assert "строка" in told.err
        assert "threshold_percent" in told.err
        assert "130" in told.err
    told = cli("methodology", "--apply", "gia", "--db", database)
    assert told.code == 2
    assert "Не указан год" in told.err


def _unknown(text: str) -> str:
    return text.replace('"parameters": {', '"parameters": {\n "treshold_percent": {},', 1)


def _light(text: str) -> str:
    body = json.loads(text)
    model = json.loads(resource("isb", "opora-1.json").read_text(encoding="utf-8"))
    model["indicators"][2]["weight"] = -0.1
    body["social"]["model"] = model
    return json.dumps(body, ensure_ascii=False, indent=1)


def _overlapping(text: str) -> str:
    first = {**json.loads(text), "version": 7}
    return json.dumps([first, {**first, "version": 8, "first_year": 2024}], indent=1)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_unknown, "такого ключа в методике нет"),
        (_light, "вес не может быть меньше нуля, а стоит -0.1"),
        (_overlapping, "годы пересекаются с методикой со строки 2: 2024 год есть в обеих"),
    ],
)
def test_every_kind_of_wrong_file_leaves_the_database_as_it_was(
    cli: Cli, database: Path, tmp_path: Path, spoil: Callable[[str], str], said: str
) -> None:
    before = database.read_bytes()
    text = resource("methodologies", "federal-1.json").read_text(encoding="utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text(spoil(text), encoding="utf-8")
    told = cli("methodology", "--import", bad, "--db", database)
    assert (told.code, told.out) == (2, "")
    assert "строка " in told.err
    assert said in told.err
    assert database.read_bytes() == before
