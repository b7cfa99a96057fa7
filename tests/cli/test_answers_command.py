"""``answers``: the schools that ``import`` could not tell are named by a command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.errors import UserError
from app.services import importing, journal
from app.services.schools import list_schools
from tests.cli.conftest import Cli, Doors
from tests.journeys.stick import GOOD_SHARES, SCHOOLS, register_rows, vpr_rows, write_book

SHARES = (10, 10.0, 40.0, 30.0, 20.0)
NAME = "МБОУ Чужедальняя гимназия"
FOREIGN = (f"{NAME}(edu990001)", "", *SHARES)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A register of three schools, and results of two of them and of one unknown school."""
    folder = tmp_path / "стик"
    write_book(folder / "Реестр.xlsx", register_rows())
    write_book(folder / "5 МА.xlsx", [*vpr_rows(GOOD_SHARES[:2]), FOREIGN])
    return folder


@pytest.fixture
def base(cli: Cli, stick: Path, tmp_path: Path) -> Path:
    """Return a database into which the stick was loaded once."""
    path = tmp_path / "a.db"
    assert cli("import", stick, "--db", path).code == 1
    return path


def answer(cli: Cli, base: Path, *words: str) -> str:
    """Give an answer and return what was said to it."""
    told = cli("answers", "set", *words, "--db", base)
    assert told.code == 0, told.err
    return told.out


def refused(cli: Cli, base: Path, *words: str) -> str:
    told = cli("answers", *words, "--db", base)
    assert told.code == 2
    return told.err


def with_results(cli: Cli, base: Path) -> list[str]:
    """Return the schools of the stored results."""
    out = base.with_name("r.json")
    assert cli("export", "results", "--db", base, "--out", out).code == 0
    return sorted(row["school"] for row in json.loads(out.read_text(encoding="utf-8")))


def test_the_report_names_the_command_and_its_answer_lets_the_row_in(
    cli: Cli, stick: Path, tmp_path: Path
) -> None:
    base = tmp_path / "a.db"
    told = cli("import", stick, "--db", base)
    (called,) = re.findall(r'Ответить: answers set "([^"]+)" школа', told.out)
    assert f'answers set "{called}"' in cli("answers", "list", "--db", base).out
    assert "«МАОУ Троицкая ООШ»" in answer(cli, base, called, "школа", "Троицкая ООШ")
    listed = cli("answers", "list", "--db", base).out
    assert "Ждут ответа" not in listed
    assert re.search(rf"{NAME}\s+«МАОУ Троицкая ООШ»", listed)
    told = cli("import", stick, "--db", base)
    assert (told.code, "answers set" in told.out) == (0, False)
    assert with_results(cli, base) == sorted(name for name, *_ in SCHOOLS)


def test_rows_of_a_load_that_stored_nothing_can_be_answered_too(
    cli: Cli, base: Path, tmp_path: Path
) -> None:
    alone = ("МБОУ Одинокая СОШ(edu990002)", "", *SHARES)
    path = write_book(tmp_path / "6.xlsx", [*vpr_rows((), 2024), alone])
    assert cli("import", path, "--db", base).code == 1
    answer(cli, base, "одинокая сош", "школа", "01307")
    assert cli("import", path, "--db", base).code == 0
    assert with_results(cli, base).count("МКОУ СОШ №1") == 2


def test_a_school_not_ours_is_skipped(cli: Cli, base: Path, stick: Path) -> None:
    assert "не наша" in answer(cli, base, "EDU990001", "не", "наша")
    told = cli("import", stick, "--db", base)
    assert (told.code, "пропущены по вашему решению" in told.out) == (0, True)
    assert cli("quarantine", "--db", base).code == 0
    assert re.search(rf"{NAME}\s+не наша", cli("answers", "list", "--db", base).out)


def test_a_new_school_joins_the_register_with_its_code(cli: Cli, base: Path, stick: Path) -> None:
    assert f"добавлена школа «{NAME}»" in answer(cli, base, NAME, "новая")
    assert cli("import", stick, "--db", base).code == 0
    assert NAME in with_results(cli, base)
    assert "уже знает эту школу" in refused(cli, base, "set", "edu990001", "не наша")


def test_an_answer_is_changed_forgotten_and_asked_again(cli: Cli, base: Path, stick: Path) -> None:
    answer(cli, base, NAME, "школа", "13003")
    told = answer(cli, base, NAME, "школа", "МКОУ СОШ №1")
    assert "«МКОУ СОШ №1»" in told
    assert "по прежнему ответу" in told
    listed = cli("answers", "list", "--db", base).out
    assert "МКОУ СОШ №1" in listed
    assert "Троицкая" not in listed
    assert cli("answers", "forget", "edu990001", "--db", base).code == 0
    assert "Ждут ответа" in cli("answers", "list", "--db", base).out
    assert "answers set" in cli("import", stick, "--db", base).out


