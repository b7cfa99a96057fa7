"""The command ``office``: requisites without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

GIVEN = (
    *("--full-name", "Управление образования администрации Придуманного района"),
    *("--short-name", "Управление образования"),
    *("--place", "с. Придуманное"),
    *("--head-post", "Начальник управления"),
    *("--head-name", "Вымышленная Сочинена Придумановна"),
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "own.db"


def test_empty_requisites_are_told_as_waiting(cli: Cli, database: Path) -> None:
    told = cli("office", "--db", database)
    assert told.code == 1
    assert "ещё не заполнены" in told.out


def test_what_is_set_is_kept_and_the_rest_stays(cli: Cli, database: Path) -> None:
    assert cli("office", "--db", database, *GIVEN).code == 0
    told = cli("office", "--db", database, "--place", "г. Иной")
    assert told.code == 0
    assert "г. Иной" in told.out
    assert "Вымышленная Сочинена Придумановна" in cli("office", "--db", database).out


def test_half_of_the_requisites_is_refused_with_what_is_missing(cli: Cli, database: Path) -> None:
    told = cli("office", "--db", database, "--place", "с. Придуманное")
    assert told.code == 2
    assert "должность руководителя" in told.err
    assert cli("office", "--db", database).code == 1


def test_an_emblem_that_is_not_there_is_named(cli: Cli, database: Path, tmp_path: Path) -> None:
    told = cli("office", "--db", database, *GIVEN, "--emblem", tmp_path / "герб.png")
    assert told.code == 2
    assert "герб.png" in told.err