def test_an_answer_is_forgotten_after_its_rows_went_in(
    cli: Cli, base: Path, stick: Path, tmp_path: Path
) -> None:
    answer(cli, base, NAME, "школа", "13003")
    cli("import", stick, "--db", base)
    assert cli("answers", "forget", NAME, "--db", base).code == 0
    other = write_book(tmp_path / "другой.xlsx", [*vpr_rows((), 2024), FOREIGN])
    assert "answers set" in cli("import", other, "--db", base).out


def test_a_plan_that_was_only_shown_asks_nothing_yet(cli: Cli, stick: Path, tmp_path: Path) -> None:
    base = tmp_path / "a.db"
    cli("import", stick / "Реестр.xlsx", "--db", base)
    told = cli("import", stick, "--dry-run", "--db", base)
    assert "ответить можно после загрузки" in told.out
    assert "--dry-run" in refused(cli, base, "set", NAME, "новая")
    assert "ещё не спрашивала" in cli("answers", "list", "--db", base).out


def test_a_mended_file_takes_its_question_along(cli: Cli, base: Path, stick: Path) -> None:
    write_book(stick / "5 МА.xlsx", vpr_rows(GOOD_SHARES))
    assert cli("import", stick, "--db", base).code == 0
    assert "ещё не спрашивала" in cli("answers", "list", "--db", base).out


def test_two_questions_of_one_name_are_told_apart_by_code(
    cli: Cli, base: Path, stick: Path
) -> None:
    other = (f"{NAME}(edu990007)", "", *SHARES)
    write_book(stick / "5 МА.xlsx", [*vpr_rows(GOOD_SHARES[:2]), FOREIGN, other])
    told = cli("import", stick, "--db", base)
    called = re.findall(r'Ответить: answers set "([^"]+)" школа', told.out)
    assert called == ["edu990001", "edu990007"]
    told_why = refused(cli, base, "set", NAME, "новая")
    assert "несколько вопросов" in told_why
    assert '"edu990007"' in told_why
    answer(cli, base, "edu990007", "не наша")
    answer(cli, base, "edu990001", "школа", "13003")
    assert cli("import", stick, "--db", base).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "Никем не названная", "новая"), "программа не спрашивала"),
        (("set", NAME, "школа", "Троицка"), "Похожи: «МАОУ Троицкая ООШ» (edu010003)"),
        (("set", NAME, "школа", "00000"), "в реестре нет"),
        (("set", NAME, "школа"), "непонятен"),
        (("set", NAME, "Троицкая ООШ"), "непонятен"),
        (("forget", NAME), "answers list"),
    ],
)
def test_what_is_not_known_is_told(cli: Cli, base: Path, words: tuple[str, ...], said: str) -> None:
    assert said in refused(cli, base, *words)
    assert "Ждут ответа" in cli("answers", "list", "--db", base).out


def test_schools_of_one_name_are_listed(cli: Cli, base: Path, stick: Path) -> None:
    twins = [
        ("МБОУ СОШ №7", "edu010071", "01371", "СОШ", 9),
        ("МКОУ СОШ №7", "edu010072", "", "", 9),
    ]
    write_book(stick / "Реестр.xlsx", register_rows([*SCHOOLS, *twins]))
    cli("import", stick / "Реестр.xlsx", "--db", base)
    told = refused(cli, base, "set", NAME, "школа", "СОШ 7")
    assert "подходит нескольким школам" in told
    assert "edu010071" in told
    assert "edu010072" in told


def test_an_answer_is_undone_by_the_journal(cli: Cli, base: Path, doors: Doors) -> None:
    answer(cli, base, NAME, "школа", "13003")
    with doors.open_workspace(base) as workspace:
        journal.undo_last(workspace)
        assert importing.list_answers(workspace) == ()
        assert [one.title for one in importing.open_questions(workspace)] == [
            f"{NAME} (ФИС ОКО edu990001)"
        ]


def test_a_new_school_is_undone_only_without_results(
    cli: Cli, base: Path, stick: Path, doors: Doors
) -> None:
    answer(cli, base, NAME, "новая")
    with doors.open_workspace(base) as workspace:
        journal.undo_last(workspace)
        assert NAME not in {row.short_name for row in list_schools(workspace)}
    answer(cli, base, NAME, "новая")
    cli("import", stick, "--db", base)
    with doors.open_workspace(base) as workspace:
        with pytest.raises(UserError, match="держатся данные"):
            journal.undo_last(workspace)
        assert NAME in {row.short_name for row in list_schools(workspace)}
